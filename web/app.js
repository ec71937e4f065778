// The page: takes what is given to the worker, and shows what the worker says.
import { hasSimd } from "../bindings/js/core.js";
import { texts } from "./texts.js";
import { unpacked } from "./unpack.js";

const at = (id) => document.getElementById(id);
const PROFILES = ["microsoft-edge", "office365", "expressway", "microsoft-trunk", "rfc5922-sip", "webpki"];
const CHANGE_DELAY_MS = 100;
const MOST_SUGGESTED = 200;

let worker;
let results = [];
const given = new Map();
let pasted = 0;

// ---- words

function speak() {
  for (const element of document.querySelectorAll("[data-text]")) element.textContent = texts[element.dataset.text];
  for (const [form, { id }] of Object.entries(SAVED)) at(id).textContent = texts.save(texts.forms[form]);
  at("first-use").replaceChildren(...texts.firstUse.flatMap(([question, answer]) => [make("dt", { textContent: question }), make("dd", { textContent: answer })]));
  fill(at("profile"), [["", texts.profileAny], ...PROFILES.map((word) => [word, word])]);
  offerSides([]);
  fill(at("side"), [["", texts.sideAny], ...Object.entries(texts.sides)]);
}

function fill(select, options) {
  select.replaceChildren(...options.map(([value, text]) => Object.assign(document.createElement("option"), { value, textContent: text })));
}

const say = (text) => (at("status").textContent = text);

