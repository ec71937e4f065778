// Reads and judges, off the page's thread: however long a log is, the page answers.
import { instantiate, toAscii } from "../bindings/js/core.js";
import { Bytes, Damage, gunzip, isGzip, isTar, isZip, tarEntries, zipEntries } from "./archives.js";
import { detect, whole } from "./detect.js";
import { zoneOf } from "./records.js";
import { escaped, openFragment, openText, reportFragment } from "./report.js";
import { how, nameOf, shown } from "./results.js";
import { texts } from "./texts.js";
import { unpacked } from "./unpack.js";

const SLICE = 4 << 20;
const MOST_DEEP = 4; // archives in archives
const MOST_UNPACKED = 2 ** 30; // bytes of one archive that are kept
const MOST_ENTRIES = 20_000;
const MOST_NAMED = 5; // hosts that the SRV record could name

let fedval;
let rootsUnpacked;
const items = new Map(); // id -> {name, kind, bytes or open(), ...}
let nextId = 1;
let diagnosis = null; // of the logs that are there
let results = []; // what is shown: {fragment, show(form, redact), forms, canRedact}

async function start({ module }) {
  fedval = await instantiate(module);
}

/** The roots are unpacked while the first files are read. */
function takeRoots({ packed }) {
  postMessage({ type: "ready", version: fedval.version });
  rootsUnpacked = packed ? whole(unpacked(packed)) : Promise.resolve();
}

// ---- reading

/** An entry of an archive as {kept, damage}: what could be read of it, and why that is not all; `left` is what the archive may still unpack to. */
async function keep(stream, left) {
  const parts = [], bytes = new Bytes(stream);
  for (let piece = await bytes.piece(); piece !== null; piece = await bytes.piece()) {
    left.bytes -= piece.length;
    if (left.bytes < 0) throw new Error(texts.tooLarge);
    parts.push(piece);
  }
  return { kept: new Blob(parts), damage: bytes.damage };
}

/** The same of an entry that is still to be opened; undefined stands for nothing. */
async function keepEntry(open, size, left) {
  if (size > left.bytes) throw new Error(texts.tooLarge); // whoever says less than is there is found out later
  try {
    return await keep(await open(), left);
  } catch (error) {
    if (error instanceof Damage) return { damage: error };
    throw error;
  }
}

async function* entriesOf(name, entries, depth, left) {
  let count = 0;
  for await (const [entry, open, size] of entries) {
    if (++count > MOST_ENTRIES) throw new Error(texts.tooMany(MOST_ENTRIES));
    // Entries of archives are read once, in their order; what a later look needs is kept as a Blob.
    const { kept = new Blob(), damage } = await keepEntry(open, size, left);
    if (damage && kept.size === 0) yield { path: `${name}/${entry}`, damage };
    else for await (const found of inside(`${name}/${entry}`, async () => kept.stream(), kept, depth + 1, left)) yield { damage, ...found };
  }
  if (count === 0) throw new Error(texts.emptyArchive);
}

const isOffice = (head) => /^(\[Content_Types\]\.xml|mimetypeapplication\/vnd\.oasis)/.test(String.fromCharCode(...head.subarray(30, 64)));

/** Opens what is inside of a file, however often it is wrapped: {path, open, bytes, blob, damage}; blob where there is one, damage without bytes where nothing could be read. */
async function* inside(name, open, blob, depth = 0, left = { bytes: MOST_UNPACKED }) {
  const bytes = new Bytes(await open());
  const head = await bytes.peek(512);
  const isArchive = isZip(head) ? !isOffice(head) : isTar(head);
  if ((isGzip(head) || isArchive) && depth >= MOST_DEEP) throw new Error(texts.tooDeep(MOST_DEEP));
  const entire = async () => blob ?? (await keep(await open(), left)).kept;
  if (isGzip(head)) yield* inside(name.replace(/\.gz$/i, "").replace(/\.tgz$/i, ".tar"), await gunzip(await entire()), undefined, depth + 1, left);
  else if (isArchive) yield* entriesOf(name, isZip(head) ? zipEntries(await entire()) : tarEntries(bytes), depth, left);
  else yield { path: name, open, bytes, blob };
}

