"""PDF, slides and pictures: tagged and readable, the figures in them, nothing cut, three pages."""

import re
from io import BytesIO

import pytest
from house import some
from PIL import Image
from pypdf import PdfReader
from pypdf.generic import DictionaryObject
from samples import DAY, HOSTILE, OPENING, TYPICAL

from sixes_geo.analysis.question import ask
from sixes_geo.export import typeset
from sixes_geo.export.bundle import as_json, manifest_of
from sixes_geo.export.content import content
from sixes_geo.export.fields import Fields, logo_of
from sixes_geo.export.formats import PICTURES, SHEETS, SIZES
from sixes_geo.export.letters import drawable
from sixes_geo.export.snapshot import freeze
from sixes_geo.i18n import LANGUAGES

EVERY = [
    pytest.param(name, language, marks=[] if (name, language) in TYPICAL else pytest.mark.long)
    for name in OPENING
    for language in LANGUAGES
]


def read(pdf):
    return PdfReader(BytesIO(pdf))


def words(text):
    """Return a text without its spaces and breaks, which a typesetter is free to set."""
    return re.sub(r"[\s\u200b]+", "", text)


def said(reader):
    return words("".join(page.extract_text() for page in reader.pages))


def structure(node, kinds):
    """Go through the tree of tags."""
    node = node.get_object()
    if isinstance(node, list):
        for one in node:
            yield from structure(one, kinds)
    elif isinstance(node, DictionaryObject):
        if str(node.get("/S", "")) in kinds:
            yield node
        if "/K" in node:
            yield from structure(node["/K"], kinds)


def fonts_of(reader):
    """Return every font of a file, with what it holds."""
    found = {}
    for page in reader.pages:
        for name, reference in page["/Resources"].get("/Font", {}).items():
            font = reference.get_object()
            inner = font.get("/DescendantFonts", [font])[0].get_object()
            found[f"{font['/BaseFont']} {name}"] = inner["/FontDescriptor"].get_object()
    return found


@pytest.fixture(scope="session")
def printed(city_snapshot):
    """Print a published city in a language, once."""
    done = {}

    def pdf(name, language, sheet="a4"):
        key = (name, language, sheet)
        if key not in done:
            snapshot = city_snapshot(name, language)
            done[key] = typeset.pdf(snapshot, sheet, as_json(manifest_of(snapshot)))
        return done[key]

    return pdf


@pytest.mark.parametrize("sheet", SHEETS)
@pytest.mark.parametrize(("name", "language"), EVERY)
def test_every_pdf_is_tagged_for_who_reads_by_ear(printed, city_snapshot, name, language, sheet):
    reader = read(printed(name, language, sheet))
    root = reader.trailer["/Root"]
    told = content(city_snapshot(name, language))

    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].split("-")[0] == language
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata.title == drawable(told["title"])
    assert "<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_object().get_data().decode()
    assert reader.attachments["manifest.json"]
    figures = list(structure(root["/StructTreeRoot"], {"/Figure"}))
    assert len(figures) >= 5
    assert all(figure["/Alt"].strip() for figure in figures)
    headings = structure(root["/StructTreeRoot"], {"/H1", "/H2"})
    assert str(next(headings)["/S"]) == "/H1"
    assert all(font.keys() & {"/FontFile2", "/FontFile3"} for font in fonts_of(reader).values())


@pytest.mark.parametrize(("name", "language"), EVERY)
def test_the_text_of_every_pdf_reads_as_it_was_written(printed, city_snapshot, name, language):
    told = content(city_snapshot(name, language))
    reader = read(printed(name, language))

    found = said(reader)

    assert len(reader.pages) <= typeset.MOST_PAGES
    for text in (told["sentence"], told["index"], told["verdict"], told["basis"], told["cite"]):
        assert words(text) in found
    for line in (*told["limits"], *told["definitions"], *told["explanations"], told["robustness"]):
        assert words(line) in found
    for row in told["units"]["rows"]:
        assert words(row["cells"][0]) in found
    for source in told["sources"]:
        assert words(source["publisher"]) in found
        assert words(source["licence"]) in found
    assert words(told["link"]) in found
    assert told["checksum"][:16] in found
    assert "\ufffd" not in found


