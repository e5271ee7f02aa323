"""Where sites were put relative to need, and whether that is more than chance."""
