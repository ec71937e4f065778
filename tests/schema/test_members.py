"""Every member of what the library reads, taken away or made another thing: what the schema refuses is refused with its
place, and nothing ends in a fault that is not the document's."""
import copy
import json
import re
import sys

import jsonschema
import library
import pytest
from test_schema import STORE, STRICT

sys.path.insert(0, str(library.TOP / "tests" / "plan"))
import planning  # noqa: E402

INSTEAD = [{}, [], "", 0, "-", 1.5, True]
PLACE = re.compile(r"-\d+ ([\w.\[\]]+: |[a-z_]+ is missing|no domain is to be planned)")
VALIDATORS = {}
PLANS = [json.loads(path.read_text()) for path in sorted((library.TOP / "tests" / "plan" / "vectors").glob("*.json"))]


def fits(document, name):
    if name not in VALIDATORS:
        schema = STRICT[name]
        resolver = jsonschema.RefResolver(schema["$id"], schema, store=STORE)
        VALIDATORS[name] = jsonschema.Draft202012Validator(schema, resolver=resolver, format_checker=jsonschema.FormatChecker())
    return VALIDATORS[name].is_valid(document)


def places(value, path=()):
    """The path of each member and item below `value`."""
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, below in steps:
        yield path + (step,)
        yield from places(below, path + (step,))


def shape(path):
    return tuple("*" if isinstance(step, int) else step for step in path)


def replaced(document, path, instead=...):
    """`document` with `instead` at `path`; without it, nothing is left there."""
    changed = copy.deepcopy(document)
    holder = changed
    for step in path[:-1]:
        holder = holder[step]
    if instead is ...:
        del holder[path[-1]]
    else:
        holder[path[-1]] = instead
    return changed


def with_changes(document, path, name):
    """(document, whether it is one) without what is at `path`, and with something else there. Where null is nothing of its
    own, the readers take it for a member that is not there."""
    without, null = replaced(document, path), replaced(document, path, None)
    yield without, fits(without, name)
    yield null, fits(null, name) or isinstance(path[-1], str) and fits(without, name)
    for instead in INSTEAD:
        changed = replaced(document, path, instead)
        yield changed, fits(changed, name)


def said_of(read, document):
    try:
        read(document)
    except library.Failure as failure:
        return str(failure)
    return None


def is_wrong(said, is_fit):
    return not is_fit if said is None else "memory" in said or not PLACE.match(said)


def first_places(documents):
    """One (document, path) for each shape of a path in all documents."""
    seen = {}
    for document in documents:
        for path in places(document):
            seen.setdefault(shape(path), (document, path))
    return list(seen.values())


def plan(document):
    """Reads the intent as it is: `planned` sets the format."""
    library.core.fedval_intent_free(planning.read_json("intent", document))
    with planning.planned(document):
        pass


def evaluate(document):
    library.evaluate(json.dumps(document))


def policy(document):
    library.core.fedval_policy_free(planning.read_json("policy", document))


def intents():
    return [{"format": "fedval-intent/1", **vector["intent"]} for vector in PLANS if not vector.get("files")]


def evidence():
    return [planning.with_chains(document) for vector in PLANS for document in vector.get("evidence", [])] + [
        json.loads(library.load(path)[0]) for path in library.VECTORS]


def policies():
    return [json.loads(library.rewrite("policy", library.load(path)[1])) for path in library.VECTORS]


@pytest.mark.parametrize("name, documents, read", [
    ("intent-1.json", intents, plan), ("evidence-1.json", evidence, evaluate), ("policy-1.json", policies, policy)])
def test_what_the_schema_refuses_is_refused_with_its_place(name, documents, read):
    wrong = []
    for document, path in first_places(documents()):
        assert fits(document, name), path
        for changed, is_fit in with_changes(document, path, name):
            said = said_of(read, changed)
            if is_wrong(said, is_fit):
                wrong.append(f"{'.'.join(shape(path))}: fits {is_fit}: {said}\n  {json.dumps(changed)[:300]}")
    assert not wrong, "\n".join(wrong[:40])
