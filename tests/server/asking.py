"""Requests to an ASGI app without a server."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass


def run_async(call, *arguments):
    """Run an asynchronous function, even if a loop already runs in this thread.

    A browser opened by an earlier test keeps an event loop running in the thread of the tests.
    """
    with ThreadPoolExecutor(1) as another_thread:
        return another_thread.submit(lambda: asyncio.run(call(*arguments))).result()


@dataclass(frozen=True)
class Answer:
    """The response of an app."""

    status: int
    headers: dict[str, str]
    body: bytes


def response_of(app, path, method="GET", query="", **headers) -> Answer:
    """Return the response of an app; names of headers are written with underscores."""
    messages, bodies = [], [b""]
    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": query.encode(),
        "headers": [
            (name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()
        ],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
    }

    async def receive():
        if not bodies:  # as a visitor who waits for the answer
            await asyncio.Event().wait()
        return {"type": "http.request", "body": bodies.pop(), "more_body": False}

    async def send(message):
        messages.append(message)

    run_async(app, scope, receive, send)
    start = messages[0]
    received = {name.decode().lower(): value.decode() for name, value in start["headers"]}
    return Answer(
        start["status"], received, b"".join(part.get("body", b"") for part in messages[1:])
    )
