"""tools/count-tests counts cases one by one, and takes no crash for silence."""
import json
import os
import pathlib
import subprocess

import pytest

TOP = pathlib.Path(os.environ["FEDVAL_SOURCE"])
SUMMARY = "[  PASSED  ] 1 test(s).\n[  SKIPPED ] 1 test(s), listed below:\n[  SKIPPED ] b\n\n 1 SKIPPED TEST(S)\n"
CMOCKA = "[==========] Running 3 test(s).\n[ RUN      ] a\n[       OK ] a\n[ RUN      ] b\n[  SKIPPED ] b\n[ RUN      ] c\n"


def count(tmp_path, *tests):
    log = tmp_path / "testlog.json"
    log.write_text("".join(json.dumps({"result": result, "stdout": out, "stderr": ""}) + "\n" for result, out in tests))
    done = subprocess.run([str(TOP / "tools" / "count-tests"), str(log)], capture_output=True, text=True, check=True)
    return tuple(map(int, done.stdout.split()))


@pytest.mark.parametrize("result, text, expected", [
    ("OK", CMOCKA + "[       OK ] c\n", (2, 0, 1)),
    ("OK", CMOCKA + "[       OK ] c\n" + SUMMARY, (2, 0, 1)),
    ("FAIL", CMOCKA + "[  FAILED  ] c\n", (1, 1, 1)),
    ("FAIL", CMOCKA + "[  FAILED  ] c\n[ RUN      ] d\n[  FAILED  ] d\n" + SUMMARY, (1, 2, 1)),
    ("FAIL", CMOCKA, (1, 1, 1)),
    ("FAIL", CMOCKA + "[       OK ] c\n", (2, 1, 1)),
    ("OK", "..\n2 passed, 1 skipped in 0.1s\n", (2, 0, 1)),
    ("FAIL", "1 failed, 2 passed in 0.1s\n", (2, 1, 0)),
    ("FAIL", "======= 1 passed, 2 errors in 0.1s =======\n", (1, 2, 0)),
    ("OK", "a program that says nothing\n", (1, 0, 0)),
    ("FAIL", "", (0, 1, 0)),
    ("TIMEOUT", "", (0, 1, 0)),
    ("SKIP", "", (0, 0, 1)),
    ("EXPECTEDFAIL", "0 passed, 1 failed\n", (1, 0, 0)),
    ("UNEXPECTEDPASS", "1 passed, 0 failed\n", (1, 1, 0)),
])
def test_one_program_is_counted(result, text, expected, tmp_path):
    assert count(tmp_path, (result, text)) == expected


def test_programs_add_up(tmp_path):
    assert count(tmp_path, ("OK", ""), ("FAIL", ""), ("SKIP", ""), ("OK", "3 passed in 1s\n")) == (4, 1, 1)
