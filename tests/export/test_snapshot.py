"""What is frozen: words that are checked, a logo of nothing but pixels, a checksum of it all."""

from io import BytesIO
from urllib.parse import parse_qs, urlsplit

import pytest
from PIL import Image
from samples import DAY, HOSTILE

from sixes_geo.analysis.question import ask
from sixes_geo.base.errors import ChoiceError, InputError
from sixes_geo.export.fields import LOGO_SIDE, Fields, logo_of
from sixes_geo.export.snapshot import freeze


def test_every_fault_of_the_words_is_told_at_once(toy_city):
    fields = Fields(
        title="x" * 301,
        note="y" * 1501,
        districts=("nowhere", *map(str, range(8))),
        context=("sea",),
        date="yesterday",
        server="javascript:alert(1)",
    )

    with pytest.raises(ChoiceError) as caught:
        freeze(ask(toy_city, layers=["sensors"]), "en", fields)

    text = str(caught.value)
    for told in ("title has 301", "note has", "“nowhere”", "“sea”", "“yesterday”", "javascript"):
        assert told in text
    assert "9 districts are in focus" in text


def test_what_cannot_be_measured_is_not_frozen(toy_city):
    with pytest.raises(InputError):
        freeze(ask(toy_city, layers=["programme"]), "en", Fields(date=DAY))


def test_words_lose_controls_and_needless_space_and_nothing_else(toy_snapshot):
    fields = Fields(
        title="  a \x00 b\n c ", note=" one\r\ntwo\x07 ", author=HOSTILE.author, date=DAY
    )

    found = toy_snapshot(fields=fields).fields

    assert (found.title, found.note, found.author) == ("a b c", "one\ntwo", HOSTILE.author)


@pytest.mark.parametrize("day", ["2026-W10-1", "20260305", "2026-13-01", "1.2.2026", "2026-3-5"])
def test_a_day_is_written_in_one_way_only(toy_city, day):
    with pytest.raises(ChoiceError, match=day):
        freeze(ask(toy_city, layers=["sensors"]), "en", Fields(date=day))


@pytest.mark.parametrize(
    "server",
    ["ftp://x", "http://", "http://x/?a=b", "http://x/#y", "http://x\n/", 'http://x/"><b>', "//x"],
)
def test_a_server_is_an_address_and_nothing_more(toy_city, server):
    with pytest.raises(ChoiceError, match="is not a web address"):
        freeze(ask(toy_city, layers=["sensors"]), "en", Fields(server=server))


def test_signs_that_turn_the_direction_of_a_page_are_left_out(toy_snapshot):
    fields = Fields(title="a\u202eb\u2066c", date=DAY)

    assert toy_snapshot(fields=fields).fields.title == "abc"


def test_a_logo_that_a_telephone_took_stands_upright():
    made = BytesIO()
    picture = Image.new("RGB", (40, 20))
    exif = picture.getexif()
    exif[0x0112] = 6  # turned by a quarter
    picture.save(made, "JPEG", exif=exif)

    with Image.open(BytesIO(logo_of(made.getvalue()))) as upright:
        assert upright.size == (20, 40)


def test_a_snapshot_bears_today_where_no_day_is_given(toy_snapshot):
    assert len(toy_snapshot(fields=Fields()).fields.date) == len(DAY)


@pytest.mark.parametrize(
    "changed",
    [
        {"fields": Fields(title="another", date=DAY)},
        {"fields": Fields(date="2026-11-24")},
        {"language": "pt"},
        {"border": True},
    ],
)
def test_the_checksum_changes_with_choice_language_and_words(toy_snapshot, changed):
    layers = ("docks",) if changed.pop("border", False) else ()

    assert toy_snapshot(*layers, **changed).checksum != toy_snapshot().checksum


def test_the_checksum_is_the_same_when_all_is_measured_anew(toy_city):
    one, other = (
        freeze(ask(toy_city, layers=["sensors"]), "en", Fields(date=DAY)) for _ in range(2)
    )

    assert one.checksum == other.checksum


def test_the_link_opens_the_same_view(toy_snapshot):
    unit = toy_snapshot().assessment.units.index[0]
    fields = Fields(date=DAY, districts=(unit,), context=(), server="https://example.org/x/")

    link = urlsplit(toy_snapshot(fields=fields).link)

    asked = {name: values[0] for name, values in parse_qs(link.query).items()}
    assert link.netloc == "example.org"
    assert asked == {
        "city": "toy",
        "lang": "en",
        "unit": "district",
        "need": "income:2024",
        "layers": "sensors",
        "weight": "sites",
        "district": unit,
        "context": "-",
    }


def test_a_logo_is_made_anew_from_its_pixels(logo):
    with Image.open(BytesIO(logo_of(logo))) as made:
        assert made.format == "PNG"
        assert max(made.size) == LOGO_SIDE
        assert made.info == {}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"\x89PNG\r\n\x1a\n" + b"\x00" * 40,
        b"x" * 2_000_001,
    ],
)
def test_what_is_no_picture_is_no_logo(content):
    with pytest.raises(ChoiceError):
        logo_of(content)


def test_a_picture_of_too_many_pixels_is_refused():
    made = BytesIO()
    Image.new("1", (9000, 9000)).save(made, "PNG")

    with pytest.raises(ChoiceError):
        logo_of(made.getvalue())


@pytest.mark.parametrize("author", ["SixEs Geo", "sixes\u200b geo", "Irazabal & Jiron (2020)"])
def test_nobody_signs_a_snapshot_with_our_name_or_that_of_the_paper(toy_city, author):
    with pytest.raises(ChoiceError, match="is the name of the paper or of this dashboard"):
        freeze(ask(toy_city, layers=["sensors"]), "en", Fields(author=author, date=DAY))
