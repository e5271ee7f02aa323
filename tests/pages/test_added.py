"""What people add, on the pages: kept, taken out of use, and told of where it is broken."""

import datetime as dt
import json

import pytest
import visiting
from made import DESCRIBED, kept, sheet
from streamlit.runtime.context import ContextProxy
from visiting import go, headings, markup

from sixes_geo.base import day
from sixes_geo.base.errors import DataError
from sixes_geo.contributions import indicator_csv, store
from sixes_geo.contributions.cell_files import cells_added, sign_cells
from sixes_geo.contributions.merge import contributed_indicators
from sixes_geo.contributions.tag_files import keep_tags, tags_from_file
from sixes_geo.store import contributions, location
from sixes_geo.store.codes import FACILITATOR_VARIABLE, READ_ONLY_VARIABLE
from sixes_geo.ui.session import authorship

MAP, EQUITY = "pages/explore/map.py", "pages/measure/equity.py"
OWN, INITIATIVES, FRAMEWORKS = (
    "pages/data/contributions.py",
    "pages/explore/initiatives.py",
    "pages/compare/frameworks.py",
)

CODE = "the code of this visit"

pytestmark = pytest.mark.usefixtures("in_toy")


def visit(page, **choices):
    """Return a page of the toy city."""
    return visiting.visit(page, **({"city": "toy", "lang": "en"} | choices))


def told(app) -> str:
    """Return all errors as a reader sees them."""
    return "\n".join(visiting.notice_text(one) for one in app.error)


@pytest.mark.parametrize(
    ("page", "folder", "name", "content"),
    [
        (OWN, "toy/indicators", "own-x.json", "[" * 100_000),
        (OWN, "toy/indicators", "own-x.json", kept("own-x", per="zone2")),
        (OWN, "toy/tags", "x.csv", "a,b\n1,2\n"),
        (INITIATIVES, "toy/tags", "x.csv", ""),
        (FRAMEWORKS, "crosswalk", "x.csv", "a,b\n1,2\n"),
    ],
)
def test_a_broken_file_is_told_of_and_the_page_stands(page, folder, name, content, registry_folder):
    whole = len(visit(page).get("html"))
    (registry_folder / folder).mkdir(parents=True)
    (registry_folder / folder / name).write_text(content)

    app = visit(page)

    assert not app.exception
    assert len(app.error) == 1
    assert name in told(app)
    assert len(app.get("html")) == whole


def visit_as_author(page):
    """Return a page as the visit sees it that keeps with `CODE`."""
    app = visit(page)
    app.session_state[authorship.CODE] = CODE
    return app


def keep_long_named(city):
    made = indicator_csv.from_file(city, sheet(name="x" * 100), "x.csv")
    return store.keep("toy", made, CODE)


def test_what_somebody_else_took_out_of_use_is_a_notice_and_no_traceback(toy_city):
    made = keep_long_named(toy_city)
    app = visit_as_author(OWN)
    store.remove("toy", made.indicator, CODE)

    app.button(key=f"remove-{made.indicator}").click().run()

    assert not app.exception
    assert "is missing" in told(app)
    assert "Load the page again" in told(app)


def test_an_indicator_with_a_long_name_is_removed_by_its_button_and_brought_back(toy_city):
    made = keep_long_named(toy_city)
    app = visit_as_author(OWN)

    app.button(key=f"remove-{made.indicator}").click().run()

    assert not app.exception
    assert not app.error
    assert len(headings(app)) == 1
    assert f"Removed: {'x' * 100}." in markup(app)
    assert contributed_indicators(toy_city)[0] == ()

    (undo,) = [one for one in app.button if one.label == "Undo"]
    undo.click().run()

    assert not app.exception
    assert not app.error
    assert contributed_indicators(toy_city)[0] == (made,)
    assert "Removed:" not in markup(app)


def test_nobody_removes_what_others_kept_without_their_code(toy_city, monkeypatch):
    made = keep_long_named(toy_city)
    monkeypatch.setenv(FACILITATOR_VARIABLE, "the secret of the server")
    app = visit(OWN)

    for code in ("", "a guess"):
        app.text_input(key=f"code-{made.indicator}").set_value(code).run()
        app.button(key=f"remove-{made.indicator}").click().run()
        assert not app.exception
        assert "only those who kept this can remove it" in told(app)
        assert contributed_indicators(toy_city)[0] == (made,)

    app.text_input(key=f"code-{made.indicator}").set_value("the secret of the server").run()
    app.button(key=f"remove-{made.indicator}").click().run()

    assert not app.error
    assert contributed_indicators(toy_city)[0] == ()


