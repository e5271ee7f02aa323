"""What can be said of Es and partnerships that were measured, in words and in tables."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import pandas as pd

from sixes_geo.analysis.six_es import YARDSTICK, Group
from sixes_geo.city.model import ES, WATCHING, Initiative
from sixes_geo.i18n import Translator
from sixes_geo.measures import IndexDifference
from sixes_geo.wording.assessment import interval_words

ASKED = "equity"

ALONE = 0.95
"""From this share on a row speaks of one network, and is named for it."""


def group_words(group: Group, tr: Translator) -> str:
    """Name a group: an E, a partner, or a set of partners."""
    if not group.of:
        return tr("tags.not_documented")
    return tr.list([tr(f"tags.{'e' if one in ES else 'p'}.{one}") for one in group.of])


def telling_words(group: Group, names: Mapping[str, str], tr: Translator) -> str:
    """Name a group; where one network is all of it, or nearly, name that too."""
    words = group_words(group, tr)
    largest, share = group.largest
    if not largest or share < ALONE:
        return words
    kind = "six_es.only" if share == 1 else "six_es.almost"
    return tr(kind, name=words, network=names.get(largest, largest))


def contrast_of(differences: Mapping[str, IndexDifference]) -> str:
    """Return the E that differs from efficiency: that asked for, or the one that differs most."""
    told = [e for e, one in differences.items() if one.verdict != "cannot_tell"]
    return max(told, key=lambda e: (e == ASKED, abs(differences[e].difference)), default="")


def contrast_words(e: str, one: IndexDifference, tr: Translator) -> str:
    """Say of an E that can be told where it stands beside efficiency."""
    return tr(
        f"six_es.contrast.{one.verdict}",
        e=tr(f"tags.e.{e}"),
        difference=interval_words(one.difference, one.interval, tr),
        n=one.n_after,
        efficiency=one.n_before,
    )


def caution_words(
    sides: Sequence[Group],
    made: int,
    coders: Sequence[str],
    names: Mapping[str, str],
    tr: Translator,
) -> str:
    """Say on what little the difference of two groups rests, and what is not corrected for."""
    placed = {one.id: one for group in sides for one in group.initiatives if one.id in group.placed}
    return tr(
        "six_es.caution",
        k=len(placed),
        names=tr.list([names.get(one, one) for one in placed]),
        coders=tr.list(list(coders)),
        paper=sum(one.from_paper for one in placed.values()),
        possible=len(ES) - 1,
        made=made,
    )


def answer_words(
    found: Sequence[Group], differences: Mapping[str, IndexDifference], tr: Translator
) -> str:
    """Say why it cannot be told whether equity stands in poorer districts than efficiency."""
    sites = {group.of[0]: group.sites for group in found}
    if ASKED not in differences:
        return tr("six_es.answer.few", equity=sites[ASKED], efficiency=sites[YARDSTICK])
    one = differences[ASKED]
    words = interval_words(one.difference, one.interval, tr)
    return tr("six_es.answer.cannot_tell", difference=words)


def left_out_words(listed: Sequence[Initiative], measured: Collection[str], tr: Translator) -> str:
    """Say how many of the initiatives that are listed are measured, and which are not, and why."""
    names: dict[str, list[str]] = {}
    for one in listed:
        if one.id not in measured:
            names.setdefault(_reason(one), []).append(tr.text(one.name))
    reasons = [tr(f"six_es.left.{kind}", names=", ".join(named)) for kind, named in names.items()]
    of = len(listed)
    return tr(
        "six_es.measured",
        kept=of - sum(map(len, names.values())),
        of=of,
        reasons="; ".join(reasons),
    )


def _reason(one: Initiative) -> str:
    """Say why an initiative is left out of the layer of all."""
    if one.role in WATCHING:
        return "watching"
    return "past" if one.status in ("planned", "ended") else "other"


def group_table(
    found: Sequence[Group],
    kind: str,
    names: Mapping[str, str],
    tr: Translator,
    of: Mapping[tuple[str, ...], int] | None = None,
) -> pd.DataFrame:
    """Return a row for each group with all that goes with its index.

    ``of`` says how many initiatives of each group are listed, measured or not.
    """
    both = kind != "partnership"
    rows = []
    for group in found:
        largest, share = group.largest
        row = {
            tr(f"six_es.head.{kind}"): telling_words(group, names, tr),
            tr("six_es.initiatives"): tr(
                "six_es.of", count=len(group.initiatives), of=(of or {}).get(group.of, 0)
            )
            if of is not None
            else len(group.initiatives),
            tr("six_es.sites"): group.sites,
            tr("six_es.in_paper"): group.in_paper,
            tr("six_es.full" if both else "six_es.index"): _index(group, "full", tr),
        }
        row |= {tr("six_es.fractional"): _index(group, "fractional", tr)} if both else {}
        row[tr("six_es.verdict")] = _verdict(group, tr)
        row[tr("six_es.largest")] = (
            tr("six_es.largest_is", name=names.get(largest, largest), share=tr.percent(share, 0))
            if largest
            else tr("number.missing")
        )
        rows.append(row)
    return pd.DataFrame(rows)


def difference_table(found: Mapping[str, IndexDifference], tr: Translator) -> pd.DataFrame:
    """Return a row for each E that can be set beside efficiency."""
    return pd.DataFrame(
        {
            tr("six_es.head.e"): [tr(f"tags.e.{e}") for e in found],
            tr("six_es.difference"): [
                interval_words(one.difference, one.interval, tr) for one in found.values()
            ],
            tr("six_es.n"): [
                tr("six_es.n_of", e=one.n_after, efficiency=one.n_before, both=one.n_kept)
                for one in found.values()
            ],
            tr("six_es.verdict"): [tr(f"six_es.move.{one.verdict}") for one in found.values()],
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
        return tr("six_es.cannot_tell", reason=reason)
    if group.full.verdict != group.fractional.verdict:
        return tr("six_es.depends")
    return tr(f"strip.verdict.{group.full.verdict}")
