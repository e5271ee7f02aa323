"""What several measures share.

Checks of the input, fractional ranks, distributions under chance, intervals.
"""
