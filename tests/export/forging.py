"""Forgeries of snapshots, whose checksums are made anew: no seal without a key stops them."""

import hashlib
import io
import json
import zipfile

from sixes_geo.export import webpage
from sixes_geo.export.bundle import as_json, sealed
from sixes_geo.export.snapshot import checksum_of
from sixes_geo.export.webpage import UNSEALED, manifest_in, parts_of
from sixes_geo.maps.leaflet import script_safe


def opened(content):
    """Return the files of an archive by name."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def packed(files):
    """Return an archive of files."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()


def forged(content, change=lambda _: None, **exchanged):
    """Return an archive whose manifest was changed, with files exchanged, its sums made anew.

    Parameters
    ----------
    content
        The archive.
    change
        Changes its manifest.
    exchanged
        New contents of files, by name; dots in names are written as underscores.
    """
    files = opened(content)
    manifest = json.loads(files.pop("manifest.json"))
    signature = files.pop("signature.json", None)
    files |= {
        name: exchanged[key] for name in files if (key := name.replace(".", "_")) in exchanged
    }
    change(manifest)
    manifest["files"] = {name: hashlib.sha256(one).hexdigest() for name, one in files.items()}
    members = files | {"manifest.json": as_json(sealed(manifest))}
    return packed(members | ({"signature.json": signature} if signature else {}))


def forged_page(content, change=lambda _: None, **exchanged):
    """Return a page whose manifest was changed, with texts exchanged, its sums made anew."""
    unsigned, signature = webpage.parted(content)
    page = unsigned.decode()
    manifest = manifest_in(page)
    body = page.rpartition(webpage.OPENING)[0]
    for before, after in exchanged.items():
        assert before in body
        body = body.replace(before, after)
    change(manifest)
    manifest |= {"parts": parts_of(body), "sha256": UNSEALED}

    def whole():
        return f"{body}{webpage.OPENING}{script_safe(manifest)}</script></body></html>\n"

    manifest["sha256"] = hashlib.sha256(whole().encode()).hexdigest()
    made = whole().encode()
    return made if signature is None else webpage.joined(made, signature)


def a_lie(manifest):
    """Change what a manifest says of its result, as a forger would."""
    manifest["fields"]["title"] = "Cameras serve the poor"
    manifest["result"] |= {"verdict": "worse_off", "concentration_index": -0.99, "n": 1}


def as_if_measured(manifest):
    """Change the result alone, and leave the checksum of selection, texts and data as it was."""
    manifest["result"]["concentration_index"] += 0.001


def of_other_data(manifest):
    """Say that a file of the city was another one."""
    manifest["data"][0]["sha256"] = "0" * 64
    manifest["stamp"] = "0" * 64


def with_its_checksum(manifest):
    """Make the checksum of selection, texts and data anew, too."""
    manifest["checksum"] = checksum_of(
        manifest["stamp"], manifest["choice"], manifest["language"], manifest["fields"]
    )
