"""Walks the library's objects by their getters alone, and gives what the getters reach as the documents have it. No
function of the library that writes JSON is called here but that of a policy."""
import ctypes
import datetime
import hashlib
import json
import sys

import library

sys.path.insert(0, str(library.TOP / "tests" / "api"))
import headers  # noqa: E402

RETURNS = {"const char *": ctypes.c_char_p, "void": None, "fedval_status": ctypes.c_int32,
           **{f"{sign}int{bits}_t": getattr(ctypes, f"c_{sign}int{bits}") for sign in ("", "u") for bits in (8, 16, 32, 64)},
           "size_t": ctypes.c_size_t}
NUMBERS = {kind: made for kind, made in RETURNS.items() if kind not in ("const char *", "void")}
ABSENT, UNKNOWN = ctypes.c_size_t(-1).value, library.TIME_UNKNOWN.value
REQUIREMENTS = range(1, 9)


def declared():
    """Every function of the core with the types that its header gives it. A handle of its own: other tests set theirs."""
    core = ctypes.CDLL(str(library.BUILD / "lib" / "libfedval.so.0"))
    found = {}
    for function in headers.every(headers.functions):
        if not hasattr(core, function.name):
            continue
        call = getattr(core, function.name)
        call.restype = RETURNS.get(function.returns, ctypes.c_void_p)
        call.argtypes = [NUMBERS.get(p.type, ctypes.c_void_p) for p in function.parameters]
        found[function.name] = call
    return found


CALLS = declared()


def ask(name, *arguments):
    """What a function returns; texts as str."""
    value = CALLS[f"fedval_{name}"](*arguments)
    return value.decode() if isinstance(value, bytes) else value


def word(name, code):
    return ask(f"{name}_to_string", code)


def checked(name, code):
    """A word where 0 stands for what was not checked."""
    return "not-checked" if code == 0 else word(name, code)


def time(seconds):
    text = ctypes.create_string_buffer(32)
    return text.value.decode() if ask("time_to_string", seconds, text, len(text)) == 0 else None


def items(count, get, thing, show=lambda item: item):
    return [show(ask(get, thing, i)) for i in range(ask(count, thing))]


def index(number):
    return None if number == ABSENT else number


def requirement(number):
    return f"R{number}" if number else None


def requirements(predicate, thing):
    return [f"R{number}" for number in REQUIREMENTS if ask(predicate, thing, number)]


def code(number):
    return word("finding_code", number)


def data(name, thing):
    """Bytes and their length; None where there are none."""
    length = ctypes.c_size_t()
    start = ask(name, thing, ctypes.byref(length))
    return None if start is None else ctypes.string_at(start, length.value)


def taken(name, *arguments):
    """A text that the caller frees, and the status."""
    text, length = ctypes.c_void_p(), ctypes.c_size_t()
    status = ask(name, *arguments, ctypes.byref(text), ctypes.byref(length))
    value = ctypes.string_at(text.value, length.value).decode() if status == 0 else None
    ask("text_free", text)
    return value


# ---- findings ----

def symptom(thing):
    told = {"seen_by": word("seen_by", ask("symptom_get_seen_by", thing)),
            "direction": word("direction", ask("symptom_get_direction", thing)),
            "code": ask("symptom_get_code", thing), "text": ask("symptom_get_text", thing)}
    name = ask("symptom_get_name", thing)
    return told if name is None else {**told, "name": name}


def fingerprint(thing):
    """Of the certificate of a finding: the same by its text and by the certificate itself."""
    sha256, read = ask("finding_get_certificate_sha256", thing), ask("finding_get_decoded_certificate", thing)
    digest = ctypes.create_string_buffer(65)
    if read:
        assert ask("certificate_to_sha256", read, digest, len(digest)) == 0 and digest.value.decode() == sha256
    return sha256


def where(thing):
    port, role = ask("finding_get_port", thing), ask("finding_get_role", thing)
    told = {"target": ask("finding_get_target", thing), "address": ask("finding_get_address", thing), "port": port or None,
            "certificate": ask("finding_get_certificate", thing), "certificate_sha256": fingerprint(thing), "role": word("role", role) if role else None,
            "endpoint": index(ask("finding_get_endpoint_index", thing)),
            "endpoint_address": index(ask("finding_get_address_index", thing))}
    return {key: value for key, value in told.items() if value is not None}


