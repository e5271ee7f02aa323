"""Clustering of neighbouring units: Moran's I, Getis-Ord, local clusters, smoothed rates."""
