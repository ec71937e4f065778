// Uses every function of the package as its types say: tsc --strict checks it, nothing runs it.
import fedval, { certificates, diagnose, diff, evaluate, evaluateChain, explain, FedvalError, gather, hasSimd, instantiate, intentFiles, match, pair, plan,
  srvMatch, timeline, version } from "fedval";
import { instantiate as fromCore } from "fedval/core";

const bytes = new Uint8Array(8);
const relation: string = srvMatch("example.com", "sip.example.com").srv_match;
const verdict: "pass" | "fail" | "indeterminate" | "not-checked" = evaluate("{}", { trust: [bytes, "PEM"], at: new Date(), side: "cisco" }).verdict;
const shown: string = evaluate({ format: "fedval-evidence/1" }, { as: "html", redact: true });
const chain: string = evaluateChain({ chain: bytes, name: "sip.example.com", purpose: "client", as: "text" });
const codes: string[] = evaluateChain({ chain: bytes }).findings.map((finding) => finding.code);
const held: string = match(bytes, "sip.example.com", { wildcards: "left-most", commonName: "never", sipUri: true });
const saved: string = gather("example.com", { zones: [{ data: "zone" }], chains: [{ host: "sip.example.com", data: bytes }] });
const steps: number[] = plan({ format: "fedval-intent/1" }, { files: { "a.pem": bytes }, zones: [{ data: "zone" }], evidence: [saved] }).steps.map((step) => step.n);
const files: { name: string; text: string }[] = plan("{}", { as: "files" });
const uses: string[] = intentFiles("{}").map(({ use }) => use);
const change: string = diff(null, evaluate("{}")).change;
const page: string = diff("{}", "{}", { as: "fragment" });
const both: string = pair(saved, saved, { at: 0, redact: true, as: "fragment" }), works: boolean = pair("{}", "{}").directions["call-back"] === "works";
const because: (string | null)[] = pair("{}", "{}").because.map(({ finding }) => finding);
const ends: string[] = timeline(saved, { at: 0 }).milestones.flatMap(({ at, findings }) => findings.map(({ code }) => `${at} ${code}`));
const likely: string[] = explain("1010").topics.flatMap(({ causes }) => causes.map(({ when }) => when));
const worse: number = diff("{}", "{}").changes.filter(({ effect }) => effect === "worse").length;
const told: string = explain("1010", { as: "text", long: true });
const read: unknown = certificates(bytes).format;

export async function use(stream: ReadableStream<Uint8Array>, controller: AbortController): Promise<string> {
  const own = await instantiate(bytes), other = await fromCore(await WebAssembly.compile(bytes));
  const log = own.newLog();
  log.beginSource("edge.log");
  log.feed("text");
  log.finish();
  const group = log.show({ group: true }).format, text: string = log.show({ as: "json" });
  log.free();
  const found = await diagnose({ name: "edge.log", data: stream }, { signal: controller.signal, onProgress: (count: number) => void count });
  for (const { line, message, letter } of found.incidents) if (letter !== null && line > 1) return message + found.sources[0]?.formats.join();
  try {
    return await diagnose([{ data: "text" }, { data: stream }], { as: "text", redact: true });
  } catch (error) {
    if (error instanceof FedvalError) return `${error.status} ${error.line ?? 0}`;
    throw error;
  }
}

// @ts-expect-error: no such profile of a chain's purpose
evaluateChain({ chain: bytes, purpose: "clinet" });
// @ts-expect-error: a text has no findings
evaluate("{}", { as: "text" }).findings;
// @ts-expect-error: the sides say whose rules a pair is judged by
pair("{}", "{}", { profile: "office365" });
// @ts-expect-error: a domain is a text
srvMatch(1, "sip.example.com");
void [fedval.version, version, hasSimd(), relation, verdict, shown, chain, codes, held, steps, files, uses, change, page, both, works, because, ends, likely, worse, told, read];
