"""Writes the C source of the extension fedval._fedval (cffi, API mode) out of the public headers.

usage: extension.py DEPFILE OUTPUT HEADER...
"""
import pathlib
import re
import sys

import cffi
from headers import declarations, write_depfile

# The library calls these; each is a Python function (ports.py, checking.py).
CALLBACKS = """
extern "Python" {
    fedval_status fedval_python_attach(const fedval_port_events *events, void *user);
    fedval_status fedval_python_start(uint64_t ticket, const fedval_question *question, int64_t now_ms,
                                      int64_t deadline_ms, fedval_fact *fact, void *user);
    void fedval_python_ready(int32_t fd, uint32_t events, int64_t now_ms, void *user);
    int64_t fedval_python_next_deadline(void *user);
    void fedval_python_expire(int64_t now_ms, void *user);
    void fedval_python_cancel(uint64_t ticket, void *user);
    void fedval_python_done(uint64_t id, fedval_evidence *evidence, fedval_status status, void *user);
}
"""

HELPERS = """
uint32_t fedval_python_pack(const char *joined, size_t joined_len, size_t num_items, char *out_text,
                            uint32_t *out_offsets);
int64_t fedval_python_clock(void *user);
"""

# No rule stands here. A list of texts reaches C as one, with a NUL between its items, and becomes the packed arrays of
# the batch functions.
HELPERS_SOURCE = """
#include <string.h>
#include <time.h>

/* The time of day for a runner, or that which `user` points to. */
static int64_t fedval_python_clock(void *user)
{
    return user == NULL ? (int64_t)time(NULL) : *(const int64_t *)user;
}

/* Copies the `num_items` texts of `joined`, which NULs divide, to `out_text` without the NULs, and writes where each
   begins and the last ends. Returns 0 where there are more or fewer of them, else 1. */
static uint32_t fedval_python_pack(const char *joined, size_t joined_len, size_t num_items, char *out_text,
                                   uint32_t *out_offsets)
{
    const char *from = joined, *end = joined + joined_len;
    size_t length = 0;
    for (size_t i = 0; i < num_items; i++) {
        const char *nul = memchr(from, 0, (size_t)(end - from));
        size_t item_len = (size_t)((nul == NULL ? end : nul) - from);
        if ((nul == NULL) != (i + 1 == num_items))
            return 0;
        out_offsets[i] = (uint32_t)length;
        memcpy(out_text + length, from, item_len);
        length += item_len;
        from = nul == NULL ? end : nul + 1;
    }
    out_offsets[num_items] = (uint32_t)length;
    return 1;
}
"""


def in_order(headers):
    """Each header after those that it includes."""
    by_name, ordered = {pathlib.Path(header).name: header for header in headers}, []

    def visit(header):
        if header in ordered:
            return
        for name in re.findall(r'#include "fedval/(\w+\.h)"', pathlib.Path(header).read_text(encoding="utf-8")):
            if name in by_name and by_name[name] != header:
                visit(by_name[name])
        ordered.append(header)

    for header in headers:
        visit(header)
    return ordered


def main():
    depfile, output, *headers = sys.argv[1:]
    write_depfile(depfile, output, headers)
    headers = in_order(headers)
    ffi = cffi.FFI()
    ffi.cdef("".join(declarations(header) for header in headers) + HELPERS)
    ffi.cdef(CALLBACKS)
    includes = "".join(f'#include "fedval/{pathlib.Path(header).name}"\n' for header in headers)
    ffi.set_source("fedval._fedval", includes + HELPERS_SOURCE)
    ffi.emit_c_code(output)


if __name__ == "__main__":
    main()
