"""What is kept on disk: results, which can be deleted at any time, and keys, which cannot."""
