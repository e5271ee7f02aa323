"""The workers of this process: a server starts them; without them tasks run where they are asked.

So the command line, the workers themselves and tests need nothing else, and a small machine can
do without (`SIZE_VARIABLE` at 0).
"""

from __future__ import annotations

import os
from threading import Condition

from sixes_geo.base.errors import ChoiceError, Problem, SixesGeoError
from sixes_geo.workers import folders
from sixes_geo.workers.frames import Record, as_passed
from sixes_geo.workers.jobs import Job, Progress, Ticket
from sixes_geo.workers.pool import Pool
from sixes_geo.workers.process import Call
from sixes_geo.workers.tasks import TASKS, function_of

SIZE_VARIABLE = "SIXES_WORKERS"
"""The environment variable that says how many workers a server has."""

MOST = 32
DEFAULT = 2

_POOL: list[Pool] = []


def size() -> int:
    """Return how many workers a server has.

    Raises
    ------
    ChoiceError
        If the variable is no number from 0 to `MOST`.
    """
    told = os.environ.get(SIZE_VARIABLE, "").strip()
    if not told:
        return min(DEFAULT, os.cpu_count() or 1)
    if not (told.isascii() and told.isdigit() and len(told) <= len(str(MOST)) + 1):
        raise _no_size(told)
    if int(told) > MOST:
        raise _no_size(told)
    return int(told)


def start() -> None:
    """Start the workers of this server, and remove what killed servers left."""
    folders.clean_left_folders()
    wanted = size()
    if wanted and not _POOL:
        _POOL.append(Pool(wanted))


def stop() -> None:
    """End the workers of this server."""
    while _POOL:
        _POOL.pop().close()


def is_ready() -> bool:
    """Tell whether there are workers that can do at once what a page waits for."""
    return bool(_POOL) and _POOL[0].is_ready


def submit(
    name: str, given: Record, *, owner: str = "", key: str | None = None, where: str = ""
) -> Ticket:
    """Put a task into the queue of the workers, or do it at once where there are none.

    See `Pool.submit`.
    """
    if _POOL:
        return _POOL[0].submit(name, given, owner=owner, key=key, where=where)
    job = Job(Call(0, name, TASKS[name], given), owner, key, waiting=1)
    try:
        job.finish(as_passed(function_of(job.call.task)(as_passed(given), lambda _: None)), None)
    except SixesGeoError as refusal:
        job.finish(None, refusal)
    return Ticket(job, Condition(), lambda one: Progress(one.state), lambda _: None, where)


def ask(
    name: str, given: Record, *, owner: str = "", key: str | None = None, where: str = ""
) -> Record:
    """Have a task done and return its answer.

    Raises
    ------
    SixesGeoError
        As the task raised it, or a `WorkError` if the work was given up.
    """
    ticket = submit(name, given, owner=owner, key=key, where=where)
    try:
        return ticket.result()
    finally:
        ticket.cancel()


def _no_size(told: str) -> SixesGeoError:
    """Return the error of a number of workers that cannot be."""
    fields = {"variable": SIZE_VARIABLE, "got": told[:80], "allowed": MOST}
    return ChoiceError("command", [Problem("no_worker_count", fields)], "fix_variable")
