"""Prints the public headers, a path each.

usage: list.py FOLDER NAME...     NAME: a header that is left out
"""
import pathlib
import sys

for header in sorted(pathlib.Path(sys.argv[1]).glob("*.h")):
    if header.name not in sys.argv[2:]:
        print(header)
