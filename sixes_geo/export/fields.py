"""The fields an author fills in on a snapshot: cleaned, checked, and shown verbatim."""

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
from sixes_geo.export.formats import LARGEST_LOGO, SERVER

LONGEST = {"title": 300, "author": 200, "note": 1_500, "recommendation": 1_500, "server": 300}
"""Longest texts allowed, in characters."""

WRITTEN = ("title", "author", "note", "recommendation")
"""The texts of its author."""

LOGO_SIDE = 600
MOST_PIXELS = 40_000_000
MOST_DISTRICTS = 8

ADDRESS = re.compile(r"https?://[\w.-]+(:\d+)?(/[\w./~-]*)?", re.ASCII)
"""A server, perhaps with a path: nothing that could end the link or add parameters to it."""


BIDI_CONTROLS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""Characters that change the direction of the text after them; they are removed."""


@dataclass(frozen=True)
class Fields:
    """The fields an author fills in on a snapshot; texts are shown verbatim, never as markup.

    ``districts`` are in focus, above all the first; ``context`` names the kinds of context on
    the map, by default those the city opens with; ``logo`` is a PNG made by `logo_of`; ``date``
    is the date of the snapshot.
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
    """Return a picture as a small PNG with its pixels only, without metadata.

    Raises
    ------
    ChoiceError
        If it is too large or not a readable picture.
    """
    if len(content) > LARGEST_LOGO:
        fields = {"path": "logo", "got": len(content), "allowed": LARGEST_LOGO}
        raise ChoiceError("snapshot", [Problem("too_large", fields)], "fix_fields")
    try:
        with Image.open(BytesIO(content), formats=("PNG", "JPEG", "GIF", "WEBP")) as picture:
            small = picture.width * picture.height <= MOST_PIXELS
            pixels = _shrunk(picture) if small else None
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        pixels = None
    if pixels is None:
        raise ChoiceError("snapshot", [Problem("no_picture")], "fix_fields")
    buffer = BytesIO()
    pixels.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def fields_record(fields: Fields) -> dict[str, object]:
    """Return the fields as plain values, the logo as its checksum."""
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
    """Return fields without control characters and extra space, with defaults filled in."""
    context = fields.context
    if context is None:
        context = tuple(kind.context for kind in city.context if kind.shown)
    return replace(
        fields,
        title=" ".join(_plain(fields.title).split()),
        author=" ".join(_plain(fields.author).split()),
        note=_plain(fields.note).strip(),
        recommendation=_plain(fields.recommendation).strip(),
        context=context,
        date=fields.date or dt.datetime.now(tz=dt.UTC).date().isoformat(),
    )


def problems_of(question: Question, fields: Fields) -> list[Problem]:
    """Return the problems of the fields."""
    problems = [
        Problem("too_long", {"name": name, "got": len(getattr(fields, name)), "allowed": most})
        for name, most in LONGEST.items()
        if len(getattr(fields, name)) > most
    ]
    known = set(read_units(question.city, question.unit)["id"])
    problems += [
        Problem("unknown_district", {"got": district})
        for district in fields.districts
        if district not in known
    ]
    known_context = {kind.context for kind in question.city.context}
    problems += [
        Problem("unknown_context", {"got": kind, "allowed": ", ".join(sorted(known_context))})
        for kind in fields.context or ()
        if kind not in known_context
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
    """Return a text without control characters other than line ends."""
    unix_lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(
        character
        for character in unix_lines
        if character == "\n"
        or (unicodedata.category(character) not in ("Cc", "Cs") and character not in BIDI_CONTROLS)
    )


def _is_day(text: str) -> bool:
    """Tell whether a text is a date as YYYY-MM-DD."""
    try:
        return dt.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _shrunk(picture: Image.Image) -> Image.Image:
    """Return a picture upright and reduced to the size a sheet can show."""
    upright = ImageOps.exif_transpose(picture)
    upright.thumbnail((LOGO_SIDE, LOGO_SIDE))
    return upright.convert("RGBA")
