// Zones and chains from files, put together as evidence: a session of the library asks, the files answer.
import { FedvalError, toBytes } from "./memory.js";

const QUESTION_DNS = 1;
const ROLES = { server: 1, client: 2 };
const NO_TIMEOUT = 0n;

/** The fact of the first zone that has something on the question; 0 when none has. */
function answer(e, s, ports, question) {
  for (const port of ports) {
    const fact = s.make("fedval_fact_free", (out) => e.fedval_fact_new(question, out));
    const status = e.fedval_port_fetch(port, question, NO_TIMEOUT, fact);
    if (status === 0) return fact;
    if (s.text(e.fedval_status_to_string(status)) !== "not-found") s.check(status);
  }
  return 0;
}

function supplyChain(e, s, session, { host, address, port = 0, role = "server", data, name = "file" }) {
  if (!(role in ROLES)) throw new FedvalError("argument", `not a role: ${role}`);
  const fact = s.make("fedval_fact_free", (out) => e.fedval_fact_new_from_pem(...s.copy(host), ...s.copy(address), port,
    ROLES[role], ...s.copy(toBytes(data)), ...s.copy(name), out, s.error));
  s.check(e.fedval_session_supply(session, fact));
}

export function gather(e, s, judge, domain, { zones, chains, at }) {
  const session = s.make("fedval_session_free",
    (out) => e.fedval_judge_new_session(judge, ...s.copy(domain), 1, out, s.error));
  const ports = zones.map(({ name = "zone", data, origin }) => s.make("fedval_port_free",
    (out) => e.fedval_ldns_zone_new(...s.copy(data), ...s.copy(name), ...s.copy(origin), out, s.error)));
  for (const chain of chains) supplyChain(e, s, session, chain);
  for (;;) {
    s.check(e.fedval_session_next(session, s.out));
    const question = s.view.getUint32(s.out, true);
    if (question === 0) break;
    const fact = e.fedval_question_get_kind(question) === QUESTION_DNS ? answer(e, s, ports, question) : 0;
    s.check(fact === 0 ? e.fedval_session_skip(session, question) : e.fedval_session_supply(session, fact));
  }
  s.check(e.fedval_session_set_time(session, at));
  const evidence = s.own(e.fedval_session_take_evidence(session), "fedval_evidence_free");
  return s.take((text, len) => e.fedval_evidence_to_json(evidence, text, len));
}
