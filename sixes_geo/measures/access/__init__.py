"""Who can reach what: distances, coverage, catchments, and where further sites would serve most."""
