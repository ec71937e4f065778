"""`python -m fedval` is the command."""
from __future__ import annotations

import os
import sys
from pathlib import Path


def is_program(path: Path) -> bool:
    """Whether it is the command itself: a script of that name is this module again."""
    try:
        with open(path, "rb") as file:
            return file.read(2) != b"#!" and os.access(path, os.X_OK)
    except OSError:
        return False


def command() -> str:
    """The path of the command: that of this package, else the one that is installed."""
    places = [Path(__file__).with_name("bin"), *map(Path, os.get_exec_path())]
    for place in places:
        if is_program(place / "fedval"):
            return str(place / "fedval")
    sys.exit("fedval: this package was built without the command, and none is installed")


def main() -> None:
    """Becomes the command."""
    path = command()
    os.execv(path, ["fedval", *sys.argv[1:]])


if __name__ == "__main__":
    main()
