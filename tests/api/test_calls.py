"""What every public function does when something is absent or out of range: it says so, and nothing crashes."""
import os
import pathlib
import re
import subprocess
from typing import NamedTuple

import pytest

import headers
from test_rules import BY_NAME, said

ROOTS = headers.TOP / "lib" / "backends" / "files" / "roots.c"

TIME_UNKNOWN, FOREVER = -2**63, 2**63 - 1

# What a function gives for an object that is absent, or past the end, where that is neither 0 nor NULL.
NOTHING = {
    "fedval_certificate_get_subject": "some", "fedval_certificate_get_issuer": "some",
    "fedval_certificate_get_signature_algorithm": "some", "fedval_error_get_message": "some",
    "fedval_certificate_get_not_before": TIME_UNKNOWN, "fedval_certificate_get_not_after": TIME_UNKNOWN,
    "fedval_crls_get_this_update": TIME_UNKNOWN, "fedval_crls_get_next_update": TIME_UNKNOWN,
    "fedval_evidence_get_time": TIME_UNKNOWN, "fedval_fact_get_time": TIME_UNKNOWN,
    "fedval_incident_get_time_ms": TIME_UNKNOWN, "fedval_incident_get_last_worked_ms": TIME_UNKNOWN, "fedval_log_get_group_first_time_ms": TIME_UNKNOWN,
    "fedval_log_get_group_last_time_ms": TIME_UNKNOWN, "fedval_report_get_evaluated_at": TIME_UNKNOWN,
    "fedval_report_get_valid_until": TIME_UNKNOWN, "fedval_report_get_gathered_at": TIME_UNKNOWN,
    "fedval_report_certificate_get_not_before": TIME_UNKNOWN,
    "fedval_report_certificate_get_not_after": TIME_UNKNOWN, "fedval_chain_result_get_evaluated_at": TIME_UNKNOWN,
    "fedval_chain_result_get_valid_until": TIME_UNKNOWN, "fedval_finding_get_accepted_until": TIME_UNKNOWN,
    "fedval_timeline_get_from": TIME_UNKNOWN, "fedval_milestone_get_time": TIME_UNKNOWN, "fedval_pair_get_outlook": 3,
    "fedval_policy_get_acceptance_until": TIME_UNKNOWN,
    "fedval_certificate_get_path_length": -1, "fedval_certificate_get_key_usage": -1, "fedval_fact_get_alert": -1,
    "fedval_fact_get_ede": -1,
    "fedval_error_get_offset": -1,  # UINT64_MAX
    "fedval_plan_get_evaluated_at": TIME_UNKNOWN,
    "fedval_action_get_alternative_index": -1, "fedval_pair_reason_get_finding_index": -1, "fedval_topic_get_place": -1,
    "fedval_path_get_finding_rung": -1, "fedval_step_get_finding_index": -1,  # SIZE_MAX
    "fedval_finding_get_endpoint_index": -1, "fedval_finding_get_address_index": -1, "fedval_address_get_alert": -1,
    "fedval_runner_get_descriptor": -1, "fedval_runner_get_wait_ms": -1,
    "fedval_port_next_deadline_ms": FOREVER, "fedval_certificate_get_key_type": 1, "fedval_incident_recheck": 3,
    "fedval_plan_get_verdict_today": 4, "fedval_plan_get_verdict_after": 4,
    "fedval_plan_domain_get_verdict_today": 4, "fedval_plan_domain_get_verdict_after": 4,
    "fedval_report_get_requirement": 4, "fedval_chain_result_get_verdict": 4,
    "fedval_side_get_profile": 1,  # of every side that is not Microsoft's
}
# Calls that end otherwise than well although nothing is amiss: the backend has nothing, and one face only.
USUAL = {"fedval_openssl_pkcs12_open": "not-found", "fedval_mbedtls_pkcs12_open": "not-found",
         "fedval_runner_cancel": "not-found",  # nothing was added
         "fedval_port_fetch": "not-found", "fedval_port_attach": "state", "fedval_port_start": "state"}
if not any(pathlib.Path(path).exists() for path in re.findall(r'"(/etc/.*|/usr/.*)"', ROOTS.read_text())):
    USUAL["fedval_judge_append_system_roots"] = "not-found"  # this machine has no bundle of public roots
# A report that is on no certificate needs no evidence.
HOLES = {("fedval_reports_redact", "hole:evidence"): "ok"}
# Numbers of which every value is a good one.
ANY_NUMBER = {("fedval_plan_new", "now"),
              ("fedval_runner_set_max_in_flight", "max_questions"), ("fedval_check", "now"),
              ("fedval_fact_new_dns", "view"), ("fedval_fact_new_probe", "port"), ("fedval_fact_new_look", "port"),
              ("fedval_fact_set_ede", "code"), ("fedval_fact_set_time", "time"),
              ("fedval_fact_set_alert", "alert"), ("fedval_fact_set_chain_complete", "complete"),
              ("fedval_policy_append_acceptance", "until"), ("fedval_timeline_new", "from"), ("fedval_evidence_set_time", "time"), ("fedval_fact_new_from_pem", "port"),
              ("fedval_session_set_time", "time"), ("fedval_chain_evaluate", "at"),
              ("fedval_chain_evaluate_list", "at"), ("fedval_fact_append_srv", "ttl"),
              ("fedval_fact_append_srv", "priority"), ("fedval_fact_append_srv", "weight"),
              ("fedval_fact_append_srv", "port"), ("fedval_fact_append_address", "ttl"),
              ("fedval_fact_append_cname", "ttl"), ("fedval_fact_append_ns", "ttl"), ("fedval_log_set_max_incidents", "max_incidents"),
              ("fedval_openssl_prober_new", "max_tls"), ("fedval_verify_cache_new", "capacity")}


