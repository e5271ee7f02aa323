"""The data, the pages and the app are found in a checkout and in an installed copy."""

from pathlib import Path

from sixes_geo.base import installation

ROOT = Path(__file__).parents[2]


def installed(folder):
    """Write what a wheel unpacks to, beside a stranger's folder of the same name."""
    package = folder / "site-packages" / "sixes_geo"
    (package / "geodata").mkdir(parents=True)
    (folder / "site-packages" / "geodata").mkdir()
    return package


def test_in_a_checkout_they_lie_at_the_top_of_the_repository():
    assert installation.geodata_folder() == ROOT / "geodata"
    assert installation.pages_folder() == ROOT / "pages"
    assert installation.app_script() == ROOT / "app.py"


def test_they_hold_what_they_are_named_for():
    assert (installation.geodata_folder() / "santiago" / "datapackage.json").is_file()
    assert (installation.pages_folder() / "explore" / "map.py").is_file()
    assert installation.app_script().is_file()


def test_in_an_installed_copy_what_the_package_holds_goes_before_what_lies_beside_it(tmp_path):
    package = installed(tmp_path)

    assert installation._place("geodata", package) == package / "geodata"
