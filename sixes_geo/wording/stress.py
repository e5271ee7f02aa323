"""An answer held against other ideas of chance, in words."""

from __future__ import annotations

from sixes_geo.analysis.stress import Check
from sixes_geo.i18n import Translator
from sixes_geo.wording.assessment import interval_words
from sixes_geo.wording.counts import capitalized
from sixes_geo.wording.verdict import INDEX_DECIMALS

LEAST_WHOLE = 10
"""From so many independent decisions on, they are written without decimals."""


def check_title(check: Check, tr: Translator) -> str:
    """Name a check, briefly enough for the label of a row."""
    if check.by_sites:
        return tr("stress.by_sites", title=tr(f"stress.kind.{check.kind}"))
    return tr(f"stress.kind.{check.kind}", cv=tr.percent(check.cv or 0.0, 0))


def _full_title(check: Check, tr: Translator) -> str:
    """Name a check with the indicator it rests on."""
    title = check_title(check, tr)
    if check.about is None:
        return title
    about = tr.text(check.about.title)
    return tr("stress.about", title=title, about=about[:1].lower() + about[1:])


def check_figures(check: Check, tr: Translator) -> str:
    """Write the index of a check, with its interval if it has one."""
    if check.interval is None:
        return tr.signed(check.index, INDEX_DECIMALS)
    return interval_words(check.index, check.interval, tr)


def chance_figures(check: Check, tr: Translator) -> str:
    """Write what chance gives on average, and 95 times in 100."""
    return interval_words(check.expected, check.chance, tr)


def check_verdict(check: Check, tr: Translator) -> str:
    """Say what a check finds."""
    if check.kind == "network":
        outcome = f"{check.verdict}_{check.reason}" if check.reason else check.verdict
        return tr(f"stress.network.{outcome}")
    if check.kind == "workplaces":
        return tr(f"stress.workplaces.{check.verdict}")
    return tr(f"strip.verdict.{check.verdict}")


def check_words(check: Check, tr: Translator) -> str:
    """Say a check in one line: what chance, the index, where chance puts it, and the verdict."""
    line = tr(
        "stress.line",
        title=_full_title(check, tr),
        figures=check_figures(check, tr),
        chance=chance_figures(check, tr),
        verdict=capitalized(check_verdict(check, tr)),
    )
    if check.effective_n is None or not check.effective_n < check.n:
        return line
    decisions = tr.number(check.effective_n, 0 if check.effective_n >= LEAST_WHOLE else 1)
    return f"{line} {tr('stress.effective', count=check.n, decisions=decisions)}"