def finding(thing):
    state, fault, breaks = (ask(f"finding_get_{what}", thing) for what in ("acceptance", "fault", "breaks"))
    told = {
        "code": code(ask("finding_get_code", thing)), "severity": word("severity", ask("finding_get_severity", thing)),
        "requirement": requirement(ask("finding_get_requirement", thing)), "where": where(thing),
        "breaks": [word("direction", bit) for bit in (1, 2) if breaks & bit],
        "breaks_also": [word("way", way) for way in (3, 4) if ask("finding_is_breaking", thing, way)],
        **{what: ask(f"finding_get_{what}", thing) for what in ("message", "expected", "observed", "source", "remedy")},
        "params": {ask("finding_get_param_name", thing, i): ask("finding_get_param_value", thing, i)
                   for i in range(ask("finding_count_params", thing))},
        "symptoms": items("finding_count_symptoms", "finding_get_symptom", thing, symptom),
        "mended_by_actions": bool(ask("finding_is_mended", thing)),
        "acceptance": {"state": word("acceptance", state), "until": time(ask("finding_get_accepted_until", thing))}
                      if state else None}
    assert [bool(ask("finding_is_breaking", thing, way)) for way in (1, 2)] == [bool(breaks & 1), bool(breaks & 2)]
    return {**told, "fault": code(fault)} if fault else told


# ---- certificates, paths and steps ----

def identity(thing):
    der = data("report_certificate_get_der", thing) or b""
    sha256 = ask("report_certificate_get_sha256", thing)
    assert sha256 == (hashlib.sha256(der).hexdigest() if der else None)
    read = ask("report_certificate_get_decoded", thing)
    serial = data("certificate_get_serial", read)
    return {"sha256": sha256, "issuer": ask("certificate_get_issuer", read) if read else None,
            "serial": None if serial is None else serial.hex(),
            "key_type": word("key_type", ask("certificate_get_key_type", read)) if read else None,
            "key_bits": ask("certificate_get_key_bits", read) or None,
            "key_purposes": items("certificate_count_key_purposes", "certificate_get_key_purpose", read) if read else None}


def common(thing):
    return {"subject": ask("report_certificate_get_subject", thing),
            "common_name": ask("report_certificate_get_common_name", thing),
            "not_before": time(ask("report_certificate_get_not_before", thing)),
            "not_after": time(ask("report_certificate_get_not_after", thing)), **identity(thing)}


def certificate(presented):
    thing = ask("presented_get_certificate", presented)
    if thing is None:
        return None
    return {"role": word("role", ask("report_certificate_get_role", thing)),
            "origin": word("origin", ask("presented_get_origin", presented)), **common(thing),
            "dns_names": items("report_certificate_count_dns_names", "report_certificate_get_dns_name", thing),
            "dns_names_left_out": ask("report_certificate_get_num_dns_names_left_out", thing)}


def rung(thing):
    return {**common(thing), "revocation": word("revocation", ask("report_certificate_get_revocation", thing)),
            "mark": word("mark", ask("report_certificate_get_mark", thing))}


def path(thing):
    rungs = items("path_count_certificates", "path_get_certificate", thing, rung)
    findings = items("path_count_findings", "path_get_finding", thing, finding)
    return {"accepted": bool(ask("path_is_accepted", thing)), "certificates": [one["subject"] for one in rungs],
            "rungs": rungs, "findings_left_out": ask("path_get_num_findings_left_out", thing),
            "findings": [{**one, "rung": index(ask("path_get_finding_rung", thing, i))} for i, one in enumerate(findings)]}


def step(thing):
    return {"mark": word("mark", ask("step_get_mark", thing)), "finding": index(ask("step_get_finding_index", thing))}


def presented(thing):
    return {"certificate": certificate(thing), "name_match": checked("name_match", ask("presented_get_name_match", thing)),
            "trust": word("trust", ask("presented_get_trust", thing)),
            "paths": items("presented_count_paths", "presented_get_path", thing, path)}


def steps(thing, names):
    return {key: step(ask(getter, thing)) for key, getter in names.items()}


PRESENTED_STEPS = {"name": "presented_get_name_step", "chain": "presented_get_chain_step"}


# ---- reports ----

