"""What is kept on disk so that nobody waits for it twice; it can be deleted at any time."""