function list(item) {
  const listed = { id: nextId++, ...item };
  items.set(listed.id, listed);
  postMessage({ type: "item", item: described(listed) });
}

let waiting = 0; // files that were given and are not read yet

async function addFile(file, name) {
  for await (const { path, open, bytes, blob, damage } of inside(name, async () => file.stream(), file)) {
    const found = bytes ? await detect(fedval, bytes) : [{ kind: "unknown" }];
    const why = (damage ?? bytes?.damage)?.message;
    for (const one of found)
      list({ name: path, open, blob, size: (blob ?? file).size, ...one, ...(why && (one.kind === "unknown" ? { why } : { damage: why })) });
  }
}

async function add({ file, name }) {
  try {
    await addFile(file, name);
  } catch (error) {
    list({ name, kind: "unknown", why: error.message || texts.unreadable });
  }
  if (--waiting === 0) postMessage({ type: "read" });
}

const domainsIn = (document) => [document?.domain, ...(Array.isArray(document?.domains) ? document.domains.map((one) => one?.name) : [])]
  .filter((name) => typeof name === "string");

const described = ({ id, name, kind, why, damage, others, domains, names, document, host, zone, isService, hasKey }) => ({
  id, name, kind, why, damage, others, host, zone, isService, hasKey, domains: domains ?? domainsIn(document), verdict: typeof document?.verdict === "string" ? document.verdict : undefined,
  names: names ?? [],
});

/** The bytes of a log, piece by piece: a short one is held already, and slices of a Blob are read faster than its stream. */
async function* pieces(item) {
  const { open, blob, bytes: held } = item;
  if (held) return void (yield held);
  if (!blob) return void (yield* streamed(item, await open()));
  for (let at = 0; at < blob.size; at += SLICE) yield new Uint8Array(await blob.slice(at, at + SLICE).arrayBuffer());
}

/** One that ends early says so beside its name. */
async function* streamed(item, stream) {
  const bytes = new Bytes(stream);
  try {
    for (let piece = await bytes.piece(); piece !== null; piece = await bytes.piece()) yield piece;
    if (!bytes.damage) return;
    item.damage = bytes.damage.message;
    postMessage({ type: "item", item: described(item) });
  } finally {
    await bytes.cancel();
  }
}

// ---- judging

const ofKind = (kind) => [...items.values()].filter((item) => item.kind === kind);
const bytesOf = (kind) => ofKind(kind).map(({ bytes }) => bytes);

async function diagnose(isCurrent) {
  const logs = ofKind("log");
  const key = logs.map(({ id }) => id).join();
  if (diagnosis?.key === key) return diagnosis;
  diagnosis?.free();
  diagnosis = null;
  if (logs.length === 0) return null;
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
    diagnosis = { key, evidence: log.evidence(), known: logs.map((_, i) => log.isKnown(i)), free: () => log.free(),
                  ...shown((form, redact) => log.show({ as: form, redact })) };
    logs.forEach(({ id }, i) => diagnosis.known[i] || postMessage({ type: "notLog", id }));
    return diagnosis;
  } finally {
    if (!diagnosis) log.free();
  }
}

async function judging(settings) {
  const roots = await rootsUnpacked;
  const { profile, side, at, allowPrivate } = settings;
  const policy = Object.assign({}, ...ofKind("policy").map(({ document }) => document), allowPrivate ? { allow_private: true } : {});
  return {
    profile: profile || undefined, side: side || undefined, at: at || undefined,
    policy: Object.keys(policy).length > 0 ? policy : undefined,
    trust: bytesOf("root"), publicTrust: roots ? [roots] : [], crls: bytesOf("crl"),
  };
}

