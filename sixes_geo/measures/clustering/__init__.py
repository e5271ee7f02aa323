"""What neighbouring units have in common: Moran, Getis-Ord, local clusters, smoothed rates."""
