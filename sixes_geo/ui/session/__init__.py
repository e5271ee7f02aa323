"""State of a visit: the selection and its link, caches, notices about the link."""
