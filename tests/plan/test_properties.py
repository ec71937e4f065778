"""Properties of plans over random intents: the intended state passes; without any one of the records, names or issuers
that were planned it does not, and the finding that belongs to it says so; step by step nothing that works breaks.

The states are made here, from what the plan says alone: certificates by a CA of the test, records out of the steps; and
they are judged by fedval_evaluate, which knows of no plan.
"""
import base64
import datetime
import functools
import json
import random

import library
import planning
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

SEEDS = range(6)
POLICY = json.dumps({"format": "fedval-policy/1", "time": "2030-01-01T00:00:00Z"})
FROM, TO = datetime.datetime(2025, 1, 1), datetime.datetime(2040, 1, 1)
KEYS = {name: ec.generate_private_key(ec.SECP256R1()) for name in ("root", "issuing", "leaf")}


def name_of(text):
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def builder(subject, issuer, key):
    return (x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(KEYS[key].public_key())
            .serial_number(x509.random_serial_number()).not_valid_before(FROM).not_valid_after(TO))


def ca(subject, issuer, key, signer):
    use = x509.KeyUsage(False, False, False, False, False, True, True, False, False)
    return (builder(name_of(subject), name_of(issuer), key)
            .add_extension(x509.BasicConstraints(True, None), True).add_extension(use, True)
            .sign(KEYS[signer], hashes.SHA256()))


def der(certificate):
    return certificate.public_bytes(serialization.Encoding.DER)


ROOT, ISSUING = ca("Plan root", "Plan root", "root", "root"), ca("Plan issuing", "Plan root", "issuing", "root")


@functools.lru_cache(maxsize=None)
def leaf(names, role="server", common_name="peer"):
    """A certificate as the CA of the test issues it for a request."""
    usage = {"server": [ExtendedKeyUsageOID.SERVER_AUTH], "calling": [ExtendedKeyUsageOID.CLIENT_AUTH],
             "both": [ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.CLIENT_AUTH]}[role]
    made = (builder(name_of(common_name[:60]), ISSUING.subject, "leaf")
            .add_extension(x509.SubjectAlternativeName([x509.DNSName(name) for name in names]), False)
            .add_extension(x509.ExtendedKeyUsage(usage), False).sign(KEYS["issuing"], hashes.SHA256()))
    return der(made)


@functools.lru_cache(maxsize=None)
def judge():
    rules, anchors, root = planning.read_json("policy", POLICY), planning.ctypes.c_void_p(), der(ROOT)
    library.check(library.core.fedval_anchors_new(planning.ctypes.byref(anchors)))
    library.check(library.core.fedval_anchors_append(anchors, library.PUBLIC, root, planning.size(len(root)), None))
    library.check(library.core.fedval_anchors_seal(anchors, library.VERIFIER))
    return library.new_judge(rules, anchors)


def evaluate(evidence):
    return json.loads(evaluated(json.dumps(evidence)))


@functools.lru_cache(maxsize=None)
def evaluated(text):
    report = planning.ctypes.c_void_p()
    thing = planning.read_json("evidence", planning.with_chains(json.loads(text)))
    library.check(library.core.fedval_evaluate(judge(), planning.size(0), thing, planning.ctypes.byref(report)))
    library.core.fedval_evidence_free(thing)
    text = library.take(library.core.fedval_report_to_json, report)
    library.core.fedval_report_free(report)
    return text


# ---- random intents ----

LABELS = ["expe", "sip", "edge", "fed", "vcs"]


