"""Tags of other coders: uploaded as a file, listed and removed."""

from __future__ import annotations

from functools import partial

import streamlit as st

from sixes_geo.base.hidden import isolated
from sixes_geo.base.limits import CONTRIBUTION_BYTES
from sixes_geo.city.model import City
from sixes_geo.contributions import brought
from sixes_geo.contributions.tag_files import keep_tags, remove_tags, tags_added
from sixes_geo.i18n import Translator
from sixes_geo.ui.components import keeping, markup, uploads, work
from sixes_geo.ui.session import authorship, state

KEPT, FILES = "tags-kept", "tags-files"


def show_tags(selection: state.Selection) -> None:
    """List coders whose tags were added, and draw the upload of another coder's tags."""
    tr, city = selection.tr, selection.city
    st.subheader(tr("contributions.tags_title"), anchor=False)
    markup.quiet(tr("contributions.tags_explain"))
    _coders(city, tr)
    upload = st.file_uploader(
        tr("contributions.tags_file"),
        type="csv",
        key=f"tags-file-{st.session_state.get(FILES, 0)}",
        max_upload_size=markup.MEGABYTES,
    )
    if KEPT in st.session_state:
        st.success(markup.plain(st.session_state.pop(KEPT)))
        keeping.show_code(tr)
    if upload is None:
        return
    with markup.explained(tr):
        content = uploads.content_of(upload, CONTRIBUTION_BYTES)
        table = brought.tags(city, content, uploads.name_of(upload), work.owner())
        coders = ", ".join(map(isolated, dict.fromkeys(table["coder"])))
        markup.quiet(tr("contributions.tags_read", count=len(table), coders=coders))
        if st.button(tr("contributions.keep_tags"), key="tags-keep"):
            keep_tags(city, table, authorship.code())
            st.session_state[KEPT] = tr("contributions.kept_tags", count=len(table), coders=coders)
            st.session_state[FILES] = st.session_state.get(FILES, 0) + 1  # resets the upload
            st.rerun()


def _coders(city: City, tr: Translator) -> None:
    """List the coders whose tags were added, each with a button to remove them."""
    added, refused = tags_added(city)
    for error in refused:
        markup.notice(error, tr)
    for coder, count in added.items():
        with st.container(horizontal=True, vertical_alignment="center"):
            markup.quiet(tr("agreement.coder", coder=isolated(coder), count=count))
            keeping.remove_button(f"tags-{coder}", coder, partial(remove_tags, city, coder), tr)
