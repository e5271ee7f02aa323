"""The Streamlit dashboard, the only code that uses it: frame, views, components, session."""

from pathlib import Path

from sixes_geo.base.installation import pages_folder

SCRIPT = Path(__file__).resolve().with_name("main.py")
"""The script that a session runs; ``app.py`` passes it to the server."""

MAP = pages_folder() / "explore" / "map.py"
"""The page of the map, which other pages link to."""