def random_intent(rng):
    clusters = []
    for c in range(rng.choice([1, 1, 2])):
        peers = [{"name": f"expe{c}{p}.corp{c}.example",
                  "addresses": [f"93.184.{c + 10}.{p + 1}"] + ([f"2606:2800:{c + 1}::{p + 1}"] if rng.random() < 0.4 else [])}
                 for p in range(rng.randint(1, 4))]
        clusters.append({"name": f"cluster{c}.corp{c}.example", "version": rng.choice(["12.5", "14.3", "15.4", "15.5"]),
                         "peers": peers,
                         "keep_names": [{"name": f"{service}.corp{c}.example", "for": service}
                                        for service in ("mra", "xmpp", "join") if rng.random() < 0.4]})
    domains = []
    for d in range(rng.randint(1, 5)):
        label = "xn--bcher-kva" if rng.random() < 0.15 else "example"
        domain = {"name": f"d{d}.{label}.{rng.choice(['com', 'net', 'org'])}"}
        if rng.random() < 0.6:
            domain["host"] = rng.choice(LABELS)
        if len(clusters) > 1:
            domain["cluster"] = rng.choice(clusters)["name"]
        domains.append(domain)
    partners = [{"name": f"p{i}.lab", "kind": rng.choice(["on-premises", "office365"]),
                 "allowed": [d["name"] for d in domains if rng.random() < 0.5]} for i in range(rng.randint(0, 2))]
    return {"domains": domains, "clusters": clusters, "partners": partners}


def spelt(intent):
    """The intent as a person writes it: internationalised names in letters of their own."""
    return json.loads(json.dumps(intent).replace("xn--bcher-kva", "bücher"))


def cluster_of(intent, domain):
    wanted = domain.get("cluster", intent["clusters"][0]["name"])
    return next(cluster for cluster in intent["clusters"] if cluster["name"] == wanted)


class World:
    """Records and certificates; steps change them, and evidence of a domain is what a check would see."""

    def __init__(self, intent):
        self.intent, self.records = intent, {}     # (owner, type) -> {rdata: ttl}
        self.certificates = {}                     # (peer, role) -> names
        self.peer_at = {text: peer["name"] for cluster in intent["clusters"] for peer in cluster["peers"]
                        for text in peer["addresses"]}
        self.old_servers = {}                      # address -> the names in the certificate of a server that is no peer
        self.switched_off = set()                  # addresses of old servers

    def put(self, owner, kind, data, ttl=3600):
        self.records.setdefault((owner.rstrip("."), kind), {})[data] = ttl

    def chain(self, peer, role, without_issuer=False):
        names = self.certificates.get((peer, role)) or self.certificates.get((peer, "both"))
        if names is None:
            return None
        both = (peer, role) not in self.certificates
        ders = [leaf(tuple(names), "both" if both else role, peer)] + ([] if without_issuer else [der(ISSUING)])
        return [base64.b64encode(one).decode() for one in ders]

    def do(self, step, requests):
        """Carries one step out."""
        key = (step["owner"].rstrip("."), step["type"])
        if step["kind"] == "dns" and step["op"] == "add":
            self.put(step["owner"], step["type"], step["data"], step["ttl"])
        elif step["kind"] == "dns" and step["op"] == "replace" and step["type"] == "SRV":
            self.records[key] = {step["data"]: step["ttl"]}
        elif step["kind"] == "dns" and step["op"] == "replace":
            assert step["data"] in self.records[key], step  # it changes the TTL alone
            self.records[key][step["data"]] = step["ttl"]
        elif step["kind"] == "dns":
            self.records[key].pop(step["data"])
        elif step["op"] == "keep":
            assert step["owner"] in self.old_servers, step
            self.switched_off.add(step["owner"])
        elif step["kind"] == "expressway" and "load the certificate" in step["data"]:
            request = next(r for r in requests if (r["peer"], r["role"]) == (step["owner"], step["type"]))
            role = "both" if request["for_both"] else request["role"]
            self.certificates[step["owner"], role] = [name["name"] for name in request["names"]]

    def probe(self, host, text, without_issuer):
        """What is seen at an address: a peer, or an old server as long as it is up."""
        fact = {"question": {"probe": host, "address": text, "port": 5061}}
        if text in self.switched_off:
            return {**fact, "outcome": "refused"}
        if text in self.old_servers:
            ders = [leaf(tuple(self.old_servers[text]), "both", "old"), der(ISSUING)]
            return {**fact, "outcome": "handshake", "chain": [base64.b64encode(one).decode() for one in ders]}
        chain = self.chain(self.peer_at[text], "server", without_issuer == self.peer_at[text])
        return chain and {**fact, "outcome": "handshake", "chain": chain}

    def evidence(self, domain, caller, without_issuer=None, srv=None, cached=()):
        """`cached` holds sets of address records that a cache still has: {(host, kind): records}."""
        owner = f"_sipfederationtls._tcp.{domain}"
        found = srv if srv is not None else self.records.get((owner, "SRV"), {})
        facts = [{"question": {"name": owner, "type": "SRV"}, "outcome": "answer" if found else "nxdomain", "records": []}]
        for data, ttl in found.items():
            priority, weight, port, target = data.split()
            facts[0]["records"].append({"type": "SRV", "owner": owner, "ttl": ttl, "priority": int(priority),
                                        "weight": int(weight), "port": int(port), "target": target})
            host = target.rstrip(".")
            for kind in ("A", "AAAA"):
                addresses = dict(cached).get((host, kind), self.records.get((host, kind), {}))
                facts.append(planning.address(host, *addresses, kind=kind, ttl=max(addresses.values(), default=3600)))
                facts += filter(None, [self.probe(host, text, without_issuer) for text in addresses])
        calling = self.chain(caller, "calling")
        if calling:
            facts.append({"question": {"probe": None}, "role": "client", "chain": calling})
        return {"domain": domain, "facts": facts}

    def judge(self, **rest):
        """{(domain, caller): report}"""
        return {(domain["name"], peer["name"]): evaluate(self.evidence(domain["name"], peer["name"], **rest))
                for domain in self.intent["domains"] for peer in cluster_of(self.intent, domain)["peers"]}


