"""The frame of the dashboard: choices, navigation, footer. Start it with `make app`."""

from sixes_geo.ui import frame

MENU = {  # section: pages; the first of all is the home page
    "explore": ["map"],
    "learn": ["methods", "sources"],
}

selection = frame.open_frame()
if selection is not None:
    frame.navigation(MENU, selection).run()
    frame.close_frame(selection)
