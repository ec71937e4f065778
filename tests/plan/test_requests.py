"""Requests that lie ready, wrong in each way: the plan says how, asks for another, and says what it did not check."""
import json

import library
import planning
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

RSA = rsa.generate_private_key(public_exponent=65537, key_size=2048)
WEAK = rsa.generate_private_key(public_exponent=65537, key_size=1024)
EC = ec.generate_private_key(ec.SECP256R1())
NAMES = ("expe1.example.net", "cluster.example.net", "expe.example.com")
SERVER, CLIENT, MAIL = (getattr(ExtendedKeyUsageOID, name) for name in ("SERVER_AUTH", "CLIENT_AUTH", "EMAIL_PROTECTION"))


def request(names=NAMES, usages=(SERVER, CLIENT), key=RSA, signs=True, deciphers=True, form="PEM"):
    usage = x509.KeyUsage(signs, False, deciphers, False, False, not (signs or deciphers), False, False, False)
    builder = x509.CertificateSigningRequestBuilder().subject_name(
        x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "expe1.example.net")]))
    if names:
        builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName(name) for name in names]), False)
    if usages:
        builder = builder.add_extension(x509.ExtendedKeyUsage(list(usages)), False)
    made = builder.add_extension(usage, True).sign(key, hashes.SHA256())
    return made.public_bytes(getattr(serialization.Encoding, form))


def broken():
    der = bytearray(request(form="DER"))
    der[-1] ^= 1
    return bytes(der)


def intent(role="server", version="14.3"):
    stores = {"server": {}, "calling": {}} if version == "15.5" else {"server": {}}
    stores[role]["ready"] = "ready.csr"
    return {"domains": [{"name": "example.com", "host": "expe"}],
            "clusters": [{"name": "cluster.example.net", "version": version, "keep_names": [],
                          "peers": [{"name": "expe1.example.net", "addresses": ["93.184.216.34"], **stores}]}]}


def planned(data, role="server", version="14.3"):
    plan = planning.plan_of(intent(role, version), files={"ready.csr": data},
                            evidence=[{"domain": "example.com", "facts": [planning.srv("example.com")]}])
    return plan, next(item for item in plan["requests"] if item["role"] == role)


def test_a_good_request_will_do_and_is_not_said_to_be_trusted():
    plan, item = planned(request())
    assert item["origin"] == "ready-request" and item["ready"]["will_do"] and item["ready"]["signature"] == "good"
    assert item["ready"]["not_checked"] == ["trust", "validity"] and item["openssl_config"] is None
    assert "R5" not in plan["judged_again"] and "R7" not in plan["judged_again"] and "R4" in plan["judged_again"]
    assert any("trust and validity of a request are not checked" in text for text in plan["assumed"])
    assert plan["after"] == "pass"


