// Reads and judges, off the page's thread: however long a log is, the page answers.
import { instantiate } from "../bindings/js/core.js";
import { Bytes, isGzip, isTar, isZip, tarEntries, zipEntries } from "./archives.js";
import { detect, whole } from "./detect.js";

const SLICE = 4 << 20;

let fedval;
let roots;
const items = new Map(); // id -> {name, kind, bytes or open(), ...}
let nextId = 1;
let diagnosis = null; // of the logs that are there: {key, results}

const unpack = async (file) => whole(file.stream().pipeThrough(new DecompressionStream("gzip")));

async function start({ module, publicRoots }) {
  fedval = await instantiate(await unpack(module));
  roots = publicRoots ? await unpack(publicRoots) : undefined;
  const { style, marks } = fedval.frame();
  postMessage({ type: "started", style, marks, version: fedval.version });
}

// ---- reading

/** Opens what is inside of a file, however often it is wrapped: path, open, first bytes, and the Blob where it is one. */
async function* inside(name, open, blob, depth = 0) {
  const bytes = new Bytes(await open());
  const head = await bytes.peek(512);
  if (depth < 4 && isGzip(head)) {
    yield* inside(name.replace(/\.(gz|tgz)$/i, ""), async () => (await open()).pipeThrough(new DecompressionStream("gzip")), undefined, depth + 1);
  } else if (depth < 4 && (isZip(head) || isTar(head))) {
    const entries = isZip(head) ? zipEntries : tarEntries;
    for await (const [entry, stream] of entries(bytes)) {
      // Entries of archives are read once, in their order; what a later look needs is kept as a Blob.
      const kept = await new Response(stream).blob();
      yield* inside(`${name}/${entry}`, async () => kept.stream(), kept, depth + 1);
    }
  } else {
    yield [name, open, bytes, blob];
  }
}

async function add({ file, name }) {
  for await (const [path, open, bytes, blob] of inside(name, async () => file.stream(), file)) {
    const found = await detect(fedval, bytes);
    const item = { id: nextId++, name: path, open, blob, size: (blob ?? file).size, ...found };
    items.set(item.id, item);
    postMessage({ type: "item", item: described(item) });
  }
}

const described = ({ id, name, kind, why, domains, certificates, document, host }) => ({
  id, name, kind, why, host, domains: domains ?? (document?.domain ? [document.domain] : []), verdict: document?.verdict,
  names: certificates?.[0]?.dns_names ?? [],
});

/** The bytes of a log, piece by piece. Slices of a Blob are read faster than its stream. */
async function* pieces({ open, blob }) {
  if (!blob) return void (yield* streamed(await open()));
  for (let at = 0; at < blob.size; at += SLICE) yield new Uint8Array(await blob.slice(at, at + SLICE).arrayBuffer());
}

async function* streamed(stream) {
  const reader = stream.getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
  } finally {
    await reader.cancel();
  }
}

// ---- judging

const ofKind = (kind) => [...items.values()].filter((item) => item.kind === kind);
const bytesOf = (kind) => ofKind(kind).map(({ bytes }) => bytes);

async function diagnose(isCurrent) {
  const logs = ofKind("log");
  const key = logs.map(({ id }) => id).join();
  if (logs.length === 0 || diagnosis?.key === key) return logs.length === 0 ? null : diagnosis;
  const log = fedval.newLog();
  let done = 0;
  const all = logs.reduce((sum, { size }) => sum + size, 0);
  try {
    for (const item of logs) {
      log.beginSource(item.name);
      for await (const piece of pieces(item)) {
        if (!isCurrent()) return;
        log.feed(piece);
        done += piece.length;
        postMessage({ type: "progress", done, all: Math.max(all, done) });
      }
    }
    log.finish();
    const show = (shown) => log.show(shown);
    diagnosis = { key, evidence: log.evidence(), fragment: show({ as: "fragment" }), json: show({ as: "json" }),
                  redacted: log.show({ as: "text", redact: true }), known: logs.map((_, i) => log.isKnown(i)) };
    logs.forEach(({ id }, i) => diagnosis.known[i] || postMessage({ type: "notLog", id }));
    return diagnosis;
  } finally {
    log.free();
  }
}

