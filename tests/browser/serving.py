"""A server of the dashboard on loopback, started as users start it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from house import ROOT
from polling import until

from sixes_geo.contributions import folder
from sixes_geo.store import location

WAIT_S = 90


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


OURS, STREAMLIT = "sixes_geo", "streamlit"
WAYS = {
    OURS: lambda port: ["sixes_geo", "app", "--port", port],
    STREAMLIT: lambda port: ["streamlit", "run", "app.py", "--server.port", port],
}
"""Ways to start the dashboard, as modules that Python runs."""


class Server:
    """One server on loopback; its output goes to a file, since a pipe would fill up."""

    def __init__(self, log: Path, way: str = OURS, port: int = 0, cwd: Path = ROOT) -> None:
        self.log = log
        self.port = port or free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        own = os.environ | {
            folder.VARIABLE: str(log.parent / "registry"),
            location.VARIABLE: f"sqlite:///{log.parent}/store.sqlite3",
            "PYTHONPATH": str(ROOT),
        }
        with log.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", *WAYS[way](str(self.port))],
                cwd=cwd,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=own,
            )

    def wait(self, path: str = "/healthz") -> None:
        """Wait until pages can be served, or fail with what the server printed."""

        def settled() -> bool:
            return self.process.poll() is not None or self._answers(path)

        until(settled, WAIT_S)
        if self.process.poll() is not None or not self._answers(path):
            pytest.fail(f"the server did not come up:\n{self.log.read_text()}")

    def _answers(self, path: str) -> bool:
        """Tell whether an address responds with status 200."""
        try:
            with urllib.request.urlopen(f"{self.url}{path}", timeout=WAIT_S) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    def stop(self) -> None:
        """End the server, whatever it is doing."""
        self.process.terminate()
        try:
            self.process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
