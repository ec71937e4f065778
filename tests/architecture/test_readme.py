"""tests/README.md names each folder of the tests, with the suites that it is in, and the folders of `lib/` that `unit` does not mirror."""
import re

import layers

TESTS = layers.TOP / "tests"
ROW = re.compile(r"\|\s*(`[^|]*`)\s*\|\s*([^|]*?)\s*\|\s*(.*?)\s*\|")


def rows():
    """{folder: (suites, what it is)}"""
    found = {}
    for line in (TESTS / "README.md").read_text().splitlines():
        match = ROW.fullmatch(line)
        for folder in re.findall(r"`([^`]*)`", match.group(1)) if match else ():
            found[folder] = (set(match.group(2).split(", ")) - {"-"}, match.group(3))
    return found


def folders(place):
    return {path.name for path in place.iterdir() if path.is_dir() and not path.name.startswith((".", "__"))}


def suites(folder):
    text = "".join(path.read_text() for path in (TESTS / folder).rglob("meson.build"))
    return {name for value in re.findall(r"suite: (\[[^]]*\]|'[^']*')", text) for name in re.findall(r"'([^']*)'", value)}


def test_each_folder_has_a_row():
    assert set(rows()) == folders(TESTS)


def test_each_row_names_the_suites_of_its_folder():
    # The stored descriptions of the interface are compared by the tests of `install`.
    found = {folder: names for folder, (names, _) in rows().items() if folder != "abi" and names != suites(folder)}
    assert not found, found


def test_unit_mirrors_lib_but_for_what_is_named():
    exceptions = re.search(r"each folder of `lib/` but ([^;(]*)", rows()["unit"][1]).group(1)
    assert folders(layers.LIB) - folders(TESTS / "unit") == set(re.findall(r"`(\w+)`", exceptions))
    assert folders(TESTS / "unit") <= folders(layers.LIB)
