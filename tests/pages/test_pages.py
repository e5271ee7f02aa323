"""Every page in every language and city, inside the real frame; refusals as notices."""

import json
import shutil
from html import escape, unescape

import pytest
import streamlit as st
from house import PAGES, none_of
from visiting import arrive, faults, go, headings, markup, notice_text, visit

from sixes_geo.analysis.options import unit_options
from sixes_geo.base.installation import app_script
from sixes_geo.city.catalog import DATA_VARIABLE, city_names, data_folder
from sixes_geo.contributions.cities import open_city
from sixes_geo.contributions.tag_files import keep_tags, tags_from_file
from sixes_geo.i18n import LANGUAGES, Translator


def rows(app) -> int:
    """Return how many rows the tables of a page have."""
    return markup(app).count('<th scope="row">')


@pytest.fixture
def copied(tmp_path, monkeypatch):
    """Copy the smallest city, to be spoiled."""
    shutil.copytree(data_folder() / "medellin", tmp_path / "medellin")
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path))
    st.cache_resource.clear()  # what an earlier visitor had measured is still known
    yield tmp_path / "medellin"
    st.cache_resource.clear()


def missing(app, language):
    """Return what is not as it must be on any page."""
    told = [*faults(app)]
    if len(headings(app)) != 1 or not "".join(headings(app)).strip():
        told.append(f"first headings: {headings(app)}")
    if escape(Translator(language)("frame.footer")) not in markup(app):
        told.append("no foot in the language")
    return told


@pytest.mark.parametrize("city", city_names())
def test_every_page_runs_in_every_language_under_one_heading(city):
    wrong, heads = [], {}
    for language in LANGUAGES:
        app = arrive(city=city, lang=language)
        for page in PAGES:
            go(app, page.name)
            heads[page.name, language] = headings(app)
            wrong += [f"{page.name} {language}: {one}" for one in missing(app, language)]

    none_of(wrong)
    none_of(
        f"{page.name}: one heading in two languages"
        for page in PAGES
        if not page.name.endswith("/initiative.py")  # whose name may be the same in all
        and len({str(heads[page.name, language]) for language in LANGUAGES}) < len(LANGUAGES)
    )


def test_the_app_shows_nothing_to_a_test_that_opens_it_in_place_of_the_script():
    app = arrive(app_script())

    assert headings(app) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_speaks_the_language_of_the_link(language):
    app = visit("pages/learn/methods.py", lang=language, city="rio")

    assert app.title[0].value == Translator(language)("methods.page_title")


@pytest.mark.long
@pytest.mark.parametrize("city", city_names())
def test_every_layer_can_be_shown_at_every_unit_and_is_named_with_it(city):
    opened, tr = open_city(city), Translator("en")
    app = arrive(city=city, lang="en")
    wrong = []
    for unit in opened.units:
        for layer in opened.layers:
            app.query_params.update({"unit": unit.unit, "layers": layer.layer})
            app.run()
            # What another choice does not offer, a need or a date, falls back with a warning.
            wrong += [f"{unit.unit} {layer.layer}: {one.value}" for one in app.error]
            wrong += [f"{unit.unit} {layer.layer}: {one.value}" for one in app.exception]
            page = unescape(markup(app))
            offered = unit.unit in unit_options(opened, [layer])  # money is known for one level
            level = unit if offered else opened.unit_named(layer.unit)
            for words in (layer.noun, level.many):
                if tr.text(words) not in page:
                    wrong.append(f"{unit.unit} {layer.layer}: no word of {tr.text(words)}")
            if app.multiselect[0].value != [layer.layer]:
                wrong.append(f"{unit.unit} {layer.layer}: {app.multiselect[0].value} is chosen")

    none_of(wrong)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_verdict_stands_once_on_the_page(language):
    tr = Translator(language)
    shown = markup(arrive(city="santiago", lang=language))

    assert shown.count('class="sixes-verdict"') == 1
    assert escape(tr("summary.index_title")) in shown
    assert escape(tr("summary.verdict_title")) not in shown


