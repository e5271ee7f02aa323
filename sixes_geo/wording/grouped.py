"""What can be said of Es and partnerships that were measured, in words and in tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from sixes_geo.groups import YARDSTICK, Group
from sixes_geo.i18n import Translator
from sixes_geo.measures import IndexDifference
from sixes_geo.model import ES
from sixes_geo.wording.assessed import interval_words

ASKED = "equity"


def group_words(group: Group, tr: Translator) -> str:
    """Name a group: an E, a partner, or a set of partners."""
    if not group.of:
        return tr("tagged.not_documented")
    return tr.list([tr(f"tagged.{'e' if one in ES else 'p'}.{one}") for one in group.of])


def answer_words(
    found: Sequence[Group], differences: Mapping[str, IndexDifference], tr: Translator
) -> str:
    """Say whether what is called equity stands in poorer districts than efficiency does."""
    sites = {group.of[0]: group.sites for group in found}
    if ASKED not in differences:
        return tr("groups.answer.few", equity=sites[ASKED], efficiency=sites[YARDSTICK])
    one = differences[ASKED]
    words = interval_words(one.difference, one.interval, tr)
    return tr(f"groups.answer.{one.verdict}", difference=words)


def group_table(
    found: Sequence[Group], kind: str, names: Mapping[str, str], tr: Translator
) -> pd.DataFrame:
    """Return a row for each group with all that goes with its index."""
    both = kind != "partnership"
    rows = []
    for group in found:
        largest, share = group.largest
        row = {
            tr(f"groups.head.{kind}"): group_words(group, tr),
            tr("groups.initiatives"): len(group.initiatives),
            tr("groups.sites"): group.sites,
            tr("groups.in_paper"): group.in_paper,
            tr("groups.full" if both else "groups.index"): _index(group, "full", tr),
        }
        row |= {tr("groups.fractional"): _index(group, "fractional", tr)} if both else {}
        row[tr("groups.verdict")] = _verdict(group, tr)
        row[tr("groups.largest")] = (
            tr("groups.largest_is", name=names.get(largest, largest), share=tr.percent(share, 0))
            if largest
            else tr("number.missing")
        )
        rows.append(row)
    return pd.DataFrame(rows)


def difference_table(found: Mapping[str, IndexDifference], tr: Translator) -> pd.DataFrame:
    """Return a row for each E that can be set beside efficiency."""
    return pd.DataFrame(
        {
            tr("groups.head.e"): [tr(f"tagged.e.{e}") for e in found],
            tr("groups.difference"): [
                interval_words(one.difference, one.interval, tr) for one in found.values()
            ],
            tr("groups.n"): [
                tr("groups.n_of", e=one.n_after, efficiency=one.n_before, both=one.n_kept)
                for one in found.values()
            ],
            tr("groups.verdict"): [tr(f"groups.move.{one.verdict}") for one in found.values()],
        }
    )


def _index(group: Group, counting: str, tr: Translator) -> str:
    """Write the index of one way to count, with its interval."""
    test = group.full if counting == "full" else group.fractional
    return interval_words(test.index, test.interval, tr) if test else tr("number.missing")


def _verdict(group: Group, tr: Translator) -> str:
    """Write the verdict; where both countings differ on it nobody can tell."""
    if group.full is None or group.fractional is None:
        reason = group.why_not.text(tr) if group.why_not else ""
        return tr("groups.cannot_tell", reason=reason)
    if group.full.verdict != group.fractional.verdict:
        return tr("groups.depends")
    return tr(f"strip.verdict.{group.full.verdict}")
