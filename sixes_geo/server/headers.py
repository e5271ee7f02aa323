"""Headers on every response: what a page may load, from where, and what it tells others.

Nothing is loaded from another host, except on a map whose reader chose the online
basemap: its frame is requested with `BASEMAP_ASKED`, and only that frame may load images
from the tile server.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from urllib.parse import parse_qs, urlsplit

from starlette import status
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sixes_geo.maps.scene import BASEMAP
from sixes_geo.server.origins import DENIAL

BASEMAP_ASKED = ("basemap", "online")
"""Query parameter of a frame whose reader chose the online basemap."""

POLICY: Mapping[str, str] = {
    "default-src": "'self'",
    # The dashboard's charts compile their expressions, and its map comes as a script.
    "script-src": "'self' 'unsafe-inline' 'unsafe-eval'",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self' data: blob:",
    "media-src": "'self' data: blob:",
    "worker-src": "'self' blob:",
    "connect-src": "'self'",
    "frame-src": "'self' data: blob:",
    "frame-ancestors": "'self'",
    "form-action": "'self'",
    "base-uri": "'self'",
    "object-src": "'none'",
}


OTHERS: Mapping[str, str] = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    # Pages of other sites can neither frame these, nor hold their windows, nor load their files.
    "X-Frame-Options": "SAMEORIGIN",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "camera=(), display-capture=(), geolocation=(), microphone=(), midi=(), payment=(), usb=()"
    ),
    # A browser would look up the hosts of all links on a page before anybody follows one.
    "X-DNS-Prefetch-Control": "off",
}
"""The other headers, the same on every response."""

STARTS = ("http.response.start", f"{DENIAL}.start")


def policy(*, tiles: bool = False) -> str:
    """Return the content security policy of a document, with or without the basemap's tiles."""
    host = "{0.scheme}://{0.netloc}".format(urlsplit(BASEMAP["url"]))
    more = {"img-src": f" {host}"} if tiles else {}
    return "; ".join(f"{name} {sources}{more.get(name, '')}" for name, sources in POLICY.items())


class SecurityHeaders:
    """Middleware that adds the headers to all responses of an app, including refusals and errors.

    Parameters
    ----------
    app
        The app to wrap; what goes over its websockets is not changed.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request or connection."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        told = headers_for(scope["path"], scope["query_string"])
        deniable = DENIAL in scope.get("extensions", {})
        begun = False

        async def send_with_headers(message: Message) -> None:
            nonlocal begun
            if message["type"] == "websocket.close" and deniable and not begun:
                # The server's own refusal would bear no headers.
                await PlainTextResponse("", status.HTTP_403_FORBIDDEN, told)(scope, receive, send)
                return
            begun = True
            if message["type"] in STARTS:
                MutableHeaders(scope=message).update(told)
            await send(message)

        await self.app(scope, receive, send_with_headers)
        if scope["type"] == "websocket":
            # A turn later uvicorn has closed a refused connection; before that, it would log an
            # error for each.
            await asyncio.sleep(0)


async def failed(request: Request, _fault: Exception) -> Response:
    """Respond to an unhandled error, which happens outside all middleware."""
    told = headers_for(request.url.path, request.url.query.encode())
    return PlainTextResponse("", status.HTTP_500_INTERNAL_SERVER_ERROR, told)


def headers_for(path: str, query: bytes) -> dict[str, str]:
    """Return the headers of the response to a request."""
    name, wanted = BASEMAP_ASKED
    asked = parse_qs(query.decode("latin-1")).get(name) == [wanted]
    return {
        **OTHERS,
        "Content-Security-Policy": policy(tiles=asked and "/component/" in path),
    }
