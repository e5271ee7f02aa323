"""What is wrong with what people give: in words that they can act on, each fault where it stands.

A fault names parts of a form as the form does, and adds the column where it is one of a file.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence

from sixes_geo.base.errors import Problem, Words
from sixes_geo.base.problems import left_out, not_among
from sixes_geo.city.model import ES
from sixes_geo.contributions.store import DESCRIPTION, INITIATIVE, NEED, PROVISION
from sixes_geo.i18n import LocalText

LONGEST = {"name": 200, "question": 1000, "unit_of_measure": 200, "source": 1000, "authors": 500}
"""Letters of the texts that people give with an indicator."""

MEANS = ("better_off", "worse_off")
USES = (NEED, PROVISION)
FIRST_YEAR, LAST_YEAR = 1900, 2200
MOST_RUNS = 5
"""Runs of ids that a fault tells."""


def field_words(*columns: str, at: int = 0) -> Words:
    """Return the words for parts of a description: as in the form, in a file with their column."""
    return Words(tuple(f"contributions.field.{one}" for one in columns), columns if at else ())


def described_faults(
    described: Mapping[str, str], year: float | None, places: Sequence[str], at: int = 0
) -> list[Problem]:
    """Return what is wrong with the description of an indicator that people made.

    Parameters
    ----------
    described
        What they gave, as texts.
    year
        The year in it, as a number; nothing if it is none.
    places
        What an indicator of the city can be told per.
    at
        The line of the file where it stands, if it stands in one.
    """
    left = [column for column in DESCRIPTION if not described[column].strip()]
    problems = [left_out(field_words(*left, at=at), at)] if left else []
    problems += [
        Problem(
            "too_long",
            {"name": field_words(column, at=at), "got": len(described[column]), "allowed": most},
            at,
        )
        for column, most in LONGEST.items()
        if len(described[column].strip()) > most
    ]
    allowed: Mapping[str, tuple[Sequence[str], Words | str]] = {
        "e": (ES, Words(tuple(f"tags.e.{one}" for one in ES))),
        "use": (USES, Words(tuple(f"contributions.word.{one}" for one in USES))),
        "higher_means": (MEANS, Words(tuple(f"contributions.word.{one}" for one in MEANS))),
        "per": (places, ", ".join(places)),
    }
    problems += [
        not_among(described[column], field_words(column, at=at), words, at)
        for column, (among, words) in allowed.items()
        if described[column] not in among and column not in left
    ]
    if described["per"] == INITIATIVE and described["use"] == NEED:
        problems.append(Problem("need_of_initiatives", at=at))
    if "date" not in left and not _is_date(described["date"]):
        problems.append(Problem("no_date", {"got": described["date"][:80]}, at))
    if "year" not in left and (
        year is None or not year.is_integer() or not FIRST_YEAR <= year <= LAST_YEAR
    ):
        limits = {"first": str(FIRST_YEAR), "last": str(LAST_YEAR)}
        problems.append(Problem("no_year", {"got": described["year"][:80], **limits}, at))
    return problems


def value_faults(
    values: Mapping[str, float], use: str, names: Mapping[str, str], many: LocalText
) -> list[Problem]:
    """Return what is wrong with the values of an indicator that people made.

    Parameters
    ----------
    values
        What is known, by id.
    use
        A need may be negative, what is counted may not.
    names
        Everything that can have a value: its name by id.
    many
        What all of that is called.
    """
    told = told_ids(names)
    problems = [no_place(one, told, many) for one in values if one not in names]
    return problems + [
        Problem("below_zero", {"got": f"{value:g}"}, names[one])
        for one, value in values.items()
        if use == PROVISION and value < 0 and one in names
    ]


def no_place(got: str, told: str, many: LocalText, at: int = 0) -> Problem:
    """Return the fault of a place that does not exist, with the ids there are as `told_ids`."""
    return Problem("no_place", {"got": got[:80], "many": many, "ids": told}, at)


def told_ids(ids: Collection[str]) -> str:
    """Return ids in short: of numbers in a row the first and the last, and never all of many.

    Examples
    --------
    >>> told_ids(["01", "02", "03", "50", "60"])
    '01–03, 50, 60'
    """
    runs: list[list[str]] = []
    numbers = sorted((one for one in ids if one.isdecimal()), key=int)
    for one in [*numbers, *sorted(one for one in ids if not one.isdecimal())]:
        if runs and one.isdecimal() and int(one) == int(runs[-1][-1]) + 1:
            runs[-1][1:] = [one]
        else:
            runs.append([one])
    told = ["–".join(run) for run in runs[:MOST_RUNS]]
    return ", ".join(told + ["…"] * (len(runs) > MOST_RUNS))


def _is_date(text: str) -> bool:
    """Tell whether a text is a day of the calendar."""
    try:
        dt.date.fromisoformat(text.strip())
    except ValueError:
        return False
    return True