WRONG = {
    "no-target": (dict(names=NAMES[:2]), "error cert-name-mismatch"),
    "no-names": (dict(names=None), "error cert-name-mismatch"),
    "client-alone": (dict(usages=[CLIENT]), "error cert-eku-no-server-auth"),
    "mail-alone": (dict(usages=[MAIL]), "error cert-eku-no-server-auth"),
    "signs-no-handshake": (dict(signs=False, deciphers=False), "error cert-key-usage"),
    "deciphers-alone": (dict(signs=False), "error cert-key-usage"),  # it serves, and cannot call
    "weak-key": (dict(key=WEAK), "warning cert-key-weak"),
    "wildcard": (dict(names=["expe1.example.net", "*.example.com"]), "indeterminate cert-name-wildcard-only"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_request_that_is_wrong_is_refused_and_another_is_planned(name):
    options, finding = WRONG[name]
    plan, item = planned(request(**options))
    found = [f"{f['severity']} {f['code']}" for f in item["ready"]["findings"]]
    assert not item["ready"]["will_do"] and finding in found, found
    assert item["origin"] == "new" and "[names]" in item["openssl_config"]
    assert plan["after"] == "pass"  # of what is planned in its place
    step, = (step for step in plan["steps"] if step["kind"] == "request")
    assert "; anew, because ready.csr will not do: " in step["data"] and finding.split()[1] in step["data"]


PASSABLE = {
    "server-alone": (dict(usages=[SERVER]), "warning cert-eku-no-client-auth"),
    "no-usages": (dict(usages=None), None),
    "ecdsa": (dict(key=EC, deciphers=False), None),
}


@pytest.mark.parametrize("name", PASSABLE)
def test_what_is_only_a_warning_is_told_and_not_refused(name):
    options, finding = PASSABLE[name]
    _, item = planned(request(**options))
    found = [f"{f['severity']} {f['code']}" for f in item["ready"]["findings"]]
    assert item["ready"]["will_do"], found
    assert finding is None or finding in found, found


def test_a_broken_signature_refuses_by_itself():
    _, item = planned(broken())
    assert item["ready"]["signature"] == "bad" and not item["ready"]["will_do"] and item["origin"] == "new"
    assert not [f for f in item["ready"]["findings"] if f["severity"] == "error"]
    text = planning.text_of(intent(), files={"ready.csr": broken()})
    assert "1 of what lies ready will not do" in text.splitlines()[0] and "because ready.csr will not do: its signature" in " ".join(text.split())


def test_a_private_root_of_what_lies_ready_is_sent_before_it_is_loaded():
    wanted = intent()
    wanted["partners"] = [{"name": "skype.lab", "kind": "on-premises", "allowed": []}]
    ready = {"files": {"ready.csr": planning.pki("valid.pem")}}
    for public, private in ((["root"], []), ([], ["root"])):
        judge = planning.judge_of(None, public, private)
        steps = planning.plan_of(wanted, judge=judge, **ready)["steps"]
        letter, = (step["n"] for step in steps if step["kind"] == "letter")
        load, = (step for step in steps if step["kind"] == "expressway")
        assert (letter in load["after"]) == bool(private)
        text = planning.files_of(wanted, judge=judge, **ready)["letter-skype.lab.txt"]
        assert ("before we load the new certificates" in " ".join(text.split())) == bool(private)
        planning.core.fedval_judge_free(judge)


def test_the_head_counts_what_will_not_do():
    clusters = [{"name": "cluster.example.net", "version": "14.3", "keep_names": [], "peers": [
        {"name": f"expe{i}.example.net", "addresses": [f"93.184.216.{i}"], "server": {"ready": f"{i}.csr"}} for i in (1, 2)]}]
    both = {"domains": [{"name": "example.com", "host": "expe"}], "clusters": clusters}
    files = {"1.csr": request(key=WEAK), "2.csr": request(names=None)}
    assert "2 of what lies ready will not do" in planning.text_of(both, files=files).splitlines()[0]
    assert "of what lies ready" not in planning.text_of(intent(), files={"ready.csr": request()})


def test_pem_in_the_intent_has_no_name_to_give():
    wanted = intent()
    wanted["clusters"][0]["peers"][0]["server"]["ready"] = request(key=WEAK).decode()
    step, = (step for step in planning.plan_of(wanted)["steps"] if step["kind"] == "request")
    assert step["data"].endswith("; anew, because what lies ready will not do: cert-key-weak")


def test_the_calling_certificate_needs_client_auth_and_no_server_auth():
    _, item = planned(request(usages=[CLIENT]), "calling", "15.5")
    assert item["ready"]["will_do"], item["ready"]
    _, item = planned(request(usages=[SERVER]), "calling", "15.5")
    assert "cert-eku-no-client-auth" in planning.codes(item["ready"]["findings"], "warning")


def test_a_request_that_loses_a_name_is_told_by_name():
    wanted = intent()
    wanted["clusters"][0]["keep_names"] = [{"name": "mra.example.com", "for": "_collab-edge._tls"}]
    plan = planning.plan_of(wanted, files={"ready.csr": request()})
    lost = [f for f in plan["requests"][0]["ready"]["findings"] if f["code"] == "cert-names-lost"]
    assert len(lost) == 1 and "mra.example.com" in lost[0]["message"] and lost[0]["severity"] == "warning"


def of_two(first, second):
    peers = [{"name": f"expe{i}.example.net", "addresses": [f"93.184.216.{i}"], "server": {"ready": f"{i}.csr"}} for i in (1, 2)]
    wanted = {"domains": [{"name": "example.com", "host": "expe"}],
              "clusters": [{"name": "cluster.example.net", "version": "14.3", "keep_names": [], "peers": peers}]}
    return planning.plan_of(wanted, files={"1.csr": request(names=first), "2.csr": request(names=second)})


def test_files_of_two_peers_that_are_swapped_will_not_do():
    second = ("expe2.example.net", *NAMES[1:])
    plan = of_two(second, NAMES)
    for item in plan["requests"]:
        lost, = (f for f in item["ready"]["findings"] if f["code"] == "cert-names-lost")
        assert not item["ready"]["will_do"] and item["peer"] in lost["message"] and item["origin"] == "new"
    assert all("will not do: cert-names-lost" in step["data"] for step in plan["steps"] if step["kind"] == "request")
    assert all(item["ready"]["will_do"] and not item["ready"]["findings"] for item in of_two(NAMES, second)["requests"])
    both = ("expe2.example.net", *NAMES)
    assert all(item["ready"]["will_do"] and not item["ready"]["findings"] for item in of_two(both, both)["requests"])


def test_the_name_of_the_peer_is_told_where_it_would_be_lost():
    _, item = planned(request(names=NAMES[1:]))
    lost, = (f for f in item["ready"]["findings"] if f["code"] == "cert-names-lost")
    assert "expe1.example.net" in lost["message"] and lost["severity"] == "warning" and item["ready"]["will_do"]
    wanted = intent()
    wanted["clusters"][0]["peers"][0]["server"]["certificate"] = "now.pem"  # it has not got the name either
    plan = planning.plan_of(wanted, files={"ready.csr": request(names=NAMES[1:]), "now.pem": planning.pki("valid.pem")})
    assert not plan["requests"][0]["ready"]["findings"]


FILES = {"forms/key-pkcs8.der": "a private key", "forms/chain.p12": "a PKCS #12 file", "forms/key-public.der": "a public key"}


@pytest.mark.parametrize("name", FILES)
def test_what_is_no_request_is_named_for_what_it_is(name):
    thing, error = planning.read_json("intent", {"format": "fedval-intent/1", **intent()}), planning.ctypes.c_void_p(
        library.core.fedval_error_new())
    data = planning.pki(name)
    status = library.core.fedval_intent_supply_file(thing, planning.size(0), data, planning.size(len(data)), error)
    message = library.core.fedval_error_get_message(error).decode()
    library.core.fedval_error_free(error)
    library.core.fedval_intent_free(thing)
    assert status != 0 and FILES[name] in message, message


@pytest.mark.parametrize("form", ["PEM", "DER", "UTF-16", "CRLF"])
def test_every_form_of_a_request_is_read(form):
    data = request(form="DER" if form == "DER" else "PEM")
    if form == "UTF-16":
        data = data.decode().encode("utf-16")
    if form == "CRLF":
        data = data.replace(b"\n", b"\r\n")
    _, item = planned(data)
    assert item["origin"] == "ready-request"


@pytest.mark.parametrize("name", ["chain.der", "chain.p7b", "chain.p7b.pem", "chain-utf16le.pem", "chain-crlf.pem", "chain-and-crl.p7c",
                                  "bare-base64.cer"])
def test_every_form_of_a_chain_is_read(name):
    plan = planning.plan_of(intent(), files={"ready.csr": planning.pki(f"forms/{name}")})
    assert plan["requests"][0]["ready"]["kind"] == "certificate"


def test_a_reversed_file_is_told_and_read():
    blocks = [planning.base64.b64encode(der).decode() for der in reversed(library.ders_of("valid-cluster"))]
    pem = "".join(f"-----BEGIN CERTIFICATE-----\n{block}\n-----END CERTIFICATE-----\n" for block in blocks)
    _, item = planned(pem.encode())
    assert item["ready"]["reversed"] and item["ready"]["kind"] == "certificate"
    assert "in reverse" in planning.text_of(intent(), files={"ready.csr": pem.encode()})


def test_a_plan_fits_its_schema_and_an_intent_its_own():
    schemas = {path.name: json.loads(path.read_text()) for path in (library.TOP / "docs" / "schema").glob("*.json")}
    import jsonschema
    store = {schema["$id"]: schema for schema in schemas.values()}
    for data in (request(), request(names=None), planning.pki("valid-cluster.pem")):
        plan, _ = planned(data)
        for name, document in (("plan-1.json", plan), ("intent-1.json", {"format": "fedval-intent/1", **intent()})):
            resolver = jsonschema.RefResolver(schemas[name]["$id"], schemas[name], store=store)
            jsonschema.Draft202012Validator(schemas[name], resolver=resolver).validate(document)


def test_an_intent_is_written_as_it_was_read():
    document = {"format": "fedval-intent/1", **intent("calling", "15.5"), "ca": "private", "ttl": 600, "low_ttl": 60,
                "partners": [{"name": "skype.lab", "kind": "office365", "allowed": ["example.com"]}],
                "keep_records": ["a.example.com"], "trust": ["ca.pem"], "questions": ["why?"],
                "today": {"zones": ["lab.zone"], "evidence": ["lab.json"], "resolver": "192.0.2.53", "live": True}}
    thing = planning.read_json("intent", document)
    text = library.take(library.core.fedval_intent_to_json, thing)
    library.core.fedval_intent_free(thing)
    assert library.take(library.core.fedval_intent_to_json, planning.read_json("intent", text)) == text
    again = json.loads(text)
    for key, value in document.items():
        if key not in ("domains",):
            assert again[key] == value, key


MISTAKES = [
    ('{"format":"fedval-intent/1","domains":[{"nmae":"a.example"}]}', "nmae: this format has no such member; the nearest is name"),
    ('{"format":"fedval-intent/1","domains":[{"name":"a b"}]}', "domains[0].name: not a DNS name"),
    ('{"format":"fedval-intent/1","domains":[{"name":"a_b.example"}],"clusters":[{"peers":[{"name":"p.example"}]}]}', "domains[0].name: no host name"),
    ('{"format":"fedval-intent/1","domains":[{"name":"a.example"}],"clusters":[{"name":"c_1.example","peers":[{"name":"p.example"}]}]}', "clusters[0].name: no host name"),
    ('{"format":"fedval-intent/1","domains":[{"name":"a.example"}],"clusters":[{"peers":[{"name":"p_1.example"}]}]}', "peers[0].name: no host name"),
    ('{"format":"fedval-intent/1","domains":[{"name":"a.example","host":"x.y"}],"clusters":[{"peers":[{"name":"p.example"}]}]}', "host: not one label"),
    ('{"format":"fedval-intent/1","domains":[]}', "no domain"),
    ('{"format":"fedval-intent/1","domains":[{"name":"a.example"}]}', "there is no cluster that could serve it"),
    ('{"format":"fedval-intent/1","domains":[{"name":"a.example"}],"clusters":[{"peers":[]}]}', "at least one peer"),
    ('{"format":"fedval-intent/1","domains":[{"name":"a.example"},{"name":"A.example"}],"clusters":[{"peers":[{"name":"p.example"}]}]}', "twice"),
    ('{"format":"fedval-intent/1","domains":[{"name":"a.example"}],"clusters":[{"peers":[{"name":"p.example","addresses":["1.2.3"]}]}]}', "not an IP address"),
    ('{"format":"fedval-intent/1","domains":[{"name":"a.example"}],"clusters":[{"version":"new","peers":[{"name":"p.example"}]}]}', "not a release"),
    ('{"format":"fedval-intent/1","domains":[{"name":"a.example"}],"clusters":[{"peers":[{"name":"p.example","server":{"certificate":"-----BEGIN PRIVATE KEY-----\\nMAA=\\n-----END PRIVATE KEY-----\\n"}}]}]}', "a private key"),
    ('{"format":"fedval-intent/1","clusters":[{"version":15.5,"peers":[{"name":"p.example"}]}]}', 'put it in quotes, such as "15.5"'),
    ('{"format":"fedval-intent/1","clusters":[{"peers":[{"name":"p.example"}],"keep_names":[{"name":"m.example","peer":"q.example"}]}]}', "a peer that the cluster does not have"),
    ('{"format":"fedval-intent/1","clusters":[{"name":"a.example","peers":[{"name":"p.example","addresses":["192.0.2.1"]}]},{"name":"b.example","peers":[{"name":"q.example","addresses":["192.0.2.1"]}]}]}', "a peer with the name or address 192.0.2.1"),
    ('{"format":"fedval-intent/2","domains":[{"name":"a.example"}]}', "later format"),
]


@pytest.mark.parametrize("text, message", MISTAKES, ids=[message for _, message in MISTAKES])
def test_a_mistake_in_an_intent_is_named(text, message):
    with pytest.raises(library.Failure, match=planning.re.escape(message)):
        planning.read_json("intent", text)


@pytest.mark.parametrize("ca, asks", [("public", False), ("private", True)])
def test_office365_is_asked_about_where_a_private_ca_signs(ca, asks):
    intent = {"domains": [{"name": "a.example"}], "ca": ca, "clusters": [{"peers": [{"name": "p.example"}]}],
              "partners": [{"name": "m.example", "kind": "office365", "allowed": []}]}
    questions = planning.plan_of(intent)["questions"]
    assert any("which takes certificates of public CAs only" in str(question) for question in questions) == asks
