"""The page in one file: every text escaped, nothing asked for, a seal that notices any change."""

import json
import re

import pytest
from bs4 import BeautifulSoup
from samples import DAY, HOSTILE

from sixes_geo.export.bundle import manifest_of
from sixes_geo.export.content import content
from sixes_geo.export.districts import all_rows
from sixes_geo.export.fields import Fields, logo_of
from sixes_geo.export.webpage import PARTS, POLICY, is_sealed, manifest_in, parts_of, webpage
from sixes_geo.i18n import LANGUAGES, Translator


def page_of(snapshot):
    return webpage(snapshot, manifest_of(snapshot)).decode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_says_everything_that_the_snapshot_says(city_snapshot, language):
    snapshot = city_snapshot("santiago", language)
    told = content(snapshot)

    soup = BeautifulSoup(page_of(snapshot), "html.parser")
    text = soup.get_text(" ")

    assert soup.html["lang"] == language
    assert soup.h1.get_text() == told["title"]
    for line in (told["index"], told["verdict"], told["basis"], *told["limits"], told["cite"]):
        assert line in text
    rows = soup.find("table").find_all("tr")
    assert len(rows) == 35
    assert [cell.get_text() for cell in rows[1].find_all(["th", "td"])] == all_rows(snapshot)[0][
        "cells"
    ]


def test_hostile_words_are_text_and_nothing_else(toy_snapshot, logo):
    fields = Fields(**{**HOSTILE.__dict__, "logo": logo_of(logo)})
    snapshot = toy_snapshot(fields=fields)

    soup = BeautifulSoup(page_of(snapshot), "html.parser")

    assert soup.h1.get_text() == snapshot.fields.title
    assert snapshot.fields.note.split("\n")[0] in soup.get_text()
    assert [one["alt"] for one in soup.find_all("img")] == [snapshot.fields.author]
    assert not soup.find_all("b", string="bold")
    assert not soup.find_all(attrs={"onerror": True})
    plain = BeautifulSoup(page_of(toy_snapshot()), "html.parser")
    assert len(soup.find_all("script")) == len(plain.find_all("script"))


def test_the_browser_is_told_to_fetch_nothing(toy_snapshot):
    page = page_of(toy_snapshot())
    soup = BeautifulSoup(page, "html.parser")

    assert POLICY.startswith("default-src 'none'")
    assert soup.find("meta", attrs={"http-equiv": "Content-Security-Policy"})["content"] == POLICY
    assert not soup.find_all(["link", "iframe", "object", "embed"])
    assert not [one for one in soup.find_all(["script", "img"]) if "http" in one.get("src", "")]
    assert not re.findall(r"url\((?!#)[^)]*\)", "".join(one.text for one in soup.find_all("style")))


def test_a_page_as_it_was_made_is_sealed(toy_snapshot):
    page = page_of(toy_snapshot())

    manifest = manifest_in(page)

    assert is_sealed(page, manifest)
    assert set(manifest["parts"]) == set(PARTS) == set(parts_of(page))
    assert manifest["choice"]["layers"] == ["sensors"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Toy", "Top"),
        ("</html>", "</html> "),
        ('"sites"', '"sitez"'),
        ("<h1", "<h2"),
        ("2026", "2025"),
    ],
)
def test_any_change_breaks_the_seal(toy_snapshot, before, after):
    page = page_of(toy_snapshot())
    assert before in page
    changed = page.replace(before, after, 1)

    manifest = manifest_in(changed)

    assert manifest is None or not is_sealed(changed, manifest)


def test_a_title_that_looks_like_a_manifest_or_a_seal_changes_nothing(toy_snapshot):
    for title in ("0" * 64, '<script type="application/json" id="sixes-manifest">{}</script>'):
        page = page_of(toy_snapshot(fields=Fields(title=title, date=DAY)))
        manifest = manifest_in(page)
        assert is_sealed(page, manifest)
        assert manifest["fields"]["title"] == title


@pytest.mark.parametrize("page", ["", "<html></html>", "x" * 100])
def test_another_page_has_no_manifest(page):
    assert manifest_in(page) is None


def test_the_manifest_is_plain_json(toy_snapshot):
    manifest = manifest_in(page_of(toy_snapshot()))

    assert json.loads(json.dumps(manifest)) == manifest


def test_no_heading_stands_over_nothing(toy_snapshot):
    sites, money = (
        page_of(toy_snapshot(layer, weight=weight))
        for layer, weight in (("sensors", "sites"), ("budget-2024", "amount"))
    )
    heading = Translator("en")("snapshot.checks")

    assert f"<h2>{heading}</h2>" in sites
    assert f"<h2>{heading}</h2>" not in money
    assert "<ul></ul>" not in money
