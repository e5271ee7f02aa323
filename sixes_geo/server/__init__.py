"""The HTTP server: our routes beside the dashboard, map files, headers, health."""
