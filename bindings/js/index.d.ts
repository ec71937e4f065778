/** Bytes or text of a file. */
export type Data = string | Uint8Array | ArrayBuffer | ArrayBufferView;
/** A moment: a Date, RFC 3339, or seconds since 1970. */
export type Time = Date | string | number;
export type Verdict = "pass" | "fail" | "indeterminate" | "not-checked";
export type Requirement = "R1" | "R2" | "R3" | "R4" | "R5" | "R6" | "R7" | "R8";
/** What comes back: an object (the default), its JSON as text, the text, Markdown or HTML for people, or the HTML of an article. */
export type Form = "object" | "json" | "text" | "markdown" | "html" | "fragment";

export interface Finding {
  code: string;
  severity: "error" | "warning" | "indeterminate" | "note";
  requirement: Requirement | null;
  message: string;
  expected: string | null;
  observed: string | null;
  remedy: string;
  [member: string]: unknown;
}
export interface Action {
  side: string; op: string; kind: string; owner: string | null; type: string | null; ttl: number | null; data: string | null; why: string[];
  [member: string]: unknown;
}
/** "fedval-report/1": docs/schema has all of it. */
export interface Report {
  format: "fedval-report/1";
  domain: string;
  verdict: Verdict;
  requirements: Record<Requirement, Verdict>;
  findings: Finding[];
  actions: Action[];
  after_actions: Verdict;
  not_checked: string[];
  [member: string]: unknown;
}
/** "fedval-chain/1" */
export interface Chain { format: "fedval-chain/1"; verdict: Verdict; findings: Finding[]; [member: string]: unknown }
export type MendSide = "unknown" | "neither" | "cisco" | "microsoft" | "either";
/** What a log says of one call, look-up or handshake; of a group of them the first, with `count`. */
export interface Incident {
  id: number; source: string; line: number; time: string | null; zone_known: boolean; kind: string;
  call_id: string | null; cseq: string | null; direction: "to-microsoft" | "from-microsoft" | "unknown";
  from: string | null; to: string | null; domain: string | null; other_domain: string | null; fqdns: string[];
  expected_name: string | null; presented_name: string | null; reporter: string | null; peer: string | null; port: number | null; status: number | null;
  reported_code: string | null; reported_text: string | null;
  /** The code of the cause; `certainty` says how sure it is. */
  finding: string | null; certainty: "stated" | "inferred" | "undetermined"; requirement: number | null;
  /** The id of the incident that names the cause of this one. */
  explained_by: number | null; joined_by: string | null;
  /** Of a failure: the ids of calls that worked, the same way or with the same partner. */
  worked: number | null; last_worked: string | null; worked_for_other: number | null; asserted: string | null;
  message: string; remedy: string | null; mend_side: MendSide; next: string | null; letter: string | null; verify: string[];
  related: boolean; times_logged: number; count?: number; first_time?: string | null; last_time?: string | null;
  [member: string]: unknown;
}
export interface ReadSource {
  source: string; lines: number; formats: string[]; answers: { status: number; count: number }[];
  [member: string]: unknown;
}
/** "fedval-diagnosis/1" */
export interface Diagnosis {
  format: "fedval-diagnosis/1"; diagnosis: "nothing" | "faults" | "undetermined";
  headline: "cause-found" | "cause-not-told" | "answer-cut" | "nothing-wrong" | "no-call-with-microsoft" |
    "no-call-of-federation" | "no-failed-call" | "several-causes" | "cause-of-some";
  headline_sentence: string; mend_side: MendSide; incidents: Incident[];
  calls: number; presence: number; events: number; unrelated: number; not_kept: number; not_judged: string | null; domains: string[]; sources: ReadSource[];
  [member: string]: unknown;
}
/** "fedval-match/1" */
export interface SrvMatch { format: "fedval-match/1"; domain: string; target: string; srv_match: string; is_provider: boolean }
export interface Topic {
  kind: string; code: string | null; name: string | null; meaning: string; certainty: "stated" | "inferred" | "unsure" | null; finding: string | null;
  causes: { finding: string | null; likelihood: string; when: string }[]; advice: string | null; text: string | null; unsure: string | null;
  look: { id: string; product: string; page: string; more: string | null }[]; source: string | null;
  [member: string]: unknown;
}
/** "fedval-explanation/1": the likeliest topic first. */
export interface Explanation {
  format: "fedval-explanation/1"; asked: string; answer: "known" | "range" | "similar" | "unknown"; topics: Topic[];
  [member: string]: unknown;
}
/** "fedval-certificates/1"; certificate-1.json in docs/schema has the members of each. */
export interface Certificates { format: "fedval-certificates/1"; certificates: Record<string, unknown>[]; [member: string]: unknown }

