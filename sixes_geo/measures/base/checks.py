"""Input checks of all measures, with every fault in one error."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from sixes_geo.base.errors import InputError, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

Values: TypeAlias = "pd.Series[Any] | npt.ArrayLike"
"""One value per unit (or per site): a Series, or anything numpy reads as a flat array."""

Numbers: TypeAlias = npt.NDArray[np.float64]
"""Accepted input, as the measures compute with it."""

Flags: TypeAlias = npt.NDArray[np.bool_]

SUBJECT, HINT = "measure", "fix_input"
"""Keys of the subject and the hint of every error, in the catalogs."""

NAMED = 3
"""How many units a fault names at most."""


@dataclass(frozen=True)
class Rule:
    """The requirements of one column of input.

    Parameters
    ----------
    weighs
        Whether it gives a unit its weight. Where all such columns are zero, the others may be
        missing: a park has no income.
    negative
        Whether negative values may occur.
    all_zero
        Whether everything may be zero.
    whole
        Whether only whole numbers make sense.
    labels
        Whether it holds names of groups or units instead of numbers.
    """

    weighs: bool = False
    negative: bool = False
    all_zero: bool = False
    whole: bool = False
    labels: bool = False


WEIGHT = Rule(weighs=True)
"""People, sites, money: not negative, with a positive total."""
COUNT = Rule(weighs=True, whole=True)
"""Counts of sites or votes."""
NEED = Rule(negative=True, all_zero=True)
"""An indicator of which only the order is used."""
PER_HEAD = Rule()
"""A value per head: not negative, not zero everywhere."""
PER_HEAD_OR_NOTHING = Rule(all_zero=True)
"""A value per head that may be zero everywhere."""
LABELS = Rule(negative=True, all_zero=True, labels=True)
"""Names of groups or units."""


@dataclass(frozen=True)
class Accepted:
    """Input as arrays, with the index of the results."""

    index: pd.Index[Any]
    arrays: Mapping[str, Numbers]

    def __getitem__(self, name: str) -> Numbers:
        """Return one column as an array of floats."""
        return self.arrays[name]


def accept(
    where: str,
    columns: Mapping[str, tuple[Values, Rule]],
    options: Iterable[Problem] = (),
) -> Accepted:
    """Return the columns as arrays, or raise one error with all their faults."""
    accepted, problems = examine(columns)
    refuse(where, [*problems, *options])
    return accepted


def refuse(where: str, problems: Iterable[Problem]) -> None:
    """Raise one error with all the faults, if there are any."""
    faults = tuple(problems)
    if faults:
        raise InputError(SUBJECT, faults, HINT, where=where)


def examine(
    columns: Mapping[str, tuple[Values, Rule]],
) -> tuple[Accepted, list[Problem]]:
    """Return the columns as arrays, and their faults in the order of the columns."""
    arrays: dict[str, Numbers] = {}
    problems: list[Problem] = []
    for name, (values, rule) in columns.items():
        array, fault = _as_numbers(name, values, rule)
        arrays[name] = array
        problems += fault
    index, faults = _common_index(columns, arrays)
    problems += faults
    weightless = _weightless(columns, arrays) if not problems else None
    for name, (values, rule) in columns.items():
        problems += _value_faults(name, arrays[name], rule, weightless, _labels(values, index))
    return Accepted(index, arrays), problems


def at_least(name: str, value: float, least: float) -> list[Problem]:
    """Return the fault of an option that is too small, if it is."""
    if value >= least:
        return []
    return [Problem("too_small", {"name": f"`{name}`", "found": value, "least": least})]


def positive(name: str, value: float) -> list[Problem]:
    """Return the fault of an option that is not a number above zero, if it is not."""
    if math.isfinite(value) and value > 0:
        return []
    return [Problem("not_positive", {"name": f"`{name}`", "found": value})]


def between(name: str, value: float, low: float, high: float) -> list[Problem]:
    """Return the fault of an option that is not strictly between two values, if it is not."""
    if low < value < high:
        return []
    return [Problem("not_between", {"name": f"`{name}`", "found": value, "low": low, "high": high})]


def some(kind: str, name: str, bad: Flags, labels: pd.Index[Any], **more: object) -> list[Problem]:
    """Return a fault that some units have, with their number and the first of them."""
    if not bad.any():
        return []
    named = [str(label) for label in labels[bad][:NAMED]]
    units = ", ".join(named) + (", …" if bad.sum() > NAMED else "")
    fields = {"name": f"`{name}`", "bad": int(bad.sum()), "total": len(bad), "units": units}
    return [Problem(kind, fields | more)]


def _as_numbers(name: str, values: Values, rule: Rule) -> tuple[Numbers, list[Problem]]:
    """Return a column as floats (labels as codes), empty if it is unusable, and its faults."""
    nothing = np.empty(0)
    array = values.array if isinstance(values, pd.Series) else np.asarray(values)
    if array.ndim != 1:
        return nothing, [Problem("not_flat", {"name": f"`{name}`", "found": array.ndim})]
    if rule.labels:
        codes = pd.factorize(pd.Series(array))[0]
        return np.where(codes < 0, np.nan, codes), []
    series = pd.Series(array)
    if series.empty:
        return nothing, [Problem("empty", {"name": f"`{name}`"})]
    if not pd.api.types.is_numeric_dtype(series.dtype) or series.dtype.kind in "bc":
        return nothing, [Problem("not_numeric", {"name": f"`{name}`", "found": str(series.dtype)})]
    return series.to_numpy(dtype=np.float64, na_value=np.nan), []


def _common_index(
    columns: Mapping[str, tuple[Values, Rule]], arrays: Mapping[str, Numbers]
) -> tuple[pd.Index[Any], list[Problem]]:
    """Return the index of the results, and the columns that do not share it."""
    series = {name: v for name, (v, _) in columns.items() if isinstance(v, pd.Series)}
    first = next(iter(columns))
    if not series:
        index: pd.Index[Any] = pd.RangeIndex(len(arrays[first]))
        return index, _length_faults(first, len(index), arrays)
    first = next(iter(series))
    index = series[first].index
    problems = some("duplicate_labels", first, index.duplicated(), index)
    for name, other in series.items():
        problems += _alignment_faults(name, other.index, first, index)
    rest = {name: array for name, array in arrays.items() if name not in series}
    return index, problems + _length_faults(first, len(index), rest)


def _length_faults(first: str, expected: int, arrays: Mapping[str, Numbers]) -> list[Problem]:
    """Return a fault for each column that differs in length from the first one."""
    return [
        Problem(
            "length",
            {"name": f"`{name}`", "found": len(array), "other": f"`{first}`", "expected": expected},
        )
        for name, array in arrays.items()
        if array.size and expected and len(array) != expected
    ]


def _alignment_faults(
    name: str, index: pd.Index[Any], first: str, expected: pd.Index[Any]
) -> list[Problem]:
    """Return how an index differs from the first one: in its labels, or in their order."""
    if index.equals(expected):
        return []
    union = expected.union(index, sort=False).unique()
    alone = ~(union.isin(expected) & union.isin(index))
    if alone.any() or len(index) != len(expected):
        return some("misaligned", name, np.asarray(alone), union, other=f"`{first}`") or [
            Problem(
                "length",
                {
                    "name": f"`{name}`",
                    "found": len(index),
                    "other": f"`{first}`",
                    "expected": len(expected),
                },
            )
        ]
    return [Problem("misordered", {"name": f"`{name}`", "other": f"`{first}`"})]


def _weightless(
    columns: Mapping[str, tuple[Values, Rule]], arrays: Mapping[str, Numbers]
) -> Flags | None:
    """Return the units without any weight, such as those with neither people nor sites."""
    weights = [arrays[name] for name, (_, rule) in columns.items() if rule.weighs]
    return np.all(np.stack(weights) == 0, axis=0) if weights else None


def _labels(values: Values, index: pd.Index[Any]) -> pd.Index[Any]:
    """Return the labels of the units of a column."""
    if isinstance(values, pd.Series):
        return values.index
    size = np.size(np.asarray(values))
    return index if len(index) == size else pd.RangeIndex(size)


def _value_faults(
    name: str, array: Numbers, rule: Rule, weightless: Flags | None, labels: pd.Index[Any]
) -> list[Problem]:
    """Return the faults in the values of one column."""
    if not array.size:
        return []
    required = np.ones(array.size, dtype=bool)
    if weightless is not None and not rule.weighs:
        required = ~weightless
    tests: dict[str, tuple[bool, Callable[[], Flags]]] = {
        "missing": (True, lambda: np.isnan(array) & required),
        "infinite": (True, lambda: np.isinf(array)),
        "negative": (not rule.negative, lambda: array < 0),
        "fractional": (rule.whole, lambda: np.isfinite(array) & (array != np.round(array))),
    }
    problems: list[Problem] = []
    for kind, (applies, bad) in tests.items():
        problems += some(kind, name, bad(), labels) if applies else []
    if not rule.all_zero and required.any() and np.all(array[required] == 0):
        problems.append(Problem("all_zero", {"name": f"`{name}`", "total": int(array.size)}))
    return problems
