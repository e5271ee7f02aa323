"""The addresses of `app`, from its arguments: checked before the framework is loaded."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from sixes_geo.base.errors import ChoiceError, Problem
from sixes_geo.server import machine, origins
from sixes_geo.server import run as server
from sixes_geo.workers import shared


def asked(options: argparse.Namespace) -> server.Listening:
    """Return a socket that listens where the arguments say, if all that is set can be used."""
    shared.size()
    public_origins(options.public_url)
    return bound(host_named(options.host), options.port)


def host_named(asked: str) -> str:
    """Return the IP address to listen on."""
    try:
        host = machine.ip_address(asked)
    except ValueError:
        host = ""
    if not host or not machine.is_ours(host):
        raise ChoiceError("command", [Problem("bad_host", {"got": asked})], "choose_host")
    return host


def public_origins(urls: Sequence[str]) -> list[str]:
    """Return the origins of public URLs, as browsers write them."""
    origins_of, problems = [], []
    for url in urls:
        try:
            origins_of.append(origins.origin_of(url))
        except ValueError:
            problems.append(Problem("bad_public_url", {"got": url}))
    if problems:
        raise ChoiceError("command", problems, "choose_public_url")
    return origins_of


def bound(host: str, port: int | None) -> server.Listening:
    """Return a socket that listens on the given port, or on the first free one."""
    if port is not None and not 0 < port <= server.LAST_PORT:
        fields = {"got": str(port), "highest": str(server.LAST_PORT)}
        raise ChoiceError("command", [Problem("bad_port", fields)], "choose_port")
    try:
        return server.bound(host, port)
    except OSError:
        taken = server.ports(port)
        fields = {"got": str(taken[0]) if len(taken) == 1 else f"{taken[0]}-{taken[-1]}"}
        raise ChoiceError("command", [Problem("busy_port", fields)], "choose_port") from None
