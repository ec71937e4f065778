"""DNS servers on loopback: nsd with zones of a test, and servers that misbehave as they are told."""
import contextlib
import pathlib
import shutil
import socket
import struct
import sys
import tempfile
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import servers  # noqa: E402

NSD = shutil.which("nsd") or shutil.which("/usr/sbin/nsd")
NSD_CONF = """server:
  ip-address: {address}@{port}
  username: ""
  zonesdir: "{folder}"
  database: ""
  pidfile: "{folder}/nsd.pid"
  xfrdfile: "{folder}/xfrd.state"
  zonelistfile: "{folder}/zone.list"
  xfrdir: "{folder}"
  server-count: 1
  rrl-ratelimit: 0
  hide-version: yes
remote-control:
  control-enable: no
"""
ZONE_HEAD = """$ORIGIN {name}.
$TTL 3600
@ IN SOA ns.{name}. hostmaster.{name}. 1 7200 900 1209600 3600
@ IN NS ns.{name}.
ns IN A 127.0.0.1
"""


@contextlib.contextmanager
def nsd(zones, address="127.0.0.1", port=None):
    """zones: name -> records, the head (SOA, NS) is put before them; None: a zone without a file."""
    port = port or servers.free_port(address)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        conf = NSD_CONF.format(address=address, port=port, folder=folder)
        for zone, records in zones.items():
            conf += f'zone:\n  name: "{zone}"\n  zonefile: "{zone}.zone"\n'
            if records is not None:
                (folder / f"{zone}.zone").write_text(ZONE_HEAD.format(name=zone) + records)
        (folder / "nsd.conf").write_text(conf)
        with servers.process([NSD, "-d", "-c", folder / "nsd.conf"], port, address):
            yield f"{address}:{port}"


# ---- messages ----

A, CNAME, SOA, AAAA, SRV, NS = 1, 5, 6, 28, 33, 2
QR, AA, TC, RD, RA, AD, CD = 0x8000, 0x0400, 0x0200, 0x0100, 0x0080, 0x0020, 0x0010


def name(text):
    labels = [label.encode() for label in text.split(".") if label]
    return b"".join(bytes([len(label)]) + label for label in labels) + b"\0"


def record(owner, kind, data, ttl=60):
    return name(owner) + struct.pack(">HHIH", kind, 1, ttl, len(data)) + data


def srv(owner, target, port=5061, priority=0, weight=0):
    return record(owner, SRV, struct.pack(">HHH", priority, weight, port) + name(target))


def a(owner, address="192.0.2.1"):
    return record(owner, A, socket.inet_aton(address))


def soa(owner):
    return record(owner, SOA, name("ns." + owner) + name("host." + owner) + struct.pack(">IIIII", 1, 2, 3, 4, 5))


class Query:
    """What a client asked."""

    def __init__(self, data, peer, over_tcp):
        self.data, self.peer, self.over_tcp = data, peer, over_tcp
        self.id, self.flags = struct.unpack(">HH", data[:4])
        labels, at = [], 12
        while data[at]:
            labels.append(data[at + 1:at + 1 + data[at]].decode())
            at += 1 + data[at]
        self.name = ".".join(labels)
        self.type = struct.unpack(">H", data[at + 1:at + 3])[0]
        self.question = data[12:at + 5]
        self.has_edns = struct.unpack(">H", data[10:12])[0] == 1

    def reply(self, *answers, rcode=0, flags=0, authority=(), id=None, question=None):
        question = self.question if question is None else question
        head = struct.pack(">HHHHHH", self.id if id is None else id, QR | RA | (self.flags & RD) | flags | rcode,
                           1 if question else 0, len(answers), len(authority), 0)
        return head + question + b"".join(answers) + b"".join(authority)


class FakeServer:
    """Answers over UDP and TCP with what behave(query) returns: bytes, a list of them, or None. A
    tuple (seconds, bytes) is sent later. queries: all that came; complete when the block is left."""

    def __init__(self, behave, tcp=True):
        self.behave, self.queries, self.over = behave, [], threading.Event()
        self.port = servers.free_port()
        self.udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.udp.bind(("127.0.0.1", self.port))
        self.stranger = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.stranger.bind(("127.0.0.1", 0))
        self.threads = [threading.Thread(target=self.serve_udp)]
        self.tcp = None
        if tcp:
            self.tcp = socket.create_server(("127.0.0.1", self.port))
            self.threads.append(threading.Thread(target=self.serve_tcp))

    @property
    def address(self):
        return f"127.0.0.1:{self.port}"

    def replies(self, data, peer, over_tcp):
        query = Query(data, peer, over_tcp)
        self.queries.append(query)
        found = self.behave(query)
        return [] if found is None else found if isinstance(found, list) else [found]

    def serve_udp(self):
        while True:
            over = self.over.is_set()
            self.udp.settimeout(0 if over else 0.05)
            try:
                data, peer = self.udp.recvfrom(65535)
            except (TimeoutError, BlockingIOError):
                if over:
                    return
                continue
            for reply in self.replies(data, peer, False):
                wait, reply = reply if isinstance(reply, tuple) else (0, reply)
                threading.Timer(wait, self.send, (reply, peer)).start() if wait else self.send(reply, peer)

    def send(self, reply, peer):
        with contextlib.suppress(OSError):
            self.udp.sendto(reply, peer)

    def serve_tcp(self):
        self.tcp.settimeout(0.1)
        while not self.over.is_set():
            try:
                connection, peer = self.tcp.accept()
            except TimeoutError:
                continue
            with connection, contextlib.suppress(OSError, struct.error):
                connection.settimeout(20)
                with connection.makefile("rb") as asked:
                    self.answer_over_tcp(connection, peer, asked.read(struct.unpack(">H", asked.read(2))[0]))

    def answer_over_tcp(self, connection, peer, data):
        for reply in self.replies(data, peer, True):
            connection.sendall(struct.pack(">H", len(reply)) + reply)
        time.sleep(0.05)

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.over.set()
        for thread in self.threads:
            thread.join()
        for end in (self.udp, self.tcp, self.stranger):
            if end:
                end.close()


def patient_server(names):
    """Answers nothing before it was asked for each of these names, and then everything: a client that waits for one
    answer before it asks the next question gets none."""
    waiting = {}

    def behave(query):
        if not names <= waiting.keys():
            waiting[query.name] = query
            if names <= waiting.keys():
                for held in waiting.values():
                    server.send(held.reply(a(held.name)), held.peer)
            return None
        return query.reply(a(query.name))

    server = FakeServer(behave)
    return server
