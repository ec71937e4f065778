"""fedval plan --from: what is learnt from diagnostic archives of several releases, from zone files, and what is asked."""
import json
import tarfile

import pytest

import archives
import command

PKI = command.TOP / "tests" / "pki" / "out"
PUBLIC = {"V4 Address": "93.184.216.34"}
BEHIND = {"V4 Address": "10.0.0.1", "V4 StaticNAT Mode": "On", "V4 StaticNAT Address": "93.184.216.34"}
NOT_NATTED = {"V4 Address": "10.0.0.1", "V4 StaticNAT Mode": "Off", "V4 StaticNAT Address": "93.184.216.99"}


def learn(*files):
    return json.loads(command.run("plan", "--from", *files, expect=0).stdout)


def peers_of(learnt):
    cluster, = learnt["clusters"]
    return {peer["name"]: peer.get("addresses", []) for peer in cluster["peers"]}


def asks(learnt, *words):
    return [question for question in learnt["questions"] if all(word in question for word in words)]


def pem(name):
    """The end entity alone, and its issuers."""
    blocks = [part + "-----END CERTIFICATE-----\n" for part in (PKI / f"{name}.pem").read_text().split("-----END CERTIFICATE-----\n") if "BEGIN" in part]
    return blocks[0], "".join(blocks[1:])


def xconf(lans, host="expe1", **rest):
    return archives.xconf(host, "example.com", lans, domains=["example.com"], **rest)


LAYOUTS = {  # release -> (LANs, which one faces outside, end of lines, quotes, addresses that are learnt)
    "X8.11.4": ([BEHIND], None, "\n", '"', ["93.184.216.34"]),
    "X12.5.9": ([{"V4 Address": "10.1.0.1"}, BEHIND], "LAN2", "\r\n", '"', ["93.184.216.34"]),
    "X12.7": ([BEHIND, {"V4 Address": "10.1.0.1"}], "LAN1", "\n", "", ["93.184.216.34"]),
    "X14.0.3": ([{**PUBLIC, "V6 Address": "2606:2800:220:1::34"}], "LAN1", "\n", '"', ["93.184.216.34", "2606:2800:220:1::34"]),
    "X15.5.1": ([{"V4 Address": "192.168.1.9"}, PUBLIC], "LAN2", "\n", '"', ["93.184.216.34"]),
}


@pytest.mark.parametrize("version", LAYOUTS)
@pytest.mark.parametrize("folder", ["", "diagnostic_log_expe1/"])
def test_an_archive_of_each_release_gives_its_peer(tmp_path, version, folder):
    lans, external, ends, quote, addresses = LAYOUTS[version]
    leaf, issuers = pem("valid-cluster")
    files = {"server": leaf, "ca": issuers + pem("valid")[1]}
    if version == "X15.5.1":
        files["client"] = pem("valid")[0]
    path = archives.archive(tmp_path / "client-logs.tar.gz", "expe1", xconf(lans, external=external, quote=quote), version, files, folder=folder, ends=ends)
    learnt = learn(path)
    assert learnt["domains"] == [{"name": "example.com"}] and peers_of(learnt) == {"expe1.example.com": addresses}
    assert learnt["clusters"][0]["version"] == version[1:]
    peer, = learnt["clusters"][0]["peers"]
    assert peer["server"]["certificate"].count("BEGIN") > 1  # with the issuer that the list of CAs has
    assert ("calling" in peer) == (version == "X15.5.1")
    assert not asks(learnt, "addresses") and not asks(learnt, "server.certificate") and not asks(learnt, "version")
    (tmp_path / "intent.json").write_text(json.dumps(learnt))
    planned = command.documents(command.run("plan", tmp_path / "intent.json", "--public-trust", PKI / "certs" / "root.pem", "--at",
                                            "2030-01-01", "--format", "json", expect=0))[0]
    assert planned["requests"][0]["peer"] == "expe1.example.com"


