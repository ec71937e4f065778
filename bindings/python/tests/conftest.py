"""Where the tests find the tree of libfedval: FEDVAL_SOURCE, else the tree that the package lies in."""
import os
import pathlib

import pytest

import fedval

SOURCE = pathlib.Path(os.environ.get("FEDVAL_SOURCE", pathlib.Path(__file__).resolve().parents[3]))
OWNER = "_sipfederationtls._tcp.example.com"
LAB = SOURCE / "examples" / "lab"


@pytest.fixture(scope="session")
def source():
    """The tree."""
    if not (SOURCE / "tests" / "vectors").is_dir():
        pytest.skip("the tree of libfedval is not here")
    return SOURCE


@pytest.fixture(scope="session")
def lab(source):
    return LAB


@pytest.fixture(scope="session")
def judge():
    """A judge that reads no files."""
    return fedval.Judge(fedval.Policy("microsoft-edge", time="2030-01-01T00:00:00Z", allow_private=True))


def answer(question, timeout=None):
    """A resolver for which every domain is in order: expe.DOMAIN at a public address."""
    if question.type == "SRV":
        domain = question.name.split(".", 2)[2]
        return fedval.Fact.answer([fedval.Record.srv(question.name, f"expe.{domain}")])
    if question.type == "A":
        return fedval.Fact.answer([fedval.Record.address(question.name, "198.41.0.4")])
    return fedval.Fact("nodata")
