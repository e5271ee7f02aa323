"""From a question to its answer.

Sites are counted by unit, units are ranked by need, and placement is tested against chance. The
same question is then varied, to see whether the answer holds.
"""