def test_the_code_of_a_visit_is_shown_once_and_removes_from_another_visit(toy_city):
    app = visit(OWN)
    for nth in range(2):
        upload = ("mine.csv", sheet(), "text/csv")
        app.file_uploader(key=f"contribution-file-{nth}").set_value(upload).run()
        app.button(key="contribution-file-keep").click().run()
        shown = [visiting.notice_text(one) for one in app.info]
        assert [app.session_state[authorship.CODE] in text for text in shown] == [True] * (nth == 0)
    first, second = contributed_indicators(toy_city)[0]

    store.remove("toy", first.indicator, app.session_state[authorship.CODE])

    assert contributed_indicators(toy_city)[0] == (second,)


@pytest.mark.parametrize("page", [OWN, FRAMEWORKS])
def test_a_page_says_once_that_nothing_can_be_kept_and_goes_on(page, tmp_path, monkeypatch):
    whole = len(visit(page).get("html"))
    (tmp_path / "in-the-way").write_text("")
    monkeypatch.setenv(location.VARIABLE, f"sqlite:///{tmp_path}/in-the-way/store.sqlite3")

    app = visit(page)

    assert not app.exception
    assert len(app.error) == 1
    assert "in-the-way/store.sqlite3 cannot be used" in told(app)
    assert "SIXES_STORE" in told(app)
    assert len(app.get("html")) == whole


def test_where_nothing_can_be_kept_the_files_of_the_folder_are_read_all_the_same(
    registry_folder, tmp_path, monkeypatch
):
    (tmp_path / "in-the-way").write_text("")
    monkeypatch.setenv(location.VARIABLE, f"sqlite:///{tmp_path}/in-the-way/store.sqlite3")
    place = registry_folder / "toy" / "indicators" / "own-x.json"
    place.parent.mkdir(parents=True)
    place.write_text(kept("own-x"))

    app = visit(OWN)

    assert len(app.error) == 1
    assert DESCRIBED["name"] in markup(app)


def test_a_read_only_server_says_so_and_refuses_to_keep(toy_city, monkeypatch):
    made = keep_long_named(toy_city)
    monkeypatch.setenv(READ_ONLY_VARIABLE, "1")
    app = visit_as_author(OWN)
    assert "This server is read-only" in visiting.notice_text(app.info[0])
    app.file_uploader(key="contribution-file-0").set_value(("mine.csv", sheet(), "text/csv")).run()

    app.button(key="contribution-file-keep").click().run()

    assert not app.exception
    assert "nothing can be kept or removed here" in told(app)
    with pytest.raises(DataError, match="read-only"):
        store.remove("toy", made.indicator, CODE)
    assert contributed_indicators(toy_city)[0] == (made,)


def test_coders_are_listed_and_their_tags_removed(toy_city):
    rows = b"initiative,dimension,level,coder,evidence,source\ndocks,equity,absent,Zoe,x,y\n"
    keep_tags(toy_city, tags_from_file(toy_city, rows, "zoe.csv"), CODE)
    app = visit_as_author(OWN)
    assert "Zoe, 1 tag" in markup(app)

    app.button(key="remove-tags-Zoe").click().run()

    assert not app.exception
    assert "Zoe, 1 tag" not in markup(app)
    assert [one.names for one in contributions.removed()] == [("Zoe",)]


def test_the_form_asks_of_which_year_the_values_are():
    app = visit(OWN)

    year = app.number_input(key="contribution-year-0")

    assert (year.min, year.max) == (1900, 2200)
    assert str(year.value) in str(app.date_input(key="contribution-date-0").value)


@pytest.mark.parametrize("language", ["es", "en"])
def test_the_template_names_initiatives_in_the_language_of_the_reader(toy_city, language):
    described = DESCRIBED | {"per": "initiative", "use": "provision"}

    assert f"docks ({language})".encode() in indicator_csv.template(toy_city, described, language)


def test_what_is_missing_in_the_form_is_told_by_its_names_on_the_screen_line_by_line():
    app = visit(OWN, lang="es")
    app.text_input(key="contribution-name-0").set_value("Mi nombre").run()

    app.button(key="contribution-keep").click().run()

    assert not app.exception
    lines = told(app).splitlines()
    assert lines[0].startswith("- Falta: Pregunta que responde, E a la que sirve, Dirección")
    assert "- Ningún lugar tiene un valor todavía: escriba al menos uno" in lines
    assert app.text_input(key="contribution-name-0").value == "Mi nombre"


