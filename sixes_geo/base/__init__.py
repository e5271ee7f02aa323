"""Refusals, names and writers: what every folder needs.

Refusals carry problems, names are compared as people write them, and files are written the same
way each time.
"""
