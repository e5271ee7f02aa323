"""What several measures share.

Checks of the input, thresholds, fractional ranks, distributions under chance, intervals.
"""
