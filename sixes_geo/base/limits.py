"""Limits of everything that comes from outside: one table, each with its reason.

They hold where a file, a link or an argument is read, before anything grows with it. They are far
above what people bring, and so low that a hostile input costs less than 300 MB and two seconds.
`docs/limits.md` lists them for readers; a test compares the two.
"""

from __future__ import annotations

from dataclasses import dataclass

# ---------------------------------------------------------------- files that people bring

CONTRIBUTION_BYTES = 2_000_000
"""Bytes of a file of indicators, tags or cells: ten times the longest that was ever brought."""

LOGO_BYTES = 2_000_000
"""Bytes of the file of a logo: a photo of a telephone, reduced."""

SNAPSHOT_BYTES = 60_000_000
"""Bytes of a snapshot, and of all files of an archive together: five times Rio's by hexagons."""

PAGE_BYTES = 20_000_000
"""Bytes of a snapshot in one page: with one rare letter in it, four times as much in memory."""

MANIFEST_BYTES = 2_000_000
"""Bytes of a manifest, of a city or a snapshot: ten times the longest. Parsed, it takes 20 times
as much memory."""

CITY_FILE_BYTES = 16_000_000
"""Bytes of a table or a file of shapes of a city: four times the largest."""

UPLOAD_MEGABYTES = 60
"""What the server takes as one upload, in the megabytes of its setting: a snapshot."""

BACKUP_BYTES = 500_000_000
"""Bytes of a backup of the store, and of all that it holds: hundreds of the largest files that
people bring, with their history."""

SESSION_UPLOAD_BYTES = 130_000_000
"""Bytes of all uploads that one visit can have on the server: two snapshots and some files."""

SESSIONS_COUNTED = 1_000
"""Visits whose uploads are counted at a time; the one that was silent longest goes first."""

MESSAGE_BYTES = 4_000_000
"""Bytes of a message from a browser: the state of a page, never a file."""


@dataclass(frozen=True)
class TableLimits:
    """Limits of a table: rows, columns, cells with the empty ones, characters of a cell."""

    rows: int
    columns: int
    cells: int
    characters: int


SHEET = TableLimits(rows=20_000, columns=256, cells=1_000_000, characters=10_000)
"""A table that people bring: as many columns as old spreadsheets have, and cells that fill 60 MB
of memory. A cell holds a page of text and more."""

CITY_TABLE = TableLimits(rows=500_000, columns=256, cells=5_000_000, characters=131_072)
"""A table of a city: 25 times Rio's indicators."""

PARQUET_MEMORY = 128_000_000
"""Bytes of a Parquet table once it is unpacked: compressed, a thousandth of it can hold as much."""

MARKS = 30
"""Accents on one letter, as the Unicode standard has it for streams; more take time that grows
with their square."""

# ---------------------------------------------------------------- archives, JSON, pictures

MEMBERS = 200
"""Files in an archive: a snapshot has about 20, and one for each contributed indicator."""

MEMBER_RECORD_BYTES = 1_024
"""Bytes of the entry of one file in the list of an archive."""

RATIO = 200
"""How many times smaller a packed file may be; tables and drawings reach 30."""

RATIO_FROM = 1_000_000
"""Bytes from which that is looked at: a small file of blanks harms nobody."""

JSON_DEPTH = 40
"""Levels of lists and objects in JSON: manifests have 8."""

JSON_DIGITS = 18
"""Digits of a whole number in a manifest, which then fits 64 bits."""

PIXELS = 16_000_000
"""Pixels of a logo before it is decoded: a photo of 16 megapixels, which takes 64 MB."""

# ---------------------------------------------------------------- cities

FEATURES = 50_000
"""Shapes or sites in a file: more than twice the sites of Rio."""

VERTICES = 250_000
"""Corners of all shapes of a file: four times Rio's hexagons. Each takes half a kilobyte."""

PEOPLE_ROWS = 500_000
"""People points of a city."""

LISTING_BYTES = 2_000_000
"""Bytes of the listing of all cities."""

# ---------------------------------------------------------------- values and names

LEAST_SIZE, MOST_SIZE = 1e-12, 1e15
"""Between these is the size of any value but zero: from a share of one in a trillion to the
budget of a country in its smallest currency. Sums and squares of such values stay finite."""

CODERS = 20
"""Coders whose tags a city holds, or whose cells the crosswalk: each is compared with each."""

PROBLEMS = 50
"""Faults that one refusal lists; it says how many more there are."""

SHOWN = 80
"""Characters that are repeated of a text that is refused."""

# ---------------------------------------------------------------- links and arguments

LINK_CHARACTERS, LINK_VALUE = 8_000, 2_000
"""Characters of all values of a link, and of one: every network of a city by name, and more."""

LINK_LAYERS = 40
"""Networks that a link can name: more than any city has."""

ARGUMENTS, ARGUMENT_CHARACTERS = 200, 4_096
"""Arguments of a command, and characters of each: the longest path of a file system."""


def is_plausible(value: float) -> bool:
    """Tell whether a value is zero, or of a size that something measured can have.

    Examples
    --------
    >>> is_plausible(0.0), is_plausible(-12.5), is_plausible(1e308), is_plausible(5e-324)
    (True, True, False, False)
    >>> is_plausible(float("nan"))
    False
    """
    return value == 0 or LEAST_SIZE <= abs(value) <= MOST_SIZE
