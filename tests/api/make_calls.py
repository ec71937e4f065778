#!/usr/bin/env python3
"""Writes calls.c: every public function, called as it should be, and with each parameter absent or out of range.

The program prints one line a call: function, case, result. What the results have to be is test_calls.py's to say.
"""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import headers  # noqa: E402  (the folder is not a package)

ZONE = r'"$ORIGIN example.com.\n@ 60 IN SOA ns.example.com. a.example.com. 1 1 1 1 1\n"'
# What stands for a parameter, by function and name, by name, or by type. Offsets fit both batch forms.
BY_PLACE = {("fedval_evidence_new_from_json", "json"): "things->evidence_json",
            ("fedval_evidence_new_from_json_lenient", "json"): "things->evidence_json",
            ("fedval_policy_new_from_json", "json"): "policy_text",
            ("fedval_policy_new_from_json_lenient", "json"): "policy_text",
            ("fedval_state_new_from_json", "json"): "things->report_json",
            ("fedval_pair_new", "microsoft"): "things->microsoft_report",
            ("fedval_intent_new_from_json", "json"): "things->intent_json",
            ("fedval_intent_new_from_json_lenient", "json"): "things->intent_json",
            ("fedval_request_new", "data"): "things->csr",
            ("fedval_request_new", "data_len"): "things->csr_len",
            ("fedval_evaluate_together", "evidence"): "evidences",
            ("fedval_reports_redact", "evidence"): "evidences",
            ("fedval_crls_append", "crls"): "things->open_crls",
            ("fedval_crls_seal", "crls"): "things->open_crls",
            ("fedval_crls_append", "data"): "(const uint8_t *)things->crl",
            ("fedval_crls_append", "data_len"): "strlen(things->crl)",
            ("fedval_anchors_append", "anchors"): "things->open_anchors",
            ("fedval_anchors_seal", "anchors"): "things->open_anchors",
            **{(f"fedval_judge_{verb}", "judge"): "things->open_judge" for verb in (
                "append_anchors", "append_crls", "append_system_roots", "append_policy", "set_anchors", "set_crls", "set_verifier", "seal")},
            ("fedval_judge_append_crls", "data"): "(const uint8_t *)things->crl",
            ("fedval_judge_append_crls", "data_len"): "strlen(things->crl)",
            ("fedval_judge_set_anchors", "anchors"): "things->open_anchors",
            ("fedval_judge_set_crls", "crls"): "things->open_crls",
            ("fedval_fact_append_srv", "fact"): "things->dns_fact",
            ("fedval_fact_append_address", "fact"): "things->dns_fact",
            ("fedval_fact_append_cname", "fact"): "things->dns_fact",
            ("fedval_fact_append_ns", "fact"): "things->dns_fact",
            ("fedval_fact_set_dnssec", "fact"): "things->dns_fact",
            ("fedval_fact_copy_answer", "from"): "fedval_evidence_find(things->evidence, things->question)",
            ("fedval_fact_set_authority", "fact"): "things->dns_fact",
            ("fedval_fact_set_ede", "fact"): "things->dns_fact",
            ("fedval_fact_set_sip", "status"): "200",
            ("fedval_fact_set_outcome", "outcome"): "FEDVAL_OUTCOME_HANDSHAKE",
            ("fedval_log_set_max_incidents", "log"): "things->new_log",
            ("fedval_log_begin_source", "log"): "things->new_log",
            ("fedval_log_feed", "log"): "things->open_log",
            ("fedval_log_end_source", "log"): "things->open_log",
            ("fedval_policy_set_number", "value"): "1",
            ("fedval_policy_set_text", "field"): "FEDVAL_POLICY_EDGE_FQDN",
            ("fedval_policy_get_text", "field"): "FEDVAL_POLICY_EDGE_FQDN",
            ("fedval_port_new_either", "second"): "things->second_port",
            ("fedval_session_skip", "question"): "things->need",
            ("fedval_runner_step", "wait_ms"): "0",
            ("fedval_ldns_zone_new", "text"): ZONE,
            ("fedval_time_from_string", "text"): '"2017-03-02"',
            ("fedval_mbedtls_prober_new", "certificate_pem"): "NULL",
            ("fedval_mbedtls_prober_new", "key_pem"): "NULL",
            ("fedval_openssl_prober_new", "certificate_pem"): "NULL",
            ("fedval_openssl_prober_new", "key_pem"): "NULL",
            ("fedval_openssl_prober_new", "max_tls"): "0x0303",
            ("fedval_status_from_string", "text"): '"ok"',
            ("fedval_error_free", "error"): "fedval_error_new()",
            ("fedval_text_free", "text"): "strdup(things->evidence_json)"}
