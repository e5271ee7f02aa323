"""How unequal values per head are: Gini, Lorenz, Palma, Hoover, Theil, poverty."""