@pytest.mark.parametrize("lans, shown", [([{"V4 Address": "10.0.0.1"}], "10.0.0.1"), ([NOT_NATTED], "10.0.0.1"),
                                         ([{"V4 Address": "100.64.0.9"}], "100.64.0.9"), ([{"V4 Address": "172.31.0.1"}], "172.31.0.1"),
                                         ([{"V4 Address": "198.19.0.1"}], "198.19.0.1"), ([{"V4 Address": "192.0.2.7"}], "192.0.2.7"),
                                         ([{"V4 Address": "240.0.0.1"}], "240.0.0.1")])
def test_an_address_inside_is_a_question_and_no_address(tmp_path, lans, shown):
    learnt = learn(archives.archive(tmp_path / "a.tar.gz", "expe1", xconf(lans), "X14.3"))
    assert peers_of(learnt) == {"expe1.example.com": []}
    assert len(asks(learnt, "expe1.example.com", "which public address leads to it", shown, "(addresses)")) == 1


def test_a_cluster_is_learnt_from_an_archive_of_each_peer(tmp_path):
    paths = []
    for i, name in enumerate(("valid-cluster", "valid", "name-other"), 1):
        config = xconf([{**BEHIND, "V4 Address": f"10.0.0.{i}", "V4 StaticNAT Address": f"93.184.216.{i}"}], host=f"expe{i}",
                       cluster="cluster.example.com", peers=["10.0.0.1", "10.0.0.2", "10.0.0.3"])
        paths.append(archives.archive(tmp_path / f"{i}.tar.gz", f"expe{i}", config, "X14.3", {"server": pem(name)[0], "ca": pem(name)[1]}))
    learnt = learn(*paths)
    assert learnt["clusters"][0]["name"] == "cluster.example.com"
    assert peers_of(learnt) == {f"expe{i}.example.com": [f"93.184.216.{i}"] for i in (1, 2, 3)}
    certificates = [peer["server"]["certificate"] for peer in learnt["clusters"][0]["peers"]]
    assert len(set(certificates)) == 3 and not asks(learnt, "what is the FQDN of the peer at") and not asks(learnt, "which peer has")
    assert asks(learn(*paths[:2]), "what is the FQDN of the peer at 10.0.0.3")


def test_one_archive_may_hold_a_folder_a_peer(tmp_path):
    with tarfile.open(tmp_path / "all.tar.gz", "w:gz") as out:
        for i in (1, 2):
            part = archives.archive(tmp_path / "part.tar.gz", "host", xconf([{"V4 Address": f"93.184.216.{i}"}], host=f"expe{i}"), "X14.3",
                                    {"server": pem("valid" if i == 1 else "valid-cluster")[0]})
            with tarfile.open(part) as inner:
                for member in inner.getmembers():
                    data = inner.extractfile(member)
                    member.name = f"expe{i}/" + member.name.replace("_host_", f"_expe{i}_")
                    out.addfile(member, data)
    learnt = learn(tmp_path / "all.tar.gz")
    assert peers_of(learnt) == {"expe1.example.com": ["93.184.216.1"], "expe2.example.com": ["93.184.216.2"]}
    assert all(peer["server"]["certificate"] for peer in learnt["clusters"][0]["peers"])


def test_of_an_expressway_c_only_the_domains_are_taken(tmp_path):
    inside = archives.xconf("expc", "example.com", [{"V4 Address": "10.9.0.1"}], domains=["example.com", "cms.example.com"],
                            cluster="expc-cluster.example.com", peers=["expc.example.com"], lines=['Zones Zone 2 Type: "TraversalClient"'])
    outside = archives.xconf("expe1", "example.com", [PUBLIC], lines=['Zones Zone 2 Type: "TraversalServer"', 'CollaborationEdge Enabled: "On"'])
    learnt = learn(archives.archive(tmp_path / "c.tar.gz", "expc", inside, "X14.2"), archives.archive(tmp_path / "e.tar.gz", "expe1", outside, "X14.3"))
    assert [domain["name"] for domain in learnt["domains"]] == ["example.com", "cms.example.com"]
    assert peers_of(learnt) == {"expe1.example.com": ["93.184.216.34"]} and learnt["clusters"][0]["name"] is None
    assert asks(learnt, "expc is an Expressway-C") and asks(learnt, "Mobile and Remote Access is on at expe1.example.com", "(keep_names)")
    done = command.run("plan", "--from", tmp_path / "e.tar.gz", expect=65)
    assert "Expressway-E often has no SIP domains" in " ".join(done.stderr.split())


