"""Access: distances, coverage, catchments, and the best places for further sites."""
