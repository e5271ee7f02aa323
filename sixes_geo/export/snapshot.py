"""What is frozen: a choice, its figures, and what its author says of it."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from io import BytesIO
from typing import Any, TypeVar, cast
from urllib.parse import urlencode

from PIL import Image

from sixes_geo.assessment import Assessment, assess, refuse_unmeasurable
from sixes_geo.choices import Choice, unit_named
from sixes_geo.errors import ChoiceError, Problem
from sixes_geo.i18n import Translator
from sixes_geo.layers import read_units
from sixes_geo.measures import PlacementTest
from sixes_geo.model import City
from sixes_geo.provision import Provision, gather
from sixes_geo.robustness import Sturdiness, every_variant, sturdiness

Kept = TypeVar("Kept")

LONGEST = {"title": 300, "author": 200, "note": 1_500, "recommendation": 1_500, "server": 300}
"""Letters of each text that a snapshot takes."""

LARGEST_LOGO, LOGO_SIDE = 2_000_000, 600
MOST_PIXELS = 40_000_000
MOST_DISTRICTS = 8
SERVER = "http://localhost:8501/"
"""Where the live view is, unless its author says otherwise: on this very machine."""


@dataclass(frozen=True)
class Fields:
    """What the author of a snapshot says; every text is shown as it is, and as nothing else.

    ``districts`` are in focus, the first one before all others; ``context`` names what helps to
    find one's way on the map, what the city opens with if it is nothing; ``logo`` is a PNG that
    `logo_of` has made; ``date`` is the day that the snapshot bears.
    """

    title: str = ""
    author: str = ""
    note: str = ""
    recommendation: str = ""
    logo: bytes = b""
    districts: tuple[str, ...] = ()
    context: tuple[str, ...] | None = None
    date: str = ""
    server: str = SERVER


@dataclass(frozen=True)
class Snapshot:
    """One measured choice in one language, with what its author says of it.

    ``kept`` holds what several formats show, once it is made; nothing of it is ever changed.
    """

    city: City
    choice: Choice
    language: str
    fields: Fields
    assessment: Assessment
    provision: Provision
    sturdiness: Sturdiness
    kept: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)

    def once(self, name: str, make: Callable[[], Kept]) -> Kept:
        """Return what is made of this snapshot under a name: worked out once, for every format."""
        if name not in self.kept:
            self.kept[name] = make()
        return cast("Kept", self.kept[name])

    @property
    def tr(self) -> Translator:
        """Return the translator of its language."""
        return Translator(self.language)

    @property
    def test(self) -> PlacementTest:
        """Return the test; what could not be measured is never frozen."""
        return cast("PlacementTest", self.assessment.test)

    @property
    def link(self) -> str:
        """Return the address of the live view."""
        query = query_of(self.choice, self.language, self.fields.districts, self.context)
        return f"{self.fields.server.rstrip('/')}/?{query}"

    @property
    def context(self) -> tuple[str, ...]:
        """Return the kinds of context on its map."""
        return self.fields.context or ()

    @property
    def checksum(self) -> str:
        """Return what changes with the data, the choice, the language or the author's words."""
        told = {
            "data": self.city.stamp,
            "choice": choice_record(self.choice),
            "language": self.language,
            "fields": fields_record(self.fields),
        }
        return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def freeze(
    city: City,
    choice: Choice,
    language: str,
    fields: Fields,
    *,
    assessment: Assessment | None = None,
    found: Sturdiness | None = None,
) -> Snapshot:
    """Measure a choice and freeze it.

    Parameters
    ----------
    city, choice
        A checked choice.
    language
        Of all texts.
    fields
        What its author says.
    assessment, found
        What was measured already, by a caller that keeps it.

    Raises
    ------
    ChoiceError
        With every fault of the fields: texts that are too long, districts that do not exist, a
        date that is none.
    InputError
        If the choice gives no index: there is nothing to freeze.
    """
    fields = _cleaned(city, fields)
    problems = _field_faults(city, choice, fields)
    if problems:
        raise ChoiceError("snapshot", problems, "mend_fields")
    provision = gather(city, choice)
    measured = assessment or assess(city, choice, provision)
    refuse_unmeasurable(measured)
    if found is None:
        es, ps = choice.es, choice.ps
        ways = every_variant(city, choice.layers, seed=choice.seed, es=es, ps=ps)
        found = sturdiness(ways, choice)
    return Snapshot(city, choice, language, fields, measured, provision, found)


