"""The command `app`: serve the dashboard and print its address, until it is stopped."""

from __future__ import annotations

import argparse
import os
import signal
import sys
import webbrowser
from collections.abc import Sequence
from threading import Thread

from sixes_geo.base.installation import app_script
from sixes_geo.base.logs import start_logging
from sixes_geo.cli.address import public_origins
from sixes_geo.i18n import Translator
from sixes_geo.server import machine, origins
from sixes_geo.server import run as server
from sixes_geo.server.settings import SETTINGS
from sixes_geo.store.codes import READ_ONLY_VARIABLE, is_read_only
from sixes_geo.ui import lifecycle

FAILED = 1


def run(options: argparse.Namespace, listening: server.Listening) -> int:
    """Serve until a signal, and return an exit status: 0 stopped, 1 nothing to serve."""
    for name in ("SIGTERM", "SIGHUP"):  # as the key does, from the first moment on
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, signal.default_int_handler)
    tr = Translator("en")
    try:
        host, port = listening.getsockname()[:2]
        start_logging(options.log_level)
        if options.read_only:
            os.environ[READ_ONLY_VARIABLE] = "1"
        own = {
            origins.LISTENED: host,
            origins.PUBLIC: public_origins(options.public_url),
            "server.port": port,
            "logger.level": options.log_level,
        }
        address = machine.url(host, port, lifecycle.configure({**SETTINGS, **own}))

        def ready() -> None:
            _tell(tr, address, (host, port), options.public_url)
            if options.open:
                Thread(target=webbrowser.open, args=(address,), daemon=True).start()

        started = server.serve(app_script(), listening, ready)
    except KeyboardInterrupt:
        return 0
    if not started:
        sys.stderr.write(tr("cli.app_failed", address=address) + "\n")
    return 0 if started else FAILED


def _tell(tr: Translator, address: str, listened: tuple[str, int], public: Sequence[str]) -> None:
    """Print the address, and who else can open it."""
    host, port = listened
    lines = ["", tr("cli.app_ready", address=address)]
    if public:
        lines += [tr("cli.app_public"), *(f"  {url}" for url in public)]
    if machine.is_every(host):
        path = address.partition("://")[2].partition("/")[2]
        lines += [tr("cli.app_reached")]
        lines += [f"  {machine.url(one, port, path)}" for one in machine.network_addresses()]
    if not machine.is_private(host):
        lines += [tr("cli.app_everybody_reads" if is_read_only() else "cli.app_everybody")]
    sys.stdout.write("\n".join([*lines, "", ""]))
    sys.stdout.flush()
