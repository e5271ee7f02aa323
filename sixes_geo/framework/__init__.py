"""The framework of the paper: six Es and three partners, tags by coder, and other frameworks.

Nothing here adds up over the Es: a tag is what one coder read in one source, *unknown* is not
*absent*, and there is no score. Nor does anything here know where an initiative is.
"""
