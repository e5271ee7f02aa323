"""The snapshot page: freeze the current view, and reopen a snapshot."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import streamlit as st

from sixes_geo.analysis.link import question_of, record_of, server_of
from sixes_geo.analysis.link_fields import NOTHING
from sixes_geo.analysis.question import Question
from sixes_geo.base import limits
from sixes_geo.base.day import today
from sixes_geo.base.errors import SixesGeoError
from sixes_geo.export import asked, brought, proof, proof_words, reopened
from sixes_geo.export.fields import LONGEST, MOST_DISTRICTS, Fields
from sixes_geo.export.formats import SERVER
from sixes_geo.export.signature import fingerprint_of, public_of, spaced
from sixes_geo.i18n import Translator
from sixes_geo.store import keys
from sixes_geo.ui.components import markup, uploads, work
from sixes_geo.ui.session import cache, state
from sixes_geo.wording.network_names import networks_words

MADE = "frozen-snapshot"
MIME = {
    "pdf": "application/pdf",
    "png": "image/png",
    "svg": "image/svg+xml",
    "html": "text/html",
    "gpkg": "application/geopackage+sqlite3",
    "geojson": "application/geo+json",
    "csv": "text/csv",
    "zip": "application/zip",
}
KINDS: tuple[tuple[str, dict[str, str]], ...] = (
    ("pdf", {"sheet": "a4"}),
    ("pdf", {"sheet": "slides"}),
    ("html", {}),
    ("zip", {}),
    ("png", {"size": "1200x630"}),
    ("png", {"size": "1080x1080"}),
    ("png", {"size": "3840x2160"}),
    ("svg", {"picture": "map"}),
    ("svg", {"picture": "curve"}),
    ("gpkg", {}),
    ("geojson", {}),
    ("csv", {}),
)
"""The files on offer, the most used first."""

LOGOS = ("png", "jpg", "jpeg", "gif", "webp")


def show_form(selection: state.Selection) -> None:
    """Draw the form for the fields of its author, and freeze the snapshot."""
    tr, city = selection.tr, selection.city
    markup.quiet(tr("snapshot_page.explain"))
    if selection.beside:
        network = networks_words(selection.question.layers, tr)
        markup.quiet(tr("snapshot_page.first", network=network))
    names = cache.unit_names(selection.question)
    districts = _districts_key(city.city, selection.question.unit.unit, selection.district)
    if districts not in st.session_state:
        st.session_state[districts] = [selection.district] if selection.district in names else []
    with st.form("snapshot-form"):
        left, right = st.columns(2)
        with left:
            title = st.text_input(
                tr("snapshot_page.title"),
                key=_key("title"),
                max_chars=LONGEST["title"],
                placeholder=tr("snapshot_page.title_help"),
            )
            author = st.text_input(
                tr("snapshot_page.author"), key=_key("author"), max_chars=LONGEST["author"]
            )
            chosen = st.multiselect(
                tr("snapshot_page.districts"),
                list(names),
                key=districts,
                format_func=names.__getitem__,
                max_selections=MOST_DISTRICTS,
                placeholder=tr("snapshot_page.districts_none"),
            )
            date = st.date_input(tr("snapshot_page.date"), value=today(st.context.timezone))
        with right:
            longest = LONGEST["recommendation"]
            recommendation = st.text_area(
                tr("snapshot_page.recommendation"), key=_key("recommendation"), max_chars=longest
            )
            note = st.text_area(
                tr("snapshot_page.note"), key=_key("note"), max_chars=LONGEST["note"]
            )
            logo = st.file_uploader(
                tr("snapshot_page.logo"), type=list(LOGOS), max_upload_size=markup.MEGABYTES
            )
        submitted = st.form_submit_button(tr("snapshot_page.make"), type="primary")
    if not submitted:
        return
    try:
        picture = b""
        if logo is not None:
            content = uploads.content_of(logo, limits.LOGO_BYTES, "snapshot")
            picture = brought.logo(content, uploads.name_of(logo), work.owner())
        fields = Fields(
            title=title,
            author=author,
            note=note,
            recommendation=recommendation,
            logo=picture,
            districts=tuple(chosen),
            context=selection.context,
            date=str(date),
            server=server_of(st.context.url or "") or SERVER,
        )
        question, language = selection.question, selection.language
        ticket = asked.ask_preview(question, language, fields, work.owner())
        drawn = asked.drawn_from(work.waited(ticket, tr))
    except SixesGeoError as error:
        markup.notice(error, tr)
        return
    st.session_state[MADE] = (record_of(question), language, fields, drawn)


def show_snapshot(selection: state.Selection) -> None:
    """Show the pages of the frozen snapshot, with a download in every format."""
    tr = selection.tr
    frozen_view = st.session_state.get(MADE)
    if frozen_view is None or frozen_view[0]["city"] != selection.city.city:
        return
    record, language, fields, drawn = frozen_view
    if (record, language) != (record_of(selection.question), selection.language):
        markup.flag(tr("snapshot_page.older"))
    st.subheader(tr("snapshot_page.files"), anchor=False)
    markup.quiet(tr("snapshot_page.checksum", sha=drawn.checksum))
    markup.quiet(_signing_words(keys.own_key() or b"", tr))
    st.fragment(_downloads)(record, language, fields, drawn.date, tr)
    st.subheader(tr("snapshot_page.preview"), anchor=False)
    pages = drawn.pages
    for nth, (column, page) in enumerate(zip(st.columns(len(pages)), pages, strict=True), 1):
        column.image(page, caption=tr("snapshot_page.page", nth=nth, of=len(pages)))


def _signing_words(secret: bytes, tr: Translator) -> str:
    """Say which files are signed, and by which key."""
    if not secret:
        return tr("snapshot_page.unsigned")
    fingerprint = spaced(fingerprint_of(public_of(secret)))
    return tr("snapshot_page.signed", fingerprint=fingerprint)


def _downloads(
    record: dict[str, str], language: str, fields: Fields, date: str, tr: Translator
) -> None:
    """Draw the downloads of all files, and how far those are that were asked for."""
    question, owner = question_of(record), work.owner()
    with st.container(horizontal=True):
        for form, options in KINDS:
            kind = "-".join([form, *options.values()])
            write = partial(_written, question, language, fields, form, options, owner)
            name = "-".join(["sixes-geo", question.city.city, date, *options.values()])
            st.download_button(
                tr(f"snapshot_page.form.{kind}"),
                write,
                file_name=f"{name}.{form}",
                mime=MIME[form],
                key=f"snapshot-{kind}",
                on_click=work.note_asked,
            )
    work.show_files(tr)


def _written(
    question: Question,
    language: str,
    fields: Fields,
    form: str,
    options: dict[str, str],
    owner: str,
) -> bytes:
    """Have a file written; it is only when somebody asks for it."""
    ticket = asked.ask_file(question, language, fields, form, options, owner)
    return asked.file_from(work.FILES.waited(ticket))


def show_reopen(selection: state.Selection) -> None:
    """Draw the upload of a snapshot, say what is known of it, and open its view."""
    tr = selection.tr
    st.subheader(tr("snapshot_page.reopen"), anchor=False)
    markup.quiet(tr("snapshot_page.reopen_explain"))
    upload = st.file_uploader(
        tr("snapshot_page.reopen_file"),
        type=["zip", "html"],
        key="reopen-file",
        max_upload_size=limits.UPLOAD_MEGABYTES,
    )
    if upload is None:
        return
    with markup.explained(tr):
        content = uploads.content_of(upload, limits.SNAPSHOT_BYTES, "reopen")
        verified = brought.snapshot(content, uploads.name_of(upload), work.owner())
        with st.spinner(tr("snapshot_page.measuring_again")):
            known = proof.prove(verified, cache.assessment)
        proof_words.refuse_changed(known, uploads.name_of(upload))
        said, *more = proof_words.proof_lines(known, tr)
        tell = st.success if known.state == proof.SAME else st.warning
        tell(markup.plain(said))
        for line in more:
            markup.quiet(line)
        if verified.question.seed:
            markup.flag(tr("snapshot_page.seed", seed=verified.question.seed))
        if verified.beside:
            layers = [layer for question in verified.questions for layer in question.layers]
            names = networks_words(layers, tr)
            st.warning(markup.plain(tr("snapshot_page.apart", names=names)))
        view = replace(verified, manifest={}, files={})  # a session keeps what its buttons get
        st.button(tr("snapshot_page.open"), key="reopen-open", on_click=_restore, args=(view,))


def _restore(verified: reopened.Reopened) -> None:
    """Restore the view of a snapshot, and the texts of its author."""
    state.keep("city", verified.question.city.city)
    state.keep("lang", verified.language)
    layers = [name for question in verified.questions for name in question.layer_names]
    state.keep_list("layers", layers)
    state.keep("together", "1" if len(verified.question.layers) > 1 else "0")
    state.keep_question(verified.question)
    state.keep("district", verified.districts[0] if verified.districts else NOTHING)
    state.keep_list("context", verified.context)
    first = verified.districts[0] if verified.districts else ""
    key = _districts_key(verified.question.city.city, verified.question.unit.unit, first)
    st.session_state[key] = list(verified.districts)
    for name, text in verified.words.items():
        st.session_state[_key(name)] = text


def _key(name: str) -> str:
    """Return the key of a field of the form."""
    return f"snapshot-{name}"


def _districts_key(city: str, unit: str, district: str) -> str:
    """Return the key of the districts in focus, which depends on the districts on offer."""
    return _key(f"districts {city} {unit} {district}")
