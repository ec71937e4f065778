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


ALLOCATE = """
import { readFileSync } from "node:fs";
const { exports: e } = new WebAssembly.Instance(new WebAssembly.Module(readFileSync(process.argv[1])));
e._initialize();
let seed = 1;
const random = (below) => ((seed = (Math.imul(seed, 1103515245) + 12345) >>> 0) >>> 8) % below;
const bytes = () => new Uint8Array(e.memory.buffer);
function round() {
  const held = [], faults = [];
  for (let i = 0; i < 4000; i++) {
    const size = random(4) === 0 ? random(200000) : random(200), at = e.malloc(size);
    if (at === 0 || at % 16 !== 0) faults.push(`block at ${at}`);
    bytes().fill(i % 251, at, at + size);
    held.push([at, size, i % 251]);
    if (random(3) > 0) continue;
    const [freed, length, mark] = held.splice(random(held.length), 1)[0];
    if (!bytes().subarray(freed, freed + length).every((byte) => byte === mark)) faults.push(`written over at ${freed}`);
    e.free(freed);
  }
  for (const [at, size, mark] of held) {
    if (!bytes().subarray(at, at + size).every((byte) => byte === mark)) faults.push(`written over at ${at}`);
    e.free(at);
  }
  return faults;
}
e.free(0);
const faults = round(), grown = e.memory.buffer.byteLength;
seed = 1;
faults.push(...round());
console.log(JSON.stringify([faults, e.memory.buffer.byteLength - grown, e.malloc(0) !== 0, e.malloc(0x7fffffff), e.malloc(-1)]));
"""


@needs_module
@MODULES
def test_blocks_of_memory_are_apart_and_are_used_again(module):
    faults, more, has_empty, *refused = json.loads(node(ALLOCATE, module))
    assert faults == [] and more == 0 and has_empty and refused == [0, 0]
