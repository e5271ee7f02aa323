"""JSON from outside: bounded before it is parsed, and read in one way only."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from typing import Any, NoReturn

from sixes_geo.base.limits import JSON_DEPTH, JSON_DIGITS


def read_json(content: bytes, most: int, *, whole_numbers_fit: bool = False) -> Any:  # noqa: ANN401
    """Return what JSON holds.

    Parameters
    ----------
    content
        The JSON, in UTF-8.
    most
        Bytes allowed.
    whole_numbers_fit
        Whether every number must fit 64 bits.

    Raises
    ------
    ValueError
        If it is too large or too deep, names a value twice, has NaN or infinity, has texts that
        cannot be written, or is no JSON.
    """
    if len(content) > most:
        raise ValueError(f"{len(content)} bytes, at most {most}")
    numbers: dict[str, Any] = (
        {"parse_int": _whole, "parse_float": _finite} if whole_numbers_fit else {}
    )
    try:
        value = json.loads(
            content.decode("utf-8"),
            parse_constant=refuse_constant,
            object_pairs_hook=_once_each,
            **numbers,
        )
    except RecursionError:
        raise ValueError(f"more than {JSON_DEPTH} levels") from None
    _refuse_deep(value)
    return value


def refuse_constant(name: str) -> NoReturn:
    """Refuse NaN and infinities, which are not JSON."""
    raise ValueError(name)


def _whole(digits: str) -> int:
    """Return a whole number that fits 64 bits."""
    if len(digits) > JSON_DIGITS:
        raise ValueError(f"{len(digits)} digits, at most {JSON_DIGITS}")
    return int(digits)


def _finite(text: str) -> float:
    """Return a number that is finite."""
    value = float(text)
    if not math.isfinite(value):
        raise ValueError(text[:JSON_DIGITS])
    return value


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object whose names are each used once: other readers may take another one."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name is used twice")
    return found


def _refuse_deep(value: object) -> None:
    """Refuse what is nested deeper than allowed, and texts with halves of characters."""
    level: list[object] = [value]
    for _ in range(JSON_DEPTH + 1):
        deeper: list[object] = []
        for each in level:
            if isinstance(each, str):
                each.encode("utf-8")
            elif isinstance(each, dict | list):
                deeper.extend(_inside(each))
        if not deeper:
            return
        level = deeper
    raise ValueError(f"more than {JSON_DEPTH} levels")


def _inside(value: dict[str, Any] | list[Any]) -> Iterable[object]:
    """Return what a list or an object holds, with the names of an object."""
    return [*value, *value.values()] if isinstance(value, dict) else value
