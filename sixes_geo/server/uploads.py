"""Uploads are bounded on the server: each by its bytes, and all of one visit together.

The limit of a field is held by the browser, which anybody can do without; the framework holds one
for each upload, but keeps as many as are sent.
"""

from __future__ import annotations

from collections import OrderedDict

from starlette import status
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sixes_geo.base import limits

MARK = "/_stcore/upload_file/"
"""In the address of every upload; the names of visit and file follow."""

MEGABYTE = 1024 * 1024
FRAMING = MEGABYTE
"""Bytes of a request beside the file, as the framework counts them."""


class BoundedUploads:
    """Middleware that refuses uploads which are too large, or too many for one visit.

    Parameters
    ----------
    app
        The app to wrap.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.sizes: OrderedDict[str, dict[str, int]] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        visit, file = _names(scope)
        if not file:
            await self.app(scope, receive, send)
        elif scope["method"] == "PUT":
            await self._take(visit, file, scope, receive, send)
        else:
            if scope["method"] == "DELETE":
                self.sizes.get(visit, {}).pop(file, None)
            await self.app(scope, receive, send)

    async def _take(
        self, visit: str, file: str, scope: Scope, receive: Receive, send: Send
    ) -> None:
        """Let an upload through if there is room for it, and count what it brought."""
        most = limits.UPLOAD_MEGABYTES * MEGABYTE + FRAMING
        told = Headers(scope=scope).get("content-length", "")
        expected = int(told) if told.isdecimal() and len(told) < len(str(most)) + 1 else most + 1
        others = sum(size for name, size in self._of(visit).items() if name != file)
        room = min(most, limits.SESSION_UPLOAD_BYTES - others)
        if expected > room:
            refusal = PlainTextResponse("", status.HTTP_413_CONTENT_TOO_LARGE)
            await refusal(scope, receive, send)
            return
        kept, self._of(visit)[file] = False, expected  # from now on: others may come meanwhile

        async def watched(message: Message) -> None:
            nonlocal kept
            if message["type"] == "http.response.start":
                kept = message["status"] < status.HTTP_400_BAD_REQUEST
            await send(message)

        try:
            await self.app(scope, receive, watched)
        finally:
            if not kept:
                self._of(visit).pop(file, None)

    def _of(self, visit: str) -> dict[str, int]:
        """Return the sizes of the uploads of a visit."""
        sizes = self.sizes.setdefault(visit, {})
        self.sizes.move_to_end(visit)
        while len(self.sizes) > limits.SESSIONS_COUNTED:
            self.sizes.popitem(last=False)
        return sizes


def _names(scope: Scope) -> tuple[str, str]:
    """Return the names of visit and file of an upload; empty for any other request."""
    if scope["type"] != "http":
        return "", ""
    _, found, names = scope["path"].partition(MARK)
    visit, _, file = names.partition("/")
    return (visit, file) if found else ("", "")
