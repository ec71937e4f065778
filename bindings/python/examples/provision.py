"""A live check of DNS and the servers, by the network: may this domain go live, and if not, who has to change what?

usage: provision.py [--side cisco|microsoft] [--partner-root FILE] DOMAIN...

The exit status is 0 where every domain passes, 1 where one fails, 2 where one could not be decided.
"""
from __future__ import annotations

import argparse
import sys

import fedval


def judge_of(side: str, roots: list[str]) -> fedval.Judge:
    """The policy of this installation: certificates have to hold for 60 days more."""
    policy = fedval.Policy("microsoft-edge" if side == "cisco" else "expressway", side=side, expiry_warning_days=60)
    return fedval.Judge(policy, anchors=fedval.Anchors(system=True, private=roots), cache=1000)


def show(check: fedval.Check) -> int:
    """Prints what came of one domain; returns its exit status."""
    if check.error is not None:
        print(f"{check.domain}: not checked: {check.error}")
        return 2
    report = check.report
    print(f"{check.domain}: {report.verdict}")
    if report.verdict == fedval.Verdict.INDETERMINATE:
        print(f"  not seen: {', '.join(report.not_checked)}")
    for finding in report.findings:
        if finding.severity in (fedval.Severity.ERROR, fedval.Severity.INDETERMINATE):
            print(f"  {finding.code}: {finding.message}")
    for action in report.actions:
        print(f"  to do on the {action.side} side: {action.op} {action.kind} {action.owner or ''} {action.data}")
    return {"pass": 0, "fail": 1}.get(report.verdict, 2)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--side", choices=["cisco", "microsoft"], default="cisco")
    parser.add_argument("--partner-root", action="append", default=[])
    parser.add_argument("domain", nargs="+")
    options = parser.parse_args()
    judge = judge_of(options.side, options.partner_root)
    statuses = {show(check) for check in fedval.check_many(options.domain, judge=judge)}
    return 1 if 1 in statuses else max(statuses)


if __name__ == "__main__":
    sys.exit(main())
