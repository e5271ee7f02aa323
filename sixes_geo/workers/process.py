"""A worker as its server sees it: started, asked, watched, and ended when it takes too much."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Any

import psutil

from sixes_geo.base.error_records import from_record
from sixes_geo.base.errors import Problem, SixesGeoError, WorkError
from sixes_geo.workers.frames import Frame, FrameError, Record, read_frame, write_frame
from sixes_geo.workers.tasks import Task
from sixes_geo.workers.worker import DONE, FULL, MEGABYTE, READY, REFUSED, STAGE

COMMAND = (sys.executable, "-m", "sixes_geo", "worker")
LOOK_EVERY_S = 0.02
START_S = 120.0
END_S = 2.0

_LIBRARY = str(Path(__file__).resolve().parents[2])


@dataclass
class Call:
    """One task, as it is asked of a worker."""

    number: int
    name: str
    task: Task
    given: Record
    cancelled: Event = field(default_factory=Event)
    on_stage: Callable[[str], None] = lambda _: None


class Worker:
    """A process that answers tasks.

    Parameters
    ----------
    command
        What starts it.
    folder
        Its temporary folder.
    """

    def __init__(self, command: Sequence[str], folder: Path) -> None:
        paths = [_LIBRARY, os.environ.get("PYTHONPATH", "")]
        own = {name: str(folder) for name in ("TMPDIR", "TEMP", "TMP")}
        own["PYTHONPATH"] = os.pathsep.join(path for path in paths if path)
        self._process = subprocess.Popen(  # noqa: S603  (our own command)
            list(command), stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=os.environ | own
        )
        self._lock = Lock()
        self._idle = 0
        self.ended = False

    @property
    def is_warm(self) -> bool:
        """Tell whether it has loaded what it needs, and goes on."""
        return self._idle > 0 and not self.ended

    @property
    def pid(self) -> int:
        """Return the number of its process."""
        return self._process.pid

    def wait_ready(self) -> bool:
        """Wait until it is warm; False if it ended instead, or took too long."""
        done = Event()
        Thread(target=self._end_late, args=(done,), daemon=True).start()
        try:
            frame = self._read()
        finally:
            done.set()
        if frame is None or frame.head.get("kind") != READY:
            self.end()
            return False
        self._idle = self.memory()
        return True

    def memory(self) -> int:
        """Return the bytes that it has in memory; none if it has ended."""
        try:
            return int(psutil.Process(self.pid).memory_info().rss)
        except psutil.Error:
            return 0

    @property
    def has_grown(self) -> bool:
        """Tell whether it keeps more than a task may take: then a fresh one is better."""
        return self.memory() - self._idle > Task("", 0).megabytes * MEGABYTE

    def ask(self, call: Call) -> Record:
        """Return the answer to a task.

        Raises
        ------
        SixesGeoError
            As the task raised it; a `WorkError` if it took too much memory or time, was
            cancelled or ended, after which the worker has ended too.
        """
        done, reasons = Event(), list[Problem]()
        watching = Thread(target=self._watch, args=(call, done, reasons), daemon=True)
        watching.start()
        try:
            frame = self._asked(call)
        finally:
            done.set()
            watching.join()
        if frame is not None and frame.head.get("kind") == DONE:
            return frame.record
        refusal = _refusal(frame)
        if refusal is not None:
            raise refusal
        self.end()
        if frame is not None and frame.head.get("kind") == FULL:
            reasons.append(too_much(call.task))
        raise given_up(reasons[0] if reasons else Problem("work_ended"))

    def _asked(self, call: Call) -> Frame | None:
        """Write a task and return the last frame of its answer, None if there is none."""
        told = Frame({"number": call.number, "task": call.name}, call.given)
        try:
            write_frame(self._pipe_in(), told)
        except OSError:
            return None
        while (frame := self._read()) is not None:
            if frame.head.get("number") != call.number:
                return None
            if frame.head.get("kind") != STAGE:
                return frame
            call.on_stage(str(frame.head.get("stage", "")))
        return None

    def _read(self) -> Frame | None:
        """Return the next frame; None if there is none, or what comes is no frame."""
        stream: Any = self._process.stdout
        try:
            return read_frame(stream)
        except (FrameError, OSError, ValueError):
            return None

    def _pipe_in(self) -> Any:  # noqa: ANN401  (a binary stream)
        """Return its standard input."""
        return self._process.stdin

    def _watch(self, call: Call, done: Event, reasons: list[Problem]) -> None:
        """End it when a task takes too much or is cancelled, and leave the reason."""
        try:
            watched = psutil.Process(self.pid)
            start, base, used = time.monotonic(), watched.memory_info().rss, _processor_s(watched)
            most = base + call.task.megabytes * MEGABYTE
            while not done.wait(LOOK_EVERY_S):
                if call.cancelled.is_set():
                    reasons.append(Problem("cancelled"))
                elif watched.memory_info().rss > most:
                    reasons.append(too_much(call.task))
                elif _processor_s(watched) - used > call.task.seconds:
                    reasons.append(_too_long(call.task.seconds))
                elif time.monotonic() - start > call.task.clock_seconds:
                    reasons.append(_too_long(call.task.clock_seconds))
                if reasons:
                    self.end()
                    return
        except psutil.Error:  # it has ended by itself
            return

    def _end_late(self, done: Event) -> None:
        """End it if it does not become warm in time."""
        if not done.wait(START_S):
            self.end()

    def end(self) -> None:
        """End the process, and wait until it has ended."""
        with self._lock:
            self.ended = True
            if self._process.poll() is None:
                self._process.kill()
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(END_S)

    def close(self) -> None:
        """End the process and close its pipes; nobody may be reading from them."""
        self.end()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()


def given_up(problem: Problem, where: str = "") -> WorkError:
    """Return the error of work that was given up."""
    hint = "bring_less" if problem.kind in ("took_too_much", "took_too_long") else "try_later"
    return WorkError("work", [problem], hint, where=where)


def too_much(task: Task) -> Problem:
    """Return the fault of a task that takes too much memory."""
    return Problem("took_too_much", {"allowed": task.megabytes})


def _too_long(seconds: float) -> Problem:
    """Return the fault of a task that takes too long."""
    return Problem("took_too_long", {"allowed": seconds})


def _processor_s(process: psutil.Process) -> float:
    """Return the processor time of a process."""
    times = process.cpu_times()
    return float(times.user + times.system)


def _refusal(frame: Frame | None) -> SixesGeoError | None:
    """Return the error that a task raised, None if it raised none, or none of ours."""
    if frame is None or frame.head.get("kind") != REFUSED:
        return None
    try:
        return from_record(frame.record.get("error"))
    except ValueError:
        return None
