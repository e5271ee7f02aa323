"""SixEs Geo: where smart-city initiatives stand, over income, need and districts.

Layers, from the bottom up: texts and errors, the model, the catalog of cities, the files,
the measures, the assessment that joins them, the pictures, and the edges (`ui`, the command
line and `build`). ARCHITECTURE.md draws them; import-linter holds them.
"""

__version__ = "0.1.0"
