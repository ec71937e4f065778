"""The module as an engine sees it: it is all of the core, and it can reach nothing."""
import json
import platform
import subprocess
import re

import pytest

from built import MODULE, NODE, SOURCE, needs_module, node

LOOK = """
import { readFileSync } from "node:fs";
const module = new WebAssembly.Module(readFileSync(process.argv[1]));
console.log(JSON.stringify([WebAssembly.Module.imports(module), WebAssembly.Module.exports(module).map(({ name }) => name)]));
"""


NO_SIMD = ["--no-enable-sse4-1"]
IS_X86 = platform.machine() in ("x86_64", "AMD64")
MODULES = pytest.mark.parametrize("module", [MODULE, MODULE.parent / "fedval-plain.wasm"], ids=["simd", "plain"])


@needs_module
@MODULES
def test_the_module_imports_nothing(module):
    imports, exports = json.loads(node(LOOK, module))
    assert imports == []
    assert {"memory", "_initialize", "fedval_evaluate", "fedval_log_feed", "fedval_mbedtls_verifier_new"} <= set(exports)


@needs_module
@MODULES
def test_the_module_exports_what_the_list_says(module):
    listed = (SOURCE / "bindings/js/module/exports.txt").read_text().split()
    _, exports = json.loads(node(LOOK, module))
    assert sorted(listed) == sorted(set(exports) - {"memory", "_initialize"})


@needs_module
@pytest.mark.skipif(not IS_X86, reason="how to do without SIMD is known for x86 alone")
def test_the_plain_module_has_no_simd_instruction():
    """V8 has WebAssembly SIMD where the processor has SSE 4.1; without it the module with SIMD is refused."""
    look = "console.log(process.argv.slice(1).map((name) => WebAssembly.validate(require('node:fs').readFileSync(name))))"
    done = subprocess.run([NODE, *NO_SIMD, "-e", look, MODULE, MODULE.parent / "fedval-plain.wasm"], capture_output=True, text=True, timeout=60)
    assert done.stdout.strip() == "[ false, true ]", done.stderr


@needs_module
@pytest.mark.skipif(not IS_X86, reason="how to do without SIMD is known for x86 alone")
def test_the_package_takes_the_module_that_the_engine_can_run():
    ask = "const { hasSimd, explain } = await import(process.argv[1]); console.log(hasSimd(), explain('1010').answer)"
    for flags, wanted in (([], "true known"), (NO_SIMD, "false known")):
        done = subprocess.run([NODE, *flags, "--input-type=module", "-e", ask, (MODULE.parent / "npm" / "index.js").as_uri()],
                              capture_output=True, text=True, timeout=60)
        assert done.stdout.strip() == wanted, done.stderr


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
