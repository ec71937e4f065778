// libfedval as WebAssembly. The module imports nothing: it cannot reach the network, files or the clock.
import { FedvalError, Scope, toBytes } from "./memory.js";
import { gather } from "./gather.js";
import { filesOf, planOn, supply } from "./plan.js";

export { FedvalError };

const TIME_UNKNOWN = -(2n ** 63n);
const ANCHOR_PUBLIC = 1, ANCHOR_PRIVATE = 2;
const PURPOSES = { any: 0, server: 1, client: 2 };
const VERIFIED_SIGNATURES_KEPT = 1024;
const LONGEST_NAME = 256;

const asList = (value) => (value === undefined || value === null ? [] : Array.isArray(value) ? value : [value]);
const asText = (value) => (typeof value === "string" ? value : JSON.stringify(value));

/** Seconds since 1970, of a Date, a text or a number of seconds; FEDVAL_TIME_UNKNOWN of nothing. */
function asTime(at) {
  if (at === undefined || at === null) return TIME_UNKNOWN;
  if (typeof at === "number") return BigInt(Math.floor(at));
  const milliseconds = at instanceof Date ? at.getTime() : Date.parse(at);
  if (Number.isNaN(milliseconds)) throw new FedvalError("argument", `not a time: ${at}`);
  return BigInt(Math.floor(milliseconds / 1000));
}

/** A name with letters beyond ASCII as A-labels: the host of the module knows how, the module does not. */
export function toAscii(name) {
  if (/^[\x00-\x7f]*$/.test(name)) return name;
  try {
    return new URL(`http://${name}`).hostname;
  } catch {
    return name; // the library refuses it, and says why
  }
}

const textsOf = (value) =>
  typeof value === "string" ? [value] : value && typeof value === "object" ? Object.values(value).flatMap(textsOf) : [];

/** The texts of a document that have letters beyond ASCII and may be names. */
function namesBeyondAscii(text) {
  if (/^[\x00-\x7f]*$/.test(text) && !text.includes("\\u")) return [];
  try {
    return [...new Set(textsOf(JSON.parse(text)))].filter((name) => name.length < LONGEST_NAME && /[^\x00-\x7f]/.test(name));
  } catch {
    return []; // the library says what is wrong with it
  }
}

function policyText({ policy, profile, side, at, scope }) {
  const given = policy === undefined ? {} : typeof policy === "string" ? JSON.parse(policy) : policy;
  const chosen = { format: "fedval-policy/1", ...given };
  if (profile !== undefined) chosen.profile = profile;
  if (side !== undefined) chosen.side = side;
  if (scope !== undefined) chosen.scope = scope;
  if (at !== undefined) chosen.time = new Date(Number(asTime(at)) * 1000).toISOString().replace(".000Z", "Z");
  return JSON.stringify(chosen);
}

// A module of one function that gives an i8x16.
const SIMD_PROBE = [0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11];

/** Whether this engine takes the module with SIMD; fedval-plain.wasm is for those that do not. */
export const hasSimd = () => WebAssembly.validate(new Uint8Array(SIMD_PROBE));

/** Makes the functions of the package on an instance of the module. */
export async function instantiate(source) {
  const compiled = source instanceof WebAssembly.Module ? source : await WebAssembly.compile(source);
  const { exports } = await WebAssembly.instantiate(compiled, {});
  exports._initialize();
  const { crypto = (await import("node:crypto")).webcrypto } = globalThis; // Node 18 has it in a module alone
  exports.fedval_module_seed(crypto.getRandomValues(new Uint32Array(1))[0]);
  return new Fedval(exports);
}

export class Fedval {
  #exports;
  #verifier;

