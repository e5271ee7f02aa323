"""Files that people bring: read with care, refused with every fault and its line, never guessed.

A file is small, is text, and holds no markup or formula that anything would run.
"""