BY_NAME = {"actions_json": "things->report_json",
           "evidence_json": "things->evidence_json", "policy_json": "policy_text", "pem": "things->pem",
           "pem_len": "things->pem_len", "der": "things->der", "der_len": "things->der_len", "data": "things->der",
           "data_len": "things->der_len", "uri": '"sip:a@example.com"', "value": '"sip.example.com"',
           "address": '"192.0.2.1"', "offsets": "offsets", "priorities": "numbers", "weights": "numbers",
           "randoms": "offsets", "chain": "&things->der", "chain_len": "&things->der_len", "policies": "policies",
           "reports": "reports", "timelines": "timelines", "fragments": "\"<p></p>\"", "bytes": "(const uint8_t *)\"x\"", "bytes_len": "1", "vtable": None,
           "events": "FEDVAL_IO_READ", "origin": '"example.com."', "oid": '"1.2.3"', "index": "0", "endpoint": "0", "reason": "0",
           "view": "0", "status": "FEDVAL_ERROR_ARGUMENT", "user": "NULL", "requirement": "2",
           "port": "5061", "fd": "0", "purpose": "FEDVAL_PURPOSE_SERVER", "at": "1784000000"}
BY_TYPE = {"const fedval_port_vtable *": "&fixture_port", "const fedval_verifier_vtable *": "&fixture_verifier",
           "const fedval_port_events *": "&port_events", "const fedval_ldns_options *": "NULL",
           "const fedval_text_options *": "&text_options", "const fedval_metrics_options *": "NULL", "const fedval_diagnosis_options *": "&diagnosis_options",
           "const fedval_html_options *": "&html_options",
           "fedval_runner_done": "fixture_done", "int64_t (*)(void *user)": "fixture_now",
           "const char *": '"example.com"'}
NUMBERS = {"uint8_t", "uint16_t", "uint32_t", "uint64_t", "int32_t", "int64_t", "size_t", "fedval_status"}
# Numbers that say how long something is cannot be checked: the memory behind them is the caller's.
LENGTHS = ("_len", "_size")
LAST = {"uint32_t": "UINT32_MAX", "size_t": "SIZE_MAX", "int64_t": "INT64_MIN", "uint16_t": "UINT16_MAX",
        "uint64_t": "UINT64_MAX", "int32_t": "INT32_MIN", "fedval_status": "INT32_MAX", "uint8_t": "UINT8_MAX"}


def is_length(parameter):
    return parameter.name.endswith(LENGTHS) or parameter.name.startswith("num_")


def value(function, at):
    """What is passed when nothing is amiss."""
    p = function.parameters[at]
    if (function.name, p.name) in BY_PLACE:
        return BY_PLACE[function.name, p.name]
    if function.name.endswith("_from_string") and p.name == "text":
        return function.name.replace("_from_", "_to_") + "(1)"
    if p.name.startswith("out_") and p.is_pointer:
        return f"(void *)out[{at}]"
    if p.object and p.type not in BY_TYPE:
        return "things->" + p.object[len("fedval_"):]
    if p.type in BY_TYPE and (p.type != "const char *" or BY_NAME.get(p.name) is None):
        return BY_TYPE[p.type]
    if p.name == "out_size":
        return "sizeof(out[0])"
    if BY_NAME.get(p.name) is not None and not (p.name == "port" and p.is_pointer):
        if p.name != "address" or p.is_pointer:
            return BY_NAME[p.name]
        return "0"
    if p.name.endswith("_len"):
        return length(function, p.name[:-len("_len")])
    return "1" if p.type in NUMBERS else "NULL"


