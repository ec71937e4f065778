"""Writes a file as a NUL-ended array of C: embed.py INPUT OUTPUT NAME"""
import pathlib
import sys

data = pathlib.Path(sys.argv[1]).read_bytes() + b"\0"
rows = [data[i:i + 24] for i in range(0, len(data), 24)]
body = "".join("    " + " ".join(f"{byte}," for byte in row) + "\n" for row in rows)
pathlib.Path(sys.argv[2]).write_text(f"extern const char {sys.argv[3]}[];\nconst char {sys.argv[3]}[] = {{\n{body}}};\n")
