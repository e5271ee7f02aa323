"""Jobs in the queue of the workers: what is asked, who waits for it, and whose turn it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from threading import Condition, Event
from typing import Any

from sixes_geo.base.errors import SixesGeoError, WorkError
from sixes_geo.workers.frames import Record
from sixes_geo.workers.process import Call

WAITING, RUNNING, DONE = "waiting", "running", "done"


@dataclass(frozen=True)
class Progress:
    """How far a job is: in which state, behind how many others, at what stage of its task."""

    state: str
    before: int = 0
    stage: str = ""


@dataclass
class Job:
    """One task, asked by one or several who wait for the same answer."""

    call: Call
    owner: str
    key: str | None
    state: str = WAITING
    stage: str = ""
    waiting: int = 0
    record: Record | None = None
    error: SixesGeoError | None = None
    ended: Event = field(default_factory=Event)

    def finish(self, record: Record | None, error: SixesGeoError | None) -> None:
        """Give the answer to all who wait."""
        self.record, self.error, self.state = record, error, DONE
        self.ended.set()


class Ticket:
    """What somebody holds who waits for a job.

    Parameters
    ----------
    job
        What is waited for.
    lock
        Guards the queue.
    progress
        Tells how far the job is.
    leave
        Called when the last one who waits leaves.
    where
        What the work is about, for its error.
    """

    def __init__(
        self,
        job: Job,
        lock: Condition,
        progress: Callable[[Job], Progress],
        leave: Callable[[Job], None],
        where: str = "",
    ) -> None:
        self._job, self._lock, self._progress, self._leave = job, lock, progress, leave
        self._where = where
        self._left = False
        self.owner = job.owner
        self.name = job.call.name

    def wait(self, seconds: float | None = None) -> bool:
        """Wait for the answer, at most so long, and tell whether it is there."""
        return self._job.ended.wait(seconds)

    @property
    def progress(self) -> Progress:
        """Return how far the job is."""
        return self._progress(self._job)

    def result(self) -> Record:
        """Wait for the answer and return it.

        Raises
        ------
        SixesGeoError
            As the task raised it, or a `WorkError` if the work was given up.
        """
        self._job.ended.wait()
        error = self._job.error
        if error is not None:
            raise _told(error, self._where)
        return dict(self._job.record or {})

    def cancel(self) -> None:
        """Leave; when nobody waits any more, the place in the queue or the worker is freed."""
        with self._lock:
            if self._left or self._job.state == DONE:
                return
            self._left = True
            self._job.waiting -= 1
            if self._job.waiting == 0:
                self._leave(self._job)


def in_turn(jobs: Sequence[Job], served: dict[str, int]) -> list[Job]:
    """Return waiting jobs in the order of their turns.

    Whoever was served longest ago comes first, so that one visitor's dozen files lets others'
    pass; the jobs of one visitor keep their order.
    """
    seen: dict[str, int] = {}
    order: list[tuple[Any, ...]] = []
    for job in jobs:
        rank = seen[job.owner] = seen.get(job.owner, -1) + 1
        order.append((rank, served.get(job.owner, -1), job.call.number, job))
    return [job for *_, job in sorted(order, key=lambda entry: entry[:3])]


def _told(error: SixesGeoError, where: str) -> SixesGeoError:
    """Return an error for one of those who wait: a new one, which says what for."""
    if isinstance(error, WorkError) and not error.where:
        return WorkError(error.subject, error.problems, error.hint, where=where)
    return type(error)(error.subject, error.problems, error.hint, where=error.where)