/** Which host shows a chain: what was said, else each SRV target that it names. */
function chainsFor(targets) {
  const chains = ofKind("chain").map((item) => ({ item, hosts: item.host ? [item.host] : targets.filter((target) => item.names.includes(target.toLowerCase())) }));
  const taken = new Set(chains.flatMap(({ hosts }) => hosts));
  // A certificate that names no target is judged at one for which none was given.
  const free = targets.filter((target) => !taken.has(target));
  return chains.flatMap(({ item: { bytes, name }, hosts }) =>
    (hosts.length > 0 ? hosts : [free.shift() ?? targets[0]]).filter(Boolean).map((host) => ({ host, data: bytes, name })));
}

function domainsOf(settings) {
  if (settings.domain) return [settings.domain];
  return [...new Set([...ofKind("zone"), ...ofKind("records"), ...ofKind("lookup")].flatMap(({ domains }) => domains))];
}

/** The zones, and why record lines could not be taken for one. */
function zonesGiven({ domain }) {
  const records = each(ofKind("records"), (item) => [zoneOf(item, toAscii(domain))]);
  const lookups = ofKind("lookup").flatMap(({ name, zones: answered }) => answered.map((zone) => ({ name, ...zone })));
  const zones = [...ofKind("zone").map(({ name, bytes }) => ({ name, data: bytes })), ...records.filter(({ failure }) => !failure), ...lookups];
  return { zones, failures: records.filter(({ failure }) => failure) };
}

function gathered(settings, options, zones) {
  if (zones.length === 0) return [];
  const at = settings.at || new Date().toISOString();
  return domainsOf(settings).map((domain) => {
    const dns = JSON.parse(fedval.gather(domain, { ...options, zones, at }));
    const targets = dns.facts.flatMap(({ records }) => records ?? []).filter(({ type }) => type === "SRV").map(({ target }) => target.replace(/\.$/, ""));
    return fedval.gather(domain, { ...options, zones, chains: chainsFor(targets), at });
  });
}

// ---- plans, and reports that were saved

/** The files that an intent names are those that were given under the same name. */
function filesFor(intent) {
  const base = (path) => path.split(/[\\/]/).pop();
  const given = new Map([...items.values()].filter(({ bytes }) => bytes).map((item) => [base(item.name), item]));
  const named = fedval.intentFiles(intent).filter(({ path }) => given.has(base(path)));
  return Object.fromEntries(named.map(({ path }) => [path, given.get(base(path)).bytes]));
}

function planned(intent, options, zones) {
  const evidence = ofKind("evidence").map(({ text }) => text);
  const chains = ofKind("chain").filter(({ host }) => host).map(({ host, bytes, name }) => ({ host, data: bytes, name }));
  // side and private addresses are of reports: the intent says whose the domains are
  const { side: _, ...own } = options;
  return shown((form, redact) => fedval.plan(intent, { ...own, files: filesFor(intent), zones, evidence, chains, redact, as: form }));
}

/** The saved reports on each domain, the earlier first. */
function reportsByDomain() {
  const byDomain = new Map();
  for (const item of ofKind("report")) byDomain.set(item.document.domain, [...(byDomain.get(item.document.domain) ?? []), item]);
  const at = ({ document }) => Date.parse(document.gathered_at ?? document.evaluated_at) || 0;
  return [...byDomain.values()].map((list) => list.sort((a, b) => at(a) - at(b)));
}

/** One report is shown; of several on one domain what changed between the first and the last. */
function saved(list) {
  const first = list[0], last = list[list.length - 1];
  const kept = { fragment: reportFragment(last.document), forms: ["fragment", "json"], canRedact: false,
                 show: (form) => (form === "json" ? last.text.trim() : reportFragment(last.document)) };
  if (list.length === 1) return [kept];
  const between = (redact) => how(texts.between(nameOf(first, redact), nameOf(last, redact), last.document.verdict));
  return [shown((form, redact) => fedval.diff(first.text, last.text, { redact, as: form }), between), kept];
}

const judged = (evidence, options, before) => shown((form, redact) => fedval.evaluate(evidence, { ...options, redact, as: form }), before);