def test_hostile_words_are_set_as_they_are_on_three_pages(toy_snapshot, logo):
    fields = Fields(**{**HOSTILE.__dict__, "logo": logo_of(logo)})
    snapshot = toy_snapshot(fields=fields)

    for sheet in SHEETS:
        reader = read(typeset.pdf(snapshot, sheet, b"{}"))
        found = said(reader)
        assert words("<script>alert('1')</script>") in found
        assert words('=HYPERLINK("http://example.org") & <b>bold</b> \\u{41}') in found
        assert words("{{ 7 * 7 }} #eval(1) $x$ *bold* _under_") in found
        assert "U+65E5" in found  # no font of ours has it: it is named, and no empty box is drawn
        assert reader.metadata.author == drawable(snapshot.fields.author)
        if sheet == "a4":
            assert len(reader.pages) <= typeset.MOST_PAGES


def test_a_logo_stands_in_the_pdf_and_its_absence_breaks_nothing(toy_snapshot, logo):
    bare = read(typeset.pdf(toy_snapshot(), "a4", b"{}"))
    shown = read(
        typeset.pdf(toy_snapshot(fields=Fields(date=DAY, logo=logo_of(logo))), "a4", b"{}")
    )

    assert len(list(bare.pages[0].images)) == 0
    assert len(list(shown.pages[0].images)) == 1


@pytest.mark.parametrize("size", SIZES)
def test_a_picture_has_the_size_that_was_asked_for(city_snapshot, size):
    made = typeset.png(city_snapshot("rio", "pt"), size)

    with Image.open(BytesIO(made)) as picture:
        assert picture.size == SIZES[size]
        colours = picture.convert("RGB").getcolors(1 << 24)
    share = max(count for count, _ in colours) / (picture.width * picture.height)
    assert share < 0.9  # not a blank sheet
    assert len(colours) > 50


@pytest.mark.parametrize("picture", PICTURES)
def test_a_drawing_asks_for_nothing_outside_itself(city_snapshot, picture):
    drawing = typeset.svg(city_snapshot("santiago", "es"), picture).decode()

    assert drawing.startswith("<svg")
    hosts = set(re.findall(r"https?://[^\s\"'<>]+", drawing))
    assert all(host.startswith("http://www.w3.org/") for host in hosts)
    assert "<script" not in drawing


def test_the_preview_shows_the_pages_of_the_pdf(city_snapshot, printed):
    pages = typeset.preview(city_snapshot("medellin", "en"))

    assert len(pages) == len(read(printed("medellin", "en")).pages)
    assert all(page.startswith(b"\x89PNG") for page in pages)


@pytest.mark.parametrize("sheet", SHEETS)
def test_no_word_leaves_its_page_however_long_it_is(toy_snapshot, sheet):
    fields = Fields(
        title="T" * 300,
        author="A" * 200,
        note="N" * 900,
        recommendation="R" * 900,
        server="https://" + "s" * 200 + ".example/",
        date=DAY,
    )
    reader = read(typeset.pdf(toy_snapshot(fields=fields), sheet, b"{}"))

    for page in reader.pages:
        places = []

        def note(text, _, matrix, *__, places=places):
            if text.strip():
                places.append((matrix[4], matrix[5]))

        page.extract_text(visitor_text=note)
        assert all(0 <= x <= page.mediabox.width for x, _ in places)
        assert all(0 <= y <= page.mediabox.height for _, y in places)
    found = said(reader)
    for letter, times in (("T", 300), ("A", 200), ("N", 900), ("R", 900)):
        assert letter * times in found


def test_every_slide_says_something(city_snapshot, printed):
    told = content(city_snapshot("medellin", "es"))  # no district of it has a verdict

    slides = [
        words(page.extract_text()) for page in read(printed("medellin", "es", "slides")).pages
    ]

    listed = next(text for text in slides if words(told["words"]["units"]) in text)
    assert all(words(row["cells"][0]) in listed for row in told["units"]["rows"])
    for text in (*told["definitions"], *(one["licence"] for one in told["sources"])):
        assert any(words(text) in slide for slide in slides)


def test_eight_districts_stay_on_one_slide(published):
    city = published("rio")
    choice = ask(city, layers=["knowledge-centres"], unit="ra")
    districts = tuple(str(one) for one in range(1, 9))
    snapshot = freeze(choice, "es", Fields(date=DAY, districts=districts))
    told = content(snapshot)

    slides = [
        words(one.extract_text()) for one in read(typeset.pdf(snapshot, "slides", b"{}")).pages
    ]

    focus = next(text for text in slides if text.startswith(words(told["words"]["focus"])))
    for one in some(told["focus"]):
        assert words(one["name"] + one["lines"][0]["name"]) in focus
        assert words(one["shares"]) in focus
