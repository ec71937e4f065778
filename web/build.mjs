// Builds the page: node web/build.mjs FOLDER_OF_MODULES FOLDER
// FOLDER/fedval.html is one file, fedval-plain.html the same for machines without WebAssembly SIMD; FOLDER/site/ is for a web server, with
// both modules beside the page.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { instantiate } from "../bindings/js/core.js";

const here = dirname(fileURLToPath(import.meta.url));
const [modules, folder] = process.argv.slice(2);
const ROOTS = "/etc/ssl/certs/ca-certificates.crt";

const bundle = async (file, form) => (await build({ entryPoints: [join(here, file)], bundle: true, minify: true, write: false, format: "iife",
  target: "es2022", charset: "utf8", external: ["node:crypto"], legalComments: "none", define: { FORM: JSON.stringify(form) } })).outputFiles[0].text.replaceAll("</", "<\\/");
const hasZopfli = spawnSync("zopfli", ["-h"]).error === undefined;
const MOST_PACKED = 1 << 26; // bytes that zopfli writes

/** What any browser unpacks; zopfli, where it is installed, packs it a twentieth smaller. */
function gzipped(bytes, name) {
  if (!hasZopfli) return gzipSync(bytes, { level: 9 });
  const file = join(folder, `${name}.part`);
  writeFileSync(file, bytes);
  const { status, stdout } = spawnSync("zopfli", ["-c", file], { maxBuffer: MOST_PACKED });
  rmSync(file);
  if (status !== 0) throw new Error(`zopfli ended with ${status}`);
  return stdout;
}

const packed = (bytes, name) => gzipped(bytes, name).toString("base64");
const hash = (text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

const simd = readFileSync(join(modules, "fedval.wasm")), plain = readFileSync(join(modules, "fedval-plain.wasm"));
const { style: look, marks } = (await instantiate(plain)).frame();
const style = readFileSync(join(here, "page.css"), "utf8") + look;
const worker = await bundle("worker.js", "worker");
const pem = existsSync(ROOTS) ? readFileSync(ROOTS) : undefined;
const count = pem ? pem.toString().split("-----BEGIN CERTIFICATE-----").length - 1 : 0;
const codeOf = async (form) => `window.fedvalRoots=${JSON.stringify(pem ? { count } : null)};${await bundle("app.js", form)}`;
const template = readFileSync(join(here, "index.html"), "utf8");

// Nothing may be fetched, posted to, framed or embedded; scripts are those that were built.
const policy = (scripts, styles) => ["default-src 'none'", `script-src ${scripts} 'wasm-unsafe-eval'`, `style-src ${styles}`,
  "worker-src blob:", "connect-src 'none'", "img-src 'none'", "form-action 'none'", "base-uri 'none'"].join("; ");
const START = 'window.fedvalWorker=new Worker(URL.createObjectURL(new Blob([document.getElementById("worker").textContent],{type:"text/javascript"})));';
const data = (id, text) => `<script type="text/plain" id="${id}">${text}</script>`;
const fill = (parts) => template.replace(/\{\{(\w+)\}\}/g, (_, name) => ({ marks, ...parts })[name]);

mkdirSync(join(folder, "site"), { recursive: true });
const modulesPacked = { simd: packed(simd, "simd"), plain: packed(plain, "plain") }, rootsPacked = pem && packed(pem, "roots");
for (const [name, form] of [["fedval.html", "simd"], ["fedval-plain.html", "plain"]]) {
  const code = await codeOf(form);
  // The worker starts while the rest of the page is read, and the roots are needed last.
  writeFileSync(join(folder, name), fill({
    policy: policy(`${hash(START)} ${hash(code)}`, hash(style)),
    style: `<style>${style}</style>`,
    worker: `${data("worker", worker)}\n<script>${START}</script>`,
    scripts: `${data("module", modulesPacked[form])}\n<script>${code}</script>\n` +
      (pem ? data("roots", rootsPacked) : ""),
  }));
}
const put = (id, text) => `{const s=document.createElement("script");s.type="text/plain";s.id=${JSON.stringify(id)};` +
  `s.textContent=${JSON.stringify(text)};document.head.append(s)}`;
const site = {
  "module.js": put("module", modulesPacked.simd),
  "module-plain.js": put("module", modulesPacked.plain),
  "worker.js": put("worker", worker) + START,
  "roots.js": pem ? put("roots", rootsPacked) : "",
  "app.js": await codeOf("site"),
  "page.css": style,
  "index.html": fill({ policy: policy("'self'", "'self'"), style: `<link rel="stylesheet" href="page.css">`,
    worker: `<script src="worker.js"></script>`, scripts: `<script src="app.js"></script>\n<script src="roots.js"></script>` }),
};
for (const [name, text] of Object.entries(site)) writeFileSync(join(folder, "site", name), text);
