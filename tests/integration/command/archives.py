"""Makes Expressway diagnostic archives in the layouts of several releases.

The names of the files are those of Cisco's administrator guide, "Files contained in the diagnostic log archive":
loggingsnapshot_, xconf_dump_, xstat_dump_, ca_ and server_, each with HOST_TIMESTAMP behind it, and a packet capture. From
X15.5 on the client's certificate is there too. The keys of xConfiguration are those of the guide's command reference.
"""
import io
import tarfile

STAMP = "2026-05-01_10:20:30"


def xconf(host, domain, lans, *, cluster=None, peers=(), domains=(), external=None, lines=(), quote='"'):
    """`lans` is a list of {"V4 Address": ..., "V4 StaticNAT Mode": ...}."""
    values = [("SystemUnit Name", host), ("IP DNS Hostname", host), ("IP DNS Domain Name", domain)]
    values += [(f"Ethernet {i} IP {key}", value) for i, lan in enumerate(lans, 1) for key, value in lan.items()]
    values += [("IP ExternalInterface", external)] if external else []
    values += [("Alternates Cluster Name", cluster)] if cluster else []
    values += [(f"Alternates Peer {i} Address", peer) for i, peer in enumerate(peers, 1)]
    values += [(f"SIP Domains Domain {i} Name", name) for i, name in enumerate(domains, 1)]
    text = "".join(f"*c xConfiguration {key}: {quote}{value}{quote}\n" for key, value in values)
    return text + "".join(f"*c xConfiguration {line}\n" for line in lines) + "*c/end\n\nOK\n"


def xstat(version):
    return (f'*s SystemUnit: /\n    Product: "Cisco Expressway"\n    Uptime: 5443\n    Software:\n        Version: "{version}"\n'
            '        Build: "12345"\n        Name: "Release"\n    Hardware:\n        Version: "VM"\n*s/end\n')


def archive(path, host, config, version, files=(), stamp=STAMP, folder="", ends="\n"):
    """Writes a .tar.gz; `files` is {kind: text}, such as {"server": PEM}."""
    members = {f"loggingsnapshot_{host}_{stamp}.txt": f"2026-05-01T10:20:30.000+00:00 {host} tvcs: client server xConfiguration\n" * 50,
               f"xconf_dump_{host}_{stamp}.txt": config, f"xconf_dump_{host}_{stamp}.xml": "<Configuration/>\n",
               f"xstat_dump_{host}_{stamp}.txt": xstat(version), f"xstat_dump_{host}_{stamp}.xml": "<Status/>\n",
               f"eth0_diagnostic_logging_tcpdump0_{host}_{stamp}.pcap": "\xd4\xc3\xb2\xa1" * 100,
               **{f"{kind}_{host}_{stamp}.pem": text for kind, text in dict(files).items()}}
    with tarfile.open(path, "w:gz") as out:
        for name, text in members.items():
            data = text.replace("\n", ends).encode("latin-1")
            info = tarfile.TarInfo(folder + name)
            info.size = len(data)
            out.addfile(info, io.BytesIO(data))
    return path
