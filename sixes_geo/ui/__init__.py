"""The only place that knows Streamlit: the frame, views, components, and what a session keeps."""

from pathlib import Path

SCRIPT = Path(__file__).resolve().with_name("main.py")
"""The script that a session runs; ``app.py`` hands it to the server."""
