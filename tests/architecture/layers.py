"""The layers of the design, as data: which folder may include what."""
import os
import pathlib
import re

TOP = pathlib.Path(os.environ.get("FEDVAL_SOURCE", pathlib.Path(__file__).resolve().parents[2]))
LIB = TOP / "lib"
LAYERS = {"base": 0, "x509": 1, "catalogue": 1, "model": 2, "names": 3, "trust": 4, "session": 4, "logs": 4,
          "rules": 5, "judge": 6, "mend": 7, "drift": 7, "render": 8, "check": 9}
PURE = [folder for folder, layer in LAYERS.items() if layer <= 7]

# The folder whose nouns a public header declares; its layer is the header's. name.h and trust.h stand on the floor of model/,
# though names/ and trust/ define their functions: a policy names the codes FEDVAL_WILDCARD_ and FEDVAL_CN_ of name.h, and a
# report FEDVAL_TRUST_ of trust.h, and policy and report are nouns of model/. That no floor below names/ or trust/ calls those
# functions is held by the symbols of the objects (test_purity.py).
PUBLIC = {"status": "base", "fedval": "check", "name": "model", "certificate": "x509", "trust": "model", "policy": "model", "request": "trust", "intent": "model",
          "catalogue": "catalogue", "topic": "catalogue", "time": "model", "question": "model", "fact": "model", "outcome": "model", "evidence": "model",
          "finding": "model", "presented": "model", "endpoint": "model", "action": "model", "report": "model", "chain": "judge", "judge": "judge", "evaluate": "mend",
          "session": "session", "log": "logs", "incident": "logs", "plan": "mend", "render": "render", "diagnosis": "render", "html": "render", "recheck": "mend", "drift": "drift", "timeline": "drift", "pair": "model",
          "backend": "model", "check": "check",
          "files": "check", "ldns": "check", "mbedtls": "check", "openssl": "check"}

# The rooms of logs/ and what each may include of logs/; what stands beside the rooms coordinates them.
LOG_ROOMS = {"read": ("logs/read/",), "incidents": ("logs/incidents/", "logs/read/when.h"),
             "interpret": ("logs/interpret/", "logs/read/", "logs/incidents/incident.h")}

# System headers that take nothing from the machine.
PURE_HEADERS = {"assert.h", "inttypes.h", "limits.h", "stdbool.h", "stddef.h", "stdint.h", "stdlib.h", "string.h"}
# Headers that one folder alone may have. idn2.h: whether a domain is one at all is known only once it is converted to A-labels
# (model/idna_libidn2.c), and from there on every floor compares A-labels. The conversion is a function of its input alone; a
# build for WebAssembly has the host's in its place.
SPECIAL_HEADERS = {"jansson.h": {"render"}, "idn2.h": {"model"}, "poll.h": {"check"}, "sys/resource.h": {"check"},
                   "time.h": {"check"}, "pthread.h": {"trust", "check"}, "unistd.h": {"check"}, "fcntl.h": {"check"},
                   "stdatomic.h": {"base", "check", "trust"}, "immintrin.h": {"logs"}, "wasm_simd128.h": {"logs"}, "errno.h": {"check", "render"}, "math.h": {"render"}, "stdio.h": {"render"}}


def sources(pattern="*.[ch]"):
    """(folder, path) of every source file of the core."""
    for folder in LAYERS:
        for path in sorted((LIB / folder).rglob(pattern)):
            yield folder, path


def includes(path):
    """(form, name) of each #include of a file; the form is the opening mark."""
    return re.findall(r'^\s*#\s*include\s*(["<])([^">]+)[">]', path.read_text(), re.M)


def may_see(folder, other):
    """The files backend is compiled into the core: it stands above it, and sees base/ alone."""
    if folder == "backends" or other == "backends":
        return folder == other or other == "base"
    return folder == other or LAYERS[other] < LAYERS[folder]