/** By what is judged. Without `trust` and `publicTrust` no root is known. */
export interface Judging {
  /** Roots that the partner imported, in PEM or DER. */
  trust?: Data | Data[];
  /** Roots that everybody has. */
  publicTrust?: Data | Data[];
  crls?: Data | Data[];
  profile?: string;
  side?: "cisco" | "microsoft";
  scope?: "all" | "dns" | "certificate";
  /** The time to judge at; else that of the evidence. */
  at?: Time;
  /** "fedval-policy/1", as an object or as text; the members above go before it. */
  policy?: object | string;
}
export interface ChainQuestion extends Judging {
  chain: Data; name?: string; purpose?: "server" | "client" | "any"; source?: string; redact?: boolean;
}
export interface Source { name?: string; data: Data | ReadableStream<Uint8Array | string> | AsyncIterable<Uint8Array | string> }
export interface Shown { group?: boolean; redact?: boolean }
export interface Gathered extends Judging {
  zones?: { name?: string; data: Data; origin?: string }[];
  chains?: { host?: string; address?: string; port?: number; role?: "server" | "client"; name?: string; data: Data }[];
}

/** "fedval-intent/1", and the forms that a plan has. */
export interface Planning extends Judging {
  redact?: boolean;
  files?: Record<string, Data>;
  zones?: { name?: string; data: Data; origin?: string }[];
  evidence?: (object | string)[];
  chains?: { host?: string; address?: string; port?: number; role?: "server" | "client"; name?: string; data: Data }[];
}
export interface PlanStep {
  n: number; after: number[]; wait_s: number; side: string; op: string; kind: string;
  owner: string; type: string | null; ttl: number | null; data: string;
  [member: string]: unknown;
}
export interface Plan {
  format: "fedval-plan/1"; verdict_today: Verdict; after: Verdict; questions: string[];
  open_questions: { question: string; member: string | null; about: string | null }[]; assumed: string[]; steps: PlanStep[];
  [member: string]: unknown;
}
export interface PlanFile { name: string; text: string }
export interface IntentFile { path: string; use: string }
export interface Change {
  what: string; effect: "worse" | "better" | "other"; place: string | null; old: string | null; new: string | null; renewal: boolean;
  [member: string]: unknown;
}
export interface Diff {
  format: "fedval-diff/1"; domain: string; profile: string; change: "none" | "worse" | "better" | "other"; changes: Change[];
  [member: string]: unknown;
}

export type Outlook = "works" | "broken" | "unknown";
export type Way = "to-microsoft" | "from-microsoft" | "presence" | "call-back";
export interface PairReason {
  direction: Way; outlook: "broken" | "unknown"; side: "cisco" | "microsoft";
  finding: string | null; finding_index: number | null; requirement: Requirement | null;
  [member: string]: unknown;
}
export interface Pair {
  format: "fedval-pair/1"; directions: Record<Way, Outlook>; because: PairReason[]; not_seen: string[]; perhaps_swapped: boolean; cisco: Report; microsoft: Report;
  [member: string]: unknown;
}
export interface Milestone {
  at: string; kind: "findings" | "rule"; before: Verdict | null; verdict: Verdict | null; text: string | null;
  findings: { code: string; severity: string; requirement: Requirement | null; new: boolean; accepted: boolean; message: string }[];
  [member: string]: unknown;
}
export interface Timeline {
  format: "fedval-timeline/1"; domain: string; profile: string; from: string; verdict: Verdict; milestones: Milestone[];
  [member: string]: unknown;
}
/** By what a pair is judged: whose rules are used follows from the sides. */
export type PairJudging = Omit<Judging, "profile" | "side">;

