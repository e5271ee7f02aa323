"""Build a city's folder of layers from raw files: the only way a layer changes."""
