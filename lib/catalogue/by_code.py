#!/usr/bin/env python3
"""Writes a C file with the catalogue's row of each code, so that a row is found without a search.

usage: by_code.py CATALOGUE_H OUT ROWS...     ROWS: rows_FAMILY.c, whose table is fv_rows_FAMILY
"""
import pathlib
import re
import sys

CODE = re.compile(r"\bFEDVAL_FINDING_(\w+) = (\d+),")
ROW = re.compile(r"^\s*\{CODE\((\w+),", re.M)


def main(header, out, *tables):
    numbers = {name: int(number) for name, number in CODE.findall(pathlib.Path(header).read_text())}
    rows = {}
    for table in map(pathlib.Path, tables):
        for index, name in enumerate(ROW.findall(table.read_text())):
            rows[numbers[name]] = f"&fv_{table.stem}[{index}]"
    lines = [f"    {rows.get(number, 'NULL')}," for number in range(max(numbers.values()) + 1)]
    pathlib.Path(out).write_text("/* Written by by_code.py from the rows. */\n"
                                 '#include "catalogue/rows.h"\n\n'
                                 "const fedval_catalogue_entry *const fv_rows_by_code[] = {\n"
                                 + "\n".join(lines) + "\n};\n"
                                 f"const size_t fv_num_rows_by_code = {len(lines)};\n")


main(*sys.argv[1:])