/** A report, and what breaks when, where certificates were seen. */
function judgedInTime(evidence, options, before) {
  const report = judged(evidence, options, before), show = (form, redact) => fedval.timeline(evidence, { ...options, redact, as: form });
  return evidence.includes('"chain"') && show("object").milestones.length > 0 ? [report, shown(show)] : [report];
}

// ---- both sides

/** Whose of the domains are the two sides, as was said; of two one of which Microsoft hosts, as it looks. Two of one company are no pair. */
function sidesOf(byDomain, { cisco, microsoft }, options) {
  const known = (domain) => (byDomain.has(domain) ? domain : undefined);
  const said = { cisco: known(cisco), microsoft: known(microsoft) };
  if (byDomain.size === 2) {
    const domains = [...byDomain.keys()], other = (domain) => domains.find((one) => domain && one !== domain);
    const hosted = domains.filter((domain) => fedval.evaluate(byDomain.get(domain), { ...options, side: undefined }).side === "microsoft");
    said.microsoft ??= other(said.cisco) ?? (said.cisco || hosted.length !== 1 ? undefined : hosted[0]);
    said.cisco ??= other(said.microsoft);
  }
  return said.cisco && said.microsoft && said.cisco !== said.microsoft ? said : undefined;
}

/** Both sides together, where there are two: {results, byRules}, the latter the rules by which each of them is judged. */
function paired(evidence, settings, options) {
  const byDomain = new Map(evidence.filter((text) => typeof text === "string").map((text) => [JSON.parse(text).domain, text]));
  const sides = byDomain.size > 1 ? sidesOf(byDomain, settings, options) : undefined;
  if (!sides) return { results: [], byRules: {} };
  const pair = [byDomain.get(sides.cisco), byDomain.get(sides.microsoft)], show = (form, redact) => fedval.pair(...pair, { ...options, redact, as: form });
  const { cisco, microsoft } = show("object");
  const rules = ({ side, profile }) => ({ side, profile });
  return { results: [shown(show, () => how(texts.pairOf(sides.cisco, sides.microsoft)))],
           byRules: { [sides.cisco]: rules(cisco), [sides.microsoft]: rules(microsoft) } };
}

/** A certificate judged for a domain of which no zone was given, at the host that was named. */
function chainAt(host, item, domain, settings, options) {
  const { bytes, name } = item;
  const own = { ...options, scope: "certificate", policy: { ...options.policy, edge_fqdn: host } };
  const at = settings.at || new Date().toISOString();
  const evidence = fedval.gather(domain, { ...own, at, chains: [{ host, data: bytes, name }] });
  const { verdict } = fedval.evaluate(evidence, own);
  const before = (redact) => `<h3><bdi>${escaped(nameOf(item, redact))}</bdi></h3>${how(texts.judgedAt(domain, host))}`;
  return { verdict, results: judgedInTime(evidence, own, before) };
}

/** The same where nobody named the host: the certificate by itself, and what is to be asked. */
function chainOpen(item, domain, options) {
  const ask = (form, redact) => fedval.evaluateChain({ ...options, chain: item.bytes, source: item.name, redact, as: form });
  const verdict = ask("object").verdict === "fail" ? "fail" : "indeterminate"; // by itself it may be right, and nothing says so for the domain
  const lies = (name) => fedval.srvMatch(domain, name.replace(/^\*\./, "host.")).srv_match === "match";
  const asked = texts.whichHost(domain, item.names.filter(lies).slice(0, MOST_NAMED));
  const make = (form, redact) => {
    const chain = { ...ask("object", redact), verdict };
    if (form === "json") return JSON.stringify(chain);
    return (form === "fragment" ? openFragment : openText)(domain, nameOf(item, redact), chain, asked, form);
  };
  return { verdict, results: [shown(make)] };
}

const WORST_FIRST = ["fail", "indeterminate", "pass"];
const byVerdict = (a, b) => WORST_FIRST.indexOf(a.verdict) - WORST_FIRST.indexOf(b.verdict);