  constructor(exports) {
    this.#exports = exports;
    this.version = this.#scoped((s) => s.text(exports.fedval_version()));
    this.#verifier = this.#scoped((s) => {
      const plain = s.make("fedval_verifier_free", (out) => exports.fedval_mbedtls_verifier_new(out));
      return s.release(s.make("fedval_verifier_free",
        (out) => exports.fedval_verify_cache_new(plain, VERIFIED_SIGNATURES_KEPT, out)));
    });
  }

  /** Tells the module the A-labels of a name beyond ASCII, which it meets in a document. */
  #tellName(s, name) {
    const ascii = typeof name === "string" ? toAscii(name) : name;
    if (ascii !== name) s.check(this.#exports.fedval_module_tell_name(...s.copy(name), ...s.copy(ascii)));
  }

  /** Runs `work` with a scope that ends when it returns. */
  #scoped(work) {
    const scope = new Scope(this.#exports);
    try {
      return work(scope);
    } finally {
      scope.end();
    }
  }

  /** The forms of a thing: an object, or the text of its JSON, of its text form, of its Markdown, of its HTML. */
  #show(s, form, { kind, thing, extra = [], hints }) {
    const e = this.#exports;
    const look = () => s.struct([0, 0, 1, 0, 0, 0]);
    const page = (fragment) => s.struct([fragment, 0, 0, 0]);
    switch (form) {
      case undefined:
      case "object":
        return JSON.parse(s.take((text, len) => e[`fedval_${kind}_to_json`](thing, ...extra, text, len)));
      case "json":
        return s.take((text, len) => e[`fedval_${kind}_to_json`](thing, ...extra, text, len));
      case "text":
        return s.take((text, len) => e[`fedval_${kind}_to_text`](thing, ...extra, look(), text, len));
      case "markdown": // reports have one document together
        return s.take((text, len) => (kind === "report" ? e.fedval_reports_to_markdown(s.pointers([thing]), 1, text, len)
          : e[`fedval_${kind}_to_markdown`](thing, ...extra, text, len)));
      case "html":
      case "fragment":
        return s.take((text, len) =>
          e[`fedval_${kind}_to_html`](thing, ...extra, page(form === "fragment" ? 1 : 0), text, len));
      default:
        throw new FedvalError("argument", `not a form: ${form}`);
    }
  }

  #judge(s, options) {
    const e = this.#exports;
    const judge = s.make("fedval_judge_free", (out) => e.fedval_judge_new(out));
    s.check(e.fedval_judge_set_verifier(judge, this.#verifier));
    const anchors = s.make("fedval_anchors_free", (out) => e.fedval_anchors_new(out));
    for (const [kind, files] of [[ANCHOR_PUBLIC, options.publicTrust], [ANCHOR_PRIVATE, options.trust]])
      for (const file of asList(files)) s.check(e.fedval_anchors_append(anchors, kind, ...s.copy(file), s.error));
    s.check(e.fedval_judge_set_anchors(judge, anchors));
    for (const file of asList(options.crls)) s.check(e.fedval_judge_append_crls(judge, ...s.copy(file), s.error));
    if (["policy", "profile", "side", "at", "scope"].some((name) => options[name] !== undefined)) {
      const policy = s.make("fedval_policy_free",
        (out) => e.fedval_policy_new_from_json(...s.copy(policyText(options)), out, s.error));
      s.check(e.fedval_judge_append_policy(judge, policy, 0));
    }
    s.check(e.fedval_judge_seal(judge));
    return judge;
  }

  /** How an SRV target relates to a domain: "fedval-match/1". */
  srvMatch(domain, target) {
    return this.#scoped((s) => JSON.parse(s.take((text, len) =>
      this.#exports.fedval_srv_match_to_json(...s.copy(toAscii(domain)), ...s.copy(toAscii(target)), text, len))));
  }

  #chain(s, data) {
    return s.make("fedval_certificate_list_free",
      (out) => this.#exports.fedval_certificate_list_new(...s.copy(data), out, s.error));
  }

  /** What certificates hold: "fedval-certificates/1". PEM, DER, PKCS #7, in any of the forms people have. */
  certificates(data) {
    return this.#scoped((s) => {
      const list = this.#chain(s, data);
      return JSON.parse(s.take((text, len) => this.#exports.fedval_certificate_list_to_json(list, text, len)));
    });
  }

  /** Whether the first certificate of a file names a host, and how: "san", "none". */
  match(certificate, name, { wildcards = "never", commonName = "without-san", sipUri = false } = {}) {
    return this.#scoped((s) => {
      const e = this.#exports;
      const rules = [this.#word(s, "wildcard_rule", wildcards), this.#word(s, "cn_rule", commonName)];
      const first = e.fedval_certificate_list_get(this.#chain(s, certificate), 0);
      s.check(e.fedval_certificate_match(first, ...s.copy(toAscii(name)), ...rules, sipUri ? 1 : 0, s.out));
      return s.text(e.fedval_name_match_to_string(s.view.getUint32(s.out, true)));
    });
  }

  #word(s, kind, word) {
    const status = this.#exports[`fedval_${kind}_from_string`](...s.copy(word), s.out);
    if (status !== 0) throw new FedvalError("argument", `not a word for ${kind.replace("_", " ")}: ${word}`);
    return s.view.getUint32(s.out, true);
  }

  /** One chain judged by itself: "fedval-chain/1". */
  evaluateChain({ chain, name, purpose = "server", source, at, redact = false, as: form, ...options }) {
    if (!(purpose in PURPOSES)) throw new FedvalError("argument", `not a purpose: ${purpose}`);
    return this.#scoped((s) => {
      const e = this.#exports;
      const judge = this.#judge(s, options), list = this.#chain(s, chain);
      const result = s.make("fedval_chain_result_free", (out) => e.fedval_chain_evaluate_list(judge, 0, list,
        ...s.copy(name === undefined ? undefined : toAscii(name)), PURPOSES[purpose], asTime(at ?? new Date()), out));
      if (source !== undefined) s.check(e.fedval_chain_result_set_source(result, ...s.copy(source)));
      if (redact) s.check(e.fedval_chain_result_redact(result, list));
      return this.#show(s, form, { kind: "chain_result", thing: result });
    });
  }

  #evidence(s, evidence) {
    for (const name of namesBeyondAscii(asText(evidence))) this.#tellName(s, name);
    return s.make("fedval_evidence_free", (out) => this.#exports.fedval_evidence_new_from_json(...s.copy(asText(evidence)), out, s.error));
  }

  /** A report, and the evidence that it is on. */
  #report(s, evidence, options) {
    const e = this.#exports, judge = this.#judge(s, options), thing = this.#evidence(s, evidence);
    return { thing, report: s.make("fedval_report_free", (out) => e.fedval_evaluate(judge, 0, thing, out)) };
  }

  /** The same thing gets the same word in all of the reports. */
  #redact(s, judged) {
    s.check(this.#exports.fedval_reports_redact(s.pointers(judged.map(({ report }) => report)), s.pointers(judged.map(({ thing }) => thing)), judged.length));
  }

  /** Evidence judged: "fedval-report/1". */
  evaluate(evidence, { redact = false, as: form, ...options } = {}) {
    return this.#scoped((s) => {
      const judged = this.#report(s, evidence, options);
      if (redact) this.#redact(s, [judged]);
      return this.#show(s, form, { kind: "report", thing: judged.report });
    });
  }

  /** Both sides of one federation, and which calls work: "fedval-pair/1". The Edge or the cloud judges the Cisco side, Expressway the other. */
  pair(cisco, microsoft, { redact = false, as: form, profile: _, side: __, ...options } = {}) {
    return this.#scoped((s) => {
      const e = this.#exports;
      const judgedBy = (side, other) => ({ ...options, side,
        profile: s.text(e.fedval_profile_to_string(e.fedval_pair_choose_profile(this.#word(s, "side", side), other))) });
      const theirs = this.#report(s, microsoft, judgedBy("microsoft", 0));
      const ours = this.#report(s, cisco, judgedBy("cisco", theirs.report));
      if (redact) this.#redact(s, [ours, theirs]);
      const thing = s.make("fedval_pair_free", (out) => e.fedval_pair_new(ours.report, theirs.report, out));
      return this.#show(s, form, { kind: "pair", thing });
    });
  }

  /** What breaks when, as long as nothing is renewed: "fedval-timeline/1". It begins at `at`, else when the evidence was gathered. */
  timeline(evidence, { redact = false, as: form, ...options } = {}) {
    return this.#scoped((s) => {
      const e = this.#exports, judge = this.#judge(s, options), thing = this.#evidence(s, evidence);
      const timeline = s.make("fedval_timeline_free", (out) => e.fedval_timeline_new(judge, 0, thing, TIME_UNKNOWN, out));
      if (redact) s.check(e.fedval_timeline_redact(timeline, thing));
      return this.#show(s, form, { kind: "timeline", thing: timeline });
    });
  }

  /** Zones and chains from files put together as evidence on one domain: "fedval-evidence/1". */
  gather(domain, { zones = [], chains = [], ...options }) {
    return this.#scoped((s) => gather(this.#exports, s, this.#judge(s, options), toAscii(domain), { zones, chains, at: asTime(options.at) }));
  }

  /**
   * What must exist so that federation works, and in which order it is made: "fedval-plan/1". Nothing is executed.
   * @param intent "fedval-intent/1", as an object or as text
   * @param files what the files that the intent names hold, by their paths; one that is not there counts as not known
   * @param zones, evidence, chains what there is today
   */
  plan(intent, { files = {}, zones = [], evidence = [], chains = [], redact = false, as: form, ...options } = {}) {
    return this.#scoped((s) => {
      const e = this.#exports, text = asText(intent), now = asTime(options.at ?? new Date());
      for (const name of namesBeyondAscii(text)) this.#tellName(s, name);
      const thing = s.make("fedval_intent_free", (out) => e.fedval_intent_new_from_json(...s.copy(text), out, s.error));
      const named = filesOf(e, s, thing).filter(({ path }) => files[path] !== undefined);
      const of = (use) => named.filter((file) => file.use === use).map(({ path }) => ({ name: path, data: files[path] }));
      const judging = { ...options, trust: [...asList(options.trust), ...of("trust").map(({ data }) => data)] };
      supply(e, s, thing, files);
      for (const name of evidence.flatMap((document) => namesBeyondAscii(asText(document)))) this.#tellName(s, name);
      const plan = planOn(e, s, { intent: thing, judge: this.#judge(s, judging), now, chains, zones: [...zones, ...of("zone")],
        evidence: evidence.map(asText), judgeOfHost: (host) => this.#judge(s, { policy: { edge_fqdn: host } }) });
      if (redact) s.check(e.fedval_plan_redact(plan));
      if (form !== "files") return this.#show(s, form, { kind: "plan", thing: plan });
      return Array.from({ length: e.fedval_plan_count_files(plan) }, (_, i) => ({
        name: s.text(e.fedval_plan_get_file_name(plan, i)), text: s.take((out, len) => e.fedval_plan_file_to_text(plan, i, out, len)) }));
    });
  }

  /** The files that an intent names: [{path, use}]. */
  intentFiles(intent) {
    return this.#scoped((s) => {
      const text = asText(intent);
      for (const name of namesBeyondAscii(text)) this.#tellName(s, name);
      return filesOf(this.#exports, s, s.make("fedval_intent_free",
        (out) => this.#exports.fedval_intent_new_from_json(...s.copy(text), out, s.error)));
    });
  }

  /** What changed between two reports on one domain: "fedval-diff/1". undefined or null: there is none on that side. */
  diff(before, now, { redact = false, as: form } = {}) {
    return this.#scoped((s) => {
      const e = this.#exports;
      const [old, later] = [before, now].map((report) => (report === undefined || report === null ? 0
        : s.make("fedval_state_free", (out) => e.fedval_state_new_from_json(...s.copy(asText(report)), out, s.error))));
      const drift = s.make("fedval_drift_free", (out) => e.fedval_drift_new(old, later, out));
      if (redact) s.check(e.fedval_drift_redact(drift, old, later));
      return this.#show(s, form, { kind: "drift", thing: drift });
    });
  }

  /** What a code, a sentence or a requirement means: "fedval-explanation/1"; its member `answer` says whether it is known. */
  explain(text, { as: form = "object", long = true } = {}) {
    return this.#scoped((s) => {
      const e = this.#exports;
      if (form === "text") {
        const look = s.struct([0, 0, 1, 0, 0, 0]);
        return s.take((out, len) => e.fedval_explanation_to_text(...s.copy(text), long ? 1 : 0, look, out, len, 0));
      }
      const json = s.take((out, len) => e.fedval_explanation_to_json(...s.copy(text), out, len, 0));
      return form === "json" ? json : JSON.parse(json);
    });
  }

  /** A reader of logs: fed piece by piece, then finished. Call `free` when it is of no more use. */
  newLog() {
    return new Log(this.#exports, this.#show.bind(this));
  }

  /**
   * Logs, joined with one another: "fedval-diagnosis/1".
   * @param sources {name, data} each; data is a text, bytes, or a stream of bytes or texts
   */
  async diagnose(sources, { signal, onProgress, ...shown } = {}) {
    const log = this.newLog();
    try {
      for (const { name, data } of asList(sources)) {
        log.beginSource(name ?? "log");
        for await (const piece of pieces(data)) {
          signal?.throwIfAborted();
          log.feed(piece);
          onProgress?.(piece.length);
        }
      }
      log.finish();
      return log.show(shown);
    } finally {
      log.free();
    }
  }

  /** The style sheet, and the drawings of the marks, for a page that shows fragments. */
  frame() {
    return this.#scoped((s) => {
      s.check(this.#exports.fedval_html_frame(s.out, s.out + 4));
      return [0, 4].map((at) => s.text(s.own(s.view.getUint32(s.out + at, true), "fedval_text_free")));
    }).reduce((style, marks) => ({ style, marks }));
  }

  /** One page of fragments. */
  page(title, fragments) {
    return this.#scoped((s) => s.take((text, len) =>
      this.#exports.fedval_page_to_html(...s.copy(title), ...s.copy(asList(fragments).join("")), text, len)));
  }
}

