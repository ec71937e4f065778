"""What is made: certificates, chains and CRLs as rows. make.py turns them into out/.

Every end-entity certificate is for expe.example.com, the SRV target that serves example.com, unless
its row says otherwise. The keys of end-entity certificates are shared: one a type.
"""
import der

TARGET = ("dns", "expe.example.com")
CA_USE = ["cert", "crl"]
UNKNOWN_OID = "1.3.6.1.4.1.99999.1"
NETSCAPE_TYPE_OID = "2.16.840.1.113730.1.1"
CLUSTER = [("dns", f"{name}.example.com") for name in ("expe", "expe1", "expe2", "expe-cluster")]

CERTIFICATE_DEFAULTS = {
    "subject": "CN=expe.example.com,O=Example", "issuer": "issuing", "key": "leaf-rsa2048",
    "from": "2020-01-01", "to": "2060-01-01", "version": 3, "sign": "sha256",
    "ca": None, "pathlen": None, "ku": ["sign", "encipher"], "eku": ["server", "client"], "sans": [TARGET],
    "key_ids": True, "permitted": [], "excluded": [], "extra": [],
    "crl_urls": ["http://pki.example.com/issuing.crl"], "aia_urls": ["http://pki.example.com/issuing.der"],
    "issuer_name": None, "issuer_string": der.utf8, "damage": None,
}


def authority(name, issuer, subject=None, key=None, **fields):
    row = {"subject": subject or f"CN=Test {name},O=Example", "issuer": issuer, "key": key or f"{name}-rsa2048",
           "from": "2015-01-01", "to": "2065-01-01", "ca": True, "ku": CA_USE, "eku": [], "sans": None,
           "crl_urls": [], "aia_urls": []}
    return name, {**row, **fields}


def issuing(name, issuer="root", **fields):
    """A CA that differs from "issuing" in one point; same name and key, so the leaves fit it too."""
    return authority(name, issuer, subject="CN=Test issuing,O=Example", key="issuing-rsa2048", **fields)


AUTHORITIES = [
    authority("root", "root"),
    authority("root-other", "root-other"),
    authority("root-p256", "root-p256", key="root-p256"),
    authority("root-p384", "root-p384", key="root-p384", sign="sha384"),
    authority("root-ed25519", "root-ed25519", key="root-ed25519"),
    authority("root-expired", "root-expired", to="2020-06-01"),
    authority("root-v1", "root-v1", version=1),
    authority("issuing", "root", pathlen=0),
    authority("issuing-p256", "root-p256", key="issuing-p256"),
    authority("issuing-p384", "root-p384", key="issuing-p384", sign="sha384"),
    authority("issuing-rsa1024", "root", key="issuing-rsa1024"),
    authority("below", "issuing"),
    authority("root-crossed", "root-other", subject="CN=Test root,O=Example", key="root-rsa2048"),
    authority("root-crossed-by-expired", "root-expired", subject="CN=Test root,O=Example", key="root-rsa2048"),
    authority("below-expired-root", "root-expired"),
    authority("below-v1-root", "root-v1"),
    issuing("issuing-expired", to="2020-06-01"),
    issuing("issuing-future", **{"from": "2059-01-01"}),
    issuing("issuing-crossed", issuer="root-other"),
    issuing("issuing-not-a-ca", ca=False),
    issuing("issuing-no-constraints", ca=None),
    issuing("issuing-no-cert-sign", ku=["crl"]),
    issuing("issuing-no-crl-sign", ku=["cert"]),
    issuing("issuing-client-only", eku=["client"]),
    issuing("issuing-server-only", eku=["server"]),
    issuing("issuing-permits", permitted=[("dns", "example.com")]),
    issuing("issuing-permits-other", permitted=[("dns", "other.example")]),
    issuing("issuing-permits-unreadable", permitted=[("unreadable", b"x")]),
    issuing("issuing-excludes", excluded=[("dns", "example.com")]),
    issuing("issuing-excludes-directory", excluded=[("dir", "CN=expe.example.com")]),
    issuing("issuing-sha1", sign="sha1"),
    issuing("issuing-pss", sign="pss"),
    issuing("issuing-bad-signature", damage="signature"),
    issuing("issuing-critical", extra=[(UNKNOWN_OID, True, der.null())]),
    issuing("issuing-requires-policy",
            extra=[("2.5.29.36", True, der.sequence(der.context(0, b"\0", constructed=False)))]),
    issuing("issuing-expires-soon", to="2030-01-15"),
]

