"""How units are shaded: a class for each unit, a colour and a pattern for each class."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from sixes_geo.analysis.assessment import Assessment
from sixes_geo.i18n import Translator
from sixes_geo.maps import palette
from sixes_geo.maps.classes import NeedClasses, need_classes, ramp_for
from sixes_geo.maps.palette import Fill
from sixes_geo.wording import figure, need_measured

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
"""Characters for classes: one per unit is all that is sent."""

NO_CLASS = "-"


@dataclass(frozen=True)
class Square:
    """The legend of a bivariate map: three by three fills, and the titles of its two axes.

    ``fills`` are rows from the top, each from left to right.
    """

    fills: tuple[tuple[Fill, ...], ...]
    across: str
    upwards: str


@dataclass(frozen=True)
class Shade:
    """A class per unit, and the look and meaning of each class.

    ``member`` holds the class of each unit, -1 if it has none; ``labels`` and ``fills`` are
    by class. ``square`` replaces the entries of the legend on a bivariate map.
    """

    title: str
    note: str
    member: pd.Series[int]
    fills: tuple[Fill, ...]
    labels: tuple[str, ...]
    missing: str
    square: Square | None = None

    @property
    def classes(self) -> str:
        """Return one character per unit."""
        return "".join(NO_CLASS if member < 0 else DIGITS[member] for member in self.member)

    def entries(self, tr: Translator) -> list[dict[str, object]]:
        """Return the entries of the legend, each with its number of units."""
        counts = np.bincount(self.member[self.member >= 0], minlength=len(self.fills))
        items: list[dict[str, object]] = [
            {**fill.as_json(), "label": label, "count": tr.number(int(count), 0)}
            for fill, label, count in zip(self.fills, self.labels, counts, strict=True)
        ]
        missing = int((self.member < 0).sum())
        if missing:
            items.append(
                {
                    **palette.MISSING.as_json(),
                    "label": self.missing,
                    "count": tr.number(missing, 0),
                }
            )
        return items


def need_shade(assessment: Assessment, tr: Translator) -> Shade:
    """Return need in five classes; more need is darker."""
    question = assessment.question
    indicator = question.need
    classes = need_classes(
        assessment.units["need"],
        higher_is_better_off=indicator.higher_is_better_off,
        decimals=0 if indicator.format == "money" else indicator.decimals,
    )
    many = tr.text(question.unit.many)
    return Shade(
        title=need_measured(assessment, tr),
        note=tr("legend.note", many=many),
        member=classes.member,
        fills=tuple(Fill(colour) for colour in ramp_for(len(classes.counts), palette.NEED_RAMP)),
        labels=class_labels(classes, lambda value: figure(value, indicator, question.city, tr), tr),
        missing=tr("legend.missing"),
    )


def verdict_shade(assessment: Assessment, tr: Translator) -> Shade:
    """Return the verdict on each unit, shown by pattern as well as by colour."""
    units = assessment.units
    known = units["verdict"].where(units["expected"].notna(), "")
    words = {name: tr(f"shade.verdict.{name}") for name in palette.VERDICTS}
    return named_shade(known, words, palette.VERDICTS, _Texts(tr, "verdict"))


@dataclass(frozen=True)
class _Texts:
    """Title, note and label for missing units, of one kind of shade."""

    tr: Translator
    kind: str

    def __call__(self, part: str) -> str:
        """Return one of the texts."""
        return self.tr(f"shade.{self.kind}_{part}")


def named_shade(
    names: pd.Series[str],
    words: Mapping[str, str],
    fills: Mapping[str, Fill],
    text: Callable[[str], str],
) -> Shade:
    """Return a shade of named classes.

    Parameters
    ----------
    names
        The class of each unit; a name that is not among the words counts as missing.
    words, fills
        Label and look of each class, in the order of the legend.
    text
        Gives ``title``, ``note`` and ``missing``.
    """
    order = {name: position for position, name in enumerate(words)}
    return Shade(
        title=text("title"),
        note=text("note"),
        member=names.map(order).fillna(-1).astype(int),
        fills=tuple(fills[name] for name in words),
        labels=tuple(words.values()),
        missing=text("missing"),
    )


def value_shade(
    values: pd.Series[float],
    format_value: Callable[[float], str],
    ramp: Sequence[str],
    text: Callable[[str], str],
    tr: Translator,
    *,
    decimals: int,
) -> Shade:
    """Return values in up to five classes, the first colour to the highest.

    Parameters
    ----------
    values
        A figure per unit, missing allowed.
    format_value
        Formats a figure as a reader sees it.
    ramp
        Colours, from the highest value to the lowest.
    text
        Gives ``title``, ``note`` and ``missing``.
    tr
        The reader's language.
    decimals
        Decimals with which limits are printed.
    """
    classes = need_classes(values, higher_is_better_off=False, decimals=decimals)
    return Shade(
        title=text("title"),
        note=text("note"),
        member=classes.member,
        fills=tuple(Fill(colour) for colour in ramp_for(len(classes.counts), tuple(ramp))),
        labels=class_labels(classes, format_value, tr),
        missing=text("missing"),
    )


def class_labels(
    classes: NeedClasses, format_value: Callable[[float], str], tr: Translator
) -> tuple[str, ...]:
    """Write the range of values of each class."""
    pairs = zip(classes.limits, classes.only, strict=True)
    return tuple(_class_label(limits, only, format_value, tr) for limits, only in pairs)


def _class_label(
    limits: tuple[float | None, float | None],
    only: float | None,
    format_value: Callable[[float], str],
    tr: Translator,
) -> str:
    """Write the range of values of a class."""
    low, high = limits
    if only is not None:
        return format_value(only)
    if low is None and high is None:
        return tr("legend.all")
    if low is None:
        return tr("legend.below", high=format_value(high or 0.0))
    if high is None:
        return tr("legend.from", low=format_value(low))
    return tr("legend.between", low=format_value(low), high=format_value(high))
