"""The diagram of partners: who initiates, funds, runs and is asked; what nobody knows is said."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from sixes_geo.city.model import PS
from sixes_geo.city.table_checks import ROLES
from sixes_geo.framework.agreement import PARTNER
from sixes_geo.framework.tags import Profile
from sixes_geo.i18n import Translator
from sixes_geo.ui.components import markup

COLUMNS = (*ROLES, PARTNER)
MARK = "●"


def show_one(profile: Profile, tr: Translator) -> None:
    """Draw the partners of one initiative; a role of which nobody tells is said to be so."""
    silent = (tr("tags.not_documented"), "unknown")
    rows = []
    for p in PS:
        coded = profile.ps[p]
        held = coded.roles or ((PARTNER,) if coded.takes_part else ())
        cells = [(MARK, "known") if one in held else silent for one in COLUMNS]
        if coded.takes_part is False:
            cells = [(tr("tags.role.none"), "unknown")] * len(COLUMNS)
        elif coded.roles:  # whoever has a role on record takes part by that
            cells[-1] = ("–", "")
        rows.append((tr(f"tags.p.{p}"), cells))
    _table(rows, tr)


def show_city(profiles: Sequence[Profile], tr: Translator) -> None:
    """Draw in how many initiatives of a city each partner is known to have each role."""
    rows = []
    for p in PS:
        coded = [one.ps[p] for one in profiles]
        counts = [sum(role in one.roles for one in coded) for role in ROLES]
        counts.append(sum(bool(one.takes_part) and not one.roles for one in coded))
        cells = [
            (tr.number(n, 0), "known") if n else (tr("tags.not_documented"), "unknown")
            for n in counts
        ]
        rows.append((tr(f"tags.p.{p}"), cells))
    _table(rows, tr)
    silent = sum(not one.partners for one in profiles)
    markup.quiet(tr("partners.of", of=len(profiles), silent=silent))


def _table(rows: Sequence[tuple[str, Sequence[tuple[str, str]]]], tr: Translator) -> None:
    """Write the diagram; of a row that says one thing only, it stands across all columns."""
    heads = "".join(markup.element("th", tr(f"tags.role.{one}")) for one in COLUMNS)
    body = "".join(
        f"<tr>{markup.element('th', name)}{_cells(cells, tr)}</tr>" for name, cells in rows
    )
    caption = markup.element("caption", tr("partners.caption"))
    st.html(
        f'<div class="sixes-fit"><table class="sixes-partners">{caption}'
        f"<thead><tr><td></td>{heads}</tr></thead>"
        f"<tbody>{body}</tbody></table></div>"
    )


def _cells(cells: Sequence[tuple[str, str]], tr: Translator) -> str:
    """Write the cells of a row, each with the name of its column for screens without heads."""
    if len(set(cells)) == 1:
        cell = markup.element("td", *cells[0])
        return cell.replace("<td", f'<td colspan="{len(cells)}"', 1)
    return "".join(
        markup.element("td", *cell).replace(
            "<td", f'<td data-head="{escape(tr(f"tags.role.{role}"), quote=True)}"', 1
        )
        for role, cell in zip(COLUMNS, cells, strict=True)
    )
