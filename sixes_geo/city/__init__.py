"""The data contract: cities, their manifests and their tables, read and checked."""
