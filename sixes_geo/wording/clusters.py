"""What patterns among neighbours say, and how they were found."""

from __future__ import annotations

from sixes_geo.analysis.assessment import Assessment
from sixes_geo.analysis.clusters import Clusters
from sixes_geo.i18n import Translator
from sixes_geo.measures.base.thresholds import ALPHA
from sixes_geo.wording.assessment import need_title
from sixes_geo.wording.counts import counted


def clusters_headline(assessment: Assessment, found: Clusters, tr: Translator) -> str:
    """Say whether neighbours are alike in what they have per person."""
    test = found.whole
    side = "alike" if test.index > test.expected else "unlike"
    form = side if test.p_value <= ALPHA else "cannot_tell"
    return tr(
        f"clusters.headline.{form}",
        noun=counted(assessment, tr),
        many=tr.text(assessment.question.unit.many),
    )


def clusters_basis(assessment: Assessment, found: Clusters, tr: Translator) -> str:
    """Say how it was found: Moran's I with its p, units, need, vintages."""
    test, question = found.whole, assessment.question
    vintages = dict.fromkeys(layer.vintage for layer in question.layers)
    return tr(
        "clusters.basis",
        index=tr.signed(test.index, 2),
        p=tr.number(test.p_value, 3),
        permutations=test.permutations,
        seed=str(test.seed),
        n=tr.number(test.n, 0),
        many=tr.text(question.unit.many),
        noun=counted(assessment, tr),
        vintage=tr.list(list(vintages)),
        need=need_title(assessment, tr),
    )


def method_words(found: Clusters, tr: Translator) -> str:
    """Say under the map how clusters were named, and which units are islands."""
    text = tr("clusters.method", permutations=found.permutations, seed=str(found.seed))
    if not found.islands:
        return f"{text} {tr('clusters.no_islands')}"
    return f"{text} {tr('clusters.islands', names=tr.list(list(found.islands)))}"


def example_words(assessment: Assessment, found: Clusters, kind: str, tr: Translator) -> str:
    """Explain one kind of pattern by a unit that it names, or say that it names none."""
    units = found.units.dropna(subset=["rate"])
    if kind == "both":
        told = units[
            (units["need_third"] == units["need_third"].max()) & (units["rate_third"] == 0)
        ]
    else:
        named = units[~units[kind].isin(["cannot_tell", "island"])]
        commonest = named[named[kind].isin(named[kind].mode()[:1])]
        told = commonest.sort_values(f"q_{kind}", kind="stable")
    if told.empty:
        return tr(f"clusters.example.{kind}_none")
    row = told.iloc[0]
    return tr(
        f"clusters.example.{kind}",
        name=assessment.units.loc[told.index[0], "name"],
        cluster="" if kind == "both" else tr(f"clusters.cluster.{kind}.{row[kind]}"),
        rate=tr.number(row["rate"], 2),
        noun=counted(assessment, tr),
        q="" if kind == "both" else tr.number(row[f"q_{kind}"], 3),
    )


def together_words(found: Clusters, tr: Translator) -> str:
    """Say how need and provision go together in the same unit, which the maps carry along."""
    return tr("clusters.together", together=tr.signed(found.together, 2))