def address(thing):
    shown, alert = ask("address_get_presented", thing), ask("address_get_alert", thing)
    return {"address": ask("address_get_text", thing), "not_public": ask("address_get_not_public", thing),
            "allowed": bool(ask("address_is_allowed", thing)),
            "probe": checked("outcome", ask("address_get_probe", thing)),
            "probe_source": ask("address_get_probe_source", thing), "tls_version": ask("address_get_tls_version", thing),
            "alert": None if alert < 0 else alert, **presented(shown),
            "steps": {**steps(thing, {"address": "address_get_address_step", "tls": "address_get_tls_step"}),
                      **steps(shown, PRESENTED_STEPS)}}


def endpoint(thing):
    match = ask("endpoint_get_srv_match", thing)
    return {"target": ask("endpoint_get_target", thing), "port": ask("endpoint_get_port", thing),
            **{what: ask(f"endpoint_get_{what}", thing) if match else None for what in ("priority", "weight", "ttl")},
            "rank": word("rank", ask("endpoint_get_rank", thing)), "srv_match": word("srv_match", match),
            "is_provider": bool(ask("endpoint_is_provider", thing)),
            "from_policy": bool(ask("endpoint_is_from_policy", thing)),
            "address_lookup": checked("outcome", ask("endpoint_get_address_outcome", thing)),
            "addresses": items("endpoint_count_addresses", "endpoint_get_address", thing, address),
            "steps": steps(thing, {"srv": "endpoint_get_srv_step", "lookup": "endpoint_get_lookup_step"})}


def client(thing):
    if ask("presented_get_certificate", thing) is None:
        return None
    return {**presented(thing), "steps": steps(thing, PRESENTED_STEPS)}


def action(thing):
    role, kind = ask("action_get_role", thing), word("action_kind", ask("action_get_kind", thing))
    told = {"side": word("side", ask("action_get_side", thing)), "op": word("op", ask("action_get_op", thing)), "kind": kind,
            **{what: ask(f"action_get_{what}", thing)
               for what in ("owner", "type", "data", "certificate", "address", "hurts")},
            "ttl": ask("action_get_ttl", thing) if kind == "dns" else None,
            "why": items("action_count_reasons", "action_get_reason", thing, code),
            "role": word("role", role) if role else None,
            "alternative_to": index(ask("action_get_alternative_index", thing))}
    authority, left_out = ask("action_get_ttl_authority", thing), ask("action_get_num_names_left_out", thing)
    if left_out:
        told["names_left_out"] = left_out
    if ask("action_is_for_both", thing):
        told["for_both"] = True
    return {**told, "ttl_from": word("authority", authority)} if authority else told


def anchors(of, thing):
    return {word("anchor_class", kind): {"count": ask(f"{of}_get_num_anchors", thing, kind),
                                         "sha256": ask(f"{of}_get_anchors_sha256", thing, kind)} for kind in (1, 2)}


def policy(thing):
    return json.loads(taken("policy_to_json", thing))


def version():
    return ask("version")


def report(thing):
    hints = {ask("report_get_not_checked", thing, i): ask("report_get_not_checked_hint", thing, i)
             for i in range(ask("report_count_not_checked", thing))}
    get = {what: ask(f"report_get_{what}", thing) for what in (
        "side", "profile", "scope", "gathered_at", "evaluated_at", "valid_until", "verdict", "after_actions", "srv_outcome")}
    return {
        "format": "fedval-report/1", "version": version(),
        **{what: ask(f"report_get_{what}", thing)
           for what in ("domain", "domain_given", "dns_source", "partner_alternative", "wait_s")},
        **{what: word(what, get[what]) for what in ("side", "profile", "scope", "verdict")},
        **{what: time(get[what]) for what in ("gathered_at", "evaluated_at", "valid_until")},
        "side_inferred": bool(ask("report_is_side_inferred", thing)), "anchors": anchors("report", thing),
        "requirements": {f"R{i}": word("verdict", ask("report_get_requirement", thing, i)) for i in REQUIREMENTS},
        "required": requirements("report_is_required", thing),
        "srv": {"owner": ask("report_get_srv_owner", thing), "lookup": checked("outcome", get["srv_outcome"]),
                "step": step(ask("report_get_srv_step", thing))},
        "endpoints": items("report_count_endpoints", "report_get_endpoint", thing, endpoint),
        "client": client(ask("report_get_client", thing)),
        "findings": items("report_count_findings", "report_get_finding", thing, finding),
        "findings_left_out": ask("report_get_num_findings_left_out", thing),
        "owner_letter": bool(ask("report_has_owner_letter", thing)), "private_root": ask("report_get_private_root", thing),
        **({"pass_of": ask("report_get_pass_of", thing)} if ask("report_get_pass_of", thing) else {}),
        "both_domains_need_records": bool(ask("report_is_for_both_domains", thing)),
        "actions": items("report_count_actions", "report_get_action", thing, action),
        "after_actions": checked("verdict", get["after_actions"]),
        "judged_again": requirements("report_is_judged_again", thing),
        "assumed": items("report_count_assumed", "report_get_assumed", thing),
        "remaining": items("report_count_remaining", "report_get_remaining", thing, code),
        "open_after": requirements("report_is_open_after", thing),
        "needs_together": bool(ask("report_has_joint_actions", thing)),
        "wait_is_least": bool(ask("report_is_wait_least", thing)), "not_checked": list(hints),
        "not_checked_hints": {what: word("hint", hint) for what, hint in hints.items() if hint},
        "policy": policy(ask("report_get_policy", thing))}


