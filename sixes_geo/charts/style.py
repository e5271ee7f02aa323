"""What all charts share: colours that match the map, and a size of type."""

from __future__ import annotations

from dataclasses import dataclass

SITES_COLOUR = "#c75b00"
PEOPLE_COLOUR = "#7fb0d5"
EVEN_COLOUR = "#6b7280"


@dataclass(frozen=True)
class ChartSize:
    """Height in pixels and size of type, for a page or for a hall."""

    height: int
    font: int
    line: float


PAGE = ChartSize(height=240, font=13, line=3.0)
HALL = ChartSize(height=400, font=20, line=5.0)