def length(function, name):
    """The length of what the parameter of that name points at."""
    for at, p in enumerate(function.parameters):
        if p.name in (name, name + "_pem", name + "_json"):
            text = value(function, at)
            return "0" if text == "NULL" else f"strlen((const char *){text})"
    raise SystemExit(f"{function.name}: what has {name}_len?")


def argument(function, at):
    p, usual = function.parameters[at], value(function, at)
    if p.type.endswith("*const *"):
        return f"wrong == {at} ? NULL : wrong == {at} + HOLE ? (void *)holes : {usual}"
    if p.is_pointer or p.is_function or p.type not in NUMBERS:
        return usual if usual == "NULL" else f"wrong == {at} ? NULL : {usual}"
    if is_length(p):
        return usual
    return f"wrong == {at} ? {LAST[p.type]} : ({p.type}){usual}"


def cases(function):
    """(what is wrong, with which parameter) of each call."""
    yield "usual", -1
    for at, p in enumerate(function.parameters):
        if p.type in NUMBERS:
            if not is_length(p):
                yield f"last:{p.name}", at
        elif value(function, at) != "NULL":
            yield f"null:{p.name}", at
            if p.type.endswith("*const *"):
                yield f"hole:{p.name}", f"{at} + HOLE"


def show(function, call):
    if function.returns == "void":
        return f"{call};\n    show_nothing();"
    if "*" in function.returns:
        return f"show_pointer({call});"
    kind = "status" if function.is_fallible else "number"
    return f"show_{kind}((int64_t){call});"


def body(function, number):
    arguments = ", ".join(argument(function, at) for at in range(len(function.parameters)))
    return (f"static void call_{number}(int wrong)\n{{\n    (void)wrong;\n"
            f"    {show(function, f'{function.name}({arguments})')}\n}}\n")


PROLOGUE = """/* Written by make_calls.py from the public headers. */
#define _GNU_SOURCE
#include "fixtures.h"
%s
#include "calls.h"

#include <string.h>

static const char policy_text[] = "{\\"format\\":\\"fedval-policy/1\\"}";
enum { HOLE = 100 }; /* the array is there, what it should point at is not */
static void *holes[] = {NULL, NULL};
static const uint32_t offsets[] = {0, 3, 6, 9};
static const uint16_t numbers[] = {1, 2};
static const fedval_text_options text_options = {.size = sizeof(text_options), .width = 80};
static const fedval_html_options html_options = {.size = sizeof(html_options), .fragment = 1};
static const fedval_diagnosis_options diagnosis_options = {.size = sizeof(diagnosis_options)};
static const fedval_port_events port_events = {sizeof(port_events), fixture_interest, fixture_filled, NULL};

"""


def write(backends):
    functions = [f for f in headers.every(headers.functions)
                 if f.header not in ("ldns", "mbedtls", "openssl") or f.header in backends]
    text = PROLOGUE % "".join(f'#include "fedval/{backend}.h"\n' for backend in backends)
    text += "".join(body(function, number) + "\n" for number, function in enumerate(functions))
    text += "const fv_call fv_calls[] = {\n"
    for number, function in enumerate(functions):
        for case, wrong in cases(function):
            text += f'    {{"{function.name}", "{case}", call_{number}, {wrong}}},\n'
    return text + "};\n\nconst size_t fv_num_calls = sizeof(fv_calls) / sizeof(fv_calls[0]);\n"


if __name__ == "__main__":
    pathlib.Path(sys.argv[1]).write_text(write(sys.argv[2:]))
