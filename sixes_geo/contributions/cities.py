"""Cities with their contributions: what is shipped, joined with what was added on this machine."""

from __future__ import annotations

from pathlib import Path

from sixes_geo.base.errors import SixesGeoError
from sixes_geo.city.catalog import city_names, read_city
from sixes_geo.city.model import City
from sixes_geo.contributions.merge import joined


def open_city(name: str, root: Path | None = None) -> City:
    """Read a city, joined with the contributions that fit it.

    Parameters
    ----------
    name
        Name of its folder, one of `city_names`.
    root
        Folder of cities; the catalog's if not given.

    Raises
    ------
    ChoiceError
        If there is no such city.
    ManifestError
        If its manifest is invalid, with every fault.
    """
    return joined(read_city(name, root))


def open_cities(root: Path | None = None) -> tuple[tuple[City, ...], tuple[SixesGeoError, ...]]:
    """Open every city whose manifest is valid.

    Returns
    -------
    tuple
        The cities that could be read, and the errors of the others.

    Raises
    ------
    ManifestError
        If none can be read.
    """
    cities: list[City] = []
    refusals: list[SixesGeoError] = []
    for name in city_names(root):
        try:
            cities.append(open_city(name, root))
        except SixesGeoError as refusal:
            refusals.append(refusal)
    if not cities:
        raise refusals[0]
    return tuple(cities), tuple(refusals)
