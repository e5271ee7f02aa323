"""Clusters in words: what they show, and how they were found."""

from __future__ import annotations

from sixes_geo.analysis.assessment import Assessment
from sixes_geo.analysis.clusters import Clusters
from sixes_geo.i18n import Translator
from sixes_geo.measures.base.thresholds import ALPHA
from sixes_geo.wording.assessment import need_title
from sixes_geo.wording.counts import counted


def clusters_headline(assessment: Assessment, clusters: Clusters, tr: Translator) -> str:
    """Say whether neighbouring units have similar provision per person."""
    test = clusters.whole
    side = "alike" if test.index > test.expected else "unlike"
    form = side if test.p_value <= ALPHA else "cannot_tell"
    return tr(
        f"clusters.headline.{form}",
        noun=counted(assessment, tr),
        many=tr.text(assessment.question.unit.many),
    )


def clusters_basis(assessment: Assessment, clusters: Clusters, tr: Translator) -> str:
    """Say what the headline rests on: Moran's I with its p, units, need, vintages."""
    test, question = clusters.whole, assessment.question
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


def method_words(clusters: Clusters, tr: Translator) -> str:
    """Say how clusters were identified, and which units are islands."""
    text = tr("clusters.method", permutations=clusters.permutations, seed=str(clusters.seed))
    if not clusters.islands:
        return f"{text} {tr('clusters.no_islands')}"
    return f"{text} {tr('clusters.islands', names=tr.list(list(clusters.islands)))}"


def example_words(assessment: Assessment, clusters: Clusters, kind: str, tr: Translator) -> str:
    """Explain one kind of cluster with a unit that is in one, or say that there is none."""
    units = clusters.units.dropna(subset=["rate"])
    if kind == "both":
        examples = units[
            (units["need_third"] == units["need_third"].max()) & (units["rate_third"] == 0)
        ]
    else:
        clustered = units[~units[kind].isin(["cannot_tell", "island"])]
        commonest = clustered[clustered[kind].isin(clustered[kind].mode()[:1])]
        examples = commonest.sort_values(f"q_{kind}", kind="stable")
    if examples.empty:
        return tr(f"clusters.example.{kind}_none")
    row = examples.iloc[0]
    return tr(
        f"clusters.example.{kind}",
        name=assessment.units.loc[examples.index[0], "name"],
        cluster="" if kind == "both" else tr(f"clusters.cluster.{kind}.{row[kind]}"),
        rate=tr.number(row["rate"], 2),
        noun=counted(assessment, tr),
        q="" if kind == "both" else tr.number(row[f"q_{kind}"], 3),
    )


def correlation_words(clusters: Clusters, tr: Translator) -> str:
    """Say how need and provision correlate within units, which affects the bivariate map."""
    return tr("clusters.together", together=tr.signed(clusters.together, 2))