def chain(thing):
    shown = ask("chain_result_get_presented", thing)
    judged = ask("chain_result_get_policy", thing)
    return {
        "format": "fedval-chain/1", "version": version(), "source": ask("chain_result_get_source", thing),
        "profile": word("profile", ask("policy_get_profile", judged)),
        "purpose": word("purpose", ask("chain_result_get_purpose", thing)), "name": ask("chain_result_get_name", thing),
        "evaluated_at": time(ask("chain_result_get_evaluated_at", thing)), "anchors": anchors("chain_result", thing),
        "verdict": word("verdict", ask("chain_result_get_verdict", thing)),
        "valid_until": time(ask("chain_result_get_valid_until", thing)), **presented(shown),
        "paths_dropped": ask("chain_result_get_num_paths_dropped", thing),
        "findings": items("chain_result_count_findings", "chain_result_get_finding", thing, finding),
        "findings_left_out": ask("chain_result_get_num_findings_left_out", thing), "policy": policy(judged)}


# ---- what is made of reports ----

def reason(thing):
    cause = ask("pair_reason_get_finding", thing)
    told = ask("finding_get_requirement", cause) if cause else ask("pair_reason_get_requirement", thing)
    return {"direction": word("way", ask("pair_reason_get_way", thing)),
            "outlook": word("outlook", ask("pair_reason_get_outlook", thing)),
            "side": word("side", ask("pair_reason_get_side", thing)),
            "finding": code(ask("finding_get_code", cause)) if cause else None,
            "finding_index": index(ask("pair_reason_get_finding_index", thing)), "requirement": requirement(told)}


def pair(thing):
    return {"format": "fedval-pair/1",
            "directions": {word("way", way): word("outlook", ask("pair_get_outlook", thing, way)) for way in range(1, 5)},
            "outlook": word("outlook", ask("pair_get_outlook_of_all", thing)),
            "because": items("pair_count_reasons", "pair_get_reason", thing, reason),
            "not_seen": items("pair_count_not_seen", "pair_get_not_seen", thing),
            "shared_server": ask("pair_get_shared_server", thing),
            "perhaps_swapped": bool(ask("pair_is_perhaps_swapped", thing)),
            "cisco": report(ask("pair_get_cisco", thing)), "microsoft": report(ask("pair_get_microsoft", thing))}


def changed(thing):
    return {"what": word("changed", ask("drift_item_get_changed", thing)),
            "effect": word("change", ask("drift_item_get_effect", thing)),
            **{what: ask(f"drift_item_get_{what}", thing) for what in ("place", "old", "new")},
            "role": word("role", ask("drift_item_get_role", thing)) if ask("drift_item_get_role", thing) else None,
            "renewal": bool(ask("drift_item_is_renewal", thing))}


def drift(thing):
    return {"format": "fedval-diff/1", "domain": ask("drift_get_domain", thing), "profile": ask("drift_get_profile", thing),
            "change": word("change", ask("drift_get_change", thing)),
            "changes": items("drift_count_items", "drift_get_item", thing, changed)}


def milestone(thing):
    return {"at": time(ask("milestone_get_time", thing)), "kind": word("milestone", ask("milestone_get_kind", thing)),
            "before": word("verdict", ask("milestone_get_verdict_before", thing)),
            "verdict": word("verdict", ask("milestone_get_verdict", thing)), "text": ask("milestone_get_text", thing),
            "findings": [{"code": code(ask("milestone_get_finding", thing, i)),
                          "severity": word("severity", ask("milestone_get_severity", thing, i)),
                          "requirement": requirement(ask("milestone_get_requirement", thing, i)),
                          "new": bool(ask("milestone_is_new", thing, i)),
                          "accepted": bool(ask("milestone_is_accepted", thing, i)), "message": ask("milestone_get_message", thing, i)}
                         for i in range(ask("milestone_count_findings", thing))]}


