"""Tasks of the tests of workers: one that sleeps, one that eats memory, one that crashes, and more.

A worker is told to use this table by an argument of its command, never by its environment.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from threading import Event

from sixes_geo.base.errors import ChoiceError, Problem, Words
from sixes_geo.workers.tasks import Task

TASKS = {
    "say": Task("made_tasks:say", 5),
    "wait": Task("made_tasks:wait", 5),
    "wait_long": Task("made_tasks:wait", 5, long=True),
    "sleep": Task("made_tasks:sleep", 0.1),
    "burn": Task("made_tasks:burn", 0.2),
    "eat": Task("made_tasks:eat", 20, megabytes=60),
    "reserve": Task("made_tasks:reserve", 20, megabytes=60, untrusted=True),
    "crash": Task("made_tasks:crash", 5),
    "break": Task("made_tasks:break_off", 5),
    "refuse": Task("made_tasks:refuse", 5),
    "print": Task("made_tasks:print_much", 5),
    "litter": Task("made_tasks:litter", 5),
    "lie": Task("made_tasks:lie", 5),
}
REFUSAL = ChoiceError(
    "contribution",
    [
        Problem("too_large", {"path": "a.csv", "got": 3, "allowed": 2}),
        Problem("left_out", {"names": Words(("errors.column.coder",), ("coder",))}, 7),
        Problem("no_picture", {}, "Ñuñoa"),
    ],
    "fix_file",
    where="a.csv",
)


def say(given, tell):
    """Give back what was given, with the number of the process."""
    tell("saying")
    return given | {"pid": os.getpid()}


def wait(given, tell):
    """Wait until a file is there, or until the process is ended."""
    tell("waiting")
    never = Event()
    while not Path(given["file"]).exists():
        never.wait(0.01)
    return {"pid": os.getpid()}


def sleep(_given, _tell):
    """Sleep longer than is allowed by the clock."""
    Event().wait(60)
    return {}


def burn(_given, _tell):
    """Use the processor without end."""
    while True:
        sum(range(1000))


def eat(_given, _tell):
    """Take memory, a little at a time, without end."""
    eaten = []
    while True:
        eaten.append(b"x" * 4_000_000)
        Event().wait(0.002)


def reserve(_given, _tell):
    """Take more memory at once than there may be."""
    return {"size": len(bytearray(4_000_000_000))}


def crash(_given, _tell):
    """End without a word."""
    os._exit(7)


def break_off(_given, _tell):
    """Raise an error that is none of ours."""
    sys.stderr.close()  # the traceback of an error that is meant
    raise KeyError("secret")


def refuse(_given, _tell):
    """Refuse for several reasons."""
    raise REFUSAL


def print_much(_given, _tell):
    """Print to where answers are expected."""
    os.write(1, b"\x00" * 100)
    return {"said": "still here"}


def litter(_given, _tell):
    """Leave a temporary file."""
    handle, name = tempfile.mkstemp()
    os.close(handle)
    return {"name": name}


def lie(_given, _tell):
    """Return what JSON does not have."""
    sys.stderr.close()
    return {"made": {1, 2}}
