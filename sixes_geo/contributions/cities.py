"""Cities as people meet them: what is shipped, joined with what was added on this machine."""

from __future__ import annotations

from pathlib import Path

from sixes_geo.base.errors import SixesGeoError
from sixes_geo.city.catalog import city_names, read_city
from sixes_geo.city.model import City
from sixes_geo.contributions.merge import joined


def open_city(name: str, root: Path | None = None) -> City:
    """Read a city together with the contributions that fit it.

    Parameters
    ----------
    name
        Name of its folder, one of `city_names`.
    root
        Folder of cities; that of the catalog if not given.

    Raises
    ------
    ChoiceError
        If there is no such city.
    ManifestError
        If its manifest cannot be used; all faults at once.
    """
    return joined(read_city(name, root))


def open_cities(root: Path | None = None) -> tuple[tuple[City, ...], tuple[SixesGeoError, ...]]:
    """Open every city; one whose manifest is broken does not keep the others from being shown.

    Returns
    -------
    tuple
        The cities that can be read, and what was refused of the rest.

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