def timeline(thing):
    return {"format": "fedval-timeline/1", "domain": ask("timeline_get_domain", thing),
            "profile": word("profile", ask("timeline_get_profile", thing)), "from": time(ask("timeline_get_from", thing)),
            "verdict": word("verdict", ask("timeline_get_verdict", thing)),
            "source": ask("timeline_get_source", thing),
            "accepted": items("timeline_count_accepted", "timeline_get_accepted", thing, code),
            "milestones": items("timeline_count_milestones", "timeline_get_milestone", thing, milestone)}


# ---- plans ----

def planned_domain(thing):
    return {"domain": ask("plan_domain_get_name", thing), "side": word("side", ask("plan_domain_get_side", thing)),
            "target": ask("plan_domain_get_target", thing),
            "verdict_today": checked("verdict", ask("plan_domain_get_verdict_today", thing)),
            "why_today": items("plan_domain_count_why", "plan_domain_get_why", thing, code),
            "not_seen_today": requirements("plan_domain_is_not_seen", thing),
            "after": checked("verdict", ask("plan_domain_get_verdict_after", thing)),
            "findings": items("plan_domain_count_findings", "plan_domain_get_finding", thing, finding)}


def planned_step(thing):
    kind = word("plan_kind", ask("plan_step_get_kind", thing))
    return {"n": ask("plan_step_get_number", thing), "wait_s": ask("plan_step_get_wait_s", thing),
            "after": items("plan_step_count_after", "plan_step_get_after", thing),
            "side": word("side", ask("plan_step_get_side", thing)), "op": word("op", ask("plan_step_get_op", thing)),
            "kind": kind, **{what: ask(f"plan_step_get_{what}", thing) for what in ("zone", "owner", "type", "data", "hurts")},
            "ttl": ask("plan_step_get_ttl", thing) if kind == "dns" else None,
            "why": items("plan_step_count_why", "plan_step_get_why", thing, code),
            "alternative_to": ask("plan_step_get_alternative_to", thing) or None,
            "one_change": bool(ask("plan_step_is_one_change", thing))}


def ready(thing):
    kind = ask("plan_certificate_get_ready", thing)
    if kind == 0:
        return None
    told = {"kind": word("plan_ready", kind), "will_do": not ask("plan_certificate_is_refused", thing),
            "reversed": bool(ask("plan_certificate_is_reversed", thing)),
            "not_checked": items("plan_certificate_count_not_checked", "plan_certificate_get_not_checked", thing),
            "findings": items("plan_certificate_count_findings", "plan_certificate_get_finding", thing, finding)}
    signature = checked("verify", ask("plan_certificate_get_signature", thing))
    return {**told, "signature": signature} if told["kind"] == "request" else told


def planned_certificate(thing, files):
    peer, role = ask("plan_certificate_get_peer", thing), {1: "server", 2: "calling"}[ask("plan_certificate_get_role", thing)]
    return {"peer": peer, "role": role, "for_both": bool(ask("plan_certificate_is_for_both", thing)),
            "origin": word("plan_origin", ask("plan_certificate_get_origin", thing)),
            "subject": ask("plan_certificate_get_subject", thing), "ready": ready(thing),
            "sha256": ask("plan_certificate_get_sha256", thing), "serial": ask("plan_certificate_get_serial", thing),
            "names": [{"name": ask("plan_certificate_get_name", thing, i),
                       "for": ask("plan_certificate_get_name_purpose", thing, i)}
                      for i in range(ask("plan_certificate_count_names", thing))],
            "openssl_config": files.get(f"{peer}.{role}.cnf")}


