// Builds the page: node web/build.mjs MODULE FOLDER
// FOLDER/fedval.html is one file; FOLDER/site/ is the same with the module beside it, for a web server.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const [module, folder] = process.argv.slice(2);
const ROOTS = "/etc/ssl/certs/ca-certificates.crt";

const bundle = async (file) => (await build({ entryPoints: [join(here, file)], bundle: true, minify: true, write: false, format: "iife",
  target: "es2022", charset: "utf8", legalComments: "none" })).outputFiles[0].text.replaceAll("</", "<\\/");
const packed = (bytes) => gzipSync(bytes, { level: 9 }).toString("base64");
const hash = (text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

const app = await bundle("app.js"), worker = await bundle("worker.js");
const style = readFileSync(join(here, "page.css"), "utf8");
const wasm = packed(readFileSync(module));
const pem = existsSync(ROOTS) ? readFileSync(ROOTS) : undefined;
const count = pem ? pem.toString().split("-----BEGIN CERTIFICATE-----").length - 1 : 0;
const about = `window.fedvalRoots=${JSON.stringify(pem ? { count } : null)};`;
const code = `${about}${app}`;
const template = readFileSync(join(here, "index.html"), "utf8");

// Nothing may be fetched, posted to, framed or embedded; scripts are those that were built.
const policy = (scripts, styles) => ["default-src 'none'", `script-src ${scripts} 'wasm-unsafe-eval'`, `style-src ${styles}`,
  "worker-src blob:", "connect-src 'none'", "img-src 'none'", "form-action 'none'", "base-uri 'none'"].join("; ");
const data = (id, text) => `<script type="text/plain" id="${id}">${text}</script>`;
const fill = (parts) => template.replace(/\{\{(\w+)\}\}/g, (_, name) => parts[name]);

mkdirSync(join(folder, "site"), { recursive: true });
writeFileSync(join(folder, "fedval.html"), fill({
  policy: policy(hash(code), hash(style)),
  style: `<style>${style}</style>`,
  scripts: `${data("module", wasm)}\n${pem ? data("roots", packed(pem)) : ""}\n${data("worker", worker)}\n<script>${code}</script>`,
}));
const beside = `const put=(id,text)=>{const s=document.createElement("script");s.type="text/plain";s.id=id;s.textContent=text;document.body.append(s)};` +
  `put("module",${JSON.stringify(wasm)});${pem ? `put("roots",${JSON.stringify(packed(pem))});` : ""}put("worker",${JSON.stringify(worker)});`;
writeFileSync(join(folder, "site", "module.js"), beside);
writeFileSync(join(folder, "site", "app.js"), code);
writeFileSync(join(folder, "site", "page.css"), style);
writeFileSync(join(folder, "site", "index.html"), fill({
  policy: policy("'self'", "'self'"),
  style: `<link rel="stylesheet" href="page.css">`,
  scripts: `<script src="module.js"></script>\n<script src="app.js"></script>`,
}));