export class FedvalError extends Error {
  /** The status of the library: "syntax", "not-found", "argument". */
  status: string;
  line?: number;
  column?: number;
}

export class Log {
  beginSource(name: string): void;
  feed(data: Data): void;
  finish(): void;
  isKnown(source: number): boolean;
  evidence(): string[];
  show(options?: Shown & { as?: "object" }): Diagnosis;
  show(options: Shown & { as: Exclude<Form, "object"> }): string;
  free(): void;
}

export class Fedval {
  readonly version: string;
  srvMatch(domain: string, target: string): SrvMatch;
  match(certificate: Data, name: string, options?: { wildcards?: "never" | "left-most"; commonName?: "never" | "without-san" | "required"; sipUri?: boolean }): string;
  certificates(data: Data): Certificates;
  evaluateChain(question: ChainQuestion & { as?: "object" }): Chain;
  evaluateChain(question: ChainQuestion & { as: Exclude<Form, "object"> }): string;
  evaluate(evidence: object | string, options?: Judging & { redact?: boolean; as?: "object" }): Report;
  evaluate(evidence: object | string, options: Judging & { redact?: boolean; as: Exclude<Form, "object"> }): string;
  pair(cisco: object | string, microsoft: object | string, options?: PairJudging & { redact?: boolean; as?: "object" }): Pair;
  pair(cisco: object | string, microsoft: object | string, options: PairJudging & { redact?: boolean; as: Exclude<Form, "object"> }): string;
  timeline(evidence: object | string, options?: Judging & { redact?: boolean; as?: "object" }): Timeline;
  timeline(evidence: object | string, options: Judging & { redact?: boolean; as: Exclude<Form, "object"> }): string;
  gather(domain: string, files: Gathered): string;
  plan(intent: object | string, options?: Planning & { as?: "object" }): Plan;
  plan(intent: object | string, options: Planning & { as: "files" }): PlanFile[];
  plan(intent: object | string, options: Planning & { as: Exclude<Form, "object"> }): string;
  intentFiles(intent: object | string): IntentFile[];
  diff(before: object | string | null | undefined, now: object | string | null | undefined, options?: { redact?: boolean; as?: "object" }): Diff;
  diff(before: object | string | null | undefined, now: object | string | null | undefined, options: { redact?: boolean; as: Exclude<Form, "object"> }): string;
  explain(text: string, options?: { as?: "object" }): Explanation;
  explain(text: string, options: { as: "json" | "text"; long?: boolean }): string;
  diagnose(sources: Source | Source[], options?: Shown & { as?: "object"; signal?: AbortSignal; onProgress?: (bytes: number) => void }): Promise<Diagnosis>;
  diagnose(sources: Source | Source[], options: Shown & { as: Exclude<Form, "object">; signal?: AbortSignal; onProgress?: (bytes: number) => void }): Promise<string>;
  newLog(): Log;
  frame(): { style: string; marks: string };
  page(title: string, fragments: string | string[]): string;
}

/** The functions below on a module of the caller's: its bytes, or compiled. */
export function hasSimd(): boolean;
export function instantiate(source: BufferSource | WebAssembly.Module): Promise<Fedval>;

declare const fedval: Fedval;
export default fedval;
export const version: Fedval["version"];
export const srvMatch: Fedval["srvMatch"];
export const match: Fedval["match"];
export const certificates: Fedval["certificates"];
export const evaluateChain: Fedval["evaluateChain"];
export const evaluate: Fedval["evaluate"];
export const pair: Fedval["pair"];
export const timeline: Fedval["timeline"];
export const gather: Fedval["gather"];
export const explain: Fedval["explain"];
export const plan: Fedval["plan"];
export const intentFiles: Fedval["intentFiles"];
export const diff: Fedval["diff"];
export const diagnose: Fedval["diagnose"];
