"""What people add, on the pages: kept, taken out of use, and told of where it is broken."""

import datetime as dt
import json

import pytest
import visiting
from made import DESCRIBED, kept, sheet
from streamlit.runtime.context import ContextProxy
from visiting import go, headings, markup

from sixes_geo.base import day
from sixes_geo.contributions import indicator_csv, store
from sixes_geo.contributions.tag_files import keep_tags, sign_cells, tags_from_file

MAP, EQUITY = "pages/explore/map.py", "pages/measure/equity.py"
OWN, INITIATIVES, FRAMEWORKS = (
    "pages/data/contributions.py",
    "pages/explore/initiatives.py",
    "pages/compare/frameworks.py",
)

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


def test_what_somebody_else_took_out_of_use_is_a_notice_and_no_traceback(toy_city):
    made = store.keep("toy", indicator_csv.from_file(toy_city, sheet(name="x" * 100), "x.csv"))
    app = visit(OWN)
    store.remove("toy", made.indicator)

    app.button(key=f"remove-{made.indicator}").click().run()

    assert not app.exception
    assert "is missing" in told(app)
    assert "Load the page again" in told(app)


def test_an_indicator_with_a_long_name_is_taken_out_of_use_by_its_button(toy_city):
    made = store.keep("toy", indicator_csv.from_file(toy_city, sheet(name="x" * 100), "x.csv"))
    app = visit(OWN)

    app.button(key=f"remove-{made.indicator}").click().run()

    assert not app.exception
    assert not app.error
    assert len(headings(app)) == 1
    assert "x" * 100 not in markup(app)
    assert store.stored_files(store.INDICATORS, "toy") == ()


def test_coders_are_listed_and_their_tags_taken_out_of_use(toy_city, registry_folder):
    rows = b"initiative,dimension,level,coder,evidence,source\ndocks,equity,absent,Zoe,x,y\n"
    keep_tags(toy_city, tags_from_file(toy_city, rows, "zoe.csv"))
    app = visit(OWN)
    assert "Zoe, 1 tag" in markup(app)

    app.button(key="remove-tags-Zoe").click().run()

    assert not app.exception
    assert "Zoe" not in markup(app)
    assert len(list((registry_folder / "toy" / "removed").glob("*.csv"))) == 1


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
    assert store.stored_files(store.CROSSWALK) == ()


def test_who_coded_frameworks_can_take_their_cells_out_of_use(registry_folder):
    sign_cells("Ana", "esci", {("esci-urban", "equity"): "main"})
    app = visit(FRAMEWORKS)
    assert "Ana, 1 cell" in markup(app)

    app.button(key="remove-cells-Ana").click().run()

    assert not app.exception
    assert "Ana" not in markup(app)
    assert len(list((registry_folder / "removed").glob("*.csv"))) == 1


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
    (made,) = store.stored_files(store.INDICATORS, "toy")
    links = [one.proto.query_string for one in app.get("page_link")]
    assert len([link for link in links if f"need={made.stem}" in link]) == 2  # told and listed


def test_forms_offer_the_day_of_the_reader_at_ten_at_night(monkeypatch):
    monkeypatch.setattr(day, "_now", lambda: dt.datetime(2027, 1, 1, 1, 0, tzinfo=dt.UTC))
    monkeypatch.setattr(ContextProxy, "timezone", "America/Santiago")

    for page in (OWN, "pages/snapshot/snapshot.py"):
        app = visit(page)
        assert [str(field.value) for field in app.date_input] == ["2026-12-31"]
    assert visit(OWN).number_input[0].value == 2026
