"""What monitoring reads: held to the plug-in guidelines, and read by promtool."""
import json
import re
import shutil
import subprocess

import library
import pytest
from test_render import CASES, hostile_evidence, report_of

PROMTOOL = shutil.which("promtool")
# Monitoring Plugins guidelines, "Performance data": label=value[UOM];[warn];[crit];[min];[max], parted by
# blanks; a label has neither "=" nor quotes, and wants none where it has no blank.
RANGE = r"@?(~|-?\d+)?:?(-?\d+)?"
DATUM = re.compile(rf"[^\s='\"]+=-?\d+;{RANGE};{RANGE}")


def first_line(nagios):
    text, _, data = nagios.splitlines()[0].partition(" | ")
    return text, data.split()


@pytest.mark.parametrize("name", CASES)
def test_performance_data_keep_to_the_guidelines(name):
    text, data = first_line(library.monitoring([report_of(name)])[0])
    assert len(text) < 500 and "|" not in text
    for datum in data:
        assert DATUM.fullmatch(datum), datum


def test_labels_have_no_blank_whatever_the_name_holds():
    _, data = first_line(library.monitoring([library.report_of(hostile_evidence())])[0])
    assert data and all(DATUM.fullmatch(datum) for datum in data)


def test_the_thresholds_are_those_of_the_policy():
    """The certificate of this case has 10,957 days left."""
    evidence, _, anchors = library.load(library.TOP / "tests" / "vectors" / "name" / "case.json")
    for days, status in ((0, 0), (10957, 0), (10958, 2)):
        policy = json.dumps({"format": "fedval-policy/1", "expiry_warning_days": 0, "expiry_critical_days": days,
                             "time": "2030-01-01T00:00:00Z"})
        report = library.report_of(evidence, policy, anchors.get("private", []), anchors.get("public", []))
        nagios, found, _ = library.monitoring([report])
        assert found == status, nagios
        assert first_line(nagios)[1] == [f"example.com_expe.example.com_days=10957;0:;{days}:"]


def test_steps_that_are_broken_or_open_are_listed():
    nagios = library.monitoring([report_of("name/mismatch")])[0]
    assert "\nbroken name expe.example.com:5061 20.30.40.50: cert-name-mismatch\n" in nagios
    assert not re.search("^(sound|not-asked) ", nagios, re.M)
    timeout = library.monitoring([report_of("srv/lookup-timeout")])[0]
    assert timeout.splitlines()[1:] == ["open srv: srv-lookup-failed"]


def test_metrics_about_the_run():
    report = report_of("certificate/expired")
    metrics = library.monitoring([report], library.run(num_unreadable=2, run_at=1893456000, duration_ms=12034))[2]
    assert 'fedval_finding{domain="example.com",profile="microsoft-edge",code="cert-expired",severity="error"} 1\n' in metrics
    for line in ('fedval_build_info{version="0.1.0"} 1', "fedval_unreadable_inputs 2", "fedval_run_timestamp_seconds 1893456000",
                 "fedval_run_duration_seconds 12.034"):
        assert f"\n{line}\n" in metrics
    plain = library.monitoring([report])[2]
    assert "fedval_run_" not in plain and "\nfedval_unreadable_inputs 0\n" in plain


def test_metrics_without_a_report_are_those_of_the_run():
    metrics = library.take(library.core.fedval_reports_to_prometheus, None, library.ctypes.c_size_t(0), None)
    assert {line.split("{")[0].split()[0] for line in metrics.splitlines() if line[0] != "#"} == {
        "fedval_build_info", "fedval_unreadable_inputs"}


def test_options_of_an_unknown_size_are_refused():
    short = library.MetricsOptions(4)
    with pytest.raises(library.Failure):
        library.monitoring([report_of("name/case")], short)


@pytest.mark.skipif(PROMTOOL is None, reason="promtool is not installed")
def test_promtool_reads_every_metric():
    reports = [report_of(name) for name in CASES] + [library.report_of(hostile_evidence())]
    metrics = library.monitoring(reports, library.run(1, 1893456000, 7))[2]
    done = subprocess.run([PROMTOOL, "check", "metrics"], input=metrics, capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
