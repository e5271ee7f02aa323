"""Headers on every response: what a page may load, from where, and what it tells others.

Nothing is loaded from another host, except on a map whose reader chose the online
basemap: its frame is requested with `BASEMAP_ASKED`, and only that frame may load images
from the tile server.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qs, urlsplit

from starlette import status
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sixes_geo.maps.scene import BASEMAP

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


def policy(*, tiles: bool = False) -> str:
    """Return the content security policy of a document, with or without the basemap's tiles."""
    host = "{0.scheme}://{0.netloc}".format(urlsplit(BASEMAP["url"]))
    more = {"img-src": f" {host}"} if tiles else {}
    return "; ".join(f"{name} {sources}{more.get(name, '')}" for name, sources in POLICY.items())


class SecurityHeaders:
    """Middleware that adds the headers to all responses of an app, including errors.

    Parameters
    ----------
    app
        The app to wrap; its websockets are not changed.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                told = MutableHeaders(scope=message)
                told |= headers_for(scope["path"], scope["query_string"])
            await send(message)

        await self.app(scope, receive, send_with_headers)


async def failed(request: Request, _fault: Exception) -> Response:
    """Respond to an unhandled error, which happens outside all middleware."""
    told = headers_for(request.url.path, request.url.query.encode())
    return PlainTextResponse("", status.HTTP_500_INTERNAL_SERVER_ERROR, told)


def headers_for(path: str, query: bytes) -> dict[str, str]:
    """Return the headers of the response to a request."""
    name, wanted = BASEMAP_ASKED
    asked = parse_qs(query.decode("latin-1")).get(name) == [wanted]
    return {
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Content-Security-Policy": policy(tiles=asked and "/component/" in path),
    }
