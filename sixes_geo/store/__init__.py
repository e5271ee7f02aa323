"""What is kept on disk: what people add and keys, for good; results, which can be deleted."""
