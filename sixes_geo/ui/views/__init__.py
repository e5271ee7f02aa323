"""The content of each page, one module per page."""
