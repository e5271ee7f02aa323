"""From a question to its answer: sites counted in their units, ranked, tested, and asked again in
every other way.
"""
