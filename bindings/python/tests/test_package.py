"""What is installed: the command, the types, the documents of every call."""
import inspect
import subprocess
import sys

import pytest

import fedval
from fedval.__main__ import command


def test_the_module_is_the_command():
    try:
        command()
    except SystemExit:
        pytest.skip("built without the command, and none is installed")
    run = subprocess.run([sys.executable, "-m", "fedval", "match", "example.com", "expe.example.com"],
                         capture_output=True, text=True, check=False)
    assert (run.returncode, run.stdout.split()[:3]) == (0, ["example.com", "->", "expe.example.com"])
    wrong = subprocess.run([sys.executable, "-m", "fedval", "match"], capture_output=True, check=False)
    assert wrong.returncode == 64


def test_everything_public_has_a_docstring():
    for name in fedval.__all__:
        thing = getattr(fedval, name)
        if inspect.isclass(thing) or inspect.isfunction(thing):
            assert thing.__doc__, name
        if inspect.isclass(thing) and thing.__module__.startswith("fedval") and not issubclass(thing, str):
            for member, value in vars(thing).items():
                if not member.startswith("_") and (inspect.isfunction(value) or isinstance(value, property)):
                    assert value.__doc__, f"{name}.{member}"


def test_the_version_is_that_of_the_library():
    assert fedval.__version__.count(".") == 2
    assert "openssl" in fedval.libraries
