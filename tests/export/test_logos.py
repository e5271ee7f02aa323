"""Logos: whatever is given as a picture is a small picture afterwards, or a clear refusal."""

import os
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from house import some
from hypothesis import given
from mutated import changed, corpus, refusal
from PIL import Image

from sixes_geo.base import limits
from sixes_geo.base.errors import ChoiceError
from sixes_geo.base.paths import start_of
from sixes_geo.export.fields import LOGO_SIDE, logo_of

ORIENTATION, DESCRIPTION = 0x0112, 0x010E


def picture(form, size=(30, 20), **options):
    made = BytesIO()
    image = Image.linear_gradient("L").resize(size).convert("RGB")
    exif = image.getexif()
    exif[ORIENTATION], exif[DESCRIPTION] = 6, "desc"
    exif.get_ifd(0x8769)[0x9000] = b"0220"
    image.save(made, form, **({} if form == "GIF" else {"exif": exif}), **options)
    return made.getvalue()


PICTURES = [picture(form) for form in ("JPEG", "PNG", "WEBP", "GIF")]


def with_broken_exif(content):
    """Say of two entries that they hold other kinds and numbers of values than they do."""
    start = content.index(b"MM\x00*") if b"MM\x00*" in content else content.index(b"II*\x00")
    for at in range(start + 10, start + 60, 12):
        for kind in (0, 1, 5, 7, 10, 12):
            made = bytearray(content)
            made[at + 2 : at + 8] = bytes([0, kind, 0, 0, 255, 5])
            yield bytes(made)
            made[at + 2 : at + 8] = bytes([kind, 0, 5, 0, 0, 0])
            yield bytes(made)


@pytest.mark.filterwarnings("ignore:.*(Metadata|Tag data|EXIF):UserWarning")  # as on a server
@pytest.mark.parametrize("content", PICTURES[:3], ids=["jpg", "png", "webp"])
def test_a_picture_with_broken_exif_is_shown_without_it(content):
    for broken in some(with_broken_exif(content)):
        if content is PICTURES[1]:
            refusal(lambda broken=broken: logo_of(broken))  # its checksum is wrong as well
            continue
        with Image.open(BytesIO(logo_of(broken))) as made:
            assert made.format == "PNG"


@pytest.mark.parametrize("turned", range(1, 9))
def test_a_picture_stands_upright_however_the_camera_was_held(turned):
    image = Image.new("RGB", (40, 20), "white")
    image.paste("black", (0, 0, 10, 10))
    exif = image.getexif()
    exif[ORIENTATION] = turned
    made = BytesIO()
    image.save(made, "PNG", exif=exif)

    with Image.open(BytesIO(logo_of(made.getvalue()))) as upright:
        assert upright.size == ((40, 20) if turned < 5 else (20, 40))
        corner = {1: (2, 2), 2: (37, 2), 3: (37, 17), 4: (2, 17),
                  5: (2, 2), 6: (17, 2), 7: (17, 37), 8: (2, 37)}[turned]  # fmt: skip
        assert upright.getpixel(corner)[:3] == (0, 0, 0)


@pytest.mark.parametrize("form", ["BMP", "TIFF", "PPM", "ICO", "EPS", "PDF"])
def test_other_formats_are_no_logos(form):
    made = BytesIO()
    Image.new("RGB", (20, 20)).save(made, form)

    with pytest.raises(ChoiceError, match="not a readable image"):
        logo_of(made.getvalue())


@pytest.mark.parametrize("size", [(4_001, 4_000), (9_000, 9_000), (65_000, 65_000)])
def test_the_pixels_of_a_picture_are_counted_before_it_is_decoded(size):
    header = picture("PNG", (1, 1))
    at = header.index(b"IHDR") + 4
    told = b"".join(side.to_bytes(4, "big") for side in size)
    lying = header[:at] + told + header[at + 8 :]

    error = refusal(lambda: logo_of(_with_checksum(lying, at - 4)))

    assert error is not None
    assert {one.kind for one in error.problems} <= {"too_many_pixels", "no_picture"}


def _with_checksum(content, at):
    """Return a PNG whose first part has the right checksum."""
    end = at + 4 + 13
    return content[:end] + zlib.crc32(content[at:end]).to_bytes(4, "big") + content[end + 4 :]


def test_a_large_picture_is_told_by_its_pixels():
    made = BytesIO()
    Image.new("1", (4_001, 4_000)).save(made, "PNG")

    with pytest.raises(ChoiceError, match="has 16,004,000 pixels; at most 16,000,000"):
        logo_of(made.getvalue())


def test_a_picture_at_the_limit_becomes_a_small_one():
    made = BytesIO()
    Image.new("1", (4_000, 4_000)).save(made, "PNG")

    with Image.open(BytesIO(logo_of(made.getvalue()))) as small:
        assert small.size == (LOGO_SIDE, LOGO_SIDE)


def test_a_device_or_a_pipe_is_no_file(tmp_path):
    os.mkfifo(tmp_path / "pipe")

    for path in (tmp_path / "pipe", Path("/dev/zero"), Path("/dev/null")):
        with pytest.raises(ChoiceError, match="a device or a pipe, not a file"):
            start_of(path, limits.LOGO_BYTES)


@given(changed(PICTURES))
def test_a_changed_picture_is_a_logo_or_refused(content):
    refusal(lambda: logo_of(content))


def test_five_thousand_changed_pictures_are_logos_or_refused():
    refused = [refusal(lambda one=one: logo_of(one)) for one in corpus(PICTURES, 5_000)]

    assert 500 < sum(error is not None for error in refused) < 4_900
