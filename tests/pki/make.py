#!/usr/bin/python3
"""Makes tests/pki/out from table.py: chains, single certificates, keys, CRLs and manifest.json.

usage: tests/pki/make.py [--remake]

What is there already is kept (RSASSA-PSS and ECDSA signatures differ each time), so a new row adds
its own files and changes no other. --remake makes everything anew with the keys that are there.
"""
import base64
import json
import pathlib
import sys

import build
import table

OUT = build.HERE / "out"


def pem(label, body):
    text = base64.b64encode(body).decode()
    lines = [text[start:start + 64] for start in range(0, len(text), 64)]
    return "\n".join([f"-----BEGIN {label}-----", *lines, f"-----END {label}-----", ""])


def rows():
    made = {}
    for name, fields in table.AUTHORITIES + [row[:2] for row in table.LEAVES]:
        key = "leaf:" + name if name in made else name
        made[key] = {**table.CERTIFICATE_DEFAULTS, **fields, "name": key}
    return made


class Maker:
    def __init__(self, remake):
        self.rows = rows()
        self.remake = remake
        self.manifest = {"chains": {}, "crls": {}}

    def write(self, name, make):
        path = OUT / name
        if self.remake or not path.exists():
            path.write_text(make())

    def single(self, name):
        """The PEM text of one certificate; its file is out/certs/NAME.pem."""
        row = self.rows[name]
        path = "certs/" + name.replace("leaf:", "leaf-") + ".pem"
        self.write(path, lambda: pem("CERTIFICATE", build.certificate(row, self.rows[row["issuer"]])))
        return (OUT / path).read_text()

    def up_to_anchor(self, name):
        """A certificate and its issuers, the anchor left out."""
        made = [name]
        while True:
            issuer = self.rows[made[-1]]["issuer"]
            if issuer == made[-1] or self.rows[issuer]["issuer"] == issuer:
                return made
            made.append(issuer)

    def chain(self, name, certificates, about):
        self.write(f"{name}.pem", lambda: "".join(self.single(item) for item in certificates))
        key = next(self.rows[item]["key"] for item in certificates if self.rows[item]["key"].startswith("leaf"))
        self.manifest["chains"][name] = {
            "chain": f"out/{name}.pem", "key": f"keys/{key}.key", "about": about,
            "anchor": f"out/certs/{table.ANCHORS.get(name, 'root')}.pem"}

    def chains(self):
        for name, _, about in table.LEAVES:
            row = "leaf:" + name if "leaf:" + name in self.rows else name
            self.chain(name, self.up_to_anchor(row), about)
        for name, (issuer, about) in table.SAME_CERTIFICATE_UNDER.items():
            self.chain(name, ["valid", issuer], about)
        for name, (certificates, about) in table.OTHER_CHAINS.items():
            self.chain(name, certificates, about)

    def crls(self):
        for name, (fields, about) in table.CRLS.items():
            row = {**table.CRL_DEFAULTS, **fields}
            serials = [build.serial(self.rows[item]) for item in row["revoked"]]
            self.write(f"{name}.crl", lambda: pem("X509 CRL", build.crl(row, self.rows[row["issuer"]], serials)))
            self.manifest["crls"][name] = {"crl": f"out/{name}.crl", "about": about}

    def everything(self):
        (OUT / "certs").mkdir(parents=True, exist_ok=True)
        for name in self.rows:
            self.single(name)
        self.chains()
        self.crls()
        (OUT / "manifest.json").write_text(json.dumps(self.manifest, indent=1) + "\n")


if __name__ == "__main__":
    Maker("--remake" in sys.argv[1:]).everything()
