"""The map asks no other server for anything, and no text of the data can run in it."""

import json
import re
from html.parser import HTMLParser

import pytest
from house import some
from hypothesis import given
from hypothesis import strategies as st

from sixes_geo.maps.leaflet import (
    STATIC,
    OfflineMap,
    scene_group,
    script_safe,
)

ADDRESSES = ("../component/leaflet", "../component/engine")
HOST = re.compile(r"(?:https?:)?//[a-z0-9-]+(?:\.[a-z0-9-]+)+", re.IGNORECASE)

plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda parts: st.lists(parts, max_size=3) | st.dictionaries(st.text(), parts, max_size=3),
    max_leaves=8,
)


class Asked(HTMLParser):
    """Collect what a browser would ask for, and count the scripts."""

    def __init__(self, page):
        super().__init__()
        self.addresses, self.scripts = [], 0
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        """Take note of one element."""
        self.scripts += tag == "script"
        self.addresses += [value for name, value in attrs if name in ("src", "href") and value]


def page_of(*scenes):
    base = OfflineMap(*ADDRESSES)
    for scene in scenes:
        scene_group(scene).add_to(base)
    return base.get_root().render()


def test_the_map_names_no_outside_host():
    assert HOST.findall(page_of()) == []
    assert HOST.findall(page_of({"city": "toy"})) == []


def test_the_map_asks_only_for_leaflet_and_our_script():
    asked = Asked(page_of({"city": "toy"})).addresses

    assert asked
    assert all(one.startswith(ADDRESSES) for one in asked)
    names = {one.rpartition("/")[2].partition("?")[0] for one in asked}
    assert names == {"leaflet.js", "leaflet.css", "sixes-draw.js", "sixes-map.js", "sixes-map.css"}


def test_our_script_and_styles_name_no_outside_host():
    for path in some(STATIC.iterdir()):
        content = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert HOST.findall(content) == [], path.name


def test_the_base_is_the_same_for_every_scene():
    def steady(page):
        return re.sub(r"[0-9a-f]{32}", "", page)

    assert steady(page_of()) == steady(page_of())


@pytest.mark.parametrize(
    "text",
    [
        "</script><script>alert(1)</script>",
        "<!--<script>",
        "\u2028",
        "]]>",
        "{{ 7 * 7 }}",
        "{% x",
        "{# x",
    ],
)
def test_a_hostile_text_starts_no_script_and_arrives_as_it_is(text):
    page = page_of({"title": text})

    assert Asked(page).scripts == Asked(page_of({"title": "tame"})).scripts
    shown = re.search(r"SixesMap\.show\(window\.map, (.*?)\);", page).group(1)
    assert json.loads(shown) == {"title": text}


@given(plain)
def test_any_scene_is_the_same_json_and_cannot_end_its_script(value):
    text = script_safe(value)

    assert json.loads(text) == value
    assert not {"<", "\u2028", "\u2029"} & set(text)


@given(st.text("{}%#'\" x"))
def test_no_text_is_left_that_a_template_would_run(text):
    safe = script_safe({"title": [text, {"{": {"%": text}}]})

    assert not [sign for sign in ("{{", "{%", "{#") if sign in safe]


def test_a_number_that_is_none_is_refused():
    with pytest.raises(ValueError, match="JSON"):
        script_safe({"value": float("nan")})