def plan(thing):
    files = {ask("plan_get_file_name", thing, i): taken("plan_file_to_text", thing, i)
             for i in range(ask("plan_count_files", thing))}
    return {"format": "fedval-plan/1", "version": version(), "evaluated_at": time(ask("plan_get_evaluated_at", thing)),
            "verdict_today": checked("verdict", ask("plan_get_verdict_today", thing)),
            "after": checked("verdict", ask("plan_get_verdict_after", thing)),
            "outcome": word("plan_outcome", ask("plan_get_outcome", thing)) if ask("plan_get_outcome", thing) else None,
            "harm": word("plan_harm", ask("plan_get_harm", thing)),
            "judged_again": requirements("plan_is_judged_again", thing),
            "assumed": items("plan_count_assumed", "plan_get_assumed", thing),
            "questions": items("plan_count_questions", "plan_get_question", thing),
            "open_questions": [{"question": ask("plan_get_question", thing, i), "member": ask("plan_get_question_member", thing, i),
                                "about": ask("plan_get_question_about", thing, i)}
                               for i in range(ask("plan_count_questions", thing))],
            "domains": items("plan_count_domains", "plan_get_domain", thing, planned_domain),
            "steps": items("plan_count_steps", "plan_get_step", thing, planned_step),
            "requests": items("plan_count_certificates", "plan_get_certificate", thing,
                              lambda one: planned_certificate(one, files)),
            "files": list(files)}


# ---- diagnoses ----

def moment(milliseconds, is_zone_known):
    """A time of a log; without a zone it has no Z."""
    if milliseconds == UNKNOWN:
        return None
    at = datetime.datetime(1970, 1, 1) + datetime.timedelta(milliseconds=milliseconds)
    return at.isoformat(timespec="milliseconds") + ("Z" if is_zone_known else "")


def hop(incident, i):
    get = {what: ask(f"incident_get_hop_{what}", incident, i)
           for what in ("host", "port", "egress_zone", "ingress_zone", "received", "received_port")}
    return {**get, "port": get["port"] or None, "received_port": get["received_port"] or None,
            "role": word("hop_role", ask("incident_get_hop_role", incident, i))}


def incident(thing, letter, side):
    has_zone = bool(ask("incident_is_zone_known", thing))
    texts = ("source", "call_id", "cseq", "from", "to", "asserted", "reporter", "peer", "domain", "other_domain", "expected_name", "presented_name",
             "reported_code", "reported_text", "joined_by", "message", "remedy", "partner_remedy")
    numbers = ("port", "status", "explained_by", "requirement", "worked", "worked_for_other")
    return {"id": ask("incident_get_id", thing), "line": ask("incident_get_line", thing),
            **{what: ask(f"incident_get_{what}", thing) for what in texts},
            **{what: ask(f"incident_get_{what}", thing) or None for what in numbers},
            "time": moment(ask("incident_get_time_ms", thing), has_zone), "zone_known": has_zone,
            "last_worked": moment(ask("incident_get_last_worked_ms", thing), has_zone),
            "kind": word("incident_kind", ask("incident_get_kind", thing)),
            "direction": word("call_direction", ask("incident_get_direction", thing)),
            "times_logged": ask("incident_get_times_logged", thing),
            "hops": items("incident_count_hops", "incident_get_hop", thing),
            "ladder": [hop(thing, i) for i in range(ask("incident_count_hops", thing))],
            "fqdns": items("incident_count_fqdns", "incident_get_fqdn", thing),
            "finding": code(ask("incident_get_finding", thing)),
            "certainty": word("certainty", ask("incident_get_certainty", thing)),
            "mend_side": word("mend_side", ask("incident_get_mend_side", thing)),
            "related": bool(ask("incident_is_related", thing)), "next": code(ask("incident_get_next", thing)),
            "sense": word("incident_sense", ask("incident_get_sense", thing)),
            "verified_by_call": bool(ask("incident_is_verified_by_call", thing)),
            "letter": letter, "letter_to": word("mend_side", side) if letter is not None else None, "verify": items("incident_count_verify_domains", "incident_get_verify_domain", thing)}


def source(log, i):
    formats = ask("log_get_source_formats", log, i)
    return {"source": ask("log_get_source_name", log, i), "lines": ask("log_get_source_lines", log, i),
            "formats": [word("log_format", 1 << bit) for bit in range(32) if formats >> bit & 1],
            "answers": [{"status": ask("log_get_source_answer_status", log, i, n),
                         "count": ask("log_get_source_answer_times", log, i, n)}
                        for n in range(ask("log_count_source_answers", log, i))]}


