"""Charts of an assessment, as Altair charts with their words in the reader's language."""
