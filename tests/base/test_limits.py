"""Every limit stands in one table, with its reason, and readers find it in the docs."""

import ast
import re

from house import LIBRARY, ROOT, none_of

from sixes_geo.base import limits

SOURCE = next(source for source in LIBRARY if source.name == "sixes_geo/base/limits.py")
TEXT = (ROOT / "docs/limits.md").read_text(encoding="utf-8")
PARTS = re.split(r"\n(?=\|)|\n\n", TEXT)
"""Lines of tables, and paragraphs."""


def names():
    """Return the names of all limits with the line after each."""
    body = SOURCE.tree.body
    for node, after in zip(body, [*body[1:], None], strict=True):
        for target in getattr(node, "targets", ()):
            for name in getattr(target, "elts", [target]):
                yield name.id, after


def numbers(value):
    """Return the figures of a limit."""
    return list(vars(value).values()) if isinstance(value, limits.TableLimits) else [value]


def written(number):
    return f"{number:g}" if isinstance(number, float) else f"{number:,}"


def test_every_limit_has_its_reason():
    none_of(
        name
        for name, after in names()
        if not (isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant))
    )
    assert len(list(names())) > 25


def test_the_docs_give_every_limit_as_it_is():
    none_of(
        f"{name}: {written(number)}"
        for name, _ in names()
        for number in numbers(getattr(limits, name))
        if not any(
            f"`{name}`" in part
            and re.search(rf"(?<![\d,]){re.escape(written(number))}(?![\d,]\d)", part)
            for part in PARTS
        )
    )


def test_the_docs_give_no_limit_that_is_gone():
    known = {name for name, _ in names()}

    none_of(name for name in re.findall(r"`([A-Z_]{4,})`", TEXT) if name not in known)
