"""What was measured as tables and plain values, for files and scripts."""
