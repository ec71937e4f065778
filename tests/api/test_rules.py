"""What docs/api-conventions.md promises of every public function, read from the headers."""
import re

import headers
from headers import every, functions

FUNCTIONS = every(functions)
BY_NAME = {function.name: function for function in FUNCTIONS}
OBJECTS = set(every(headers.objects))
STRUCTURES = {structure.name: structure for structure in every(headers.structures)}
NUMBERS = {"uint8_t", "uint16_t", "uint32_t", "uint64_t", "int32_t", "int64_t", "size_t"}
CALLBACKS = {"fedval_runner_done", "int64_t (*)(void *user)"}
# Codes travel as uint32_t. How often a word or number occurs is a size_t, or a uint64_t where it may pass 2^32.
RESULTS = NUMBERS | {"void", "fedval_status", "const char *", "const uint8_t *"}
POINTERS = {"const char *", "const void *", "char *", "char **", "const uint8_t *", "const uint8_t **", "const uint8_t *const *",
            "const size_t *", "const uint16_t *", "const uint32_t *", "fedval_status *", "void *",
            *(f"{number} *" for number in NUMBERS)}


def is_object_pointer(kind):
    match = re.fullmatch(r"(?:const )?(fedval_\w+) \*(?:\*|const \*)?", kind)
    return bool(match) and (match.group(1) in OBJECTS or match.group(1) in STRUCTURES and kind.endswith(" *"))


def of_binding(kind):
    return kind in NUMBERS | POINTERS | CALLBACKS | {"fedval_status"} or is_object_pointer(kind)


def found(faults):
    faults = sorted(faults)
    assert not faults, "\n".join(faults)


def test_types_are_those_that_every_binding_can_pass():
    found(f"{f.name}: {p.name} is a {p.type}" for f in FUNCTIONS for p in f.parameters if not of_binding(p.type))
    found(f"{f.name} returns a {f.returns}" for f in FUNCTIONS
          if f.returns not in RESULTS and not is_object_pointer(f.returns))


def test_no_macro_stands_for_a_function_and_no_enumeration_has_a_type():
    faults = []
    for header in headers.HEADERS:
        text = headers.COMMENT.sub(" ", header.read_text())
        faults += [f"{header.name}: {name}" for name in re.findall(r"#define\s+(\w+)\(", text)]
        faults += [f"{header.name}: {name}" for name in re.findall(r"\benum\s+(\w+)", text)]
        faults += [f"{header.name}: {word}" for word in re.findall(r"\b(?:union|va_list|FILE)\b|\.\.\.|\binline\b", text)]
        faults += [f"{header.name}: a bit field" for _ in re.findall(r"^\s+\w+ \w+ : \d+;", text, re.M)]
    found(faults)


def test_structures_of_the_caller_begin_with_their_size():
    found(f"{name}: {s.members[0]}" for name, s in STRUCTURES.items() if s.members[0] != ("size_t", "size"))


def test_outputs_come_last_and_the_error_alone_behind_them():
    faults = []
    for f in FUNCTIONS:
        names = ["out" if p.name.startswith("out_") else "error" if p.name == "error" else "in" for p in f.parameters]
        # The memory of a text and its room are one output.
        names = [kind for kind, p in zip(names, f.parameters) if p.name != "out_size"]
        if f.object == "fedval_error" or f.name in ("fedval_error_to_json", "fedval_error_to_text"):
            continue
        if not re.fullmatch(r"(in )*(out )*(error )?", "".join(f"{kind} " for kind in names)):
            faults.append(f"{f.name}: {names}")
    found(faults)


def test_what_is_written_to_is_named_an_output():
    written = {f"{number} *" for number in NUMBERS} | {"char **", "const uint8_t **", "fedval_status *"}
    written |= {f"{name} **" for name in OBJECTS} | {f"const {name} **" for name in OBJECTS}
    found(f"{f.name}: {p.name}" for f in FUNCTIONS for p in f.parameters
          if (p.type in written) != (p.name.startswith("out_") and p.type not in ("size_t", "char *")))


