"""One noun, one name: no identifier in two headers, no prefix of two enums, `fv_` for the library alone."""
import collections
import re

import layers
from declarations import declared, enums, prefix

# Those that are still to be told apart; nothing is ever added here.
DOUBLES = set()
PREFIXES = set()


def doubles(headers):
    """{name: headers} of what more than one of them declares."""
    homes = collections.defaultdict(list)
    for path in headers:
        for name in declared(path.read_text()):
            if name.startswith("fv_"):
                homes[name].append(path.name)
    return {name: sorted(paths) for name, paths in homes.items() if len(paths) > 1}


def test_no_identifier_is_declared_in_two_headers():
    found = doubles(sorted(layers.LIB.rglob("*.h")))
    found = {name: paths for name, paths in found.items() if name not in DOUBLES}
    assert not found, found


def test_headers_declare_what_the_library_is_made_of():
    names = set().union(*(declared(path.read_text()) for path in layers.LIB.rglob("*.h")))
    assert {"fv_arena", "fv_arena_alloc", "fv_cursor"} <= names
    assert len([name for name in names if name.startswith("fv_")]) > 500


def test_a_name_in_two_headers_is_seen(tmp_path):
    (tmp_path / "a.h").write_text("/* fv_c */\ntypedef struct fv_a {\n    int fv_member;\n} fv_a;\nint fv_b(fv_a *fv_x);\n")
    (tmp_path / "b.h").write_text("#define fv_c 1\ntypedef struct fv_a fv_a;\nstatic inline int fv_b(void)\n{\n    return 1;\n}\n"
                                  "typedef int (*fv_d)(int);\nstruct fv_e {\n    int x;\n};\n")
    (tmp_path / "c.h").write_text("typedef void fv_d(int);\nextern const int fv_e[4];\nfv_a *fv_f(int (*call)(void));\n")
    found = doubles(sorted(tmp_path.glob("*.h")))
    assert found == {"fv_b": ["a.h", "b.h"], "fv_d": ["b.h", "c.h"], "fv_e": ["b.h", "c.h"]}


def clashes(headers):
    """Pairs of enums of which one has names that begin as all names of the other do. `FEDVAL_` itself is the status'."""
    found = [(prefix(members), f"{path.name}: {name}") for path in headers for name, members in enums(path.read_text())]
    found = [(start, where) for start, where in found if start != "FEDVAL_"]
    return [(one, other, start) for i, (start, one) in enumerate(found) for j, (longer, other) in enumerate(found)
            if i != j and (longer.startswith(start) and (longer != start or i < j))]


def test_no_prefix_names_two_enums():
    found = [clash for clash in clashes(sorted((layers.TOP / "include" / "fedval").glob("*.h"))) if clash[2] not in PREFIXES]
    assert not found, "\n".join(map(str, found))


def test_a_prefix_of_two_enums_is_seen(tmp_path):
    (tmp_path / "a.h").write_text("typedef enum fedval_a {\n    FEDVAL_A_ONE = 1,\n    FEDVAL_A_TWO = FEDVAL_B_ONE\n} fedval_a;\n")
    (tmp_path / "b.h").write_text("enum { FEDVAL_A_THREE, FEDVAL_A_FOUR };\nenum { FEDVAL_B_ONE = 7, FEDVAL_B_TWO };\n")
    assert [clash[2] for clash in clashes(sorted(tmp_path.glob("*.h")))] == ["FEDVAL_A_"]


# The same thing at two floors: decoded, and as an object that is counted; its bytes, and what a report says of it.
SAME_THING = {"address", "certificate"}


def types(folder, start):
    """The nouns of the types with that prefix which headers define: `} fv_a;`, `typedef struct fv_a fv_a;`, `struct fv_a {`."""
    text = "".join(path.read_text() for path in sorted(folder.rglob("*.h")))
    form = rf"^\}} {start}(\w+);|^typedef (?:struct|enum|union) \w+ {start}(\w+);|^(?:struct|enum|union) {start}(\w+) \{{"
    return {next(filter(None, groups)) for groups in re.findall(form, text, re.M)}


def test_no_type_inside_has_the_noun_of_a_public_one():
    public = types(layers.TOP / "include" / "fedval", "fedval_")
    assert {"finding", "endpoint", "pair", "milestone", "port_events"} <= public
    assert types(layers.LIB, "fv_") & public == SAME_THING


def test_programs_do_not_use_the_names_of_the_library():
    """bindings/js/module is the library itself, as WebAssembly."""
    found = [f"{path.relative_to(layers.TOP)}: {name}" for folder in ("examples", "bindings")
             for path in sorted((layers.TOP / folder).rglob("*")) if path.suffix in (".c", ".h", ".cc", ".go", ".py", ".js") and "module" not in path.parts
             for name in sorted(set(re.findall(r"\b(?:fv|FV)_\w+", path.read_text())))]
    assert not found, "\n".join(found)