class Call(NamedTuple):
    function: str
    case: str
    kind: str     # status, number, pointer, nothing, crash
    result: str
    outputs: dict  # name -> whether it now begins with zero
    error: str     # what the error says that said "stale" before

    @property
    def wrong(self):
        return self.case.partition(":")[2]


def read(line):
    function, case, result, outputs, error = line.split("\t")
    kind, _, value = result.partition(" ")
    names = [parameter.name for parameter in BY_NAME[function].parameters]
    touched = {names[int(place.split("=")[0])]: place.endswith("=0") for place in outputs.split()}
    return Call(function, case, kind, value, touched, error)


@pytest.fixture(scope="module")
def calls():
    done = subprocess.run([os.environ["FEDVAL_CALLS"]], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return [read(line) for line in done.stdout.splitlines()]


def found(faults):
    faults = sorted(set(faults))
    assert not faults, "\n".join(faults)


def show(call):
    return f"{call.function} {call.case}: {call.kind} {call.result} {call.outputs or ''}"


def test_every_function_is_called(calls):
    missing = set(BY_NAME) - {call.function for call in calls}
    # Backends that were not built.
    assert all(name.startswith(("fedval_ldns_", "fedval_mbedtls_", "fedval_openssl_")) for name in missing), missing


def test_no_call_crashes(calls):
    found(show(call) for call in calls if call.kind == "crash")


def test_a_call_in_which_nothing_is_amiss_succeeds(calls):
    found(show(call) for call in calls if call.case == "usual" and call.kind == "status"
          and call.result != USUAL.get(call.function, "ok"))


def is_nothing(call):
    wanted = NOTHING.get(call.function)
    if call.kind == "nothing":
        return True
    if call.kind == "pointer":
        return call.result == (wanted or "null")
    return call.result == ("argument" if call.kind == "status" else str(wanted or 0))


def test_an_absent_object_is_answered_as_one_that_holds_nothing(calls):
    found(show(call) for call in calls if call.case.startswith("null:") and not is_nothing(call)
          and BY_NAME[call.function].object and call.wrong == BY_NAME[call.function].parameters[0].name)


def test_an_array_with_a_hole_is_refused(calls):
    holes = [call for call in calls if call.case.startswith("hole:")]
    assert len({call.function for call in holes}) >= 4
    found(show(call) for call in holes if call.result != HOLES.get((call.function, call.case), "argument"))


def test_an_index_past_the_end_gives_nothing(calls):
    places = {"index", "endpoint", "address", "reason", "rung", "path", "entry", "requirement"}
    found(show(call) for call in calls if call.case.startswith("last:") and call.wrong in places
          and call.kind != "crash" and not is_nothing(call) and call.result != "not-found")


def test_a_code_that_does_not_exist_is_refused(calls):
    found(show(call) for call in calls if call.case.startswith("last:") and call.kind == "status"
          and call.result == "ok" and (call.function, call.wrong) not in ANY_NUMBER)


def test_what_may_be_absent_is_said_to_be(calls):
    found(show(call) for call in calls if call.case.startswith("null:") and call.result == "ok"
          and "NULL" not in said(BY_NAME[call.function]))


def names_status(text, word):
    code = word.upper().replace("-", "_")
    return code in text or word == "argument" and "NULL" in text


def test_a_status_that_comes_is_named_in_the_comment(calls):
    found(show(call) for call in calls if call.kind == "status" and call.result != "ok"
          and not names_status(said(BY_NAME[call.function]), call.result)
          # What a port or an address is, is its own to say.
          and call.function not in USUAL)


def test_outputs_are_untouched_on_failure(calls):
    found(show(call) for call in calls if call.kind == "status" and call.result != "ok" and call.outputs)


def test_beside_a_null_pointer_a_length_is_0_and_nothing_else_is_written(calls):
    found(show(call) for call in calls if call.kind == "pointer" and call.result == "null"
          and not all(name.endswith("_len") and zero for name, zero in call.outputs.items()))
    lengths = {name: [p.name for p in f.parameters if p.name.endswith("_len") and p.name.startswith("out_")]
               for name, f in BY_NAME.items()}
    found(show(call) for call in calls if call.kind == "pointer" and call.result == "null"
          for name in lengths[call.function] if call.wrong != name and name not in call.outputs)


def test_an_error_is_emptied_at_the_beginning_of_a_call(calls):
    taking = {name for name, f in BY_NAME.items() if any(p.type == "fedval_error *" for p in f.parameters)}
    found(show(call) for call in calls if call.function in taking and call.error == "stale"
          and BY_NAME[call.function].object != "fedval_error" and call.wrong != "error")


def test_an_error_says_what_is_wrong_with_a_text(calls):
    taking = {name for name, f in BY_NAME.items() if any(p.type == "fedval_error *" for p in f.parameters)}
    found(show(call) for call in calls if call.function in taking and call.result in ("syntax", "format")
          and call.wrong != "error" and not call.error)
