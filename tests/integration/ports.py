"""Ports of loopback that stay free until a server takes them, however many tests run beside this one."""
import errno
import random
import socket

FIRST = 10240
TRIES = 200
# The kernel forgets a name of this kind when the process that holds it ends.
HELD = "\0fedval-tests-port-{}"

_held = []


def _first_ephemeral():
    """From here on up the kernel gives ports to outgoing connections, at any moment."""
    with open("/proc/sys/net/ipv4/ip_local_port_range", encoding="ascii") as file:
        return max(int(file.read().split()[0]), FIRST + 1000)


def _hold(port):
    """Whether no other test has this port; from now on this process has it, until it ends."""
    name = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    try:
        name.bind(HELD.format(port))
    except OSError:
        name.close()
        return False
    _held.append(name)
    return True


def _is_free(address, port):
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
        with socket.socket(family, kind) as probe:
            try:
                probe.bind((address, port))
            except OSError as error:
                if error.errno != errno.EADDRINUSE:
                    raise
                return False
    return True


def free_port(address="127.0.0.1"):
    """A port that nothing uses over TCP or UDP, and that no other test is given; OSError where the machine has no such
    address."""
    end = _first_ephemeral()
    for _ in range(TRIES):
        port = random.randrange(FIRST, end)
        if _is_free(address, port) and _hold(port):
            return port
    raise OSError(errno.EADDRINUSE, f"no free port of {address} between {FIRST} and {end}")
