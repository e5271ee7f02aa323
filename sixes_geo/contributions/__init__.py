"""What people add to a city: indicators and tags.

Read from their files, checked, kept, and joined to the city.
"""