# name, what differs from the default certificate, what it is for
LEAVES = [
    ("valid", {}, "sound: SAN expe.example.com, serverAuth and clientAuth"),
    ("valid-p256", {"key": "leaf-p256", "issuer": "issuing-p256"}, "sound, ECDSA P-256"),
    ("valid-p384", {"key": "leaf-p384", "issuer": "issuing-p384", "sign": "sha384"}, "sound, ECDSA P-384"),
    ("valid-ed25519", {"key": "leaf-ed25519", "issuer": "root-ed25519"}, "Ed25519 all the way; mbedTLS cannot read it"),
    ("valid-pss", {"sign": "pss"}, "RSASSA-PSS signature"),
    ("valid-cluster", {"sans": CLUSTER}, "SAN of all peers and of the cluster"),
    ("valid-second-peer", {"subject": "CN=expe2.example.com,O=Example", "sans": [("dns", "expe2.example.com")]},
     "sound, for the second peer alone"),
    ("valid-two-domains", {"sans": [TARGET, ("dns", "vcse.other.example")]}, "SAN of the targets of two domains"),
    ("valid-until-2049", {"to": "2049-12-31"}, "sound, with an end before 2050"),
    ("valid-case", {"sans": [("dns", "EXPE.Example.COM")]}, "SAN in mixed case"),
    ("valid-issuer-printable", {"issuer_string": der.printable}, "issuer as PrintableString, UTF8String in the CA"),
    ("valid-issuer-blanks", {"issuer_name": "CN=test  ISSUING ,O=example"}, "issuer differs in case and blanks"),
    ("valid-no-key-ids", {"key_ids": False}, "neither AKI nor SKI"),
    ("valid-any-eku", {"eku": ["any"]}, "anyExtendedKeyUsage"),
    ("valid-no-eku", {"eku": []}, "no EKU extension: any purpose"),
    ("valid-empty-subject", {"subject": ""}, "empty subject, critical SAN"),
    ("expired", {"to": "2024-01-01"}, "end-entity certificate expired 2024-01-01"),
    ("not-yet-valid", {"from": "2055-01-01"}, "valid from 2055-01-01"),
    ("expires-soon", {"to": "2030-01-15"}, "valid until 2030-01-15: judge at 2030-01-01 for cert-expires-soon"),
    ("name-other", {"subject": "CN=vcse.other.example", "sans": [("dns", "vcse.other.example")]}, "another host's name"),
    ("name-parent", {"subject": "CN=example.com", "sans": [("dns", "example.com")]}, "the SIP domain only"),
    ("name-domain-too", {"sans": [TARGET, ("dns", "example.com")]}, "the target and the SIP domain"),
    ("name-cn-only", {"sans": None}, "no SAN at all, CN expe.example.com"),
    ("name-cn-beside-san", {"sans": [("dns", "other.example.com")]}, "CN expe.example.com, SAN without it"),
    ("name-cn-beside-ip", {"sans": [("ip", "192.0.2.1")]}, "CN expe.example.com, SAN with an address only"),
    ("name-two-cns", {"subject": "CN=first.example.com,CN=expe.example.com", "sans": None}, "two CNs, no SAN"),
    ("name-wildcard", {"subject": "CN=example", "sans": [("dns", "*.example.com")]}, "wildcard only"),
    ("name-wildcard-too", {"sans": [("dns", "*.example.com"), TARGET]}, "wildcard beside the FQDN"),
    ("name-sip-uri", {"subject": "CN=example", "sans": [("uri", "sip:example.com")]}, "sip: URI of the domain (RFC 5922)"),
    ("name-ip", {"subject": "CN=example", "sans": [("ip", "127.0.0.1")]}, "an address only"),
    ("name-nul", {"subject": "CN=example", "sans": [("dns", b"expe.example.com\0.evil.example")]}, "NUL inside the SAN"),
    ("name-not-ascii", {"sans": [("dns", "expé.example.com".encode()), TARGET]}, "raw UTF-8 in a dNSName"),
    ("name-cn-in-organisation", {"subject": "O=Evil\\, CN=good.example.com", "sans": [("dns", "bad.example.com")]},
     "no CN: the organisation's name looks like one"),
    ("name-empty-san", {"sans": []}, "an empty subjectAltName sequence"),
    ("name-trailing-dot", {"subject": "CN=example", "sans": [("dns", "expe.example.com.")]}, "trailing dot in the SAN"),
    ("self-signed", {"issuer": "self-signed"}, "self-signed end-entity certificate"),
    ("untrusted", {"issuer": "root-other"}, "issued by a root that is not trusted"),
    ("eku-client-only", {"eku": ["client"]}, "no serverAuth"),
    ("eku-server-only", {"eku": ["server"]}, "no clientAuth"),
    ("netscape-client-only", {"extra": [(NETSCAPE_TYPE_OID, False, der.named_bits(0))]}, "nsCertType: SSL client alone"),
    ("netscape-server-only", {"extra": [(NETSCAPE_TYPE_OID, False, der.named_bits(1))]}, "nsCertType: SSL server alone"),
    ("eku-other", {"eku": ["email"]}, "neither serverAuth nor clientAuth"),
    ("key-rsa1024", {"key": "leaf-rsa1024"}, "RSA of 1024 bits"),
    ("key-rsa8192", {"key": "leaf-rsa8192"}, "RSA of 8192 bits: does not work on Expressway"),
    ("issuer-rsa1024", {"issuer": "issuing-rsa1024"}, "issued with an RSA key of 1024 bits"),
    ("signature-sha1", {"sign": "sha1"}, "SHA-1 signature"),
    ("signature-md5", {"sign": "md5"}, "MD5 signature"),
    ("signature-bad", {"damage": "signature"}, "a bit of the signature turned over"),
    ("signature-algorithms-differ", {"damage": "algorithm"}, "inner and outer algorithm differ"),
    ("no-crl-url", {"crl_urls": []}, "no CRL distribution point"),
    ("no-issuer-url", {"aia_urls": []}, "no authorityInfoAccess: nobody can fetch the issuer"),
    ("revoked", {}, "listed in out/issuing.crl"),
    ("usage-encipher", {"ku": ["encipher"]}, "keyUsage keyEncipherment alone: a server's RSA key, no more"),
    ("usage-neither", {"ku": ["cert"]}, "keyUsage that lets the key neither sign nor encipher"),
    ("usage-p256-encipher", {"key": "leaf-p256", "ku": ["encipher"]}, "keyEncipherment alone, of an EC key"),
    ("text-not-utf8", {"damage": "text"}, "the subject's organisation is no UTF-8"),
    ("trailing-in-tbs", {"damage": "trailing"}, "a field [4] behind the extensions"),
    ("time-without-seconds", {"damage": "time"}, "a UTCTime without seconds"),
    ("is-a-ca", {"ca": True, "ku": CA_USE + ["sign"]}, "end-entity certificate that is a CA"),
    ("version-1", {"version": 1}, "version 1: no extensions"),
    ("critical-unknown", {"extra": [(UNKNOWN_OID, True, der.null())]}, "unknown critical extension"),
    ("wrong-issuer-key-id", {"key_ids": "wrong"}, "the authorityKeyIdentifier is not the issuer's"),
    ("unknown", {"extra": [(UNKNOWN_OID, False, der.null())]}, "unknown extension, not critical"),
    ("must-staple", {"extra": [("1.3.6.1.5.5.7.1.24", False, der.sequence(der.integer(5)))]},
     "TLS feature status_request (must-staple)"),
    ("duplicate-extension", {"extra": [("2.5.29.14", False, der.octets(b"1234"))]}, "two subjectKeyIdentifiers"),
    ("below", {"issuer": "below"}, "under a CA that its issuer's pathLen forbids"),
    ("below-v1-root", {"issuer": "below-v1-root"}, "anchor of version 1"),
    ("below-expired-root", {"issuer": "below-expired-root"}, "the root itself has expired"),
]
SAME_CERTIFICATE_UNDER = {  # chain: (its CA in place of "issuing", about)
    "issuer-expired": ("issuing-expired", "the intermediate expired 2020-06-01"),
    "issuer-not-yet-valid": ("issuing-future", "the intermediate is valid from 2059"),
    "issuer-expires-soon": ("issuing-expires-soon", "the intermediate is valid until 2030-01-15"),
    "issuer-not-a-ca": ("issuing-not-a-ca", "basicConstraints CA:FALSE"),
    "issuer-no-constraints": ("issuing-no-constraints", "no basicConstraints"),
    "issuer-no-cert-sign": ("issuing-no-cert-sign", "keyUsage without keyCertSign"),
    "issuer-client-only": ("issuing-client-only", "EKU clientAuth on the intermediate"),
    "issuer-server-only": ("issuing-server-only", "EKU serverAuth on the intermediate"),
    "issuer-permits": ("issuing-permits", "sound: name constraint permits example.com"),
    "issuer-permits-other": ("issuing-permits-other", "name constraint permits other.example only"),
    "issuer-permits-unreadable": ("issuing-permits-unreadable", "a name constraint with an entry that nobody can read"),
    "issuer-excludes": ("issuing-excludes", "name constraint excludes example.com"),
    "issuer-excludes-directory": ("issuing-excludes-directory", "name constraint excludes a directory name"),
    "issuer-sha1": ("issuing-sha1", "the intermediate is signed with SHA-1"),
    "issuer-pss": ("issuing-pss", "sound: the intermediate is signed with RSASSA-PSS"),
    "issuer-bad-signature": ("issuing-bad-signature", "the intermediate's signature is wrong"),
    "issuer-critical-unknown": ("issuing-critical", "unknown critical extension in the intermediate"),
    "issuer-requires-policy": ("issuing-requires-policy", "requireExplicitPolicy 0 and no policy in the leaf"),
}

