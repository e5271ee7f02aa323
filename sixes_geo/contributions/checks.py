"""Checks of contributions: every fault, with its place and what would be right.

A fault names a field as the form does; in a file it adds the name of the column.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable, Mapping, Sequence

from sixes_geo.base import limits
from sixes_geo.base.errors import Problem, Words
from sixes_geo.base.hidden import hidden_in
from sixes_geo.base.names import alike, borrows
from sixes_geo.base.problems import left_out, not_among
from sixes_geo.city.model import ES
from sixes_geo.contributions.store import DESCRIPTION, INITIATIVE, NEED, PROVISION
from sixes_geo.framework.paper import own_names
from sixes_geo.i18n import LocalText

LONGEST = {"name": 200, "question": 1000, "unit_of_measure": 200, "source": 1000, "authors": 500}
"""Greatest length of each text of an indicator, in characters."""

MEANS = ("better_off", "worse_off")
USES = (NEED, PROVISION)
FIRST_YEAR, LAST_YEAR = 1900, 2200
MOST_RUNS = 5
"""Runs of ids that a fault lists."""


def field_words(*columns: str, at: int = 0) -> Words:
    """Return the words for fields of a description; for a line of a file, with their columns."""
    keys = tuple(f"contributions.field.{column}" for column in columns)
    return Words(keys, columns if at else ())


def described_faults(
    described: Mapping[str, str], year: float | None, per_options: Sequence[str], at: int = 0
) -> list[Problem]:
    """Return what is wrong with the description of a contributed indicator.

    Parameters
    ----------
    described
        The description, as texts.
    year
        Its year as a number; None if it is no number.
    per_options
        What an indicator of the city can have values per, from `merge.per_options`.
    at
        Its line in the file, if it comes from one.
    """
    empty = [column for column in DESCRIPTION if not described[column].strip()]
    problems = [left_out(field_words(*empty, at=at), at)] if empty else []
    problems += [
        Problem(
            "too_long",
            {"name": field_words(column, at=at), "got": len(described[column]), "allowed": most},
            at,
        )
        for column, most in LONGEST.items()
        if len(described[column].strip()) > most
    ]
    problems += [
        Problem("hidden_in", {"name": field_words(column, at=at), "got": sign}, at)
        for column in DESCRIPTION
        for sign in [hidden_in(described[column])]
        if sign
    ]
    problems += [our_name(described["authors"], at)] if is_ours(described["authors"]) else []
    allowed: Mapping[str, tuple[Sequence[str], Words | str]] = {
        "e": (ES, Words(tuple(f"tags.e.{e}" for e in ES))),
        "use": (USES, Words(tuple(f"contributions.word.{use}" for use in USES))),
        "higher_means": (MEANS, Words(tuple(f"contributions.word.{end}" for end in MEANS))),
        "per": (per_options, ", ".join(per_options)),
    }
    problems += [
        not_among(described[column], field_words(column, at=at), words, at)
        for column, (options, words) in allowed.items()
        if described[column] not in options and column not in empty
    ]
    if described["per"] == INITIATIVE and described["use"] == NEED:
        problems.append(Problem("need_of_initiatives", at=at))
    if "date" not in empty and not _is_date(described["date"]):
        problems.append(Problem("no_date", {"got": described["date"][:80]}, at))
    if "year" not in empty and (
        year is None or not year.is_integer() or not FIRST_YEAR <= year <= LAST_YEAR
    ):
        years = {"first": str(FIRST_YEAR), "last": str(LAST_YEAR)}
        problems.append(Problem("no_year", {"got": described["year"][:80], **years}, at))
    return problems


def value_faults(
    values: Mapping[str, float], use: str, names: Mapping[str, str], many: LocalText
) -> list[Problem]:
    """Return what is wrong with the values of a contributed indicator.

    Parameters
    ----------
    values
        The known values, by id.
    use
        A need may be negative, a provision may not.
    names
        The name of everything that can have a value, by id.
    many
        The plural of what can have a value, such as the comunas.
    """
    known = shortened_ids(names)
    problems = [no_place(place, known, many) for place in values if place not in names]
    return (
        problems
        + [
            Problem("below_zero", {"got": f"{value:g}"}, names[place])
            for place, value in values.items()
            if use == PROVISION and value < 0 and place in names
        ]
        + [
            implausible(f"{value:g}", names[place])
            for place, value in values.items()
            if place in names and not limits.is_plausible(value)
        ]
    )


def implausible(got: str, at: int | str) -> Problem:
    """Return the fault of a value so large or so small that no sum with it is a number."""
    sizes = {"least": f"{limits.LEAST_SIZE:g}", "most": f"{limits.MOST_SIZE:g}"}
    return Problem("implausible", {"got": got[: limits.SHOWN], **sizes}, at)


def no_place(got: str, known: str, many: LocalText, at: int = 0) -> Problem:
    """Return the fault of a place that does not exist; ``known`` lists the ids that do."""
    return Problem("no_place", {"got": got[:80], "many": many, "ids": known}, at)


def shortened_ids(ids: Collection[str]) -> str:
    """Return ids in short: the ends of each run of numbers, and only the first few runs.

    Examples
    --------
    >>> shortened_ids(["01", "02", "03", "50", "60"])
    '01–03, 50, 60'
    """
    runs: list[list[str]] = []
    numbers = sorted(filter(_is_number, ids), key=int)
    for each in [*numbers, *sorted(each for each in ids if not _is_number(each))]:
        if runs and _is_number(each) and int(each) == int(runs[-1][-1]) + 1:
            runs[-1][1:] = [each]
        else:
            runs.append([each])
    listed = ["–".join(run) for run in runs[:MOST_RUNS]]
    return ", ".join(listed + ["…"] * (len(runs) > MOST_RUNS))


def _is_number(text: str) -> bool:
    """Tell whether an id is a number that can be counted on from."""
    return text.isdecimal() and len(text) <= limits.JSON_DIGITS


def is_like_any(coder: str, others: Iterable[str]) -> bool:
    """Tell whether the name of a coder could be confused with one of the others."""
    return any(alike(coder, other) for other in others)


def is_ours(authors: str) -> bool:
    """Tell whether somebody signs, alone or among others, under our name or that of the paper."""
    signed = [authors, *re.split(r"[;,/|\n]", authors)]
    return any(borrows(each, name) for each in signed for name in own_names())


def signature_faults(coders: Iterable[str], shipped: Collection[str]) -> dict[str, Problem]:
    """Return what is wrong with the names of coders, by name.

    Parameters
    ----------
    coders
        As they sign.
    shipped
        Coders of the shipped data, whose names are taken.
    """
    faults: dict[str, Problem] = {}
    for coder in dict.fromkeys(coders):
        if sign := hidden_in(coder):
            faults[coder] = Problem("hidden_sign", {"got": sign})
        elif is_ours(coder) or is_like_any(coder, shipped):
            faults[coder] = name_taken(coder)
    return faults


def too_many_coders(coders: Collection[str]) -> list[Problem]:
    """Return the fault of more coders than can be compared with each other."""
    allowed = limits.CODERS
    fields = {"got": len(coders), "allowed": allowed}
    return [Problem("too_many_coders", fields)] if len(coders) > allowed else []


def name_taken(coder: str) -> Problem:
    """Return the fault of a coder with the name of somebody else."""
    return Problem("name_taken", {"got": coder[: limits.SHOWN]})


def our_name(name: str, line: int = 0) -> Problem:
    """Return the fault of somebody who signs under our name, or that of the paper."""
    return Problem("our_name", {"got": name[: limits.SHOWN]}, line)


def _is_date(text: str) -> bool:
    """Tell whether a text is a date, in ISO format."""
    try:
        dt.date.fromisoformat(text.strip())
    except ValueError:
        return False
    return True
