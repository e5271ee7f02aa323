"""City detection: which city a file of values belongs to, judged by the places it names."""

from __future__ import annotations

from pathlib import Path

from sixes_geo.base.errors import ChoiceError, Problem
from sixes_geo.city.model import City
from sixes_geo.contributions import indicator_csv
from sixes_geo.contributions.cities import open_cities
from sixes_geo.contributions.csv_reader import read_file
from sixes_geo.contributions.store import ContributedIndicator


def read(path: Path, city: City | None) -> tuple[City, ContributedIndicator]:
    """Read an indicator from a file, for the given city or the one that has all its places.

    Raises
    ------
    ChoiceError
        With every fault of the file, or if no city or several have all its places.
    """
    content = read_file(path)
    city = city or detected_city(content, path.name)
    return city, indicator_csv.from_file(city, content, path.name)


def detected_city(content: bytes, name: str) -> City:
    """Return the one city that has every place in a file.

    Raises
    ------
    ChoiceError
        If no city or several do, with the cities to choose from.
    """
    cities, _ = open_cities()
    matches = [city for city in cities if indicator_csv.fits(city, content, name)]
    if len(matches) != 1:
        allowed = ", ".join(city.city for city in matches or cities)
        fields = {"path": name, "got": len(matches), "allowed": allowed}
        raise ChoiceError("command", [Problem("which_city", fields)], "name_city")
    return matches[0]