def test_names_say_the_object_and_the_status_what_can_fail():
    """A function that makes, changes or writes something can fail; one that gives something back cannot."""
    faults = []
    for f in FUNCTIONS:
        verb = re.search(r"_(get|count|has|is|free|to_string|from_string|from_json|to_json|to_text|append|seal|copy|set)"
                         r"(?=_|$)", f.name[len("fedval"):])
        verb = verb and verb.group(1)
        fallible = {"from_string", "from_json", "to_json", "to_text", "append", "seal", "copy"}
        if verb in fallible and not f.is_fallible or verb in {"has", "is"} and f.returns != "uint32_t":
            faults.append(f"{f.name} returns {f.returns}")
        if verb == "count" and f.returns not in ("size_t", "uint64_t", "uint32_t"):
            faults.append(f"{f.name} returns {f.returns}")
        if verb == "free" and f.returns != "void":
            faults.append(f"{f.name} returns {f.returns}")
    found(faults)


# ---- codes ----

# What the functions of an enumeration are called where its constants' prefix does not say so.
WORDS = {"OK": "status", "KEY": "key_type", "SAN": "san_type", "WILDCARD": "wildcard_rule", "CN": "cn_rule",
         "ROOTS_PUBLIC": "roots", "QUESTION": "question_kind", "ACTION": "action_kind", "FINDING": "finding_code",
         "POLICY": "policy_field", "ANCHOR": "anchor_class", "SRV_MATCH": "srv_match"}


def stem(enumeration):
    """'outcome' of the enumeration whose constants begin with FEDVAL_OUTCOME_."""
    names = [name[len("FEDVAL_"):].split("_") for name, _ in enumeration.members]
    common = []
    for parts in zip(*names):
        if len(set(parts)) > 1:
            break
        common.append(parts[0])
    prefix = "_".join(common)
    first = enumeration.members[0][0][len("FEDVAL_"):]
    return next((word for start, word in WORDS.items() if first == start or first.startswith(start + "_")
                 and (prefix == start or start.startswith(prefix))), prefix.lower())


def test_every_enumeration_has_words_both_ways():
    stems = [stem(enumeration) for enumeration in every(headers.enumerations)]
    assert len(set(stems)) == len(stems) > 40
    found(f"fedval_{word}_{way}_string" for word in stems for way in ("to", "from")
          if f"fedval_{word}_{way}_string" not in BY_NAME)


def test_every_pair_of_word_functions_belongs_to_an_enumeration():
    stems = {stem(enumeration) for enumeration in every(headers.enumerations)}
    words = {m.group(1) for f in FUNCTIONS if (m := re.fullmatch(r"fedval_(\w+?)_(?:to|from)_string", f.name))}
    assert words - stems == {"time"}


# ---- collections ----

def test_what_can_be_counted_can_be_got():
    """fedval_x_count_things has a fedval_x_get_thing... that takes an index."""
    # Sums, not collections.
    sums = {"fedval_log_get_num_not_kept", "fedval_sip_header_get_num_damaged", "fedval_name_count_shared_labels"}
    plurals = {"addresses": "address", "purposes": "purpose", "evidence": "evidence", "not_checked": "not_checked",
               "key_purposes": "key_purpose", "policies": "policy"}
    faults = []
    for f in FUNCTIONS:
        match = re.fullmatch(r"(fedval_\w+?)_count(?:_(\w+))?", f.name)
        if not match or f.name in sums:
            continue
        thing = match.group(2) or ""
        one = plurals.get(thing, thing[:-1] if thing.endswith("s") else thing)
        start = f"{match.group(1)}_get" + (f"_{one}" if one else "")
        if not any(g.name.startswith(start) and any(p.type == "size_t" and not p.is_pointer for p in g.parameters)
                   for g in FUNCTIONS):
            faults.append(f"{f.name}: no {start}...(index)")
    found(faults)


# ---- lifetimes ----

def test_every_object_that_is_made_can_be_freed():
    made = {re.fullmatch(r"(fedval_\w+) \*\*", p.type).group(1) for f in FUNCTIONS for p in f.parameters
            if re.fullmatch(r"fedval_\w+ \*\*", p.type)}
    found(f"{name}_free" for name in made if f"{name}_free" not in BY_NAME)


