"""The table of tasks: what workers can be asked, by name, and what it may take.

A task is named by its module and function, and found inside the worker only: this package imports
none of what it runs. It takes a record and a function to tell its stage with, and returns a
record; both are of plain values, and of bytes at the top level.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from types import MappingProxyType
from typing import cast

from sixes_geo.workers.frames import Record

MEGABYTES = 300
"""Memory that a task may take, above what its worker has when it begins."""

LARGE = 2 * MEGABYTES
"""The same for what draws large sheets of our own data: all files of Rio's cameras take 450."""

Tell = Callable[[str], None]
Function = Callable[[Record, Tell], Record]


@dataclass(frozen=True)
class Task:
    """What a task runs and may take.

    Parameters
    ----------
    place
        Its module and function, as ``module:function``.
    seconds
        Processor time that it may take; five times as long by the clock, as machines are busy.
    megabytes
        Memory that it may take.
    untrusted
        Whether it reads what strangers made: then the system, too, limits its memory.
    long
        Whether it takes seconds: such tasks never fill all workers, so that short ones pass.
    """

    place: str
    seconds: float
    megabytes: int = MEGABYTES
    untrusted: bool = False
    long: bool = False

    @property
    def clock_seconds(self) -> float:
        """Return how long it may take by the clock."""
        return 5 * self.seconds


TASKS: Mapping[str, Task] = MappingProxyType(
    {
        "indicator": Task("sixes_geo.contributions.brought:read_indicator", 5, untrusted=True),
        "tags": Task("sixes_geo.contributions.brought:read_tags", 5, untrusted=True),
        "cells": Task("sixes_geo.contributions.brought:read_cells", 5, untrusted=True),
        "logo": Task("sixes_geo.export.brought:read_logo", 5, untrusted=True),
        "reopen": Task("sixes_geo.export.brought:read_snapshot", 10, untrusted=True),
        "measure": Task("sixes_geo.analysis.asked:measured", 120),
        "preview": Task("sixes_geo.export.asked:drawn", 120, LARGE, long=True),
        "export": Task("sixes_geo.export.asked:written", 240, LARGE, long=True),
    }
)
"""The tasks of the dashboard."""


def function_of(task: Task) -> Function:
    """Return the function of a task; only a worker imports it."""
    module, _, name = task.place.partition(":")
    return cast("Function", getattr(import_module(module), name))
