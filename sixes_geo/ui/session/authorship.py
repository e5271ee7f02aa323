"""What a visit kept and removed: its code, and the removals that it can undo."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from sixes_geo.base.errors import SixesGeoError
from sixes_geo.store import contributions
from sixes_geo.store.codes import new_code

CODE, SHOWN, REMOVED, FAILED = (
    "authorship-code",
    "authorship-shown",
    "authorship-removed",
    "contribution-failed",
)
"""Session keys: the code of this visit, whether it was shown, its removals, the last failure."""


@dataclass(frozen=True)
class Removal:
    """Something that this visit has removed: the act, its name, and the code it was done with."""

    act: str
    name: str
    code: str


def code() -> str:
    """Return the code with which this visit keeps things."""
    found: str = st.session_state.setdefault(CODE, new_code())
    return found


def new_to_reader() -> str:
    """Return the code of this visit the first time it is shown; then nothing."""
    if CODE not in st.session_state or SHOWN in st.session_state:
        return ""
    st.session_state[SHOWN] = True
    return code()


def removals() -> tuple[Removal, ...]:
    """Return what this visit has removed and not brought back."""
    return tuple(st.session_state.get(REMOVED, ()))


def remove(name: str, do: Callable[[str], str], given: str) -> None:
    """Remove something, or keep the error for the page.

    Parameters
    ----------
    name
        What the reader calls it.
    do
        Removes it, given a code, and returns the name of the act.
    given
        The code that the reader has entered; that of this visit if empty.
    """
    used = given.strip() or code()
    try:
        act = do(used)
    except SixesGeoError as error:
        st.session_state[FAILED] = error
    else:
        st.session_state[REMOVED] = (*removals(), Removal(act, name, used))


def undo(removal: Removal) -> None:
    """Bring back what this visit has removed, or keep the error for the page."""
    try:
        contributions.undo(removal.act, removal.code)
    except SixesGeoError as error:
        st.session_state[FAILED] = error
    else:
        st.session_state[REMOVED] = tuple(each for each in removals() if each != removal)


def take_failure() -> SixesGeoError | None:
    """Return the error of what failed before this run, once."""
    failure: SixesGeoError | None = st.session_state.pop(FAILED, None)
    return failure
