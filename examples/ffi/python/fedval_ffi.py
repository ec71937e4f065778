#!/usr/bin/env python3
"""libfedval from Python by ctypes: evidence in, report out; and a batch of SRV matches."""
import ctypes
import json
import sys

PAIRS = [
    ("example.com", "expe.example.com"),
    ("example.com", "expe.sub.example.com"),
    ("acano.steven.lab", "vcse.steven.lab"),
    ("example.com", "example.com"),
    ("example.com", "."),
]


class Fedval:
    """The functions used here, with their C types."""

    def __init__(self, path):
        self.lib = ctypes.CDLL(path)
        size, text, pointer = ctypes.c_size_t, ctypes.c_char_p, ctypes.c_void_p
        signatures = {
            "fedval_evaluate_json": (ctypes.c_int32, [pointer, text, size, text, size,
                                                      ctypes.POINTER(pointer), ctypes.POINTER(size), pointer]),
            "fedval_text_free": (None, [pointer]),
            "fedval_error_new": (pointer, []),
            "fedval_error_free": (None, [pointer]),
            "fedval_error_get_message": (text, [pointer]),
            "fedval_error_get_line": (ctypes.c_uint32, [pointer]),
            "fedval_srv_match_batch": (ctypes.c_int32, [text, size, ctypes.POINTER(ctypes.c_uint32), size,
                                                        ctypes.POINTER(ctypes.c_uint32)]),
            "fedval_srv_match_to_string": (text, [ctypes.c_uint32]),
            "fedval_status_to_string": (text, [ctypes.c_int32]),
        }
        for name, (result, arguments) in signatures.items():
            function = getattr(self.lib, name)
            function.restype, function.argtypes = result, arguments

    def evaluate(self, evidence, policy=b""):
        """Report (a dict) on evidence (JSON, bytes), judged by a policy (JSON, bytes; empty: the default)."""
        report, report_len = ctypes.c_void_p(), ctypes.c_size_t()
        error = self.lib.fedval_error_new()
        try:
            status = self.lib.fedval_evaluate_json(None, evidence, len(evidence), policy or None, len(policy),
                                                   ctypes.byref(report), ctypes.byref(report_len), error)
            if status != 0:
                name = self.lib.fedval_status_to_string(status).decode()
                message = self.lib.fedval_error_get_message(error).decode()
                raise ValueError(f"{name}, line {self.lib.fedval_error_get_line(error)}: {message}")
            return json.loads(ctypes.string_at(report, report_len.value))
        finally:
            self.lib.fedval_error_free(error)
            self.lib.fedval_text_free(report)

    def srv_match(self, pairs):
        """How each target stands to its domain: one call for all pairs."""
        names = [name.encode() for pair in pairs for name in pair]
        offsets = (ctypes.c_uint32 * (len(names) + 1))()
        for i, name in enumerate(names):
            offsets[i + 1] = offsets[i] + len(name)
        matches = (ctypes.c_uint32 * len(pairs))()
        packed = b"".join(names)
        if self.lib.fedval_srv_match_batch(packed, len(packed), offsets, len(pairs), matches) != 0:
            raise ValueError("offsets do not fit the text")
        return [self.lib.fedval_srv_match_to_string(code).decode() for code in matches]


def main():
    if len(sys.argv) != 3:
        sys.exit("usage: fedval_ffi.py LIBRARY EVIDENCE.json")
    fedval = Fedval(sys.argv[1])
    with open(sys.argv[2], "rb") as file:
        report = fedval.evaluate(file.read())
    print("verdict", report["verdict"])
    for finding in report["findings"]:
        print("finding", finding["severity"], finding["code"])
    for (domain, target), match in zip(PAIRS, fedval.srv_match(PAIRS)):
        print("match", domain, target, match)


if __name__ == "__main__":
    main()
