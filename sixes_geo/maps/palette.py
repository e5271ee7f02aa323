"""Colours and marks: one hue for need, outlined marks for sites, no meaning by colour alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

NEED_RAMP: tuple[str, ...] = ("#174a7c", "#3f7fb5", "#7fb0d5", "#b9d4e8", "#e6eff6")
"""From the most need to the least; steps of lightness that survive greyscale print."""


ACCESS_RAMP: tuple[str, ...] = ("#1d5b3f", "#4a9470", "#8cc3a5", "#c6e2d3", "#eef6f1")
"""From the highest access to the lowest."""


@dataclass(frozen=True)
class Fill:
    """How a class of units looks: a colour, and a pattern over it in its own ink.

    ``pattern`` is ``hatch``, ``stripes``, ``dots``, ``cross`` or nothing.
    """

    colour: str
    pattern: str = ""
    ink: str = ""

    def as_json(self) -> dict[str, str]:
        """Return it as ``static/sixes-draw.js`` reads it."""
        plain = {"colour": self.colour}
        return plain | {"pattern": self.pattern, "ink": self.ink} if self.pattern else plain


MISSING = Fill("#f4f4f1", "hatch", "#9a9a94")

VERDICTS: Mapping[str, Fill] = {
    "more": Fill("#b06fb5", "stripes", "#f3e3f4"),
    "fewer": Fill("#3d9a74", "dots", "#e3f5ec"),
    "cannot_tell": Fill("#e9e7e2"),
}
"""Verdicts on units; "cannot tell", the most common, is plain."""


CLUSTERS: Mapping[str, Fill] = {
    "high_high": Fill("#b8430f", "stripes", "#f5c9a9"),
    "low_low": Fill("#3f7fb5", "dots", "#e3f0fa"),
    "high_low": Fill("#eab27f", "cross", "#8a4a12"),
    "low_high": Fill("#a9cbe6", "hatch", "#1f5a8c"),
    "cannot_tell": Fill("#e9e7e2"),
    "island": Fill("#ffffff", "cross", "#9a9a94"),
}

SPOTS: Mapping[str, Fill] = {
    "hot": Fill("#b8430f", "stripes", "#f5c9a9"),
    "cold": Fill("#3f7fb5", "dots", "#e3f0fa"),
    "cannot_tell": Fill("#e9e7e2"),
    "island": Fill("#ffffff", "cross", "#9a9a94"),
}

THIRDS: tuple[tuple[Fill, ...], ...] = (
    (Fill("#dd8f3c"), Fill("#a87c55"), Fill("#5c4a4d")),
    (Fill("#eccfa9"), Fill("#adaaa0"), Fill("#64779a")),
    (Fill("#ececea"), Fill("#b3cadd"), Fill("#4f88bc", "stripes", "#ffffff")),
)
"""Need from left to right, provision from below; high need with little provision is striped."""


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

SITE_CHANGES: Mapping[str, MarkStyle] = {
    "lost": MarkStyle("diamond", "#6b7280"),
    "kept": MarkStyle("circle", "#ffb000"),
    "gained": MarkStyle("triangle", "#7ad151"),
}
"""Changes of a site between two dates: they differ by shape as well as by colour."""

LINES = ("#ffb000", "#fe6100", "#22a884", "#dc267f")

CONTEXT_LINES = ("#4d4d4d", "#8c510a", "#35978f", "#762a83")
CONTEXT_AREAS = ("#6b3d1e", "#762a83", "#35978f", "#4d4d4d")


def mark_for(role: str, nth: int) -> MarkStyle:
    """Return the mark of the nth layer of a role."""
    styles = MARKS.get(role, MARKS["initiative"])
    return styles[nth % len(styles)]