RECORDS = "_sipfederationtls._tcp 3600 IN SRV 0 0 5061 expe\nexpe 3600 IN A 93.184.216.34\nmra IN A 93.184.216.34\n_collab-edge._tls IN SRV 0 0 8443 mra\n"


def test_a_zone_file_without_an_origin_takes_it_from_in_front_of_the_file(tmp_path):
    (tmp_path / "records").write_text(RECORDS)
    learnt = learn(f"example.com={tmp_path / 'records'}")
    assert learnt["domains"] == [{"name": "example.com", "host": "expe"}] and peers_of(learnt) == {"expe.example.com": ["93.184.216.34"]}
    assert learnt["clusters"][0]["keep_names"] == [{"name": "mra.example.com", "for": "_collab-edge._tls"}]
    assert learnt["today"]["zones"] == [f"example.com={tmp_path / 'records'}"]
    (tmp_path / "intent.json").write_text(json.dumps(learnt))
    done = command.run("plan", tmp_path / "intent.json", "--public-trust", PKI / "certs" / "root.pem", "--at", "2030-01-01")
    assert done.returncode in (0, 2), done.stderr
    assert "93.184.216.34" not in "".join(line for line in done.stdout.splitlines() if " add " in line)  # it is there already


def test_files_of_an_unpacked_archive_go_together_by_their_host(tmp_path):
    config = xconf([PUBLIC], host="expe1")
    (tmp_path / f"xconf_dump_expe1_{archives.STAMP}.txt").write_text(config)
    (tmp_path / f"xconf_dump_expe2_{archives.STAMP}.txt").write_text(xconf([{"V4 Address": "93.184.216.35"}], host="expe2"))
    (tmp_path / f"server_expe2_{archives.STAMP}.pem").write_text(pem("valid")[0])
    learnt = learn(*sorted(tmp_path.iterdir(), reverse=True))
    by_name = {peer["name"]: peer.get("server", {}).get("certificate") for peer in learnt["clusters"][0]["peers"]}
    assert by_name["expe2.example.com"] and not by_name["expe1.example.com"]


def test_each_certificate_of_another_name_is_a_peer(tmp_path):
    """Nothing but a zone and the certificates of a cluster: the target that calls are led to is no peer beside them."""
    (tmp_path / "zone").write_text("$ORIGIN example.com.\n@ 3600 IN SOA ns hostmaster 1 2 3 4 5\n@ 3600 IN NS ns\nns 3600 IN A 93.184.216.1\n"
                                   "sip 3600 IN A 93.184.216.34\nsip 3600 IN A 93.184.216.35\n_sipfederationtls._tcp 3600 IN SRV 0 0 5061 sip\n")
    for n, name in ((1, "valid"), (2, "name-other")):
        (tmp_path / f"p{n}.pem").write_text((PKI / f"{name}.pem").read_text())
    learnt = learn(tmp_path / "zone", tmp_path / "p1.pem", tmp_path / "p2.pem")
    peers = learnt["clusters"][0]["peers"]
    assert len(peers) == 2 and "sip.example.com" not in peers_of(learnt)
    assert all(peer["addresses"] == [] and peer["server"]["certificate"] for peer in peers)
    assert asks(learnt, "which of the addresses of sip.example.com belongs to which peer?") and not asks(learnt, "not in the intent")
    assert all(asks(learnt, f"is {peer['name']} the FQDN") for peer in peers)
    one = learn(tmp_path / "zone", tmp_path / "p1.pem")
    assert list(peers_of(one).values()) == [["93.184.216.34", "93.184.216.35"]] and asks(one, "belong to one peer?")


def test_a_long_path_of_a_zone_is_kept_whole(tmp_path):
    folder = tmp_path
    for _ in range(20):
        folder = folder / ("d" * 150)
        folder.mkdir()
    (folder / "records").write_text(RECORDS)
    path = str(folder) + "/." * ((4060 - len(str(folder))) // 2) + "/records"
    assert 4050 < len(path) < 4096
    assert learn(f"example.com={path}")["today"]["zones"] == [f"example.com={path}"]