function make(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

/** What cannot be seen in a name is shown as an escape. */
const shown = (text) => text.replace(/[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g,
  (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`);

// ---- what is given

async function walk(entry, path, add) {
  if (entry.isFile) {
    add(await new Promise((resolve, reject) => entry.file(resolve, reject)), path + entry.name);
  } else {
    const reader = entry.createReader();
    for (;;) {
      const entries = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
      if (entries.length === 0) break;
      for (const inner of entries) await walk(inner, `${path}${entry.name}/`, add);
    }
  }
}

function give(file, name) {
  at("busy").hidden = false;
  at("progress").removeAttribute("value");
  say(texts.looking);
  worker.postMessage({ type: "add", file, name });
}

async function take(transfer) {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  if (entries.length === 0) return [...transfer.files].forEach((file) => give(file, file.name));
  for (const entry of entries) await walk(entry, "", give);
}

function described(item) {
  const others = item.others ? ` ${texts.othersIn(item.others)}` : "";
  if (item.kind === "report") return texts.reportGiven(shown(item.domains[0] ?? "?"), shown(item.verdict ?? "?")) + others;
  if (item.kind === "unknown") return texts.unknownBecause(shown(item.why ?? texts.kinds.unknown));
  const kind = item.kind !== "records" ? texts.kinds[item.kind] : item.zone ? (item.isService ? texts.serviceOf : texts.recordsOf)(shown(item.zone)) : texts.recordsOfNone;
  const domains = item.domains.length > 0 ? ` (${item.domains.map(shown).join(", ")})` : "";
  return kind + domains + (item.hasKey ? `; ${texts.keyBeside}` : "") + (item.damage ? `; ${texts.readSoFar(item.damage)}` : "") + (others && `;${others}`);
}

function row(item) {
  const line = make("li", {}, make("bdi", { className: "name", textContent: shown(item.name) }), make("span", { className: "kind", textContent: described(item) }));
  if (item.kind === "chain") {
    const host = make("input", { value: item.host ?? "", placeholder: item.names?.[0] ?? "" });
    host.addEventListener("input", () => { worker.postMessage({ type: "host", id: item.id, host: host.value.trim() }); later(); });
    line.append(make("label", {}, `${texts.host} `, host));
  }
  const remove = make("button", { type: "button", className: "quiet", textContent: texts.removeShort });
  remove.setAttribute("aria-label", texts.remove(shown(item.name)));
  remove.addEventListener("click", () => {
    worker.postMessage({ type: "remove", id: item.id });
    given.delete(item.id);
    line.remove();
    tell();
    later();
    at("choose-files").focus();
  });
  line.append(remove);
  return line;
}

const rows = new Map(); // id -> its line

/** Lists a new item, or the same one anew. */
function list(item) {
  const line = row(item);
  if (rows.has(item.id)) rows.get(item.id).replaceWith(line);
  else at("given").append(line);
  rows.set(item.id, line);
  given.set(item.id, item);
}

function tell() {
  at("nothing").hidden = given.size > 0;
  const domains = new Set([...given.values()].flatMap((item) => item.domains));
  const suggested = [...domains].slice(0, MOST_SUGGESTED);
  at("domains").replaceChildren(...suggested.map((value) => make("option", { value })));
  offerSides(suggested);
}

/** Whose is whose is asked where there are two domains. */
function offerSides(domains) {
  for (const id of ["cisco", "microsoft"]) {
    const chosen = at(id).value;
    fill(at(id), [["", texts.sideOfPair], ...domains.map((domain) => [domain, shown(domain)])]);
    at(id).value = domains.includes(chosen) ? chosen : "";
    at(id).parentElement.hidden = domains.length < 2;
  }
}

// ---- judging

/** The domain of what people have at hand: a SIP address, a mail address, a URL. */
const domainOf = (words) => words.trim().replace(/^(?:sips?|xmpp|mailto):(?!\/)/i, "").replace(/^[a-z][a-z0-9+.-]*:\/\//i, "").replace(/[/?#;>].*$/s, "").replace(/^.*@/s, "")
  .replace(/:\d*$/, "").replace(/\.$/, "");

const settings = () => ({
  domain: domainOf(at("domain").value), name: at("name").value.trim(), profile: at("profile").value, side: at("side").value, cisco: at("cisco").value, microsoft: at("microsoft").value,
  at: at("at").value ? `${at("at").value}${at("at").value.length === 16 ? ":00" : ""}Z` : "", allowPrivate: at("private").checked,
});

let timer;

function judge() {
  clearTimeout(timer);
  at("busy").hidden = false;
  at("progress").removeAttribute("value");
  say(texts.working);
  worker.postMessage({ type: "judge", settings: settings() });
}

/** Whoever types is waited for. */
function later() {
  clearTimeout(timer);
  timer = setTimeout(judge, CHANGE_DELAY_MS);
}

/** What a Windows has of its own in the place of the command: the record, the port, the certificate. */
function windowsWays(domain) {
  const host = texts.anyHost, way = (words, line) => [make("p", { className: "hint", textContent: words }), make("pre", { tabIndex: 0, textContent: line })];
  return make("details", {}, make("summary", { textContent: texts.onWindows }),
    ...way(texts.onWindowsDns, `Resolve-DnsName -Type SRV _sipfederationtls._tcp.${domain} -Server 1.1.1.1`),
    ...way(texts.onWindowsPort, `Test-NetConnection ${host} -Port 5061`),
    ...way(texts.onWindowsCertificate, `$c = New-Object Net.Sockets.TcpClient("${host}", 5061); $s = New-Object Net.Security.SslStream($c.GetStream(), $false, { $true }); ` +
      `$s.AuthenticateAsClient("${host}"); [IO.File]::WriteAllBytes("$pwd\\server.cer", $s.RemoteCertificate.Export("Cert"))`));
}

function addCopyButtons(part) {
  for (const block of part.querySelectorAll(".fv pre")) {
    const button = make("button", { type: "button", className: "quiet", textContent: texts.copy });
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(block.textContent);
      } catch {
        getSelection().selectAllChildren(block);
        document.execCommand("copy");
      }
      button.textContent = texts.copied;
    });
    const line = make("div", { className: "copy" });
    block.replaceWith(line);
    line.append(block, button);
    const domain = /^fedval check (?!DOMAIN)([a-z0-9_.-]+\.[a-z0-9-]+)/i.exec(block.textContent)?.[1];
    if (domain) line.after(windowsWays(domain));
  }
}

/** Says why there is no letter, to a reader who gave a log and may look for one. */
function tellWhyNoLetter(part) {
  if (results.length === 0 || part.querySelector(".letter") || ![...given.values()].some(({ kind }) => kind === "log")) return;
  part.append(make("p", { className: "hint", id: "no-letter", textContent: texts.noLetter }));
}

function show(found) {
  results = found;
  at("busy").hidden = true;
  at("results-part").hidden = results.length === 0;
  at("results").replaceChildren(...results.map(({ fragment, failure }) => {
    const part = make("div");
    // The fragment is made by the library, which escapes every text; the security policy runs no script of it.
    if (fragment) part.innerHTML = fragment;
    else part.append(make("p", { className: "failure", textContent: shown(failure) }));
    return part;
  }));
  addCopyButtons(at("results"));
  tellWhyNoLetter(at("results"));
  offerSaves();
  const { domain } = settings();
  const onlyRoots = given.size > 0 && [...given.values()].every(({ kind }) => kind === "root");
  say(results.length > 0 ? texts.ready(results.length) : onlyRoots ? texts.rootsAlone : domain === "" ? texts.ready(0) : texts.domainAlone(shown(domain)));
}

// ---- saving

function save(name, type, text) {
  const link = make("a", { href: URL.createObjectURL(new Blob([text], { type })), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

const SAVED = {
  fragment: { id: "save-html", ending: "html", type: "text/html" },
  json: { id: "save-json", ending: "json", type: "application/json" },
  markdown: { id: "save-markdown", ending: "md", type: "text/markdown" },
  text: { id: "save-text", ending: "txt", type: "text/plain" },
};

/** A form is offered where some result has it. */
function offerSaves() {
  const redact = at("redact").checked;
  for (const [form, { id }] of Object.entries(SAVED)) {
    const has = results.some(({ forms, canRedact }) => forms?.includes(form) && (canRedact || !redact));
    at(id).disabled = !has;
    at(id).title = has ? "" : texts.keptAlone;
  }
}

/** Several documents are no JSON text: one stands on each line. */
function saveAll({ form, redact, texts: all, without }) {
  const { ending, type } = SAVED[form], name = redact ? "fedval-redacted" : "fedval", isLines = form === "json" && all.length > 1;
  if (isLines) save(`${name}.ndjson`, "application/x-ndjson", all.map((one) => `${JSON.stringify(JSON.parse(one))}\n`).join(""));
  else save(`${name}.${ending}`, type, all.map((one) => `${one.trim()}\n`).join("\n"));
  say(without > 0 ? texts.withoutForm(without) : texts.isSaved);
}

// ---- the worker's words

const heard = {
  ready({ version }) {
    at("about").textContent = `libfedval ${version}. ${window.fedvalRoots ? texts.rootsNote(window.fedvalRoots.count) : ""}`;
    document.documentElement.dataset.ready = "yes";
  },
  item: ({ item }) => list(item),
  read() {
    tell();
    judge();
  },
  notLog({ id }) {
    const item = given.get(id);
    if (item) list({ ...item, kind: "unknown" });
  },
  progress({ done, all }) {
    if (at("busy").hidden) return; // cancelled
    at("progress").max = all;
    at("progress").value = done;
    say(texts.reading(Math.round(done / 1e6), Math.round(all / 1e6)));
  },
  judged: ({ results: found }) => show(found),
  explained({ text }) {
    at("explained").hidden = false;
    at("explained").textContent = text;
  },
  saved: saveAll,
  failed: ({ message, name }) => { at("busy").hidden = true; say(name ? `${shown(name)}: ${message}` : message); },
};

// ---- beginning

const textOf = (id) => at(id)?.textContent || undefined;

function listen() {
  at("choose-files").addEventListener("click", () => at("files").click());
  at("choose-folder").addEventListener("click", () => at("folder").click());
  for (const id of ["files", "folder"]) {
    at(id).addEventListener("change", () => {
      for (const file of at(id).files) give(file, file.webkitRelativePath || file.name);
      at(id).value = "";
    });
  }
  at("show-paste").addEventListener("click", () => {
    at("paste").hidden = !at("paste").hidden;
    at("show-paste").setAttribute("aria-expanded", String(!at("paste").hidden));
    if (!at("paste").hidden) at("pasted").focus();
  });
  at("add-paste").addEventListener("click", () => {
    if (at("pasted").value.trim() === "") return;
    give(new Blob([at("pasted").value]), texts.pastedName(++pasted));
    at("pasted").value = "";
  });
  for (const name of ["dragover", "drop"]) document.addEventListener(name, (event) => event.preventDefault());
  document.addEventListener("dragover", () => at("drop").classList.add("over"));
  document.addEventListener("dragleave", () => at("drop").classList.remove("over"));
  document.addEventListener("drop", (event) => { at("drop").classList.remove("over"); take(event.dataTransfer); });
  at("settings").addEventListener("input", later);
  at("settings").addEventListener("submit", (event) => { event.preventDefault(); judge(); });
  at("cancel").addEventListener("click", () => { worker.postMessage({ type: "cancel" }); at("busy").hidden = true; say(texts.cancelled); });
  for (const [form, { id }] of Object.entries(SAVED)) at(id).addEventListener("click", () => worker.postMessage({ type: "save", form, redact: at("redact").checked }));
  at("redact").addEventListener("change", offerSaves);
  at("explain").addEventListener("submit", (event) => { event.preventDefault(); worker.postMessage({ type: "explain", text: at("code").value }); });
}

/** The module stands in the page; for a web server it lies beside, in two forms. */
async function findModule() {
  if (typeof DecompressionStream === "undefined" || typeof WebAssembly === "undefined") throw new Error(texts.tooOld);
  if (FORM === "simd" && !hasSimd()) throw new Error(texts.noSimd);
  if (FORM !== "site") return;
  await new Promise((resolve, reject) => {
    const script = make("script", { src: hasSimd() ? "module.js" : "module-plain.js" });
    script.addEventListener("load", resolve);
    script.addEventListener("error", () => reject(new Error(texts.noModule)));
    document.body.append(script);
  });
}

async function begin() {
  worker = window.fedvalWorker;
  worker.onmessage = ({ data }) => heard[data.type](data);
  worker.onerror = (event) => say(event.message || texts.tooOld);
  // It is compiled while it is unpacked, and while the worker starts.
  const response = new Response(unpacked(textOf("module")), { headers: { "content-type": "application/wasm" } });
  worker.postMessage({ type: "start", module: await WebAssembly.compileStreaming(response) });
  // the roots stand at the end of the page
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", takeRoots);
  else takeRoots();
}

function takeRoots() {
  worker.postMessage({ type: "roots", packed: textOf("roots") });
  listen();
}

speak();
findModule().then(begin).catch((error) => say(error.message));
