"""`python -m fedval` is the command."""
from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path


def command() -> str:
    """The path of the command: that of this package, else the one that is installed."""
    own = Path(__file__).with_name("bin") / "fedval"
    found = str(own) if own.exists() else shutil.which("fedval")
    # A script of that name beside the interpreter may be this module again.
    if found is None or (found != str(own) and Path(found).parent == Path(sys.executable).parent):
        sys.exit("fedval: this package was built without the command, and none is installed")
    return found


def main() -> None:
    """Becomes the command."""
    path = command()
    os.execv(path, ["fedval", *sys.argv[1:]])


if __name__ == "__main__":
    main()
