"""What several measures share: checks of the input, fractional ranks, distributions under chance,
intervals.
"""
