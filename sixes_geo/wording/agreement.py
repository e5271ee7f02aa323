"""Agreement between coders, as tables for a page."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from sixes_geo.city.model import ES, PS
from sixes_geo.framework.agreement import ALL
from sixes_geo.i18n import Translator
from sixes_geo.measures.base.thresholds import LEAST_CODED_FOR_KAPPA

MULTIPLE = "+"


def agreement_table(coefficients: pd.DataFrame, tr: Translator) -> pd.DataFrame:
    """Return the agreement of coders in words, a row per dimension and pair."""
    return pd.DataFrame(
        {
            tr("agreement.of"): [
                dimension_words(dimension, tr) for dimension in coefficients["of"]
            ],
            tr("agreement.pair"): [
                tr.list([first, second])
                for first, second in zip(coefficients["first"], coefficients["second"], strict=True)
            ],
            tr("agreement.n"): coefficients["n"].to_numpy(),
            tr("agreement.agreed"): [
                _agreed(share, n, tr)
                for share, n in zip(
                    coefficients["agreed"].tolist(), coefficients["n"].tolist(), strict=True
                )
            ],
            tr("agreement.kappa"): [
                _kappa(kappa, n, tr)
                for kappa, n in zip(coefficients["kappa"], coefficients["n"], strict=True)
            ],
        }
    )


def disagreement_table(
    differing: pd.DataFrame, names: Mapping[str, str], tr: Translator
) -> pd.DataFrame:
    """Return what coders disagree on in words, a row per coder and statement."""
    return pd.DataFrame(
        {
            tr("agreement.thing"): [names.get(thing, thing) for thing in differing["thing"]],
            tr("agreement.of"): [dimension_words(dimension, tr) for dimension in differing["of"]],
            tr("agreement.who"): differing["coder"].to_numpy(),
            tr("agreement.says"): [
                _statement(of, level, tr)
                for of, level in zip(differing["of"], differing["level"], strict=True)
            ],
        }
    )


def dimension_words(name: str, tr: Translator) -> str:
    """Name a dimension: an E, a partner, the approach, or all of them together."""
    if name == ALL:
        return tr("agreement.all")
    if name in ES:
        return tr(f"tags.e.{name}")
    return tr(f"tags.p.{name}") if name in PS else tr("initiatives.approach")


def _agreed(share: float, n: int, tr: Translator) -> str:
    """Write on how many they agree; for a few, a percentage would say too much."""
    fields = {"agreed": round(share * n), "of": n}
    if n < LEAST_CODED_FOR_KAPPA:
        return tr("agreement.of_few", **fields)
    return tr("agreement.of_both", share=tr.percent(share, 0), **fields)


def _kappa(kappa: float, n: int, tr: Translator) -> str:
    """Write the coefficient, or why there is none."""
    if n < LEAST_CODED_FOR_KAPPA:
        return tr("agreement.few", least=LEAST_CODED_FOR_KAPPA)
    return tr.signed(kappa, 2) if kappa == kappa else tr("agreement.undefined")  # noqa: PLR0124


def _statement(of: str, level: str, tr: Translator) -> str:
    """Write what a coder states."""
    kind = "level" if of in ES else "role" if of in PS else "approach"
    return tr.list([tr(f"tags.{kind}.{value}") for value in level.split(MULTIPLE)])
