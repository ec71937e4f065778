"""The module as an engine sees it: it is all of the core, and it can reach nothing."""
import json
import re

from built import MODULE, SOURCE, needs_module, node

LOOK = """
import { readFileSync } from "node:fs";
const module = new WebAssembly.Module(readFileSync(process.argv[1]));
console.log(JSON.stringify([WebAssembly.Module.imports(module), WebAssembly.Module.exports(module).map(({ name }) => name)]));
"""


@needs_module
def test_the_module_imports_nothing():
    imports, exports = json.loads(node(LOOK, MODULE))
    assert imports == []
    assert {"memory", "_initialize", "fedval_evaluate", "fedval_log_feed", "fedval_mbedtls_verifier_new"} <= set(exports)


@needs_module
def test_the_module_exports_what_the_list_says():
    listed = (SOURCE / "bindings/js/module/exports.txt").read_text().split()
    _, exports = json.loads(node(LOOK, MODULE))
    assert sorted(listed) == sorted(set(exports) - {"memory", "_initialize"})


def test_every_listed_function_is_public():
    listed = (SOURCE / "bindings/js/module/exports.txt").read_text().split()
    declared = set()
    for header in (SOURCE / "include/fedval").glob("*.h"):
        declared |= set(re.findall(r"\b(fedval_\w+)\(", header.read_text()))
    assert [name for name in listed if name.startswith("fedval_") and not name.startswith("fedval_module_") and name not in declared] == []


def test_setup_knows_what_it_says_it_knows():
    setup = (SOURCE / "tools" / "setup").read_text()
    kinds = re.search(r"usage: tools/setup \[(.*?)\]", setup).group(1).split("|")
    assert "web" in kinds
    for kind in kinds:
        assert re.search(rf"^{kind}\) wanted=", setup, re.M), kind
