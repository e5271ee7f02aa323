"""The table of partners and their roles, which shows what is not documented."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from sixes_geo.city.model import PS
from sixes_geo.city.table_checks import ROLES, UNSTATED
from sixes_geo.framework.agreement import PARTNER
from sixes_geo.framework.tags import Profile
from sixes_geo.i18n import Translator
from sixes_geo.ui.components import markup

COLUMNS = (*ROLES, PARTNER)
MARK = "●"


def show_initiative(profile: Profile, tr: Translator) -> None:
    """Draw the roles of partners in one initiative; unknown roles are shown as such."""
    undocumented = (tr("tags.not_documented"), "unknown")
    rows = []
    for p in PS:
        coded = profile.ps[p]
        roles = coded.roles or ((PARTNER,) if coded.takes_part else ())
        cells = [(MARK, "known") if role in roles else undocumented for role in COLUMNS]
        if coded.takes_part is False or coded.level == UNSTATED:
            cells = [(tr(f"tags.role.{coded.level}"), "unknown")] * len(COLUMNS)
        elif coded.roles:  # a partner with a role takes part
            cells[-1] = ("–", "")
        rows.append((tr(f"tags.p.{p}"), cells))
    _table(rows, tr)


def show_city(profiles: Sequence[Profile], tr: Translator) -> None:
    """Draw in how many initiatives of a city each partner has each role."""
    rows = []
    for p in PS:
        tags = [profile.ps[p] for profile in profiles]
        counts = [sum(role in tag.roles for tag in tags) for role in ROLES]
        counts.append(sum(bool(tag.takes_part) and not tag.roles for tag in tags))
        cells = [
            (tr.number(n, 0), "known") if n else (tr("tags.not_documented"), "unknown")
            for n in counts
        ]
        rows.append((tr(f"tags.p.{p}"), cells))
    _table(rows, tr)
    without_partners = sum(not profile.partners for profile in profiles)
    markup.quiet(tr("partners.of", of=len(profiles), silent=without_partners))


def _table(rows: Sequence[tuple[str, Sequence[tuple[str, str]]]], tr: Translator) -> None:
    """Write the table; a row whose cells are all the same is one wide cell."""
    headings = "".join(markup.element("th", tr(f"tags.role.{role}")) for role in COLUMNS)
    body = "".join(
        f"<tr>{markup.element('th', name)}{_cells(cells, tr)}</tr>" for name, cells in rows
    )
    caption = markup.element("caption", tr("partners.caption"))
    st.html(
        f'<div class="sixes-fit"><table class="sixes-partners">{caption}'
        f"<thead><tr><td></td>{headings}</tr></thead>"
        f"<tbody>{body}</tbody></table></div>"
    )


def _cells(cells: Sequence[tuple[str, str]], tr: Translator) -> str:
    """Return the cells of a row, each with the name of its column for narrow screens."""
    if len(set(cells)) == 1:
        cell = markup.element("td", *cells[0])
        return cell.replace("<td", f'<td colspan="{len(cells)}"', 1)
    return "".join(
        markup.element("td", *cell).replace(
            "<td", f'<td data-head="{escape(tr(f"tags.role.{role}"), quote=True)}"', 1
        )
        for role, cell in zip(COLUMNS, cells, strict=True)
    )
