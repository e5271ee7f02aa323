"""What every folder needs: errors, names, writers, logs, and where this copy is installed.

Errors carry problems, names are compared as people write them, and files are written byte for
byte the same each time.
"""
