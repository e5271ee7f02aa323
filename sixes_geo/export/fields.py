"""What the author of a snapshot says: texts that are cleaned, checked, and shown as they are."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import unicodedata
from dataclasses import dataclass, replace
from io import BytesIO

from PIL import Image, ImageOps

from sixes_geo.analysis.question import Question
from sixes_geo.base.errors import ChoiceError, Problem
from sixes_geo.city.model import City
from sixes_geo.city.tables import read_units
from sixes_geo.export.formats import SERVER

LONGEST = {"title": 300, "author": 200, "note": 1_500, "recommendation": 1_500, "server": 300}
"""Letters of each text that a snapshot takes."""

WRITTEN = ("title", "author", "note", "recommendation")
"""What its author writes."""

LARGEST_LOGO, LOGO_SIDE = 2_000_000, 600
MOST_PIXELS = 40_000_000
MOST_DISTRICTS = 8

ADDRESS = re.compile(r"https?://[\w.-]+(:\d+)?(/[\w./~-]*)?", re.ASCII)
"""A server, perhaps a folder of it: nothing that could end the link or add to what it asks."""


TURNS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""Signs that turn the direction of all that follows: a text keeps to its own."""


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


def cleaned(city: City, fields: Fields) -> Fields:
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


def faults_of(question: Question, fields: Fields) -> list[Problem]:
    """Return what is wrong with the author's words."""
    problems = [
        Problem("too_long", {"name": name, "got": len(getattr(fields, name)), "allowed": most})
        for name, most in LONGEST.items()
        if len(getattr(fields, name)) > most
    ]
    known = set(read_units(question.city, question.unit)["id"])
    problems += [
        Problem("unknown_district", {"got": one}) for one in fields.districts if one not in known
    ]
    there = {one.context for one in question.city.context}
    problems += [
        Problem("unknown_context", {"got": one, "allowed": ", ".join(sorted(there))})
        for one in fields.context or ()
        if one not in there
    ]
    if len(fields.districts) > MOST_DISTRICTS:
        wanted = {"got": len(fields.districts), "allowed": MOST_DISTRICTS}
        problems.append(Problem("too_many_districts", wanted))
    if not _is_day(fields.date):
        problems.append(Problem("no_date", {"got": fields.date}))
    if not ADDRESS.fullmatch(fields.server):
        problems.append(Problem("no_address", {"got": fields.server}))
    return problems


def _plain(text: str) -> str:
    """Return a text of which only ends of lines are left among its controls."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(
        one
        for one in lines
        if one == "\n" or (unicodedata.category(one) not in ("Cc", "Cs") and one not in TURNS)
    )


def _is_day(text: str) -> bool:
    """Tell whether a text is a day as YYYY-MM-DD, and no other way to write one."""
    try:
        return dt.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _shrunk(picture: Image.Image) -> Image.Image:
    """Return the pixels of a picture, no more of them than a sheet can show."""
    upright = ImageOps.exif_transpose(picture)
    upright.thumbnail((LOGO_SIDE, LOGO_SIDE))
    return upright.convert("RGBA")
