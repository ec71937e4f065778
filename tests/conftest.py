"""Each run has a temporary folder of its own and removes it: runs side by side do not meet, and nothing is left."""
import pathlib
import shutil
import sys
import tempfile

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config):
    if config.option.basetemp is None:
        config.fedval_folder = tempfile.mkdtemp(prefix="fedval-tests-")
        config.option.basetemp = str(pathlib.Path(config.fedval_folder, "pytest"))


def pytest_unconfigure(config):
    if hasattr(config, "fedval_folder"):
        shutil.rmtree(config.fedval_folder, ignore_errors=True)
