"""Who is answered: requests for this server, made by its own pages or by no page at all.

Any page that is open in a visitor's browser can send requests here, and if its own name leads to
this machine (DNS rebinding), it can read the answers too. So the host that a request names has to
be this server, and the page that makes it has to be one of this server's pages. Both are decided
before the framework sees the request: to judge a page of another host, the framework asks outside
hosts for the addresses of this machine, and everybody waits meanwhile.

Nothing is looked up here. No name server can make an IP address lead elsewhere, so a server that
others can reach answers under any of them: in a container or behind a router, it does not know
its own.
"""

from __future__ import annotations

import ipaddress
import logging
import re
from collections.abc import Collection
from dataclasses import dataclass

from starlette import status
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocketClose

from sixes_geo.i18n import LANGUAGES, Translator
from sixes_geo.server import machine

LOG = logging.getLogger(__name__)

LISTENED = "server.address"
"""Setting of the framework with the address that the server listens on."""
PUBLIC = "server.corsAllowedOrigins"
"""Setting of the framework that our command fills with the origins of ``--public-url``."""

DENIAL = "websocket.http.response"
"""Extension of ASGI by which a websocket can be refused with a response of its own."""
POLICY_VIOLATION = 1008
"""Code of a websocket closed because of who asks (RFC 6455, section 7.4.1)."""

MOST_LOGGED = 20
"""Different hosts and origins that are logged when refused; more would only fill the log."""
LONGEST_LOGGED = 100

SCHEMES = {"http": "http", "https": "https", "ws": "http", "wss": "https"}
"""The scheme of a page's address, by the scheme of its requests and connections."""
USUAL_PORTS = {"http": "80", "https": "443"}
HIGHEST_PORT = 65_535

_ADDRESS = re.compile(
    r"(?P<scheme>https?)://(?P<host>\[[0-9a-f:.]+\]|[\w.-]+)(?::(?P<port>\d{1,5}))?(?:/[^\s?#]*)?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Known:
    """The names of a server, and the origins of its pages.

    Parameters
    ----------
    names
        Host names, in small letters and without a port.
    origins
        Origins of public URLs, such as ``https://maps.example.org``.
    any_address
        Whether every IP address is taken for this server, not only those of loopback.
    """

    names: frozenset[str]
    origins: frozenset[str] = frozenset()
    any_address: bool = False

    def has_host(self, host: str) -> bool:
        """Tell whether the host that a request names, with or without a port, is this server."""
        try:
            name = _host_of(origin_of(f"http://{host}"))
        except ValueError:
            return False
        if "/" in host:  # a path would be taken for nothing
            return False
        address = _ip_address(name)
        if address is None:
            return name in self.names
        return self.any_address or address.is_loopback or name in self.names

    def has_origin(self, origin: str, own: str) -> bool:
        """Tell whether a page is this server's.

        Parameters
        ----------
        origin
            Scheme, host and port of the page, as its browser sends them.
        own
            The same of what the page asks, or nothing if that is not known.
        """
        try:
            written = origin_of(origin)
        except ValueError:
            return False
        return written in self.origins or (own != "" and written == origin_of(own))


def known(listened: str | None, public: Collection[str] = ()) -> Known:
    """Return what a server answers to.

    Parameters
    ----------
    listened
        The address or name it listens on; none means all of them.
    public
        Public URLs: addresses at which a proxy or another name leads to it. What is none is
        logged and left out.
    """
    origins = set()
    for url in public:
        try:
            origins.add(origin_of(url))
        except ValueError:
            LOG.warning("left out: %r is not a web address", url)
    names = {*map(_host_of, origins), machine.LOCAL_NAME}
    if listened and machine.is_loopback(listened):
        return Known(frozenset(names), frozenset(origins))
    names |= machine.own_names() | ({listened.lower()} if listened else set())
    return Known(frozenset(names), frozenset(origins), any_address=True)


def origin_of(url: str) -> str:
    """Return scheme, host and port of an address as a browser writes them.

    Raises
    ------
    ValueError
        If it is not the address of a web page.
    """
    found = _ADDRESS.fullmatch(url)
    if found is None or int(found["port"] or 1) not in range(1, HIGHEST_PORT + 1):
        raise ValueError(url)
    scheme, host = found["scheme"].lower(), found["host"].lower()
    if not host.isascii():
        host = host.encode("idna").decode("ascii")  # a UnicodeError is a ValueError
    usual = found["port"] in (None, USUAL_PORTS[scheme])
    return f"{scheme}://{host}" + ("" if usual else f":{int(found['port'])}")


def _host_of(origin: str) -> str:
    """Return the host of an origin, without the dot that a full name may end with."""
    found = _ADDRESS.fullmatch(origin)
    return found["host"].rstrip(".") if found else ""


def _ip_address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """Return the IP address that a host is, if it is one; IPv6 is written in brackets."""
    try:
        if host.startswith("["):
            return ipaddress.IPv6Address(host[1:-1])
        return ipaddress.IPv4Address(host)
    except ValueError:
        return None


class OwnVisitors:
    """Middleware that refuses what is meant for another host, or made by a page of one.

    Parameters
    ----------
    app
        The app to wrap.
    ours
        What this server answers to.
    """

    def __init__(self, app: ASGIApp, ours: Known) -> None:
        self.app = app
        self.ours = ours
        self._logged: set[str] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request or connection."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        hosts, pages = headers.getlist("host"), headers.getlist("origin")
        own = f"{SCHEMES[scope['scheme']]}://{hosts[0]}" if hosts else ""
        if len(hosts) > 1 or not all(map(self.ours.has_host, hosts)):
            self._log("host", hosts)
            await refuse(status.HTTP_421_MISDIRECTED_REQUEST, "host", scope, receive, send)
        elif len(pages) > 1 or not all(self.ours.has_origin(page, own) for page in pages):
            self._log("origin", pages)
            await refuse(status.HTTP_403_FORBIDDEN, "origin", scope, receive, send)
        else:
            await self.app(_settled(scope, own), receive, send)

    def _log(self, kind: str, values: list[str]) -> None:
        """Log what was refused, each host and origin once."""
        refused = f"{kind} {', '.join(values)[:LONGEST_LOGGED]!r}"
        if refused in self._logged or len(self._logged) == MOST_LOGGED:
            return
        self._logged.add(refused)
        LOG.warning("refused: %s is not this server; if it should be, use --public-url", refused)
        if len(self._logged) == MOST_LOGGED:
            LOG.warning("refused: others will not be logged any more")


async def refuse(code: int, kind: str, scope: Scope, receive: Receive, send: Send) -> None:
    """Refuse a request or a connection with a line in each language."""
    if scope["type"] == "websocket" and DENIAL not in scope.get("extensions", {}):
        await WebSocketClose(POLICY_VIOLATION)(scope, receive, send)
        return
    lines = [Translator(language)(f"server.foreign_{kind}") for language in LANGUAGES]
    await PlainTextResponse("\n".join([*lines, ""]), code)(scope, receive, send)


def _settled(scope: Scope, own: str) -> Scope:
    """Return a request that the framework does not judge again: its page is this server's.

    A public URL differs from the host that a proxy names, and the framework would look outside
    for the addresses of this machine before it looked at its own list.
    """
    headers = [(name, value) for name, value in scope["headers"] if name != b"origin"]
    if len(headers) == len(scope["headers"]):
        return scope
    if own:
        headers.append((b"origin", own.encode("latin-1")))
    return {**scope, "headers": headers}
