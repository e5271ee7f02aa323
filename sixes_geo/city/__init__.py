"""The data contract: the cities there are, their manifests, and their tables, read and checked."""
