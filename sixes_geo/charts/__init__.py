"""Altair charts of an assessment, in the reader's language."""
