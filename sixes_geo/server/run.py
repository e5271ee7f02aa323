"""Serve the dashboard in this process: bind, warm up, report the address, stop cleanly."""

from __future__ import annotations

import importlib.util
import os
import signal
import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

import uvicorn

from sixes_geo.base.limits import MESSAGE_BYTES

FIRST_PORT = 8501
PORTS_TRIED = 50
LAST_PORT = 65_535

END_S = 5
"""Seconds that open connections have to finish when the server stops."""
PING_S = 20

ENDING = tuple(
    getattr(signal, name)
    for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
    if hasattr(signal, name)
)
"""Signals that stop the server: a key, a service manager, a closed window."""


Listening = socket.socket
"""A listening socket, as `bound` returns and `serve` takes it."""


class Server(uvicorn.Server):
    """A server that reports when it is ready, and that signals stop without a traceback.

    Parameters
    ----------
    config
        What is served, and how.
    ready
        Called when the app has started and connections are accepted.
    """

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then report it."""
        await super().startup(sockets)
        if self.started and not self.should_exit:
            self._ready()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Stop on a signal while serving; signals ignored before, as by nohup, still are."""
        heeded = [number for number in ENDING if signal.getsignal(number) != signal.SIG_IGN]
        before = {number: signal.signal(number, self.handle_exit) for number in heeded}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Handle a signal; before the server has started, stop at once."""
        super().handle_exit(sig, frame)
        if not self.started:
            raise KeyboardInterrupt


def bound(host: str, port: int | None = None) -> socket.socket:
    """Return a listening socket; early visitors wait until the app has started.

    Parameters
    ----------
    host
        An IP address of this machine.
    port
        The port to use; by default the first free one from `FIRST_PORT` on.

    Raises
    ------
    OSError
        If the address does not belong to this machine, or if the given port, or every port
        tried, is in use or not allowed.
    """
    refusal = OSError()
    for tried in ports(port):
        try:
            return _listening(host, tried)
        except OSError as caught:
            refusal = caught
    raise refusal


def ports(port: int | None = None) -> Sequence[int]:
    """Return the ports to try: the given one, or else the first ones."""
    return [port] if port is not None else range(FIRST_PORT, FIRST_PORT + PORTS_TRIED)


def serve(script: Path, listening: socket.socket, ready: Callable[[], None]) -> bool:
    """Serve the app of a script until a signal.

    Parameters
    ----------
    script
        The file that defines the ASGI app as ``app``.
    listening
        As `bound` returns it; closed at the end.
    ready
        Called when the server is ready.

    Returns
    -------
    bool
        False if the app could not start.
    """
    with closing(listening):
        config = uvicorn.Config(
            app_of(script),
            log_config=None,
            log_level="error",
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=END_S,
            ws="websockets-sansio",
            ws_max_size=MESSAGE_BYTES,
            ws_per_message_deflate=False,
            ws_ping_interval=PING_S,
            ws_ping_timeout=PING_S,
        )
        server = Server(config, ready)
        try:
            server.run(sockets=[listening])
        except KeyboardInterrupt:
            return True
        except SystemExit:  # the app did not start: it refused, and has said why, or had to end
            return server.should_exit
        return server.started


def app_of(script: Path) -> Any:  # noqa: ANN401  (any ASGI app)
    """Return the app that a script defines."""
    spec = importlib.util.spec_from_file_location("sixes_geo_app", script)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(script)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.app


def _listening(host: str, port: int) -> socket.socket:
    """Return a socket that listens on an address and port."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with ExitStack() as undone:  # closed again unless everything succeeds
        found = undone.enter_context(socket.socket(family, socket.SOCK_STREAM))
        if os.name != "nt":  # on Windows, two servers could then share a port
            found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            found.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
        found.bind((host, port))
        found.listen(128)
        found.settimeout(0)  # the server does the waiting
        undone.pop_all()
    return found
