"""The fields an author fills in on a snapshot: cleaned, checked, and shown verbatim."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from io import BytesIO

from PIL import ExifTags, Image

from sixes_geo.analysis.question import Question
from sixes_geo.base import limits
from sixes_geo.base.day import today
from sixes_geo.base.errors import ChoiceError, Problem
from sixes_geo.base.hidden import without_hidden
from sixes_geo.city.model import City
from sixes_geo.city.tables import read_units
from sixes_geo.contributions.checks import is_ours, our_name
from sixes_geo.export.formats import SERVER

LONGEST = {"title": 300, "author": 200, "note": 1_500, "recommendation": 1_500, "server": 300}
"""Longest texts allowed, in characters."""

WRITTEN = ("title", "author", "note", "recommendation")
"""The texts of its author."""

LOGO_SIDE = 600
TURNS: Mapping[object, Image.Transpose] = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What the orientations of the EXIF standard ask for; 1 is upright."""

FORMATS_OF_LOGOS = ("PNG", "JPEG", "GIF", "WEBP")
BROKEN_PICTURE = (
    OSError,
    ValueError,
    SyntaxError,
    TypeError,
    AttributeError,
    LookupError,
    ArithmeticError,
    RuntimeError,
    EOFError,
    MemoryError,
    struct.error,
    zlib.error,
    Image.DecompressionBombError,
    Warning,
)
"""Errors that a damaged picture, or what a camera wrote into it, can raise."""

MOST_DISTRICTS = 8

ADDRESS = re.compile(r"https?://[\w.-]+(:\d+)?(/[\w./~-]*)?", re.ASCII)
"""A server, perhaps with a path: nothing that could end the link or add parameters to it."""


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
        If it is too large, has too many pixels or is not a readable picture.
    """
    if len(content) > limits.LOGO_BYTES:
        raise _no_logo("too_large", path="logo", got=len(content), allowed=limits.LOGO_BYTES)
    try:
        with Image.open(BytesIO(content), formats=FORMATS_OF_LOGOS) as picture:
            if picture.width * picture.height > limits.PIXELS:
                got = picture.width * picture.height
                raise _no_logo("too_many_pixels", got=got, allowed=limits.PIXELS)
            pixels = _shrunk(picture)
    except ChoiceError:
        raise
    except BROKEN_PICTURE:
        raise _no_logo("no_picture") from None
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
        date=fields.date or today(),
    )


def problems_of(question: Question, fields: Fields) -> list[Problem]:
    """Return the problems of the fields."""
    problems = [
        Problem("too_long", {"name": name, "got": len(getattr(fields, name)), "allowed": most})
        for name, most in LONGEST.items()
        if len(getattr(fields, name)) > most
    ]
    problems += [our_name(fields.author)] if is_ours(fields.author) else []
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
    return without_hidden(unix_lines).replace("\t", "")


def _is_day(text: str) -> bool:
    """Tell whether a text is a date as YYYY-MM-DD."""
    try:
        return dt.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _shrunk(picture: Image.Image) -> Image.Image:
    """Return a picture reduced to the size a sheet can show, and upright."""
    turn = _turn(picture)
    picture.thumbnail((LOGO_SIDE, LOGO_SIDE))  # first: two whole ones would not fit the memory
    return (picture if turn is None else picture.transpose(turn)).convert("RGBA")


def _turn(picture: Image.Image) -> Image.Transpose | None:
    """Return how a camera says its picture has to be turned; what it says may be damaged."""
    try:
        return TURNS.get(picture.getexif().get(ExifTags.Base.Orientation))
    except BROKEN_PICTURE:
        return None


def _no_logo(kind: str, **fields: object) -> ChoiceError:
    """Return the error for a logo that cannot be shown."""
    return ChoiceError("snapshot", [Problem(kind, fields)], "fix_fields")
