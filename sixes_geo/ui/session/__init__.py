"""What belongs to one visit: choices kept and written to the link, caches, notices."""
