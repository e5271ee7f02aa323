"""Equity snapshots: one measured question, frozen with everything a reader needs to check it.

`content` says once, in plain values, what every format shows; the other modules only write it
down: PDF and pictures (`typeset`), one-file HTML (`webpage`), spatial files (`spatial`), the
archive of all of them (`bundle`). `reopened` verifies what comes back. The same snapshot gives the
same bytes.
"""
