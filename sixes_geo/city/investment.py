"""Investment: money that is known per unit rather than per site, read and checked."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pandas as pd

from sixes_geo.base.errors import Problem
from sixes_geo.base.limits import MOST_SIZE
from sixes_geo.city import table_checks
from sixes_geo.city.contents import bytes_of, csv_table
from sixes_geo.city.model import SHIPPED, City, Layer, Unit
from sixes_geo.city.tables import contributed_values, read_units, verified


@dataclass(frozen=True)
class Investment:
    """The money of one year, by the unit it was spent in.

    ``amounts`` is in ``currency`` of that year, for every unit of the level; a unit that the
    table does not name is missing, not zero. ``unplaced`` is money of the year that the table
    assigns to no unit.
    """

    amounts: pd.Series[float]
    unplaced: float
    currency: str

    @property
    def unplaced_share(self) -> float:
        """Share of the money that is assigned to no unit; missing if there is no money."""
        whole = float(self.amounts.sum()) + self.unplaced
        return self.unplaced / whole if whole else float("nan")


def read_investment(city: City, unit: Unit, year: int) -> Investment:
    """Read the money of one year by unit of a level, and the money without a unit.

    Parameters
    ----------
    city
        A city that has the file ``investment``; see `has`.
    unit
        The level of the money; at another level every amount is missing.
    year
        A year of the table; for another year every amount is missing.

    Raises
    ------
    DataError
        With every fault of the table: repeated rows, amounts that are negative or no numbers,
        units that do not exist.
    """
    path, sha = verified(city, "investment")
    ids = pd.Index(read_units(city, unit)["id"], name="id")
    table = _money(path, sha)
    rows = table[(table["unit"] == unit.unit) & (table["year"] == year)]
    unknown = sorted(set(rows["id"].dropna()) - set(ids))
    table_checks.refuse(
        path, [Problem("unknown_unit_id", {"unit": unit.unit, "got": name}) for name in unknown]
    )
    placed = rows["id"].notna()
    return Investment(
        amounts=rows[placed].set_index("id")["amount"].reindex(ids),
        unplaced=float(rows.loc[~placed, "amount"].sum()),
        currency=str(rows["currency"].iloc[0]) if len(rows) else "",
    )


def amounts_of(city: City, unit: Unit, layer: Layer) -> pd.Series[float]:
    """Return the amounts of a layer of money by unit, missing where unknown."""
    if layer.origin != SHIPPED:
        ids = pd.Index(read_units(city, unit)["id"], name="id")
        return contributed_values(city, layer.layer).reindex(ids)
    return read_investment(city, unit, layer.year or 0).amounts


@lru_cache(maxsize=16)
def _money(path: Path, sha: str) -> pd.DataFrame:
    """Read the table of money; a row without a unit is money without a place."""
    text = dict.fromkeys(("unit", "id", "amount", "currency"), "str")
    table = csv_table(path, bytes_of(path, sha), text)
    key = ["unit", "id", "year"]
    table_checks.refuse(
        path, table_checks.missing_columns(path, table, [*key, "amount", "currency"])
    )
    amounts = pd.to_numeric(table["amount"], errors="coerce")
    table_checks.refuse(path, _money_faults(path, table, amounts, key))
    return table.assign(amount=amounts.astype(float))


def _money_faults(
    path: Path, table: pd.DataFrame, amounts: pd.Series[float], key: list[str]
) -> list[Problem]:
    """Return repeated rows, and amounts and currencies that cannot be added up."""
    repeated = int(table.duplicated(key).sum())
    fields = {"path": path.name, "got": repeated}
    problems = [Problem("duplicate_rows", fields)] if repeated else []
    currency = str(table["currency"].iloc[0]) if len(table) else ""
    wrong = {
        "amount": (~(amounts >= 0) | (amounts > MOST_SIZE), f"0…{MOST_SIZE:g}"),
        "currency": (table["currency"] != currency, currency),
    }
    return problems + [
        Problem(
            "bad_cell",
            {
                "path": path.name,
                "line": row + 2,
                "column": column,
                "got": str(table[column].iloc[row]),
                "allowed": allowed,
            },
        )
        for column, (bad, allowed) in wrong.items()
        for row in bad.to_numpy().nonzero()[0].tolist()
    ]
