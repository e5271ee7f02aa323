"""Results by E and by partnership, in words and tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

import pandas as pd

from sixes_geo.analysis.six_es import YARDSTICK, Group
from sixes_geo.city.model import ES, WATCHING, Initiative
from sixes_geo.i18n import Translator
from sixes_geo.measures import IndexDifference, PlacementTest
from sixes_geo.wording.assessment import interval_words
from sixes_geo.wording.tags import rests_words

ASKED = "equity"

ALONE = 0.95
"""From this share on, a group is in effect one network, and its label names it."""


def group_words(group: Group, tr: Translator) -> str:
    """Name a group: an E, a partner, or a set of partners."""
    if not group.of:
        return tr("tags.not_documented")
    return tr.list([tr(f"tags.{'e' if name in ES else 'p'}.{name}") for name in group.of])


def group_label(group: Group, names: Mapping[str, str], tr: Translator) -> str:
    """Name a group, and the network that makes up all or nearly all of it."""
    words = group_words(group, tr)
    largest, share = group.largest
    if not largest or share < ALONE:
        return words
    kind = "six_es.only" if share == 1 else "six_es.almost"
    return tr(kind, name=words, network=names.get(largest, largest))


def contrast_of(differences: Mapping[str, IndexDifference]) -> str:
    """Return the E that clearly differs from efficiency: equity if it does, or the farthest one."""
    clear = [e for e, difference in differences.items() if difference.verdict != "cannot_tell"]
    return max(clear, key=lambda e: (e == ASKED, abs(differences[e].difference)), default="")


def contrast_words(e: str, difference: IndexDifference, tr: Translator) -> str:
    """Say how the sites of an E are placed compared with those of efficiency."""
    return tr(
        f"six_es.contrast.{difference.verdict}",
        e=tr(f"tags.e.{e}"),
        difference=interval_words(difference.difference, difference.interval, tr),
        n=difference.n_after,
        efficiency=difference.n_before,
    )


def caution_words(
    sides: Sequence[Group],
    compared: int,
    coders: Sequence[str],
    names: Mapping[str, str],
    tr: Translator,
) -> str:
    """Say how few initiatives a difference rests on, and what is not corrected for."""
    placed = {
        initiative.id: initiative
        for group in sides
        for initiative in group.initiatives
        if initiative.id in group.placed
    }
    bases = Counter(group.bases[name] for group in sides for name in group.placed)
    return tr(
        "six_es.caution",
        rests=rests_words(bases, tr),
        k=len(placed),
        names=tr.list([names.get(initiative, initiative) for initiative in placed]),
        coders=tr.list(list(coders)),
        paper=sum(initiative.from_paper for initiative in placed.values()),
        possible=len(ES) - 1,
        made=compared,
    )


def answer_words(
    groups: Sequence[Group], differences: Mapping[str, IndexDifference], tr: Translator
) -> str:
    """Say why equity's sites cannot be shown to be in poorer districts than efficiency's."""
    sites = {group.of[0]: group.sites for group in groups}
    if ASKED not in differences:
        return tr("six_es.answer.few", equity=sites[ASKED], efficiency=sites[YARDSTICK])
    difference = differences[ASKED]
    words = interval_words(difference.difference, difference.interval, tr)
    return tr("six_es.answer.cannot_tell", difference=words)


def left_out_words(listed: Sequence[Initiative], measured: Collection[str], tr: Translator) -> str:
    """Say how many of the listed initiatives are measured, and which are not and why."""
    names: dict[str, list[str]] = {}
    for initiative in listed:
        if initiative.id not in measured:
            names.setdefault(_reason(initiative), []).append(tr.text(initiative.name))
    reasons = [tr(f"six_es.left.{kind}", names=", ".join(named)) for kind, named in names.items()]
    of = len(listed)
    return tr(
        "six_es.measured",
        kept=of - sum(map(len, names.values())),
        of=of,
        reasons="; ".join(reasons),
    )


def _reason(initiative: Initiative) -> str:
    """Return why an initiative is left out of the layer of all initiatives."""
    if initiative.role in WATCHING:
        return "watching"
    return "past" if initiative.status in ("planned", "ended") else "other"


def group_table(
    groups: Sequence[Group],
    kind: str,
    names: Mapping[str, str],
    tr: Translator,
    of: Mapping[tuple[str, ...], int] | None = None,
) -> pd.DataFrame:
    """Return a row for each group, with its index and what goes with it.

    ``of`` says how many initiatives of each group are listed, measured or not.
    """
    both = kind != "partnership"
    rows = []
    for group in groups:
        largest, share = group.largest
        row = {
            tr(f"six_es.head.{kind}"): group_label(group, names, tr),
            tr("six_es.initiatives"): tr(
                "six_es.of", count=len(group.initiatives), of=(of or {}).get(group.of, 0)
            )
            if of is not None
            else len(group.initiatives),
            tr("six_es.sites"): group.sites,
            tr("six_es.in_paper"): group.in_paper,
        }
        row |= {tr("six_es.rests_on"): rests_words(group.rests_on, tr)} if both else {}
        row |= {tr("six_es.full" if both else "six_es.index"): _index(group, "full", tr)}
        row |= {tr("six_es.fractional"): _index(group, "fractional", tr)} if both else {}
        row[tr("six_es.verdict")] = _verdict(group, tr)
        row[tr("six_es.largest")] = (
            tr("six_es.largest_is", name=names.get(largest, largest), share=tr.percent(share, 0))
            if largest
            else tr("number.missing")
        )
        rows.append(row)
    return pd.DataFrame(rows)


def difference_table(differences: Mapping[str, IndexDifference], tr: Translator) -> pd.DataFrame:
    """Return a row for each E that can be compared with efficiency."""
    return pd.DataFrame(
        {
            tr("six_es.head.e"): [tr(f"tags.e.{e}") for e in differences],
            tr("six_es.difference"): [
                interval_words(difference.difference, difference.interval, tr)
                for difference in differences.values()
            ],
            tr("six_es.n"): [
                tr(
                    "six_es.n_of",
                    e=difference.n_after,
                    efficiency=difference.n_before,
                    both=difference.n_kept,
                )
                for difference in differences.values()
            ],
            tr("six_es.verdict"): [
                tr(f"six_es.move.{difference.verdict}") for difference in differences.values()
            ],
        }
    )


def _index(group: Group, counting: str, tr: Translator) -> str:
    """Write the index under one counting method, with its interval."""
    test = group.full if counting == "full" else group.fractional
    return interval_words(test.index, test.interval, tr) if test else tr("number.missing")


def _verdict(group: Group, tr: Translator) -> str:
    """Write the verdict; if the counting methods disagree, say that it depends on them."""
    if group.full is None or group.fractional is None:
        reason = group.why_not.text(tr) if group.why_not else ""
        return tr("six_es.cannot_tell", reason=reason)
    if group.full.verdict != group.fractional.verdict:
        return tr("six_es.depends")
    return told_of(group, group.full, tr)


def told_of(group: Group, test: PlacementTest, tr: Translator) -> str:
    """Write the verdict of one counting method, unless deprived areas turn the group's answer."""
    return tr("verdict.turned") if group.turns else tr(f"strip.verdict.{test.verdict}")
