"""Points in units, and neighbouring units, in metres of the city's projected CRS."""
