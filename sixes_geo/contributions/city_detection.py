"""City detection: which city a file of values belongs to, judged by the places it names."""

from __future__ import annotations

from sixes_geo.base.errors import ChoiceError, Problem
from sixes_geo.city.model import City
from sixes_geo.contributions import indicator_csv
from sixes_geo.contributions.cities import open_cities
from sixes_geo.contributions.store import ContributedIndicator


def read(content: bytes, name: str, city: City | None) -> tuple[City, ContributedIndicator]:
    """Read an indicator from a file, for the given city or the one that has all its places.

    Parameters
    ----------
    content
        The file, as bytes.
    name
        Its name, for errors.
    city
        The city it is said to belong to, if any.

    Raises
    ------
    ChoiceError
        With every fault of the file, or if no city or several have all its places.
    """
    city = city or detected_city(content, name)
    return city, indicator_csv.from_file(city, content, name)


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
