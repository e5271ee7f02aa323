"""Our routes beside the dashboard's: files of the maps, and health.

More belong here: the phones of a room, JSON.
"""

from __future__ import annotations

from collections.abc import Callable

from starlette import status
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from sixes_geo.server import health
from sixes_geo.server.assets import FOLDER, Asset, asset_named

FORMER_PAGES = {"space": "clusters", "your_data": "contributions"}
"""Former names of pages: links to them still open the same view."""

LASTING = "public, max-age=31536000, immutable"
PASSING = "no-store"


def routes(base_path: str = "") -> list[BaseRoute]:
    """Return our routes.

    Parameters
    ----------
    base_path
        Where the dashboard is served if not at the root, such as ``maps/city``.
    """
    at = f"/{base_path.strip('/')}" if base_path.strip("/") else ""
    return [
        Route(f"{at}/healthz", _health),
        Route(f"{at}/{FOLDER}/{{name:path}}", _asset),
        *(Route(f"{at}/{former}", _moved(f"{at}/{name}")) for former, name in FORMER_PAGES.items()),
    ]


def _moved(address: str) -> Callable[[Request], Response]:
    """Return a handler that redirects a former address to the current one, with its query."""

    def answer(request: Request) -> Response:
        query = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(address + query, status.HTTP_308_PERMANENT_REDIRECT)

    return answer


def _health(_request: Request) -> Response:
    """Respond ``ok``, or with 503 and the reason why no page can be served."""
    word = health.state()
    well = word == health.READY
    code = status.HTTP_200_OK if well else status.HTTP_503_SERVICE_UNAVAILABLE
    return PlainTextResponse(word, code, {"Cache-Control": PASSING})


def _asset(request: Request) -> Response:
    """Send one file; browsers cache it forever, since its name contains a checksum."""
    asset = asset_named(request.path_params["name"])
    if asset is None:
        return PlainTextResponse("", status.HTTP_404_NOT_FOUND, {"Cache-Control": PASSING})
    packed = asset.gzipped if "gzip" in request.headers.get("accept-encoding", "") else None
    return _sent(request, asset, packed)


def _sent(request: Request, asset: Asset, packed: bytes | None) -> Response:
    """Send a file as it is or compressed, or say that the browser has it already."""
    tag = f'"{asset.tag}{"" if packed is None else "-gzip"}"'
    headers = {"Cache-Control": LASTING, "ETag": tag, "Vary": "Accept-Encoding"}
    known = {one.strip().removeprefix("W/") for one in _asked(request, "if-none-match")}
    if known & {tag, "*"}:
        return Response(status_code=status.HTTP_304_NOT_MODIFIED, headers=headers)
    if packed is not None:
        headers["Content-Encoding"] = "gzip"
    content = asset.content if packed is None else packed
    return Response(content, headers=headers, media_type=asset.media_type)


def _asked(request: Request, header: str) -> list[str]:
    """Return the values of a header that is a list."""
    return request.headers.get(header, "").split(",")
