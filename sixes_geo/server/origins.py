"""Connections from pages of other hosts are refused before the framework sees them.

To decide about a foreign origin, the framework looks up this machine's addresses at an outside
host, and everybody waits meanwhile. Here only the page's own host counts, and the origins that
the owner of the server allowed.
"""

from __future__ import annotations

from collections.abc import Collection
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocketClose

ALLOWED = "server.corsAllowedOrigins"
"""Setting of the framework that names the origins which may connect too."""

POLICY_VIOLATION = 1008
"""Code of a websocket closed because of who asks (RFC 6455, section 7.4.1)."""


class OwnOrigin:
    """Middleware that refuses websockets which pages of another host open.

    Parameters
    ----------
    app
        The app to wrap.
    allowed
        Origins that may connect too, such as ``https://maps.example.org``, for a server behind a
        proxy that changes the host.
    """

    def __init__(self, app: ASGIApp, allowed: Collection[str] = ()) -> None:
        self.app = app
        self.allowed = frozenset(allowed)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request or connection."""
        if scope["type"] == "websocket" and not is_own(Headers(scope=scope), self.allowed):
            await WebSocketClose(POLICY_VIOLATION)(scope, receive, send)
            return
        await self.app(scope, receive, send)


def is_own(headers: Headers, allowed: Collection[str] = ()) -> bool:
    """Tell whether a connection comes from a page of this server, or from no page at all."""
    origin = headers.get("origin")
    if origin is None or origin in allowed:
        return True
    return urlsplit(origin).netloc == headers.get("host")
