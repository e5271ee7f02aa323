"""What else is known of a unit: figures that are no need, by which nobody is ranked."""

from __future__ import annotations

from dataclasses import dataclass

from sixes_geo.city.model import City, Indicator, Unit
from sixes_geo.city.tables import figures

FURTHER = ("other", "workplaces")
"""Roles of the indicators that are neither a need nor the people who live there."""


@dataclass(frozen=True)
class FurtherFigure:
    """A figure of one unit, of the indicator's newest year; None if it is not known."""

    indicator: Indicator
    year: int
    value: float | None


def further_figures(city: City, unit: Unit, district: str) -> tuple[FurtherFigure, ...]:
    """Return the further figures of a unit, in the order of the manifest.

    Parameters
    ----------
    city, unit
        The city, and a level of its units.
    district
        Id of a unit of that level.
    """
    found = []
    for indicator in city.indicators:
        years = indicator.years.get(unit.unit, ())
        if indicator.role in FURTHER and years:
            year = max(years)
            value = float(figures(city, unit, indicator.indicator, year)["value"][district])
            known = value == value  # noqa: PLR0124  (only NaN differs from itself)
            found.append(FurtherFigure(indicator, year, value if known else None))
    return tuple(found)