def walked(intent, plan, world):
    for step in plan["steps"]:
        if step["alternative_to"] is None:
            world.do(step, plan["requests"])
    return world


def nothing_today(intent):
    return [{"domain": domain["name"], "facts": [planning.srv(domain["name"])]} for domain in intent["domains"]]


def errors(report):
    return set(planning.codes(report["findings"], "error"))


@pytest.fixture(params=SEEDS)
def case(request):
    intent = random_intent(random.Random(request.param))
    plan = planning.plan_of(spelt(intent), evidence=nothing_today(intent), judge=judge())
    return intent, plan, walked(intent, plan, World(intent))


def test_the_intended_state_passes(case):
    intent, plan, world = case
    assert plan["after"] == "pass", plan["domains"]
    for key, report in world.judge().items():
        assert report["verdict"] == "pass", (key, report["findings"])


def test_a_record_waits_for_every_address_of_its_target(case):
    _, plan, _ = case
    addresses = {}
    for step in plan["steps"]:
        if step["type"] in ("A", "AAAA") and step["op"] == "add":
            addresses.setdefault(step["owner"], set()).add(step["n"])
    for step in plan["steps"]:
        if step["type"] == "SRV" and step["data"].startswith("0 0 5061"):
            assert addresses.get(step["data"].split()[-1], set()) <= set(step["after"]), step
    assert addresses


WITHOUT = {"SRV": {"srv-missing"}, "A": {"address-missing", "address-ipv6-only"}, "AAAA": {"address-missing"}}


def test_without_any_one_record_the_finding_that_belongs_to_it_is_there(case):
    intent, plan, world = case
    for step in plan["steps"]:
        if step["kind"] != "dns" or step["op"] == "remove":
            continue
        key = (step["owner"].rstrip("."), step["type"])
        left = {data: ttl for data, ttl in world.records[key].items() if data != step["data"]}
        kept, world.records[key] = world.records[key], left
        found = {code for report in world.judge().values() for code in planning.codes(report["findings"])}
        others = world.records.get((key[0], "A" if step["type"] == "AAAA" else "AAAA"))
        # One of several addresses may be missing, where no rule counts the peers; its peer is then never called.
        is_last = not left and (step["type"] in ("SRV", "A") or not others)
        assert not is_last or found & WITHOUT[step["type"]], (step, found)
        world.records[key] = kept