@pytest.mark.usefixtures("in_toy")
def test_where_no_sentence_tells_the_verdict_a_figure_does():
    shown = markup(arrive(city="toy", lang="en", layers="centre"))

    assert 'class="sixes-verdict"' not in shown
    assert escape(Translator("en")("summary.verdict_title")) in shown


def test_a_bad_value_falls_back_with_a_note_that_names_it():
    app = visit(city="atlantis", lang="en")

    assert not app.exception
    assert len(app.warning) == 1
    assert "atlantis" in notice_text(app.warning[0])


def test_all_bad_values_of_a_link_are_named():
    app = visit(city="rio", lang="xx", unit="u", need="n:1", layers="a,b", weight="w", present="9")

    assert not app.exception
    (note,) = app.warning  # lang, unit, need, two layers, weight, present
    assert len(note.value.split("\n\n")) == 7


def test_a_changed_file_gives_a_notice_and_no_traceback(copied):
    (copied / "sites.geojson").write_text("{}")

    app = visit(lang="en")

    assert not app.exception
    assert len(app.error) == 1
    assert "sites.geojson" in notice_text(app.error[0])
    assert "sha256" in notice_text(app.error[0])


def test_a_missing_file_gives_a_notice(copied):
    (copied / "people.parquet").unlink()

    app = visit(lang="es")

    assert not app.exception
    assert "people.parquet" in notice_text(app.error[0])


def test_a_broken_manifest_gives_a_notice_in_the_reader_s_language(copied):
    manifest = json.loads((copied / "datapackage.json").read_text())
    del manifest["sixes:units"]
    manifest["sixes:city"]["crs"] = "none"
    (copied / "datapackage.json").write_text(json.dumps(manifest))

    app = visit(lang="pt")

    assert not app.exception
    assert "sixes:units" in notice_text(app.error[0])
    assert "crs" in notice_text(app.error[0])


def test_no_city_at_all_gives_a_notice(tmp_path, monkeypatch):
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path))

    app = visit(lang="en")

    assert not app.exception
    assert str(tmp_path) in notice_text(app.error[0])


def test_a_city_that_changed_is_measured_anew_for_the_next_visitor(copied):
    before = markup(visit(lang="en", city="medellin", need="imcv:2024"))
    manifest = json.loads((copied / "datapackage.json").read_text())
    for indicator in manifest["sixes:indicators"]:
        indicator["higher_is_better_off"] = not indicator["higher_is_better_off"]
    (copied / "datapackage.json").write_text(json.dumps(manifest))

    after = markup(visit(lang="en", city="medellin", need="imcv:2024"))

    assert "+0.69" in before
    assert "\u22120.69" in after


def test_one_broken_city_does_not_hide_the_others(copied):
    broken = copied.parent / "broken"
    broken.mkdir()
    (broken / "datapackage.json").write_text("{")

    app = visit(lang="en")

    assert not app.exception
    assert "broken/datapackage.json" in notice_text(app.error[0])
    assert "EnCicla" in markup(app)


def test_texts_of_the_data_are_texts_and_nothing_else(copied):
    lure = (
        "![x](https://elsewhere.example/p.png) <img src=x onerror=alert(1)> www.elsewhere.example"
    )
    manifest = json.loads((copied / "datapackage.json").read_text())
    for unit in manifest["sixes:units"]:
        unit["many"]["en"] = lure
    manifest["sixes:city"]["name"]["en"] = lure
    (copied / "datapackage.json").write_text(json.dumps(manifest))

    app = visit(lang="en")

    assert not app.exception
    assert "<img" not in markup(app)
    for heading in app.subheader:
        assert "](" not in heading.value
        assert "www.elsewhere" not in heading.value


def test_asking_for_an_e_changes_sentence_table_and_link_alike():
    app = visit("pages/explore/initiatives.py", city="medellin", lang="en")
    everything = rows(app)

    pills = next(one for one in app.get("button_group") if one.proto.label.endswith("Es"))
    pills.set_value(["equity"]).run()

    assert not app.exception
    assert app.query_params["e"] in ("equity", ["equity"])
    assert app.query_params["layers"] in ("all-initiatives", ["all-initiatives"])
    assert "only what carries equity" in markup(app)
    assert rows(app) < everything
    go(app, "pages/explore/map.py")
    assert "only what carries equity" in markup(app)


