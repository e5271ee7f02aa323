"""From raw files to a city's folder of layers: the only way a layer changes."""
