"""docs/architecture.md is what a newcomer reads in ten minutes, and its places are those of the tree."""
import os
import pathlib
import re

TOP = pathlib.Path(os.environ["FEDVAL_SOURCE"])
TEXT = (TOP / "docs" / "architecture.md").read_text()
WORDS_OF_TEN_MINUTES = 2200
NOUNS = ("domain session question fact evidence scene finding step verdict report action bytes sight entry incident group diagnosis "
         "request supply CRL remark mark acceptance document provider cluster party hop cause letter "
         "certificate chain address event topic symptom hint look outcome port verifier runner log").split()


def rows(heading):
    section = TEXT.split(f"## {heading}\n")[1].split("\n## ")[0]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in section.splitlines()
            if line.startswith("| ")][1:]


def test_it_is_read_in_ten_minutes():
    assert len(TEXT.split()) <= WORDS_OF_TEN_MINUTES


def test_the_glossary_names_each_noun_once():
    named = [word for word, _, _ in rows("The words")]
    assert len(named) == len(set(named))
    assert not set(NOUNS) - set(named)


def places():
    """Each path that the glossary and the walks name."""
    for path in re.findall(r"`([\w/]+(?:/|\.[ch]))`", TEXT):
        if "FAMILY" not in path:
            yield path


def functions():
    """Each private function that where-changes-go.md names."""
    return set(re.findall(r"`(fv_\w+)`", (TOP / "docs" / "where-changes-go.md").read_text()))


def test_each_function_where_changes_go_is_in_the_tree():
    sources = "".join(path.read_text() for path in sorted((TOP / "lib").rglob("*.[ch]")))
    assert functions() and not {name for name in functions() if f"{name}(" not in sources}


def test_each_place_is_in_the_tree():
    homes = [TOP / "lib", TOP / "include", TOP]
    near = {path.name for path in (TOP / "lib" / "trust").iterdir()}  # the walk names the rules of trust/ by themselves
    missing = [path for path in places() if path not in near and not any((home / path).exists() for home in homes)]
    assert not missing
