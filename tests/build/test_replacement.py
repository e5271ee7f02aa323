"""A build that is ended anywhere leaves the earlier city or the new one, whole, and no other."""

import os
import sys

import pytest
from house import none_of, some

from sixes_geo.base.paths import version_of
from sixes_geo.build.engine import _replaced
from sixes_geo.city.folders import COMPLETE, MANIFEST, beside, city_names

FILES = [MANIFEST, "sites.geojson", "districts.geojson"]
CHANGES = ("os.rename", "os.mkdir", "os.remove", "os.rmdir", "shutil.rmtree", "open")
"""What the interpreter announces before it is done, and a folder is changed by."""
KILLED = 9


def written(folder, text):
    """Write the files of a city, all with one text."""
    folder.mkdir(parents=True)
    for name in FILES:
        (folder / name).write_text(text)
    return folder


def contents(folder):
    return {path.name: path.read_text() for path in folder.iterdir()}


def replaced_until(step, target, source):
    """Replace a city in another process that ends before its nth change; tell whether it did."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == KILLED
    left = [step]

    def count(event, _arguments):
        if event in CHANGES:
            left[0] -= 1
            if left[0] < 0:
                os._exit(KILLED)

    sys.addaudithook(count)
    _replaced(target, source)
    os._exit(0)


def ends(root, source, *, begun):
    """End a replacement before each of its changes in turn; give each folder that is left.

    With ``begun``, an earlier one was ended when it had just moved the city aside.
    """
    for step in range(1_000):
        target = root / str(step) / "rio"
        written(beside(target, COMPLETE) if begun else target, "earlier")
        killed = replaced_until(step, target, source)
        yield step, target
        if not killed:
            return


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
@pytest.mark.parametrize("begun", [False, True])
def test_whenever_it_is_ended_a_reader_finds_one_whole_city_and_the_next_build_tidies_up(
    tmp_path, begun
):
    source = written(tmp_path / "made", "new")
    wrong, texts = [], set()
    for step, target in some(ends(tmp_path / "out", source, begun=begun)):
        names = city_names(target.parent)
        wrong += [f"{step}: {names}"] if names != ("rio",) else []
        found = contents(target)
        if found not in (dict.fromkeys(FILES, text) for text in ("earlier", "new")):
            wrong.append(f"{step}: {found}")
        texts |= set(found.values())
        _replaced(target, source)
        if [path.name for path in target.parent.iterdir()] != ["rio"]:
            wrong.append(f"{step}: {sorted(path.name for path in target.parent.iterdir())}")
        if set(contents(target).values()) != {"new"}:
            wrong.append(f"{step}: the next build was not finished")

    none_of(wrong)
    assert texts == {"earlier", "new"}


def test_a_folder_that_stands_beside_a_city_is_no_city(tmp_path):
    written(tmp_path / "rio", "x")
    written(tmp_path / ".rio.old", "x")
    written(tmp_path / ".rio.part", "x")

    assert city_names(tmp_path) == ("rio",)


def test_a_file_replaced_with_the_same_size_and_time_is_another(tmp_path):
    path, other = tmp_path / "sites.geojson", tmp_path / "other"
    path.write_text("earlier")
    before = version_of(path)
    kept = path.stat()
    other.write_text("changed")
    os.utime(other, ns=(kept.st_atime_ns, kept.st_mtime_ns))
    other.replace(path)

    assert path.stat().st_mtime_ns == kept.st_mtime_ns
    assert path.stat().st_size == kept.st_size
    assert version_of(path) != before
