"""From a question to its answer.

Sites are counted in their units, ranked and tested, and the question is asked again in every other
way.
"""