function judging(settings) {
  const { profile, side, at, allowPrivate } = settings;
  return {
    profile: profile || undefined, side: side || undefined, at: at || undefined,
    policy: allowPrivate ? { allow_private: true } : undefined,
    trust: bytesOf("root"), publicTrust: roots ? [roots] : [], crls: bytesOf("crl"),
  };
}

/** Which host shows a chain: what was said, else each SRV target that it names. */
function chainsFor(domain, targets) {
  return ofKind("chain").flatMap(({ host, certificates, bytes, name }) => {
    const named = targets.filter((target) => certificates[0].dns_names?.some((known) => known.toLowerCase() === target.toLowerCase()));
    const hosts = host ? [host] : named.length > 0 ? named : targets.length > 0 ? targets.slice(0, 1) : [];
    return hosts.map((shownBy) => ({ host: shownBy, data: bytes, name }));
  });
}

function domainsOf(settings) {
  if (settings.domain) return [settings.domain];
  return [...new Set(ofKind("zone").flatMap(({ domains }) => domains))];
}

function gathered(settings, options) {
  const zones = ofKind("zone").map(({ name, bytes }) => ({ name, data: bytes }));
  if (zones.length === 0) return [];
  const at = settings.at || new Date().toISOString();
  return domainsOf(settings).map((domain) => {
    const dns = JSON.parse(fedval.gather(domain, { ...options, zones, at }));
    const targets = dns.facts.flatMap(({ records }) => records ?? []).filter(({ type }) => type === "SRV").map(({ target }) => target.replace(/\.$/, ""));
    return fedval.gather(domain, { ...options, zones, chains: chainsFor(domain, targets), at });
  });
}

const judged = (evidence, options) => ({
  fragment: fedval.evaluate(evidence, { ...options, as: "fragment" }),
  json: fedval.evaluate(evidence, { ...options, as: "json" }),
  redacted: fedval.evaluate(evidence, { ...options, as: "text", redact: true }),
});

function chainsAlone(settings, options) {
  return ofKind("chain").map(({ bytes, name, host }) => {
    const question = { ...options, chain: bytes, source: name, name: settings.name || host || undefined };
    const show = (form) => fedval.evaluateChain({ ...question, as: form });
    return { fragment: show("fragment"), json: show("json"), redacted: "" };
  });
}

const safely = (work) => {
  try {
    return work();
  } catch (error) {
    return [{ failure: error.message }];
  }
};

let current = 0;

async function judge({ settings }) {
  const number = ++current, isCurrent = () => number === current;
  const logs = await diagnose(isCurrent);
  if (!isCurrent()) return;
  const options = judging(settings);
  const given = ofKind("evidence").map(({ bytes }) => new TextDecoder().decode(bytes));
  const seen = (logs?.evidence ?? []).filter((text) => text.includes('"SRV"'));
  const reports = safely(() => [...gathered(settings, options), ...given].map((text) => judged(text, options)));
  const fromLogs = safely(() => seen.map((text) => judged(text, { ...options, scope: "dns" }))).filter(({ json }) => json?.includes('"verdict":"fail"'));
  const chains = reports.length > 0 && ofKind("zone").length > 0 ? [] : safely(() => chainsAlone(settings, options));
  const results = [...(logs ? [logs] : []), ...reports, ...fromLogs, ...chains];
  postMessage({ type: "judged", results: results.map(({ fragment, json, redacted, failure }) => ({ fragment, json, redacted, failure })) });
}

const handlers = {
  start,
  add,
  judge,
  remove: ({ id }) => void items.delete(id),
  host: ({ id, host }) => void (items.get(id).host = host),
  explain: ({ text }) => postMessage({ type: "explained", text: fedval.explain(text, { as: "text", long: true }) }),
  page: ({ title, fragments }) => postMessage({ type: "page", html: fedval.page(title, fragments) }),
};

let line = Promise.resolve(); // one after the other, but a judgement that nobody waits for ends early

onmessage = ({ data }) => {
  if (data.type === "judge" || data.type === "cancel") current++;
  if (data.type === "cancel") return;
  line = line.then(() => handlers[data.type](data)).catch((error) => postMessage({ type: "failed", message: error.message, of: data.type, name: data.name }));
};
