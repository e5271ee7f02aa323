"""Of which city a file is that somebody brings without saying so."""

from __future__ import annotations

from pathlib import Path

from sixes_geo.base.errors import ChoiceError, Problem
from sixes_geo.city.model import City
from sixes_geo.contributions import indicator_csv
from sixes_geo.contributions.cities import open_cities
from sixes_geo.contributions.csv_reader import read_file
from sixes_geo.contributions.store import ContributedIndicator


def read(path: Path, city: City | None) -> tuple[City, ContributedIndicator]:
    """Read an indicator from a file, for a city or for the one that its places fit.

    Raises
    ------
    ChoiceError
        With every fault of the file, or if its places fit no city or several.
    """
    content = read_file(path)
    city = city or only_city(content, path.name)
    return city, indicator_csv.from_file(city, content, path.name)


def only_city(content: bytes, name: str) -> City:
    """Return the one city that has every place which a file names.

    Raises
    ------
    ChoiceError
        If there is none or there are several, with the cities there are.
    """
    cities, _ = open_cities()
    found = [city for city in cities if indicator_csv.fits(city, content, name)]
    if len(found) != 1:
        allowed = ", ".join(city.city for city in found or cities)
        fields = {"path": name, "got": len(found), "allowed": allowed}
        raise ChoiceError("command", [Problem("which_city", fields)], "name_city")
    return found[0]
