// Plans: an intent, the files that it names, and what zones say of today.
import { gather } from "./gather.js";

const MOST_ROUNDS = 6; // so many hosts are tried for a domain where each is taken by something else

/** The files that an intent names, each with what it is for: "certificate", "zone", "trust". */
export function filesOf(e, s, intent) {
  return Array.from({ length: e.fedval_intent_count_files(intent) }, (_, i) => ({
    path: s.text(e.fedval_intent_get_file_path(intent, i)), use: s.text(e.fedval_intent_file_to_string(e.fedval_intent_get_file_use(intent, i))) }));
}

export function domainsOf(e, s, intent) {
  return Array.from({ length: e.fedval_intent_count_domains(intent) }, (_, i) => s.text(e.fedval_intent_get_domain(intent, i)));
}

/** Hands over the contents by path; a zone is no file of the library's, and a file that is not there counts as not known. */
export function supply(e, s, intent, contents) {
  filesOf(e, s, intent).forEach(({ path, use }, i) => {
    if (use !== "zone" && contents[path] !== undefined) s.check(e.fedval_intent_supply_file(intent, i, ...s.copy(contents[path]), s.error));
  });
}

function append(e, s, intent, text) {
  const evidence = s.make("fedval_evidence_free", (out) => e.fedval_evidence_new_from_json(...s.copy(text), out, s.error));
  s.check(e.fedval_intent_append_evidence(intent, evidence));
}

/** Asks the zones about each domain, then about each host that a plan would use, until the plan stands on what is known. */
export function planOn(e, s, { intent, judge, judgeOfHost, zones, evidence, chains, now }) {
  const make = () => s.make("fedval_plan_free", (out) => e.fedval_plan_new(judge, 0, intent, now, out));
  for (const text of evidence) append(e, s, intent, text);
  const today = new Map();
  const ask = (domain, asked, own) => {
    const found = JSON.parse(gather(e, s, asked, domain, { zones, chains: own, at: now }));
    const known = today.get(domain);
    const merged = known ? { ...known, facts: [...known.facts, ...found.facts] } : found;
    today.set(domain, merged);
    append(e, s, intent, JSON.stringify(merged));
  };
  if (zones.length > 0) for (const domain of domainsOf(e, s, intent)) ask(domain, judge, chains);
  let plan = make();
  for (let round = 0; zones.length > 0 && round < MOST_ROUNDS; round++) {
    const { domains } = JSON.parse(s.take((text, len) => e.fedval_plan_to_json(plan, text, len)));
    const open = domains.filter(({ domain, target }) => target && !today.get(domain)?.facts.some(({ question }) => question.name === target && question.type === "A"));
    if (open.length === 0) break;
    for (const { domain, target } of open) ask(domain, judgeOfHost(target), []);
    plan = make();
  }
  return plan;
}
