"""Equity snapshots: one measured question, frozen with everything a reader needs to check it.

`content` holds, as plain values, what every format shows; the other modules only write it:
PDF and pictures (`typeset`), one-file HTML (`webpage`), spatial files (`spatial`), the
archive of all of them (`bundle`). `reopened` verifies a snapshot and opens its view. The same
snapshot gives the same bytes.
"""
