"""Inside a worker: one process that answers one task after the other until its server is gone.

Started by `python -m sixes_geo worker`, never forked. It reads frames from standard input and
writes frames to what was standard output; whatever a task prints goes to the log instead. When
standard input ends, its server has: the process ends at once, whatever it is doing.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from importlib import import_module
from queue import SimpleQueue
from threading import Thread
from typing import BinaryIO

import psutil

from sixes_geo.base.error_records import to_record
from sixes_geo.base.errors import SixesGeoError
from sixes_geo.workers.frames import Frame, FrameError, read_frame, write_frame
from sixes_geo.workers.tasks import Task, function_of

READY, STAGE, DONE, REFUSED, FULL = "ready", "stage", "done", "refused", "full"
"""What a worker tells: that it is warm; how far it is; its answer, its refusal, or that its memory
was not enough."""

WALL = 4
"""How many times its memory an untrusted task may reserve: what is reserved is not all used."""

NICE = 3
"""How much a worker stands back behind the server that draws pages: it gets half as much, when
both want all."""

MEGABYTE = 1024**2


def run(tasks: Mapping[str, Task]) -> int:
    """Answer tasks until standard input ends."""
    given, answers = _own_pipes()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a key stops the server, and that ends this
    inbox: SimpleQueue[Frame] = SimpleQueue()
    Thread(target=_listen, args=(given, inbox), daemon=True).start()
    if hasattr(os, "nice"):
        os.nice(NICE)
    for place in dict.fromkeys(task.place for task in tasks.values()):
        import_module(place.partition(":")[0])
    write_frame(answers, Frame({"kind": READY}))
    while True:
        write_frame(answers, _answer(inbox.get(), tasks, answers))


def _own_pipes() -> tuple[BinaryIO, BinaryIO]:
    """Take standard input and output, and put nothing and the log in their place."""
    given = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    return given, answers


def _listen(given: BinaryIO, inbox: SimpleQueue[Frame]) -> None:
    """Hand frames on, and end the process where they end."""
    with suppress(FrameError, OSError):
        while (frame := read_frame(given)) is not None:
            inbox.put(frame)
    os._exit(0)


def _answer(frame: Frame, tasks: Mapping[str, Task], answers: BinaryIO) -> Frame:
    """Return the answer to one task; an error that is not ours ends the process."""
    number = frame.head["number"]
    task = tasks[frame.head["task"]]

    def tell(stage: str) -> None:
        write_frame(answers, Frame({"kind": STAGE, "number": number, "stage": stage}))

    try:
        with _walled(task):
            record = function_of(task)(frame.record, tell)
    except SixesGeoError as refusal:
        return Frame({"kind": REFUSED, "number": number}, {"error": to_record(refusal)})
    except MemoryError:
        return Frame({"kind": FULL, "number": number})
    return Frame({"kind": DONE, "number": number}, record)


@contextmanager
def _walled(task: Task) -> Iterator[None]:
    """Let the system limit what an untrusted task can reserve, where it can."""
    if not task.untrusted or sys.platform == "win32":
        yield
        return
    import resource  # noqa: PLC0415  (does not exist on Windows)

    before = resource.getrlimit(resource.RLIMIT_AS)
    most = psutil.Process().memory_info().vms + WALL * task.megabytes * MEGABYTE
    with suppress(ValueError, OSError):  # a lower limit holds already, or the system has none
        resource.setrlimit(resource.RLIMIT_AS, (most, before[1]))
    try:
        yield
    finally:
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, before)
