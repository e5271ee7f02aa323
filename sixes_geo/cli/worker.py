"""The command `worker`: a process of a server; nobody but a server starts it."""

from __future__ import annotations

import argparse
from importlib import import_module

from sixes_geo.base.logs import start_logging
from sixes_geo.workers import tasks, worker


def run(options: argparse.Namespace) -> int:
    """Answer tasks until the server is gone."""
    start_logging()
    known = tasks.TASKS if not options.table else import_module(options.table).TASKS
    return worker.run(known)
