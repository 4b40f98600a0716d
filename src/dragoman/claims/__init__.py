"""Claims: what a text says that somebody did, wants or passes over, each with its words and its voice.

The extractors (entry points ``dragoman.extractors``) are acts, silences and stances; they know one grounded text, the
rule tables and the codebook, and no other text.
"""
