"""Addresses of this machine in its network, found without any network request."""

from __future__ import annotations

import ipaddress
import socket
import struct
import sys
from contextlib import closing, suppress

LOOPBACK = "127.0.0.1"
LOCAL_NAME = "localhost"

_ADDRESS_OF = {"linux": 0x8915, "darwin": 0xC0206921}
"""Number of the system call for the address of an interface (SIOCGIFADDR)."""
_KNOW_THEMSELVES = ("win32", "cygwin")
"""Systems that answer for their own name from their interfaces; others may ask the network."""
_IN_ANSWER = slice(20, 24)
_REQUEST_BYTES = 256


def ip_address(host: str) -> str:
    """Return the IP address that a person wrote; names are not looked up.

    Raises
    ------
    ValueError
        If it is neither an IP address nor ``localhost``.
    """
    return LOOPBACK if host.lower() == LOCAL_NAME else str(ipaddress.ip_address(host))


def is_ours(host: str) -> bool:
    """Tell whether an IP address belongs to this machine."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with closing(socket.socket(family, socket.SOCK_STREAM)) as tried:
        try:
            tried.bind((host, 0))
        except OSError:
            return False
    return True


def is_every(host: str) -> bool:
    """Tell whether an IP address means all addresses of this machine."""
    return ipaddress.ip_address(host).is_unspecified


def is_private(host: str) -> bool:
    """Tell whether only this machine itself can reach an address."""
    return ipaddress.ip_address(host).is_loopback


def is_loopback(host: str) -> bool:
    """Tell the same of what a person wrote; a name other than ``localhost`` may be anybody's."""
    try:
        return is_private(ip_address(host))
    except ValueError:
        return False


def own_names() -> frozenset[str]:
    """Return the names that this machine has in its network, as it tells them itself."""
    full = socket.gethostname().lower().rstrip(".")
    short = full.partition(".")[0]
    return frozenset({full, short, f"{short}.local"}) if short else frozenset()


def url(host: str, port: int, path: str = "") -> str:
    """Return the URL to open for a host that is listened on."""
    if is_every(host) or host == LOOPBACK:
        host = LOCAL_NAME
    shown = f"[{host}]" if ":" in host else host
    return f"http://{shown}:{port}" + (f"/{path.strip('/')}" if path.strip("/") else "")


def network_addresses() -> list[str]:
    """Return the IPv4 addresses at which others reach this machine, without duplicates."""
    question = _ADDRESS_OF.get(sys.platform)
    if question is not None:
        found = _by_interface(question)
    else:
        found = _by_name() if sys.platform in _KNOW_THEMSELVES else []
    return [one for one in dict.fromkeys(found) if not is_private(one)]


def _by_interface(question: int) -> list[str]:
    """Ask the system for the address of each interface."""
    import fcntl  # noqa: PLC0415  (does not exist on Windows)

    found = []
    with closing(socket.socket(socket.AF_INET, socket.SOCK_DGRAM)) as asking:
        for _, name in socket.if_nameindex():
            request = struct.pack(f"{_REQUEST_BYTES}s", name.encode()[:15])
            with suppress(OSError):  # an interface without an address
                answer = fcntl.ioctl(asking.fileno(), question, request)
                found.append(socket.inet_ntoa(answer[_IN_ANSWER]))
    return found


def _by_name() -> list[str]:
    """Ask the system for the addresses of its own name."""
    try:
        return socket.gethostbyname_ex(socket.gethostname())[2]
    except OSError:
        return []