def test_a_filter_that_keeps_nothing_says_so_once_and_can_be_cleared():
    app = visit("pages/explore/initiatives.py", city="santiago", lang="en", e="engagement")

    page = markup(app)
    assert "no initiative is on record with what the filter asks for" in page
    assert rows(app) == 0
    assert '<table class="sixes-partners"' not in page
    next(one for one in app.button if one.label == "Clear the filter").click().run()
    assert rows(app) == 24
    assert app.query_params["e"] in ("-", ["-"])


def test_a_map_of_nothing_offers_to_clear_the_filter_and_lists_no_empty_rows():
    app = visit(city="santiago", lang="en", e="equity")

    assert not app.exception
    assert not app.dataframe
    assert "Clear the filter" in [one.label for one in app.button]


def test_a_page_about_all_initiatives_looks_at_all_and_gives_back_what_was_looked_at():
    app = visit(city="santiago", lang="en", layers="bike-share-2015")

    go(app, "pages/explore/initiatives.py")
    assert app.query_params["layers"] in ("all-initiatives", ["all-initiatives"])
    go(app, "pages/explore/map.py")
    assert app.query_params["layers"] in ("bike-share-2015", ["bike-share-2015"])


def test_the_count_of_the_wheel_is_told_beside_that_of_the_figures():
    app = visit("pages/measure/six_es.py", city="santiago", lang="en")

    page = markup(app)
    assert "6 of 11" in page
    assert "13 of the 24 initiatives" in page
    assert "Bike Itaú almost alone" in page


def test_what_can_be_told_is_told_before_what_cannot():
    rows = [f"{name},efficiency,primary,Zoe,x,y" for name in ("rain-gauges", "siren-communities")]
    file = "\n".join(["initiative,dimension,level,coder,evidence,source", *rows])
    city = open_city("rio")
    keep_tags(city, tags_from_file(city, file.encode(), "zoe.csv"))

    page = markup(visit("pages/measure/six_es.py", city="rio", lang="en"))

    told = page.index("What is called education stands in worse-off districts")
    assert told < page.index("no correction for making several") < page.index("Cannot tell whether")
    assert "2 with no basis stated and 3 by our reading" in page


def test_the_first_page_of_an_initiative_has_a_place_and_leads_to_it_on_the_map():
    app = visit("pages/explore/initiative.py", city="medellin", lang="en")

    page = markup(app)
    assert "1 known site" in page
    assert "Not known to carry: efficiency" in page
    assert "unknown" not in page.partition("</div>")[0]
    (link,) = app.get("page_link")
    assert link.proto.label == "See it on the map"
    assert "layers=paper-initiatives" in link.proto.query_string


def test_a_coder_and_a_source_are_printed_once_for_what_they_say():
    page = markup(visit("pages/explore/initiative.py", city="medellin", lang="en"))

    assert page.count("Coded by Irazábal") == 1
    assert page.count("Coded by SixEs Geo, inferred") == 1


def test_a_sentence_that_is_evidence_of_several_es_is_written_once():
    app = visit("pages/explore/initiative.py", city="rio", lang="en", initiative="plataforma-saude")

    page = markup(app)
    assert page.count("to be strengthened, p. 17") == 5
    assert page.count("Though strong already") == 1
    assert not [name for name in app.selectbox[0].options if "\\" in name]


def test_each_tag_is_shown_with_its_basis_and_page_and_what_we_infer_as_ours():
    app = visit(
        "pages/explore/initiative.py", city="rio", lang="en", initiative="operations-centre"
    )

    page = markup(app)
    assert "efficiency: named, said of its group, p. 5" in page
    assert "efficiency: described, by our reading, p. 14; 15" in page
    assert "equity: to be strengthened, p. 16" in page
    assert "named in the paper · p. 5; 14–17" in page
    assert "add 506" in page