def logo_of(content: bytes) -> bytes:
    """Return a picture as a small PNG of nothing but its pixels.

    Raises
    ------
    ChoiceError
        If it is too large or no picture that can be read.
    """
    if len(content) > LARGEST_LOGO:
        fields = {"path": "logo", "got": len(content), "allowed": LARGEST_LOGO}
        raise ChoiceError("snapshot", [Problem("too_large", fields)], "mend_fields")
    try:
        with Image.open(BytesIO(content), formats=("PNG", "JPEG", "GIF", "WEBP")) as picture:
            small = picture.width * picture.height <= MOST_PIXELS
            pixels = _shrunk(picture) if small else None
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        pixels = None
    if pixels is None:
        raise ChoiceError("snapshot", [Problem("no_picture")], "mend_fields")
    made = BytesIO()
    pixels.save(made, "PNG", optimize=True)
    return made.getvalue()


def _shrunk(picture: Image.Image) -> Image.Image:
    """Return the pixels of a picture, no more of them than a sheet can show."""
    picture.thumbnail((LOGO_SIDE, LOGO_SIDE))
    return picture.convert("RGBA")


def choice_record(choice: Choice) -> dict[str, object]:
    """Return a choice as plain values that `reopened` reads again."""
    return {
        "city": choice.city,
        "unit": choice.unit,
        "need": choice.need_and_year,
        "layers": list(choice.layers),
        "weight": choice.weight,
        "seed": choice.seed,
        "border": choice.border,
        "without": choice.without,
        "e": list(choice.es),
        "p": list(choice.ps),
    }


def fields_record(fields: Fields) -> dict[str, object]:
    """Return the author's words as plain values; of the logo its checksum."""
    return {
        "title": fields.title,
        "author": fields.author,
        "note": fields.note,
        "recommendation": fields.recommendation,
        "logo": hashlib.sha256(fields.logo).hexdigest() if fields.logo else "",
        "districts": list(fields.districts),
        "context": list(fields.context or ()),
        "date": fields.date,
        "server": fields.server,
    }


def query_of(
    choice: Choice, language: str, districts: Sequence[str], context: Sequence[str]
) -> str:
    """Return the part of a link that opens a view, as the dashboard writes it."""
    told = {
        "city": choice.city,
        "lang": language,
        "unit": choice.unit,
        "need": choice.need_and_year,
        "layers": ",".join(choice.layers),
        "weight": choice.weight,
        "border": str(choice.border) if choice.border else "",
        "without": choice.without,
        "e": ",".join(choice.es),
        "p": ",".join(choice.ps),
        "district": districts[0] if districts else "",
        "context": ",".join(context) or "-",
    }
    return urlencode({name: value for name, value in told.items() if value}, safe=":,")


def _cleaned(city: City, fields: Fields) -> Fields:
    """Return fields without controls and needless space; what is not given is the usual."""
    context = fields.context
    if context is None:
        context = tuple(one.context for one in city.context if one.shown)
    return replace(
        fields,
        title=" ".join(_plain(fields.title).split()),
        author=" ".join(_plain(fields.author).split()),
        note=_plain(fields.note).strip(),
        recommendation=_plain(fields.recommendation).strip(),
        context=context,
        date=fields.date or dt.datetime.now(tz=dt.UTC).date().isoformat(),
    )


def _plain(text: str) -> str:
    """Return a text of which only ends of lines are left among its controls."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(
        one for one in lines if one == "\n" or unicodedata.category(one) not in ("Cc", "Cs")
    )


def _field_faults(city: City, choice: Choice, fields: Fields) -> list[Problem]:
    """Return what is wrong with the author's words."""
    problems = [
        Problem("too_long", {"name": name, "got": len(getattr(fields, name)), "allowed": most})
        for name, most in LONGEST.items()
        if len(getattr(fields, name)) > most
    ]
    known = set(read_units(city, unit_named(city, choice.unit))["id"])
    problems += [
        Problem("unknown_district", {"got": one}) for one in fields.districts if one not in known
    ]
    there = {one.context for one in city.context}
    problems += [
        Problem("unknown_context", {"got": one, "allowed": ", ".join(sorted(there))})
        for one in fields.context or ()
        if one not in there
    ]
    if len(fields.districts) > MOST_DISTRICTS:
        wanted = {"got": len(fields.districts), "allowed": MOST_DISTRICTS}
        problems.append(Problem("too_many_districts", wanted))
    try:
        dt.date.fromisoformat(fields.date)
    except ValueError:
        problems.append(Problem("no_date", {"got": fields.date}))
    if not fields.server.startswith(("http://", "https://")):
        problems.append(Problem("no_address", {"got": fields.server}))
    return problems
