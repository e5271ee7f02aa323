"""The script that every session runs: the menu, and one page inside the frame."""

from sixes_geo.ui import frame

MENU = {  # section: pages; the first of all is the home page
    "explore": ["map", "initiatives", "initiative"],
    "measure": ["equity", "reach", "clusters", "change", "six_es"],
    "compare": ["networks", "cities", "frameworks"],
    "snapshot": ["snapshot"],
    "data": ["contributions"],
    "learn": ["methods", "sources"],
}

opened = frame.open_frame(MENU)
if opened is not None:
    opened.page.run()
    frame.close_frame(opened.selection)
