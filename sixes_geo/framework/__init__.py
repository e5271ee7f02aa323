"""The paper's frame: six Es, three partners, who coded what, and other frameworks beside it.

Nothing here adds anything up over the Es: a tag is what one coder read in one source, *unknown*
is not *absent*, and there is no score. Nothing here knows where an initiative stands either.
"""
