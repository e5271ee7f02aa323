"""What people add, on the pages: kept, taken out of use, and told of where it is broken."""

from pathlib import Path

import pytest
from made import DESCRIBED, kept, sheet
from streamlit.testing.v1 import AppTest

from sixes_geo import registry
from sixes_geo.intake import own
from sixes_geo.intake.coding import keep_tags, tags_from_file

ROOT = Path(__file__).parents[2]
OWN, INITIATIVES, FRAMEWORKS = (
    "pages/data/your_data.py",
    "pages/explore/initiatives.py",
    "pages/compare/frameworks.py",
)

pytestmark = pytest.mark.usefixtures("in_toy")


def visit(page, **choices) -> AppTest:
    """Return a page of the toy city."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.query_params.update({"city": "toy", "lang": "en"} | choices)
    return app.run().switch_page(page).run()


def said(app) -> str:
    """Return all notices as a reader sees them."""
    return "\n".join(one.value for one in app.error).replace("\\", "")


def markup(app) -> str:
    return "\n".join(element.proto.body for element in app.get("html"))


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
    assert name in said(app)
    assert len(app.get("html")) == whole


def test_what_somebody_else_took_out_of_use_is_a_notice_and_no_traceback(toy_city):
    made = registry.keep("toy", own.from_file(toy_city, sheet(name="x" * 100), "x.csv"))
    app = visit(OWN)
    registry.remove("toy", made.indicator)

    app.button(key=f"remove-{made.indicator}").click().run()

    assert not app.exception
    assert "is missing" in said(app)
    assert "Load the page again" in said(app)


def test_an_indicator_with_a_long_name_is_taken_out_of_use_by_its_button(toy_city):
    made = registry.keep("toy", own.from_file(toy_city, sheet(name="x" * 100), "x.csv"))
    app = visit(OWN)

    app.button(key=f"remove-{made.indicator}").click().run()

    assert not app.exception
    assert not app.error
    assert registry.files(registry.INDICATORS, "toy") == ()


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

    year = app.number_input(key="own-year-0")

    assert (year.min, year.max) == (1900, 2200)
    assert str(year.value) in str(app.date_input(key="own-date-0").value)


@pytest.mark.parametrize("language", ["es", "en"])
def test_the_template_names_initiatives_in_the_language_of_the_reader(toy_city, language):
    described = DESCRIBED | {"per": "initiative", "use": "provision"}

    assert f"docks ({language})".encode() in own.template(toy_city, described, language)