# chain: (certificates as sent, end-entity certificate first; about)
OTHER_CHAINS = {
    "incomplete": (["valid"], "the intermediate is missing"),
    "incomplete-no-url": (["no-issuer-url"], "the intermediate is missing, and nothing says where it is"),
    "with-root": (["valid", "issuing", "root"], "sound: the root is sent too"),
    "out-of-order": (["valid", "root", "issuing"], "the root before the intermediate"),
    "unneeded": (["valid", "issuing", "root-other", "issuing-p256"], "strangers behind the chain"),
    "twice": (["valid", "issuing", "issuing", "valid"], "certificates sent twice"),
    "leaf-last": (["issuing", "valid"], "the end-entity certificate is not first"),
    "crossed": (["valid", "issuing-crossed", "issuing"], "sound: a cross-signed issuer stands first"),
    "bogus-issuer-first": (["valid", "issuing-bad-signature", "issuing"], "sound: a bogus issuer of the same name first"),
    "not-a-ca-first": (["valid", "issuing-not-a-ca", "issuing"], "first a twin of the issuer that is no CA"),
    "not-a-ca-last": (["valid", "issuing", "issuing-not-a-ca"], "sound: the twin that is no CA comes last"),
    "client-only-first": (["valid", "issuing-client-only", "issuing"], "first a twin of the issuer with EKU clientAuth"),
    "client-only-last": (["valid", "issuing", "issuing-client-only"], "sound: the twin with EKU clientAuth comes last"),
    "excludes-first": (["valid", "issuing-excludes", "issuing"], "first a twin of the issuer that excludes example.com"),
    "excludes-last": (["valid", "issuing", "issuing-excludes"], "sound: the twin that excludes example.com comes last"),
    "critical-first": (["valid", "issuing-critical", "issuing"], "first a twin of the issuer with a critical extension"),
    "critical-last": (["valid", "issuing", "issuing-critical"], "sound: the twin with a critical extension comes last"),
    "crossed-last": (["valid", "issuing", "issuing-crossed"], "sound: a cross-signed issuer comes last"),
    "expired-issuer-first": (["valid", "issuing-expired", "issuing"], "sound: an expired issuer of the same name first"),
    "root-crossed": (["valid", "issuing", "root-crossed"], "sound to root, and to root-other by the cross"),
    "root-crossed-by-expired": (["valid", "issuing", "root-crossed-by-expired", "root-expired"],
                                "sound to root although an expired root is sent"),
}
ANCHORS = {"valid-p256": "root-p256", "valid-p384": "root-p384", "valid-ed25519": "root-ed25519",
           "below-v1-root": "root-v1", "below-expired-root": "root-expired"}

