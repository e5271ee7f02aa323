"""What speaks HTTP: the ASGI app with our routes beside the dashboard, map files, health."""
