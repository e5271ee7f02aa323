"""Results as tables and plain values, for files and scripts."""
