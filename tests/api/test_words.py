"""Every code has a word in kebab-case, and every word leads back to its code."""
import ctypes
import re

import pytest

import headers
import library
from library import core
from test_rules import every, stem

ENUMERATIONS = {stem(enumeration): enumeration for enumeration in every(headers.enumerations)}
# A policy's fields are named as their members in JSON are.
SNAKE = {"policy_field"}
# Numbers that are signed, or as IANA and the protocol have them, with the words that stand there.
# How likely a cause is reads as words in JSON too.
FOREIGN = {"type": r"A|AAAA|CNAME|NS|SRV", "likelihood": "[a-z]+( [a-z]+)?"}


def to_string(word, code):
    function = getattr(core, f"fedval_{word}_to_string")
    function.restype, function.argtypes = ctypes.c_char_p, [ctypes.c_int32 if word == "status" else ctypes.c_uint32]
    text = function(code)
    return None if text is None else text.decode()


def from_string(word, text):
    code = (ctypes.c_int32 if word == "status" else ctypes.c_uint32)(12345)
    function = getattr(core, f"fedval_{word}_from_string")
    given = text.encode()
    statuses = {function(given + b"!", ctypes.c_size_t(len(given)), ctypes.byref(code)),
                function(given, library.NUL_ENDED, ctypes.byref(code))}
    assert len(statuses) == 1, "with and without its length"
    status = statuses.pop()
    return status, code.value


@pytest.mark.parametrize("word", ENUMERATIONS)
def test_every_code_has_a_word_that_leads_back_to_it(word):
    seen = set()
    for name, code in ENUMERATIONS[word].members:
        text = to_string(word, code)
        shape = FOREIGN.get(word) or ("[a-z0-9]+(_[a-z0-9]+)*" if word in SNAKE else "[a-z0-9]+(-[a-z0-9]+)*")
        assert text and re.fullmatch(shape, text), f"{name}: {text}"
        assert from_string(word, text) == (0, code), name
        seen.add(text)
    assert len(seen) == len(ENUMERATIONS[word].members)


@pytest.mark.parametrize("word", ENUMERATIONS)
def test_what_is_no_code_and_no_word_is_refused(word):
    codes = {code for _, code in ENUMERATIONS[word].members}
    beyond = [code for code in range(-10 if word == "status" else 0, 300) if code not in codes]
    assert [code for code in beyond if to_string(word, code) is not None] == []
    for text in ("", "no such word", " pass", to_string(word, max(codes)) + " "):
        assert from_string(word, text) == (-6, 12345), text
