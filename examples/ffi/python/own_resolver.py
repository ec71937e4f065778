#!/usr/bin/env python3
"""A check whose facts come from Python: a session asks, a table answers. No call back, no backend library."""
import ctypes
import sys

DNS, PROBE = 1, 2
RECORDS = {
    ("_sipfederationtls._tcp.example.com", "SRV"): "expe.example.com",
    ("expe.example.com", "A"): "198.41.0.4",
}
PROTOTYPES = """
    status fedval_judge_new out; status fedval_judge_seal ptr; void fedval_judge_free ptr
    status fedval_judge_new_session ptr text size u32 out ptr; void fedval_session_free ptr
    status fedval_session_next ptr out; status fedval_session_supply ptr ptr; status fedval_session_skip ptr ptr
    status fedval_session_set_time ptr i64; ptr fedval_session_get_evidence ptr
    u32 fedval_question_get_kind ptr; text fedval_question_get_name ptr; u32 fedval_question_get_type ptr
    text fedval_type_to_string u32; status fedval_outcome_from_string text size out; text fedval_status_to_string status
    status fedval_fact_new ptr out; void fedval_fact_free ptr; status fedval_fact_set_outcome ptr u32
    status fedval_fact_append_srv ptr text size u32 u16 u16 u16 text size
    status fedval_fact_append_address ptr text size u32 text size
    status fedval_evaluate ptr size ptr out; void fedval_report_free ptr
    u32 fedval_report_get_verdict ptr; text fedval_verdict_to_string u32
    size fedval_report_count_findings ptr; ptr fedval_report_get_finding ptr size
    u32 fedval_finding_get_code ptr
    text fedval_finding_code_to_string u32
"""
TYPES = {"status": ctypes.c_int32, "void": None, "ptr": ctypes.c_void_p, "out": ctypes.c_void_p,
         "text": ctypes.c_char_p, "size": ctypes.c_size_t, "u16": ctypes.c_uint16, "u32": ctypes.c_uint32,
         "i64": ctypes.c_int64}


class Fedval:
    """The functions used here; those that can fail raise."""

    def __init__(self, path):
        library = ctypes.CDLL(path)
        for prototype in PROTOTYPES.replace("\n", ";").split(";"):
            if not prototype.strip():
                continue
            result, name, *arguments = prototype.split()
            function = getattr(library, name)
            function.restype, function.argtypes = TYPES[result], [TYPES[argument] for argument in arguments]
            setattr(self, name[len("fedval_"):], self.checked(function) if result == "status" else function)

    def checked(self, function):
        def call(*arguments):
            status = function(*arguments)
            if status != 0:
                raise ValueError(f"{function.__name__}: {self.status_to_string(status).decode()}")
        return call

    def new(self, function, *arguments, after=()):
        """What a function hands out through its output."""
        out = ctypes.c_void_p()
        function(*arguments, ctypes.byref(out), *after)
        return out

    def outcome(self, word):
        code = ctypes.c_uint32()
        self.outcome_from_string(word, len(word), ctypes.byref(code))
        return code


def answer(fedval, question, fact):
    """Fills a fact for a DNS question out of the table."""
    name = fedval.question_get_name(question)
    kind = fedval.type_to_string(fedval.question_get_type(question)).decode()
    data = RECORDS.get((name.decode(), kind))
    if data is None:
        known = any(owner == name.decode() for owner, _ in RECORDS)
        return fedval.fact_set_outcome(fact, fedval.outcome(b"nodata" if known else b"nxdomain"))
    if kind == "SRV":
        fedval.fact_append_srv(fact, name, len(name), 3600, 0, 0, 5061, data.encode(), len(data))
    else:
        fedval.fact_append_address(fact, name, len(name), 3600, data.encode(), len(data))
    return fedval.fact_set_outcome(fact, fedval.outcome(b"answer"))


def gather(fedval, session):
    """Answers what the session asks until it asks no more; nobody probes here, so R4 to R7 stay unchecked."""
    while (question := fedval.new(fedval.session_next, session)).value is not None:
        if fedval.question_get_kind(question) == PROBE:
            fedval.session_skip(session, question)
            continue
        fact = fedval.new(fedval.fact_new, question)
        answer(fedval, question, fact)
        fedval.session_supply(session, fact)
        fedval.fact_free(fact)


def main():
    if len(sys.argv) != 3:
        sys.exit("usage: own_resolver.py LIBRARY DOMAIN")
    fedval, domain = Fedval(sys.argv[1]), sys.argv[2].encode()
    judge = fedval.new(fedval.judge_new)
    fedval.judge_seal(judge)
    session = fedval.new(fedval.judge_new_session, judge, domain, len(domain), 1, after=(None,))
    gather(fedval, session)
    fedval.session_set_time(session, 1784000000)
    report = fedval.new(fedval.evaluate, judge, 0, fedval.session_get_evidence(session))
    print(domain.decode(), fedval.verdict_to_string(fedval.report_get_verdict(report)).decode())
    for index in range(fedval.report_count_findings(report)):
        print("finding", fedval.finding_code_to_string(fedval.finding_get_code(fedval.report_get_finding(report, index))).decode())
    fedval.report_free(report)
    fedval.session_free(session)
    fedval.judge_free(judge)


if __name__ == "__main__":
    try:
        main()
    except ValueError as fault:
        sys.exit(str(fault))
