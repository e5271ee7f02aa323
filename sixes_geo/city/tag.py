"""A tag: what one coder says about one dimension of an initiative, and on what basis."""

from __future__ import annotations

from dataclasses import dataclass

from sixes_geo.city.model import SHIPPED
from sixes_geo.i18n import LocalText

EXPLICIT, COLLECTIVE = "explicit", "collective"
UNSTATED_BASIS, INFERRED = "unstated", "inferred"

BASES = (EXPLICIT, COLLECTIVE, UNSTATED_BASIS, INFERRED)
"""What tags rest on, the strongest first.

A source says it of the initiative itself, or of a group that holds it; a coder does not tell; or
nobody says it, and it is our reading.
"""

ANY = "any"

RESTRICTIONS = (ANY, COLLECTIVE, EXPLICIT)
"""What a question can ask tags to rest on.

Anything, what a source says of the initiative or its group, or what it says of the initiative.
"""


@dataclass(frozen=True)
class Tag:
    """What one coder says about one dimension of an initiative.

    ``dimension`` is one of `ES`, one of `PS`, or `APPROACH`. For an E, ``level`` is ``named`` (the
    source names it), ``described`` (facts fit it, but nobody names it), ``primary``,
    ``secondary``, ``absent`` or ``unknown``; for a P it is its roles joined by ``+``, ``partner``
    (takes part, in no role on record), ``unstated`` (mentioned, its part is not told), ``none``
    or ``unknown``. The levels ``strengthen`` (to be strengthened) and ``warning`` say of no E
    that it is there, and of no partner that it takes part; ``strengthen`` as a flag of another
    level asks for more of it.

    ``basis`` tells of whom the source says it: ``explicit`` (the initiative itself),
    ``collective`` (a group that holds it), ``strengthen`` (it only asks for it), or empty if the
    coder does not tell. ``page`` is where the source says it.
    """

    initiative: str
    dimension: str
    level: str
    strengthen: bool
    coder: str
    evidence: LocalText
    source: str
    source_url: str
    origin: str = SHIPPED
    basis: str = ""
    page: str = ""