def test_without_any_one_name_the_certificate_does_not_match(case):
    intent, plan, world = case
    targets = {domain["target"]: domain["domain"] for domain in plan["domains"]}
    for key, names in world.certificates.items():
        for name in names:
            if name not in targets:
                continue
            world.certificates[key] = [other for other in names if other != name]
            reports = [report for (domain, caller), report in world.judge().items()
                       if domain == targets[name] and key[0] in {p["name"] for p in cluster_of(
                           intent, next(d for d in intent["domains"] if d["name"] == domain))["peers"]}]
            found = {code for report in reports for code in planning.codes(report["findings"])}
            assert not reports or "cert-name-mismatch" in found, (key, name, found)
            assert not reports or any(report["verdict"] != "pass" for report in reports), (key, name)
        world.certificates[key] = names


def test_without_the_intermediate_of_any_one_peer_the_chain_is_incomplete(case):
    intent, plan, world = case
    for cluster in intent["clusters"]:
        for peer in cluster["peers"]:
            reports = [report for (domain, _), report in world.judge(without_issuer=peer["name"]).items()
                       if cluster_of(intent, next(d for d in intent["domains"] if d["name"] == domain)) is cluster]
            assert all("chain-incomplete" in planning.codes(report["findings"]) for report in reports), peer


# ---- the way there ----

def works(report):
    """The directions in which calls get through."""
    broken = {way for finding in report["findings"] if finding["severity"] == "error" for way in finding["breaks"]}
    return {"to-microsoft", "from-microsoft"} - broken


def random_today(rng, intent):
    """A world in which some of it works already: other hosts, fewer peers, fewer names."""
    world = World(intent)
    for domain in intent["domains"]:
        if rng.random() < 0.25:
            continue
        host = f"{rng.choice(LABELS)}.{domain['name']}"
        world.put(f"_sipfederationtls._tcp.{domain['name']}", "SRV", f"0 0 5061 {host}.", rng.choice([60, 3600]))
        moves = rng.random() < 0.4  # some calls reach a server that will be no peer any more
        ttl = rng.choice([120, 900, 7200])
        for peer in cluster_of(intent, domain)["peers"][:rng.randint(0 if moves else 1, 4)]:
            world.put(host, "A", peer["addresses"][0], ttl)
        if moves:
            old = f"93.184.99.{len(world.old_servers) + 1}"
            world.old_servers[old] = [host, "old.corp.example"]
            world.put(host, "A", old, ttl)
    for cluster in intent["clusters"]:
        hosts = [data.split()[3].rstrip(".") for domain in intent["domains"] if cluster_of(intent, domain) is cluster
                 for data in world.records.get((f"_sipfederationtls._tcp.{domain['name']}", "SRV"), {})]
        for peer in cluster["peers"]:
            names = [peer["name"], *(host for host in hosts if rng.random() < 0.85)]
            for role in (["server", "calling"] if cluster["version"] == "15.5" else ["both"]):
                world.certificates[peer["name"], role] = names
    return world


def pem(ders):
    return "".join(f"-----BEGIN CERTIFICATE-----\n{one}\n-----END CERTIFICATE-----\n" for one in ders)


def with_present(intent, world):
    """The intent, with the certificates of today in it."""
    intent = json.loads(json.dumps(intent))
    for cluster in intent["clusters"]:
        for peer in cluster["peers"]:
            for member, role in (("server", "server"), ("calling", "calling")):
                if (peer["name"], role) in world.certificates or (peer["name"], "both") in world.certificates and role == "server":
                    peer[member] = {"certificate": pem(world.chain(peer["name"], role))}
    return intent


def hurting(plan):
    """Steps that break calls. The removal of an old address says only whom else it may hurt."""
    return [step for step in plan["steps"] if step["hurts"] and step["alternative_to"] is None
            and not (step["op"] == "remove" and step["hurts"].startswith("whatever else is reached at 93.184.99."))]


