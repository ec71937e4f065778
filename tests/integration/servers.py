"""TLS servers and other peers on loopback: free ports, ended by their pid, never left behind."""
import contextlib
import os
import pathlib
import queue
import random
import selectors
import shutil
import socket
import ssl
import struct
import subprocess
import tempfile
import threading
import time

from ports import free_port

SOURCE = pathlib.Path(os.environ.get("FEDVAL_SOURCE", pathlib.Path(__file__).resolve().parents[2]))
PKI = SOURCE / "tests" / "pki"
START_SECONDS = 60


def chain_file(name):
    return PKI / "out" / f"{name}.pem"


def key_file(key):
    return PKI / "keys" / f"leaf-{key}.key"


def _listens(port, address):
    try:
        socket.create_connection((address, port), 0.2).close()
        return True
    except OSError:
        return False


@contextlib.contextmanager
def process(command, port, address="127.0.0.1", **options):
    """Runs a server until it listens, and ends it by its pid."""
    server = subprocess.Popen([str(word) for word in command], stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **options)
    try:
        end = time.monotonic() + START_SECONDS
        while not _listens(port, address):
            if server.poll() is not None or time.monotonic() > end:
                server.kill()
                raise RuntimeError(f"{command[0]} did not start: {server.communicate()[0].decode(errors='replace')}")
            time.sleep(0.02)
        yield port
    finally:
        server.terminate()
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()
        server.stdout.close()


@contextlib.contextmanager
def openssl_server(chain="valid", *options, key="rsa2048", address="127.0.0.1", port=None, padding=0):
    """openssl s_server with a chain of tests/pki as it stands in its file; its last certificate comes padding times
    more."""
    port = port or free_port(address)
    end = "-----END CERTIFICATE-----\n"
    first, *others = chain_file(chain).read_text().split(end)
    others[-1:-1] = others[-2:-1] * padding
    with tempfile.TemporaryDirectory() as folder:
        leaf, rest = pathlib.Path(folder, "leaf.pem"), pathlib.Path(folder, "rest.pem")
        leaf.write_text(first + end)
        rest.write_text(end.join(others))
        beside = ["-cert_chain", rest] if others[:-1] else []
        with process(["openssl", "s_server", "-accept", f"[{address}]:{port}" if ":" in address else f"{address}:{port}", "-quiet", "-naccept", "1000", "-cert", leaf,
                      *beside, "-no-CAfile", "-no-CApath", "-no-CAstore", "-key", key_file(key), *options],
                     port, address):
            yield port


def gnutls_server(chain="valid", *options, key="rsa2048"):
    """gnutls-serv, where it is installed."""
    port = free_port()
    path = shutil.which("gnutls-serv")
    return process([path, "--port", port, "--echo", "--x509certfile", chain_file(chain),
                    "--x509keyfile", key_file(key), *options], port)


KAMAILIO = shutil.which("kamailio") or shutil.which("/usr/sbin/kamailio")

KAMAILIO_CFG = """#!KAMAILIO
children=1
tcp_children=1
debug=0
log_stderror=yes
enable_tls=yes
auto_aliases=no
listen=tls:{address}:{port}
loadmodule "tls.so"
loadmodule "tm.so"
loadmodule "sl.so"
loadmodule "pv.so"
modparam("tls", "config", "{folder}/tls.cfg")
request_route {{
    sl_send_reply("404", "Not Found");
}}
"""

KAMAILIO_TLS = """[server:default]
method = {method}
verify_certificate = {verify}
require_certificate = {require}
private_key = {folder}/key.pem
certificate = {folder}/chain.pem
ca_list = {folder}/chain.pem
"""


def loopback_address():
    """One of 127.0.0.0/8 that nobody else of this run is likely to use."""
    return f"127.{random.randint(1, 254)}.{random.randint(1, 254)}.{random.randint(1, 254)}"


@contextlib.contextmanager
def kamailio(chain="valid", key="rsa2048", mutual=True, method="TLSv1.2", port=5061, address=None):
    """A real SIP edge; yields its address. With mutual TLS it demands a client certificate."""
    address = address or loopback_address()
    demand = "yes" if mutual else "no"
    with tempfile.TemporaryDirectory() as folder:
        config = pathlib.Path(folder, "kamailio.cfg")
        shutil.copy(key_file(key), f"{folder}/key.pem")  # their own paths may hold blanks
        shutil.copy(chain_file(chain), f"{folder}/chain.pem")
        config.write_text(KAMAILIO_CFG.format(address=address, port=port, folder=folder))
        pathlib.Path(folder, "tls.cfg").write_text(KAMAILIO_TLS.format(
            method=method, verify=demand, require=demand, folder=folder))
        command = [KAMAILIO, "-f", config, "-DD", "-E", "-P", f"{folder}/pid", "-Y", folder, "-m", "16", "-M", "4"]
        with process(command, port, address):
            yield address


@contextlib.contextmanager
def scripted(behave):
    """A TCP server in a thread: behave(connection) for each client, until the block is left."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.1)
        over = threading.Event()

        def serve():
            while not over.is_set():
                try:
                    connection, _ = listener.accept()
                except TimeoutError:
                    continue
                with connection, contextlib.suppress(OSError):
                    connection.settimeout(30)
                    behave(connection)

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield listener.getsockname()[1]
        finally:
            over.set()
            thread.join()


@contextlib.contextmanager
def many_tls_servers(count, chain="valid", key="rsa2048"):
    """Sound TLS servers at as many ports; yields the ports."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(chain_file(chain), key_file(key))
    clients, over, ports = queue.Queue(), threading.Event(), []

    def serve():
        while (client := clients.get()) is not None:
            with contextlib.suppress(OSError), client:
                client.settimeout(60)
                with context.wrap_socket(client, server_side=True) as inside:
                    inside.recv(1)

    def accept():
        while not over.is_set():
            for ready, _ in listeners.select(0.1):
                with contextlib.suppress(BlockingIOError):
                    client, _ = ready.fileobj.accept()
                    client.setblocking(True)
                    clients.put(client)

    with contextlib.ExitStack() as stack, selectors.DefaultSelector() as listeners:
        for _ in range(count):
            listener = stack.enter_context(socket.create_server(("127.0.0.1", 0), backlog=64))
            listener.setblocking(False)
            listeners.register(listener, selectors.EVENT_READ)
            ports.append(listener.getsockname()[1])
        threads = [threading.Thread(target=work) for work in [accept] + [serve] * 16]
        for thread in threads:
            thread.start()
        try:
            yield ports
        finally:
            over.set()
            for _ in threads[1:]:
                clients.put(None)
            for thread in threads:
                thread.join()


def silence(connection):
    """Takes what the client sends, and says nothing until it is gone."""
    while connection.recv(4096):
        pass


def reset(connection):
    """Ends a connection with RST instead of FIN."""
    connection.recv(4096)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


@contextlib.contextmanager
def full_backlog():
    """A black hole on loopback: nothing accepts, and the backlog is full."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        waiting = []
        try:
            for _ in range(8):
                client = socket.socket()
                client.setblocking(False)
                with contextlib.suppress(BlockingIOError):
                    client.connect(listener.getsockname())
                waiting.append(client)
            time.sleep(0.1)
            yield listener.getsockname()[1]
        finally:
            for client in waiting:
                client.close()