def test_no_e_is_chosen_before_somebody_chooses_it():
    app = visit(OWN)

    assert app.selectbox(key="contribution-e-en-0").value is None
    assert app.selectbox(key="contribution-higher_means-en-0").value is None


def test_what_was_typed_outlasts_a_look_at_another_page():
    app = visit(OWN)
    app.text_input(key="contribution-name-0").set_value("Typed").run()
    app.selectbox(key="contribution-e-en-0").set_value("equity").run()

    go(app, MAP)
    go(app, OWN)

    assert app.text_input(key="contribution-name-0").value == "Typed"
    assert app.selectbox(key="contribution-e-en-0").value == "equity"


@pytest.mark.parametrize("page", [MAP, EQUITY])
@pytest.mark.parametrize(
    ("described", "choice"),
    [
        ({}, {"need": "own-knows-of-the-sensors:2026"}),
        ({"use": "provision"}, {"layers": "own-knows-of-the-sensors", "weight": "amount"}),
    ],
)
def test_under_a_headline_stands_in_full_who_made_what_it_speaks_of(
    toy_city, page, described, choice
):
    store.keep("toy", indicator_csv.from_file(toy_city, sheet(**described), "x.csv"))

    shown = markup(visit(page, **choice))
    plain = markup(visit(page))

    assert "Junta de Vecinos, 2026-05-01; this project has not checked it" in shown
    assert "Junta de Vecinos, 2026-05-01; this" not in plain


def test_a_list_of_indicators_says_how_many_places_have_a_value_and_between_which(toy_city):
    values = {"01": 1.25, "02": 17}
    store.keep("toy", indicator_csv.from_file(toy_city, sheet(values), "x.csv"))

    assert "2 of 4 districts, from 1.25 to 17" in markup(visit(OWN))


def test_a_coder_of_frameworks_may_begin_with_an_empty_table_and_signs_nothing_by_looking():
    app = visit(FRAMEWORKS)
    assert (
        "nobody: an empty table to fill in yourself" in app.selectbox(key="crosswalk-coder").options
    )

    app.text_input(key="crosswalk-name").set_value("Ana").run()
    app.button(key="crosswalk-keep").click().run()

    assert not app.exception
    assert "No cell was changed" in told(app)
    assert cells_added() == {}


def test_who_coded_frameworks_can_remove_their_cells():
    sign_cells("Ana", "esci", {("esci-urban", "equity"): "main"}, CODE)
    app = visit_as_author(FRAMEWORKS)
    assert "Ana, 1 cell" in markup(app)

    app.button(key="remove-cells-Ana").click().run()

    assert not app.exception
    assert "Ana, 1 cell" not in markup(app)
    assert len(contributions.removed()) == 1


def test_values_are_typed_as_texts_that_no_browser_reads_its_own_way():
    app = visit(OWN)

    (table,) = app.get("data_editor")
    assert json.loads(table.proto.columns)["value"]["type_config"]["type"] == "text"


def test_a_file_that_is_kept_stands_there_no_longer_as_if_it_were_not():
    app = visit(OWN)
    app.file_uploader(key="contribution-file-0").set_value(("mine.csv", sheet(), "text/csv")).run()
    assert "4 of 4 districts, from 10 to 40.5" in markup(app)

    app.button(key="contribution-file-keep").click().run()

    assert not app.exception
    assert "is kept" in app.success[0].value
    assert [one.key for one in app.button if one.key == "contribution-file-keep"] == []
    (made,) = contributions.items("indicators", "toy")
    links = [one.proto.query_string for one in app.get("page_link")]
    assert len([link for link in links if f"need={made.name}" in link]) == 2  # told and listed


def test_forms_offer_the_day_of_the_reader_at_ten_at_night(monkeypatch):
    monkeypatch.setattr(day, "_now", lambda: dt.datetime(2027, 1, 1, 1, 0, tzinfo=dt.UTC))
    monkeypatch.setattr(ContextProxy, "timezone", "America/Santiago")

    for page in (OWN, "pages/snapshot/snapshot.py"):
        app = visit(page)
        assert [str(field.value) for field in app.date_input] == ["2026-12-31"]
    assert visit(OWN).number_input[0].value == 2026
