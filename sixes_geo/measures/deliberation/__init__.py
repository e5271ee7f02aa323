"""The arithmetic of a room: votes, budgets, pairwise comparison, agreement."""