async function* pieces(data) {
  if (typeof data?.getReader === "function") {
    const reader = data.getReader();
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
  } else if (typeof data === "string" || ArrayBuffer.isView(data) || data instanceof ArrayBuffer) {
    yield data;
  } else {
    yield* data;
  }
}

const PIECE = 1 << 20;

class Log {
  #exports;
  #show;
  #log;
  #buffer;

  constructor(exports, show) {
    this.#exports = exports;
    this.#show = show;
    this.#scoped((s) => {
      this.#log = s.release(s.make("fedval_log_free", (out) => exports.fedval_log_new(out)));
      this.#buffer = s.release(s.room(PIECE));
    });
  }

  #scoped(work) {
    const scope = new Scope(this.#exports);
    try {
      return work(scope);
    } finally {
      scope.end();
    }
  }

  beginSource(name) {
    this.#scoped((s) => s.check(this.#exports.fedval_log_begin_source(this.#log, ...s.copy(name))));
  }

  /** However long a piece is, the module has room for one megabyte of it at a time. */
  feed(data) {
    const bytes = toBytes(data);
    for (let at = 0; at < bytes.length; at += PIECE) {
      const part = bytes.subarray(at, at + PIECE);
      new Uint8Array(this.#exports.memory.buffer, this.#buffer, part.length).set(part);
      const status = this.#exports.fedval_log_feed(this.#log, this.#buffer, part.length);
      if (status !== 0) this.#scoped((s) => s.check(status));
    }
  }

  finish() {
    this.#scoped((s) => s.check(this.#exports.fedval_log_finish(this.#log)));
  }

  /** Whether a source is a log of a kind that is known here. */
  isKnown(source) {
    return this.#exports.fedval_log_get_source_formats(this.#log, source) !== 0;
  }

  /** Evidence that the logs hold, each as "fedval-evidence/1". */
  evidence() {
    const e = this.#exports;
    return this.#scoped((s) => Array.from({ length: e.fedval_log_count_evidence(this.#log) }, (_, i) =>
      s.take((text, len) => e.fedval_evidence_to_json(e.fedval_log_get_evidence(this.#log, i), text, len))));
  }

  show({ group = false, redact = false, as: form } = {}) {
    return this.#scoped((s) => this.#show(s, form,
      { kind: "log", thing: this.#log, extra: [s.struct([group ? 1 : 0, redact ? 1 : 0])] }));
  }

  free() {
    this.#exports.free(this.#buffer);
    this.#exports.fedval_log_free(this.#log);
    this.#log = this.#buffer = 0;
  }
}
