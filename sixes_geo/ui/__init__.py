"""The Streamlit dashboard, the only code that uses it: frame, views, components, session."""

from pathlib import Path

SCRIPT = Path(__file__).resolve().with_name("main.py")
"""The script that a session runs; ``app.py`` passes it to the server."""
