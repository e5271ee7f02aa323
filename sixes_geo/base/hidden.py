"""Characters that cannot be seen but change what is: controls, and signs that turn the direction.

A name with one of them shows as another name. They are refused where people bring texts, and
written out wherever a text from outside is repeated.
"""

from __future__ import annotations

import re
import unicodedata

from sixes_geo.base.limits import MARKS

DIRECTION = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
"""Characters that change the direction of the text around them (Unicode: Bidi_Control)."""

CONTROLS = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufff9-\ufffb"
"""Controls but for tabs and line ends, halves of characters, marks of annotations."""

ISOLATE, END = "\u2068", "\u2069"
"""Signs around a text whose direction is its own."""

_FROM_THE_RIGHT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff]")
_HIDDEN = re.compile(f"[{CONTROLS}{DIRECTION}]")


def hidden_in(text: str) -> str:
    r"""Return the code of the first hidden character of a text, or "" if there is none.

    Examples
    --------
    >>> hidden_in("Ana\u202e"), hidden_in("Ana\u202e".strip("\u202e")), hidden_in("a\tb\n")
    ('U+202E', '', '')
    """
    found = _HIDDEN.search(text)
    return _code(found[0]) if found else ""


def without_hidden(text: str) -> str:
    """Return a text without its hidden characters."""
    return _HIDDEN.sub("", text)


def visible(text: str) -> str:
    r"""Return a text with its hidden characters written out, as in ``U+202E``.

    Examples
    --------
    >>> visible("Ana\u202egpj")
    'Ana[U+202E]gpj'
    """
    return _HIDDEN.sub(lambda found: f"[{_code(found[0])}]", text)


def isolated(text: str) -> str:
    r"""Return a name so that its direction ends with it, if it is written from right to left.

    Examples
    --------
    >>> isolated("Ana"), len(isolated("\u05d0"))
    ('Ana', 3)
    """
    return f"{ISOLATE}{text}{END}" if _FROM_THE_RIGHT.search(text) else text


def has_stacked_marks(text: str) -> bool:
    """Tell whether more accents than `MARKS` follow each other.

    Composing such a run takes time that grows with the square of its length.
    """
    if text.isascii():
        return False
    marks = "".join(sign for sign in set(text) if unicodedata.combining(sign))
    return bool(marks) and re.search(f"[{re.escape(marks)}]{{{MARKS + 1},}}", text) is not None


def _code(sign: str) -> str:
    """Return the code of a character."""
    return f"U+{ord(sign):04X}"