# What a person may want to see, by the function that shows it.
SHOWN = {"anchors": "fedval_anchors_to_json", "catalogue_entry": "fedval_catalogue_entry_to_json",
         "certificate": "fedval_certificate_to_json", "request": "fedval_certificate_to_json", "intent": "fedval_intent_to_json",
         **{part: "fedval_plan_to_json" for part in ("plan", "plan_step", "plan_domain", "plan_certificate")}, "certificate_list": "fedval_certificate_list_to_json",
         "chain_result": "fedval_chain_result_to_json", "crls": "fedval_crls_to_json", "error": "fedval_error_to_json",
         "evidence": "fedval_evidence_to_json", "fact": "fedval_evidence_to_json", "log": "fedval_log_to_json",
         "cause": "fedval_explanation_to_json", "document": "fedval_explanation_to_json",
         "incident": "fedval_log_to_json", "symptom": "fedval_catalogue_entry_to_json",
         **{part: "fedval_report_to_json" for part in ("finding", "step", "report_certificate", "path", "presented",
                                                       "address", "endpoint", "action")}, "policy": "fedval_policy_to_json", "drift": "fedval_drift_to_json",
         "drift_item": "fedval_drift_to_json",
         "pair": "fedval_pair_to_json", "pair_reason": "fedval_pair_to_json", "timeline": "fedval_timeline_to_json",
         "milestone": "fedval_timeline_to_json", "report": "fedval_report_to_json"}
# Machinery, and what is read off in a line.
NOT_SHOWN = {"judge", "state", "port", "verifier", "runner", "session", "question", "sip_header"}


def test_every_object_that_a_person_may_want_to_see_has_a_json_form():
    assert {name[len("fedval_"):] for name in OBJECTS} == set(SHOWN) | NOT_SHOWN
    found(name for name in SHOWN.values() if name not in BY_NAME)


# ---- comments ----

def said(function, seen=()):
    """The comment of a function with those that it refers to: 'as fedval_x_y'."""
    text = function.comment
    for name in re.findall(r"\b[Aa]s (?:of |in |with )?(fedval_\w+)", text):
        if name in BY_NAME and name != function.name and name not in seen:
            text += " " + said(BY_NAME[name], (*seen, function.name))
    return text


def test_every_comment_ends_with_since_when():
    found(f.name for f in FUNCTIONS if not re.search(r"@since \d+\.\d+\.\d+$", f.comment))


def test_parameters_that_are_described_exist_and_come_before_the_result():
    faults = []
    for f in FUNCTIONS:
        names = {p.name for p in f.parameters}
        for listed in re.findall(r"@param ((?:\w+, )*\w+)", f.comment):
            faults += [f"{f.name}: @param {name}" for name in listed.split(", ") if name not in names]
        tags = re.findall(r"@(param|returns|since)", f.comment)
        if tags != sorted(tags, key=["param", "returns", "since"].index) or tags.count("returns") > 1:
            faults.append(f"{f.name}: {tags}")
    found(faults)


def test_what_can_fail_says_how():
    found(f.name for f in FUNCTIONS if f.is_fallible and not re.search(r"@returns.*(\b0\b|[Aa]s fedval_)", said(f)))


def test_what_is_handed_over_says_how_it_is_freed():
    faults = []
    for f in FUNCTIONS:
        for p in f.parameters:
            match = re.fullmatch(r"(fedval_\w+|char) \*\*", p.type)
            free = match and ("fedval_text_free" if match.group(1) == "char" else match.group(1) + "_free")
            if match and free not in said(f):
                faults.append(f"{f.name}: {free}")
    found(faults)


def opening(header):
    """The comment at the top of a header: what it says holds for every function below."""
    return headers.words_of(headers.COMMENT.search((headers.TOP / "include/fedval" / f"{header}.h").read_text()).group())


LENT = re.compile(r"[Bb]orrowed|[Ss]tatic|as long as|valid until|lives? (?:as|for|until)|[Ff]ree with|handed over|Hands")


def test_what_is_returned_says_whose_it_is():
    found(f.name for f in FUNCTIONS if "*" in f.returns
          and not LENT.search(said(f)) and not LENT.search(opening(f.header)))


def objects_said():
    """object -> the comment above its declaration."""
    for header in headers.HEADERS:
        text = header.read_text()
        for match in re.finditer(r"^typedef struct (fedval_\w+) \1;", text, re.M):
            yield match.group(1), headers.comment_before(text, match.start()) + opening(header.stem)


def test_every_object_says_what_threads_may_do():
    found(name for name, comment in objects_said() if not re.search(r"[Tt]hreads?\b", comment))


def test_every_function_without_an_object_says_what_threads_may_do():
    of_objects = {name for name in OBJECTS}
    found(f.name for f in FUNCTIONS
          if not any((p.object or "") in of_objects or p.type.endswith("**") and p.type != "char **"
                     for p in f.parameters)
          and not re.search(r"[Tt]hreads?\b", said(f) + opening(f.header)))
