"""SixEs Geo: where smart-city initiatives stand, over income, need and districts.

From the top: the edges (`cli`, `ui`, `server`), what is written to files (`export`, `build`),
pictures and tables (`charts`, `maps`, `output`), sentences (`wording`), answers (`analysis`),
what people and sources say (`contributions`, `framework`), data, places, arithmetic and what is
kept on disk (`city`, `spatial`, `measures`, `store`), and what all need (`base`, `i18n`).
ARCHITECTURE.md says what each is for.
"""

__version__ = "0.1.0"
