"""Thresholds of evidence, each named after what it decides and defined here alone.

Measures, analyses and sentences import them, so that a figure and its wording never differ in
what counts as enough.
"""

from __future__ import annotations

ALPHA = 0.05
"""Largest p-value or q-value that counts as more than chance."""

CONFIDENCE = 1 - ALPHA
"""How often an interval or a band is meant to hold."""

EVEN_INDEX = 0.05
"""Smallest index of interest: an interval wholly within it is even."""

CLEAR_INDEX = 0.1
"""Smallest index that is called clear; below it, it is slight."""

STRONG_INDEX = 0.3
"""Smallest index that is called strong."""

BORDERLINE = 0.01
"""How near to a threshold, of a p-value or of an interval, a verdict is called borderline."""

LEAST_UNITS_TO_RANK = 2
"""Units with need, people and provision that an index needs."""

LEAST_UNITS_FOR_ALLOCATION = 8
"""Units that a verdict on money per unit needs: resampling fewer would understate doubt."""

LEAST_LINKED_UNITS = 3
"""Units with neighbours that a measure of clustering needs: fewer cannot be compared."""

LEAST_SITES_FOR_HEADLINE = 4
"""Sites that a headline needs to give a share of them when the verdict is "cannot tell"."""

LEAST_SITES_TO_RESAMPLE = 30
"""Sites (of equal weight) that a bootstrap interval needs."""

LEAST_SITES_OUTSIDE_LARGEST = 10
"""How many of these must be outside the group of units that holds most."""

LEAST_SITES_FOR_CHANGE = 10
"""Sites at each of two dates that a verdict on the change between them needs."""

LEAST_SITES_OF_GROUP = 10
"""Sites that a test of one E or one set of partners needs: fewer say nothing about an E."""

KEEPS = (0.5, 0.6, 0.7, 0.8)
"""Shares of the sites that a moved network keeps in the city: a verdict must hold at them all."""

LEAST_POSITIONS_OF_NETWORK = 200
"""Positions of a network moved as a piece that a verdict needs."""

LEAST_MOVE_OF_NETWORK = 0.5
"""Median move, in radii of gyration, below which a network fills the city and cannot be moved."""

LEAST_HEADLINE_GAP = 0.01
"""Gap between the share of the amount and that of the people that a headline can state."""

LEAST_CODED_FOR_KAPPA = 10
"""Items coded by both coders that kappa needs: with fewer, one item more reverses it."""

LEAST_CITIES_TO_COMPARE = 2
"""Cities that must have a kind of network for it to be compared."""

LEAST_PEOPLE_AND_OPTIONS = 2
"""People, and options, that a table of rankings needs."""
