"""What each page draws: a module a page."""
