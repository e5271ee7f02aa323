"""Colours and marks: one hue for need, outlined marks for sites, nothing by colour alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

NEED_RAMP: tuple[str, ...] = ("#174a7c", "#3f7fb5", "#7fb0d5", "#b9d4e8", "#e6eff6")
"""From the most need to the least; steps of lightness that survive a grey print."""

MISSING = {"fill": "#f4f4f1", "hatch": "#9a9a94"}


@dataclass(frozen=True)
class MarkStyle:
    """How the sites of a layer look: a shape and a colour."""

    mark: str
    colour: str


MARKS: Mapping[str, tuple[MarkStyle, ...]] = {
    "initiative": (
        MarkStyle("circle", "#ffb000"),
        MarkStyle("triangle", "#fe6100"),
        MarkStyle("diamond", "#f7d77a"),
        MarkStyle("square", "#d65f00"),
    ),
    "infrastructure": (MarkStyle("diamond", "#7ad151"), MarkStyle("triangle", "#22a884")),
    "contrast": (MarkStyle("circle", "#dddddd"), MarkStyle("diamond", "#bbbbbb")),
    "surveillance": (MarkStyle("square", "#dc267f"), MarkStyle("diamond", "#f28ab8")),
    "policing": (MarkStyle("triangle", "#a01858"),),
}
"""Marks by role: surveillance and policing never look like the rest."""

LINES = ("#ffb000", "#fe6100", "#22a884", "#dc267f")

CONTEXT_LINES = ("#4d4d4d", "#8c510a", "#35978f", "#762a83")
CONTEXT_AREAS = ("#6b3d1e", "#762a83", "#35978f", "#4d4d4d")


def mark_for(role: str, nth: int) -> MarkStyle:
    """Return the mark of the nth layer of a role."""
    styles = MARKS.get(role, MARKS["initiative"])
    return styles[nth % len(styles)]
