"""Settings of the random examples."""

from hypothesis import settings

# A busy machine is no fault of a measure.
settings.register_profile("measures", deadline=None)
settings.load_profile("measures")
