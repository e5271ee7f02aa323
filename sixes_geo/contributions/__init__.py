"""Contributions: the indicators and tags that people add to a city.

They are read from files, checked, stored on this machine, and joined to the city.
"""
