"""How far coders agree, as tables that a page shows."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from sixes_geo.city.model import ES, PS
from sixes_geo.framework.agreement import ALL
from sixes_geo.i18n import Translator
from sixes_geo.measures.base.thresholds import LEAST_CODED_FOR_KAPPA

MULTIPLE = "+"


def agreement_table(found: pd.DataFrame, tr: Translator) -> pd.DataFrame:
    """Return the rows of `framework.agreement.agreement` in words."""
    return pd.DataFrame(
        {
            tr("agreement.of"): [dimension_words(one, tr) for one in found["of"]],
            tr("agreement.pair"): [
                tr.list([one, other])
                for one, other in zip(found["first"], found["second"], strict=True)
            ],
            tr("agreement.n"): found["n"].to_numpy(),
            tr("agreement.agreed"): [
                _agreed(share, n, tr)
                for share, n in zip(found["agreed"].tolist(), found["n"].tolist(), strict=True)
            ],
            tr("agreement.kappa"): [
                _kappa(kappa, n, tr) for kappa, n in zip(found["kappa"], found["n"], strict=True)
            ],
        }
    )


def disagreement_table(
    differing: pd.DataFrame, names: Mapping[str, str], tr: Translator
) -> pd.DataFrame:
    """Return the rows of `framework.agreement.disagreements` in words."""
    return pd.DataFrame(
        {
            tr("agreement.thing"): [names.get(one, one) for one in differing["thing"]],
            tr("agreement.of"): [dimension_words(one, tr) for one in differing["of"]],
            tr("agreement.who"): differing["coder"].to_numpy(),
            tr("agreement.says"): [
                _said(of, level, tr)
                for of, level in zip(differing["of"], differing["level"], strict=True)
            ],
        }
    )


def dimension_words(name: str, tr: Translator) -> str:
    """Name an E, a partner, the approach, or all that was compared."""
    if name == ALL:
        return tr("agreement.all")
    if name in ES:
        return tr(f"tags.e.{name}")
    return tr(f"tags.p.{name}") if name in PS else tr("initiatives.approach")


def _agreed(share: float, n: int, tr: Translator) -> str:
    """Write on how many they agree; of a few, a percentage would say too much."""
    fields = {"agreed": round(share * n), "of": n}
    if n < LEAST_CODED_FOR_KAPPA:
        return tr("agreement.of_few", **fields)
    return tr("agreement.of_both", share=tr.percent(share, 0), **fields)


def _kappa(kappa: float, n: int, tr: Translator) -> str:
    """Write the coefficient, or why there is none."""
    if n < LEAST_CODED_FOR_KAPPA:
        return tr("agreement.few", least=LEAST_CODED_FOR_KAPPA)
    return tr.signed(kappa, 2) if kappa == kappa else tr("agreement.undefined")  # noqa: PLR0124


def _said(of: str, level: str, tr: Translator) -> str:
    """Write what a coder says."""
    kind = "level" if of in ES else "role" if of in PS else "approach"
    return tr.list([tr(f"tags.{kind}.{one}") for one in level.split(MULTIPLE)])