function chainsForDomain(domain, settings, options) {
  const judgeOne = (item) => {
    const host = item.host || settings.name;
    return [host ? chainAt(host, item, domain, settings, options) : chainOpen(item, domain, options)];
  };
  const all = each(ofKind("chain"), judgeOne).map((one) => (one.failure ? { verdict: "fail", results: [one] } : one));
  return all.sort(byVerdict).flatMap(({ results: own }) => own);
}

function chainsAlone(settings, options) {
  const all = ofKind("chain").map(({ bytes, name, host }) => {
    const question = { ...options, chain: bytes, source: name, name: settings.name || host || undefined };
    const show = (form, redact) => fedval.evaluateChain({ ...question, redact, as: form });
    return { verdict: show("object").verdict, ...shown(show, () => how(texts.typeDomain)) };
  });
  return all.sort(byVerdict);
}

const safely = (work) => {
  try {
    return work();
  } catch (error) {
    return [{ failure: error.message }];
  }
};

/** What is made of each of several things; one that fails says so, and the others are shown. */
const each = (things, work) => things.flatMap((thing) => safely(() => work(thing)));

let current = 0;

async function judge({ settings }) {
  const number = ++current, isCurrent = () => number === current;
  const logs = await diagnose(isCurrent);
  if (!isCurrent()) return;
  const options = await judging(settings);
  const given = ofKind("evidence").map(({ text }) => text);
  const seen = (logs?.evidence ?? []).filter((text) => text.includes('"SRV"'));
  const { zones, failures } = zonesGiven(settings);
  const plans = each(ofKind("intent"), ({ text }) => planned(text, options, zones));
  const evidence = [...(plans.length > 0 ? [] : safely(() => gathered(settings, options, zones))), ...given];
  const [{ failure, results: pair = [], byRules = {} }] = safely(() => [paired(evidence, settings, options)]);
  const rulesFor = (text) => ({ ...options, ...byRules[JSON.parse(text).domain], ...(settings.side && { side: settings.side }), ...(settings.profile && { profile: settings.profile }) });
  const reports = each(evidence, (text) => (text.failure ? text : judgedInTime(text, rulesFor(text))));
  const failing = seen.filter((text) => fedval.evaluate(text, { ...options, scope: "dns" }).verdict === "fail");
  const fromLogs = each(failing, (text) => judged(text, { ...options, scope: "dns" }));
  const kept = each(reportsByDomain(), saved);
  const areJudged = plans.length > 0 || (reports.length > 0 && zones.length > 0);
  const chains = areJudged ? [] : settings.domain ? chainsForDomain(settings.domain, settings, options) : safely(() => chainsAlone(settings, options));
  results = [...(logs?.known.includes(true) ? [logs] : []), ...failures, ...plans, ...(failure ? [{ failure }] : pair), ...reports, ...fromLogs, ...kept, ...chains];
  postMessage({ type: "judged", results: results.map(({ fragment, failure, forms, canRedact }) => ({ fragment, failure, forms, canRedact })) });
}

/** All results in one form, which is made when it is asked for; `without` counts those that have no such form. */
function save({ form, redact }) {
  const made = results.filter(({ failure }) => !failure), able = made.filter(({ forms, canRedact }) => forms.includes(form) && (canRedact || !redact));
  const texts = able.map(({ show }) => show(form, redact)), without = made.length - able.length;
  postMessage({ type: "saved", form, redact, without, texts: form === "fragment" ? [fedval.page("fedval", texts)] : texts });
}

const handlers = {
  start,
  roots: takeRoots,
  add,
  judge,
  remove: ({ id }) => void items.delete(id),
  host: ({ id, host }) => void (items.get(id).host = host),
  explain: ({ text }) => postMessage({ type: "explained", text: fedval.explain(text, { as: "text", long: true }) }),
  save,
};

let line = Promise.resolve(); // one after the other, but a judgement that nobody waits for ends early

onmessage = ({ data }) => {
  if (data.type === "add") waiting++;
  if (data.type === "judge" || data.type === "cancel") current++;
  if (data.type === "cancel") return;
  line = line.then(() => handlers[data.type](data)).catch((error) => postMessage({ type: "failed", message: error.message, of: data.type, name: data.name }));
};
