"""Inequality of values per head: Gini, Lorenz, Palma, Hoover, Theil, poverty."""
