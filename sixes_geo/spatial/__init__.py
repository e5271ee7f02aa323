"""Points in units and units beside units, in metres of the projected CRS of the city."""
