"""People of deprived areas, counted by the units in which the areas lie."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
import shapely


def people_by_unit(
    areas: gpd.GeoDataFrame, people: pd.Series[float], units: gpd.GeoDataFrame, *, crs: str
) -> pd.DataFrame:
    """Divide the people of areas among units by the ground of each area that lies in them.

    Parameters
    ----------
    areas
        Outlines of deprived areas (favelas, campamentos); longitude and latitude. One without an
        outline is in no unit.
    people
        Who lives in each, by the index of `areas`; not negative. Nobody counted means nobody
        here.
    units
        Units with ``id``; longitude and latitude.
    crs
        The city's projected CRS, metres.

    Returns
    -------
    DataFrame
        ``id`` of every unit and ``people``, rounded to whole persons: 0 where there is no area.

    Notes
    -----
    Areal weighting: people are taken to live evenly over their area. What lies in no unit is
    left out.
    """
    grounds = areas.to_crs(crs).geometry.make_valid()
    shapes = units.to_crs(crs).geometry.make_valid()
    tree = shapely.STRtree(shapes.to_numpy())
    at_area, at_unit = tree.query(grounds.to_numpy(), predicate="intersects")
    inside = shapely.area(
        shapely.intersection(grounds.to_numpy()[at_area], shapes.to_numpy()[at_unit])
    )
    share = inside / grounds.area.to_numpy()[at_area]
    parts = pd.Series(share * people.to_numpy()[at_area], index=units["id"].to_numpy()[at_unit])
    total = parts.groupby(level=0).sum().reindex(units["id"], fill_value=0.0).round()
    return pd.DataFrame({"id": units["id"].to_numpy(), "people": total.to_numpy()})
