"""The only place that knows Streamlit: choices, caches, parts of pages."""
