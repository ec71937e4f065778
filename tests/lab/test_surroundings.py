"""Reports do not depend on where they are made: not on the locale, the clock, the time zone."""
import os
import pathlib
import subprocess

import pytest

import lab

FAKETIME = sorted(pathlib.Path("/usr/lib").glob("*/faketime/libfaketime.so.1"))


def both(**environment):
    """Reports of a faulty and of the sound case, as JSON and text, under an environment."""
    return [lab.run(case, "--format", form, **environment).stdout for case in (1, 5) for form in ("json", "text")]


@pytest.mark.parametrize("locale", ["tr_TR", "de_DE"])
def test_locale_changes_nothing(locale, tmp_path):
    # Turkish has another lower case of I, German another decimal point.
    made = subprocess.run(["localedef", "-i", locale, "-f", "UTF-8", str(tmp_path / f"{locale}.UTF-8")],
                          capture_output=True)
    if made.returncode > 1:
        pytest.skip("localedef cannot make the locale")
    assert both(LOCPATH=str(tmp_path), LC_ALL=f"{locale}.UTF-8", LANG=f"{locale}.UTF-8") == both(LC_ALL="C")


@pytest.mark.parametrize("shift", ["-9y", "+12y"])
def test_system_clock_changes_nothing(shift):
    if not FAKETIME:
        pytest.skip("libfaketime is not installed")
    if os.environ.get("FEDVAL_SANITIZE", "none") != "none":
        pytest.skip("a sanitizer's runtime has to be loaded first")
    shifted = both(LD_PRELOAD=str(FAKETIME[0]), FAKETIME=shift, FAKETIME_DONT_FAKE_MONOTONIC="1")
    assert shifted == both()


def test_clock_is_really_shifted():
    if not FAKETIME:
        pytest.skip("libfaketime is not installed")
    year = subprocess.run(["date", "+%Y"], env={"LD_PRELOAD": str(FAKETIME[0]), "FAKETIME": "-30y", "PATH": "/usr/bin:/bin"},
                          capture_output=True, text=True).stdout
    assert int(year) < 2010


def test_time_zone_changes_nothing():
    assert both(TZ="Pacific/Auckland") == both(TZ="UTC")