def test_what_the_paper_says_of_groups_is_told_beside_the_frameworks_of_the_city_shown():
    page = markup(visit("pages/compare/frameworks.py", city="medellin", lang="en"))

    assert "economic goals at times override ecology" in page
    assert "ecology, equity, engagement: a warning, said of its group, p. 23" in page
    assert "Barcelona Activa" in page
    assert "Smart-city initiatives of Latin America" in page
    assert "Santiago&#x27;s smart initiatives" not in page


def test_the_page_by_e_can_be_restricted_to_what_a_source_says_of_the_initiative_itself():
    asked = {"city": "medellin", "lang": "en"}
    page = markup(visit("pages/measure/six_es.py", **asked))
    less = markup(visit("pages/measure/six_es.py", basis="explicit", **asked))

    assert "8 by our reading" in page
    assert "only what a source says of the initiative itself" in less
    assert "8 by our reading" not in less
    wheel = markup(visit("pages/explore/initiatives.py", basis="explicit", e="equity", **asked))
    assert "only what a source says of the initiative itself" in wheel


def test_a_notice_names_what_is_shown_as_the_page_does():
    app = visit(city="rio", lang="es", unit="u", need="n:1", layers="a", weight="w", district="0")

    (note,) = app.warning
    text = notice_text(note)
    for label in ("barrios", "Ingreso medio", "Cámaras", "sitios", "ninguno"):
        assert label in text
    assert "head_income_mean" not in text


def test_an_indicator_without_a_value_is_refused_and_what_was_typed_stays():
    app = visit("pages/data/contributions.py", city="medellin", lang="en")
    for name in ("name", "question", "unit_of_measure", "source", "authors"):
        kind = app.text_area if name == "question" else app.text_input
        kind(key=f"contribution-{name}-0").set_value(f"our {name}")
    app.selectbox(key="contribution-e-en-0").set_value("equity")
    app.selectbox(key="contribution-higher_means-en-0").set_value("worse_off")
    app.button(key="contribution-keep").click().run()

    assert "No place has a value yet" in notice_text(app.error[0])
    assert app.text_input(key="contribution-authors-0").value == "our authors"


def test_the_paper_example_is_marked_and_holds_no_value():
    app = visit("pages/data/contributions.py", city="rio", lang="en")

    assert "An example, from the paper" in [one.value for one in app.subheader]
    assert "No values: nobody has measured it." in markup(app)


def test_a_page_of_an_initiative_asks_of_the_es_it_lacks():
    app = visit("pages/explore/initiative.py", city="medellin", lang="en", initiative="ruta-n")

    page = markup(app)
    assert "Ruta N" in page
    assert "efficiency: named, said of its group, p. 20; 23" in page
    assert "Ruta N houses one" in page
    assert escape(Translator("en")("questions.equity")) in page
    assert escape(Translator("en")("questions.economy")) not in page


def test_the_diagram_of_partners_says_of_every_empty_cell_that_nobody_tells():
    app = visit(
        "pages/explore/initiative.py", city="rio", lang="en", initiative="operations-centre"
    )

    diagram = markup(app).partition("sixes-partners")[2].partition("</tbody>")[0]
    diagram = diagram.partition("<tbody>")[2]
    assert diagram.count("●") == 2  # the city runs it; a private firm supplies it
    assert "<td></td>" not in diagram
    assert diagram.count(">not documented<") == 5 + 5 + 1  # the row of the people says it once


def test_the_profile_tells_the_stratum_of_a_barrio_and_where_people_work():
    asked = {"city": "medellin", "lang": "en"}
    barrio = markup(visit(unit="barrio", district="0101", **asked))
    comuna = markup(visit(unit="comuna", district="14", **asked))

    assert "Most frequent stratum of dwellings, 2025" in barrio
    assert "A mode hides mixed barrios" in barrio
    assert "Businesses that pay the trade tax, 2026" in comuna
    assert "It counts registered businesses, not jobs" in comuna


def test_what_an_initiative_cost_is_written_with_its_symbol_and_names_its_currency():
    app = visit("pages/explore/initiative.py", city="santiago", lang="es", initiative="se-santiago")

    assert "$\u00a0700 millones (CLP)" in markup(app)