class Caches:
    """What caches may hold: each set of records that a step has changed, until a later step has waited for it."""

    def __init__(self):
        self.held = {}  # number of the step -> ((owner, kind), records)

    def before(self, step, world):
        for n in step["after"]:
            self.held.pop(n, None)
        key = (step["owner"].rstrip("."), step["type"])
        if step["kind"] == "dns" and step["op"] != "add" and key in world.records:
            self.held[step["n"]] = (key, dict(world.records[key]))

    def reports(self, world, domain, caller):
        for (owner, kind), records in self.held.values():
            if kind != "SRV":
                yield evaluate(world.evidence(domain, caller, cached={(owner, kind): records}))
            elif owner.endswith(f"._tcp.{domain}"):
                yield evaluate(world.evidence(domain, caller, srv=records))


def old_in_use(intent, world, before):
    """Addresses of old servers that calls reach today."""
    hosts = {data.split()[3].rstrip(".") for domain in intent["domains"]
             if before[domain["name"], cluster_of(intent, domain)["peers"][0]["name"]]
             for data in world.records.get((f"_sipfederationtls._tcp.{domain['name']}", "SRV"), {})}
    return {text for (host, kind), found in world.records.items() if host in hosts and kind != "SRV"
            for text in found if text in world.old_servers}


def take_hosts(rng, intent, world, today):
    """Gives some of the hosts that the intent wants to somebody else; returns them."""
    taken = set()
    for domain, evidence in zip(intent["domains"], today):
        host = f"{domain.get('host')}.{domain['name']}"
        if "host" in domain and rng.random() < 0.3 and not any(f" {host}." in data for (_, kind), found in world.records.items()
                                                               if kind == "SRV" for data in found):
            evidence["facts"].append(planning.address(host, "93.184.98.1"))
            taken.add(host)
    return taken


WALKS = range(24)


def walk_of(seed):
    rng = random.Random(1000 + seed)
    intent = random_intent(rng)
    return intent, random_today(rng, intent)


@pytest.mark.parametrize("seed", WALKS)
def test_walking_the_steps_nothing_that_works_breaks_before_the_end(seed):
    intent, world = walk_of(seed)
    today = [world.evidence(d["name"], cluster_of(intent, d)["peers"][0]["name"]) for d in intent["domains"]]
    taken = take_hosts(random.Random(5000 + seed), intent, world, today)
    plan = planning.plan_of(spelt(with_present(intent, world)), evidence=today, judge=judge())
    assert not hurting(plan)
    assert not taken & {step["owner"].rstrip(".") for step in plan["steps"]}
    assert not taken & {domain["target"] for domain in plan["domains"]}
    before = {key: works(report) for key, report in world.judge().items()}
    old = old_in_use(intent, world, before)
    caches, ttls = Caches(), {key: set(found.values()) for key, found in world.records.items()}
    for step in plan["steps"]:
        if step["alternative_to"] is not None:
            continue
        caches.before(step, world)
        world.do(step, plan["requests"])
        for key, report in world.judge().items():
            assert works(report) >= before[key], (step, key, report["findings"])
        for (domain, caller), ways in before.items():
            for report in caches.reports(world, domain, caller):
                assert works(report) >= ways, (step, domain, caller, report["findings"])
    assert plan["after"] == "pass"
    assert world.switched_off == old, plan["steps"]
    for key, report in world.judge().items():
        assert report["verdict"] == "pass", (key, report["findings"])
    for key, records in world.records.items():  # TTLs are what they were
        assert not records or key not in ttls or set(records.values()) == ttls[key], (key, records, ttls[key])


def test_the_walks_have_something_to_keep():
    """The property above would hold for worlds in which nothing works, too."""
    kept = moved = taken = foreign = 0
    for seed in WALKS:
        intent, world = walk_of(seed)
        kept += sum(len(works(report)) for report in world.judge().values())
        moved += len(world.old_servers)
        today = [world.evidence(d["name"], cluster_of(intent, d)["peers"][0]["name"]) for d in intent["domains"]]
        taken += len(take_hosts(random.Random(5000 + seed), intent, world, today))
        foreign += sum("xn--" in domain["name"] for domain in intent["domains"])
    assert kept > 60 and moved > 10 and taken > 5 and foreign > 5