def group(log, i):
    first = ask("log_get_group_first", log, i)
    letters = {ask("incident_get_id", ask("log_get_incident", log, n)): n for n in range(ask("log_count_incidents", log))}
    at = letters[ask("incident_get_id", first)]
    letter, side = taken("log_letter_to_text", log, at), ask("log_get_letter_side", log, at)
    has_zone = bool(ask("incident_is_zone_known", first))
    assert ask("log_get_group_next", log, i) == ask("incident_get_next", first)
    return {**incident(first, letter, side), "count": ask("log_get_group_size", log, i),
            "first_time": moment(ask("log_get_group_first_time_ms", log, i), has_zone),
            "last_time": moment(ask("log_get_group_last_time_ms", log, i), has_zone)}


def diagnosis(log, is_grouped):
    lost = ask("log_get_num_not_kept", log)
    incidents = [group(log, i) for i in range(ask("log_count_groups", log))] if is_grouped else [
        incident(ask("log_get_incident", log, i), taken("log_letter_to_text", log, i), ask("log_get_letter_side", log, i))
        for i in range(ask("log_count_incidents", log))]
    return {"format": "fedval-diagnosis/1", "version": version(),
            "diagnosis": word("diagnosis", ask("log_get_diagnosis", log)),
            "headline": word("headline", ask("log_get_headline", log)),
            "headline_sentence": ask("headline_get_sentence", ask("log_get_headline", log)),
            **{what: ask(f"log_get_num_{what}", log) for what in ("calls", "presence", "events", "unrelated", "not_understood")},
            "not_judged": ask("log_get_not_judged", log),
            "mend_side": word("mend_side", ask("log_get_mend_side", log)), "grouped": bool(is_grouped),
            "limit": "limit-reached" if lost else None, "not_kept": lost,
            "domains": items("log_count_domains", "log_get_domain", log),
            "sources": [source(log, i) for i in range(ask("log_count_sources", log))], "incidents": incidents}


# ---- the catalogue and its topics ----

def shown(template):
    return None if template is None else taken("template_to_text", template.encode(), len(template.encode()))


def entry(thing):
    texts = {name: ask(f"catalogue_entry_get_{name}", thing)
             for name in ("meaning", "message", "expected", "observed", "source", "remedy")}
    return {"format": "fedval-finding/1", "code": ask("catalogue_entry_get_id", thing),
            "number": ask("catalogue_entry_get_code", thing), "family": word("family", ask("catalogue_entry_get_family", thing)),
            "severity": word("severity", ask("catalogue_entry_get_severity", thing)),
            "requirement": requirement(ask("catalogue_entry_get_requirement", thing)), **texts,
            "symptoms": items("catalogue_entry_count_symptoms", "catalogue_entry_get_symptom", thing, symptom)}


def cause(thing):
    return {"finding": code(ask("cause_get_finding", thing)), "likelihood": word("likelihood", ask("cause_get_likelihood", thing)),
            "when": ask("cause_get_when", thing)}


def place(topic):
    assert word("topic", ask("topic_get_kind", topic)) == "place"
    return {"id": ask("topic_get_name", topic), "product": ask("topic_get_product", topic),
            "page": ask("topic_get_meaning", topic), "more": ask("topic_get_more", topic)}


def document(thing):
    return thing and {part: ask(f"document_get_{part}", thing) for part in ("publisher", "title", "key", "date")}


def topic(thing):
    certainty, kind = ask("topic_get_certainty", thing), word("topic", ask("topic_get_kind", thing))
    source = ask("catalogue_find", ask("topic_get_finding", thing)) if kind == "finding" else None
    return {"kind": kind, "code": taken("topic_code_to_text", thing), "name": ask("topic_get_name", thing),
            "meaning": ask("topic_get_meaning", thing), "certainty": word("certainty", certainty) if certainty else None,
            "finding": code(ask("topic_get_finding", thing)),
            "causes": items("topic_count_causes", "topic_get_cause", thing, cause),
            "advice": shown(ask("topic_get_advice", thing)), "text": ask("topic_get_text", thing),
            "unsure": ask("topic_get_unsure", thing), "look": items("topic_count_places", "topic_get_place", thing, place),
            "source": source and ask("catalogue_entry_get_source", source), "document": document(ask("topic_get_document", thing))}


def explanation(asked):
    """The topics that a text stands for, as fedval_topics_find gives them."""
    topics, count, answer = (ctypes.c_size_t * 16)(), ctypes.c_size_t(), ctypes.c_uint32()
    library.check(CALLS["fedval_topics_find"](asked, len(asked), len(topics), topics, ctypes.byref(count), ctypes.byref(answer)))
    return {"answer": word("answer", answer.value), "topics": [topic(thing) for thing in topics[:count.value]]}
