"""The pool: a few warm workers that all visitors of a server share, and the queue before them."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from itertools import count
from threading import Condition, Thread

from sixes_geo.base.errors import Problem, SixesGeoError
from sixes_geo.workers import folders
from sixes_geo.workers.frames import Record
from sixes_geo.workers.jobs import DONE, RUNNING, WAITING, Job, Progress, Ticket, in_turn
from sixes_geo.workers.process import COMMAND, Call, Worker, given_up
from sixes_geo.workers.tasks import TASKS, Task

LOG = logging.getLogger(__name__)

MOST_WAITING = 64
"""Jobs in the queue; a room of 50 visitors who all want something at once."""

MOST_WAITING_EACH = 16
"""Jobs in the queue of one visitor: every file of a snapshot, and some more."""


class Pool:
    """Workers and their queue.

    Parameters
    ----------
    size
        How many workers there are.
    tasks
        What they can be asked.
    command
        What starts one of them.
    most_waiting
        How many jobs can wait.
    """

    def __init__(
        self,
        size: int,
        tasks: Mapping[str, Task] = TASKS,
        command: Sequence[str] = COMMAND,
        most_waiting: int = MOST_WAITING,
    ) -> None:
        self._tasks, self._command, self._most_waiting = tasks, command, most_waiting
        self._changed = Condition()
        self._queue: list[Job] = []
        self._running: list[Job] = []
        self._served: dict[str, int] = {}
        self._numbers = count(1)
        self._workers: dict[int, Worker] = {}
        self._tried: set[int] = set()
        self._closed = False
        self._most_long = max(1, size - 1)
        self._folder = folders.make_folder()
        self._threads = [
            Thread(target=self._serve, args=(nth,), name=f"worker-{nth}", daemon=True)
            for nth in range(size)
        ]
        for thread in self._threads:
            thread.start()

    def submit(
        self,
        name: str,
        given: Record,
        *,
        owner: str = "",
        key: str | None = None,
        where: str = "",
    ) -> Ticket:
        """Put a task into the queue.

        Parameters
        ----------
        name
            One of the tasks.
        given
            What it takes.
        owner
            Who asks, such as a visit: each has a turn.
        key
            What identifies the answer: who asks the same meanwhile gets the same answer.
        where
            What it is about, for errors.

        Raises
        ------
        WorkError
            If too many are waiting.
        """
        with self._changed:
            same = self._same(name, key)
            if same is None:
                self._refuse_when_full(owner, where)
                call = Call(next(self._numbers), name, self._tasks[name], given)
                same = Job(call, owner, key)
                if self._closed:
                    same.finish(None, given_up(Problem("work_ended")))
                else:
                    self._queue.append(same)
            same.waiting += 1
            self._changed.notify_all()
            return Ticket(same, self._changed, self._progress, self._leave, where)

    @property
    def is_ready(self) -> bool:
        """Tell whether a worker is warm, and not every one may be busy with long work."""
        with self._changed:
            warm = any(worker.is_warm for worker in self._workers.values())
            long = sum(job.call.task.long for job in self._running)
            return warm and long < len(self._threads)

    def processes(self) -> list[int]:
        """Return the numbers of the processes of the workers."""
        with self._changed:
            return [worker.pid for worker in self._workers.values() if not worker.ended]

    def close(self) -> None:
        """End all workers; whoever still waits is told."""
        with self._changed:
            self._closed = True
            for job in self._queue:
                job.finish(None, given_up(Problem("work_ended")))
            self._queue.clear()
            workers = list(self._workers.values())
            self._changed.notify_all()
        for worker in workers:
            worker.end()
        for thread in self._threads:
            thread.join(5)
        folders.remove_folder(self._folder)

    def _same(self, name: str, key: str | None) -> Job | None:
        """Return the job that answers the same question, if one waits or runs."""
        for job in (*self._queue, *self._running):
            known = key is not None and (job.call.name, job.key) == (name, key)
            if known and job.state != DONE and not job.call.cancelled.is_set():
                return job
        return None

    def _refuse_when_full(self, owner: str, where: str) -> None:
        """Refuse another job when too many wait, of all or of one visitor."""
        each = sum(job.owner == owner for job in self._queue) if owner else 0
        for waiting, most in ((len(self._queue), self._most_waiting), (each, MOST_WAITING_EACH)):
            if waiting >= most:
                raise given_up(Problem("queue_full", {"got": waiting, "allowed": most}), where)

    def _progress(self, job: Job) -> Progress:
        """Return how far a job is."""
        with self._changed:
            if job.state != WAITING:
                return Progress(job.state, 0, job.stage)
            turns = in_turn(self._queue, self._served)
            return Progress(WAITING, turns.index(job) if job in turns else 0)

    def _leave(self, job: Job) -> None:
        """Free the place of a job that nobody waits for."""
        job.call.cancelled.set()
        if job in self._queue:
            self._queue.remove(job)
            job.finish(None, given_up(Problem("cancelled")))
        self._changed.notify_all()

    def _serve(self, nth: int) -> None:
        """Keep a worker warm and hand it one job after the other, until the pool is closed."""
        with self._changed:  # one after the other: the machine has visitors to serve as well
            self._changed.wait_for(lambda: self._closed or nth == 0 or nth - 1 in self._tried)
        worker = self._started(nth)
        with self._changed:
            self._tried.add(nth)
            self._changed.notify_all()
        while (job := self._next()) is not None:
            if worker is None:
                worker = self._started(nth)
            self._do(worker, job)
            if worker is not None and (worker.ended or worker.has_grown):
                worker.close()
                worker = None if self._closed else self._started(nth)
        if worker is not None:
            worker.close()

    def _started(self, nth: int) -> Worker | None:
        """Start a worker and wait until it is warm; None if that fails."""
        if self._closed:
            return None
        try:
            worker = Worker(self._command, self._folder)
        except OSError as fault:
            LOG.warning("cannot start a worker: %s", fault.strerror)
            return None
        with self._changed:
            self._workers[nth] = worker
            closed = self._closed
        if not closed and worker.wait_ready():
            return worker
        worker.close()
        if not self._closed:
            LOG.warning("a worker ended before it was ready")
        return None

    def _next(self) -> Job | None:
        """Wait for the next job and return it; None when the pool is closed."""
        with self._changed:
            while not self._closed:
                job = self._whose_turn()
                if job is not None:
                    self._queue.remove(job)
                    self._running.append(job)
                    self._served[job.owner] = job.call.number
                    job.state = RUNNING
                    return job
                self._changed.wait()
            return None

    def _whose_turn(self) -> Job | None:
        """Return the job whose turn it is; long ones leave a worker to the others."""
        long = sum(job.call.task.long for job in self._running)
        for job in in_turn(self._queue, self._served):
            if not job.call.task.long or long < self._most_long:
                return job
        return None

    def _do(self, worker: Worker | None, job: Job) -> None:
        """Have a worker do a job, and tell those who wait."""
        job.call.on_stage = lambda stage: setattr(job, "stage", stage)
        record: Record | None = None
        error: SixesGeoError | None = None
        try:
            if worker is None:
                raise given_up(Problem("work_ended"))
            record = worker.ask(job.call)
        except SixesGeoError as refusal:
            error = refusal
        with self._changed:
            self._running.remove(job)
            if not any(self._queue) and not self._running:
                self._served.clear()  # nobody has to be waited for: visits come and go
            job.finish(record, error)
            self._changed.notify_all()
