"""Where the test certificates are, for the tests in Python."""
import json
import pathlib
import types

HERE = pathlib.Path(__file__).resolve().parent
MANIFEST = json.loads((HERE / "out" / "manifest.json").read_text())
ROOT = HERE / "out" / "certs" / "root.pem"
ROOT_OTHER = HERE / "out" / "certs" / "root-other.pem"


def chain(name):
    """The paths of a chain: .chain, .key and .anchor, and its .about."""
    row = MANIFEST["chains"][name]
    return types.SimpleNamespace(chain=HERE / row["chain"], key=HERE / row["key"], anchor=HERE / row["anchor"],
                                 about=row["about"])


def crl(name):
    return HERE / MANIFEST["crls"][name]["crl"]
