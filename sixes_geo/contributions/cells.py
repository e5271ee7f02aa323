"""Cells of the crosswalk as the store keeps them: each by itself, so that none replaces another."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict

from sixes_geo.city.model import ES
from sixes_geo.framework.crosswalk import FIELDS, LEVELS, Cell, frameworks
from sixes_geo.store.versions import Change


def kept_cell(cell: Cell) -> Change:
    """Return the change that keeps a cell."""
    return Change(_name(cell), cell.coder, json.dumps(asdict(cell), ensure_ascii=False))


def gone_cell(cell: Cell) -> Change:
    """Return the change that removes a cell."""
    return Change(_name(cell), cell.coder, None)


def cell_in(content: bytes) -> Cell | None:
    """Return the cell that an item of the store holds; None if it is none."""
    try:
        record = json.loads(content)
    except ValueError:
        return None
    if not isinstance(record, dict) or set(record) != set(FIELDS):
        return None
    if not all(isinstance(text, str) and text.strip() for text in record.values()):
        return None
    cell = Cell(**record)
    known = cell.e in ES and cell.level in LEVELS
    return cell if known and (cell.framework, cell.theme) in _positions() else None


def in_order(cells: Iterable[Cell]) -> list[Cell]:
    """Return cells by coder, in the order of the frameworks."""
    positions = _positions()
    return sorted(
        cells,
        key=lambda cell: (cell.coder, positions[cell.framework, cell.theme], ES.index(cell.e)),
    )


def _name(cell: Cell) -> str:
    """Return the name of a cell in the store."""
    return json.dumps([cell.coder, cell.theme, cell.e], ensure_ascii=False)


def _positions() -> dict[tuple[str, str], int]:
    """Return the position of every theme, by framework and theme."""
    pairs = [(framework.id, theme.id) for framework in frameworks() for theme in framework.themes]
    return {pair: position for position, pair in enumerate(pairs)}