CRL_DEFAULTS = {"issuer": "issuing", "from": "2020-01-01", "to": "2060-01-01", "number": 1, "extra": [],
                "damage": None, "revoked": ["revoked"]}
CRLS = {
    "issuing": ({}, "lists \"revoked\""),
    "issuing-clean": ({"revoked": [], "number": 2}, "lists nothing"),
    "issuing-stale": ({"to": "2021-01-01", "revoked": []}, "nextUpdate has passed"),
    "issuing-bad-signature": ({"damage": "signature"}, "wrong signature"),
    "issuing-other-key": ({"issuer": "issuing-other-key"}, "of a CA with the same name and another key"),
    "issuing-indirect": ({"extra": [("2.5.29.28", True, der.sequence(der.context(4, b"\xff", constructed=False)))]},
                         "indirect (critical issuingDistributionPoint)"),
    "issuing-delta": ({"extra": [("2.5.29.27", True, der.integer(1))]}, "delta CRL"),
    "issuing-critical-unknown": ({"extra": [(UNKNOWN_OID, True, der.null())]}, "unknown critical extension"),
    "root": ({"issuer": "root", "revoked": []}, "of the root, lists nothing"),
    "root-revokes-issuing": ({"issuer": "root", "revoked": ["issuing"], "number": 2}, "of the root, lists the intermediate"),
}
AUTHORITIES.append(authority("issuing-other-key", "root", subject="CN=Test issuing,O=Example"))
