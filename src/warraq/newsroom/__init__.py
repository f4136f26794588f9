"""Newsroom: the paper as its editors write it.

Owns: sections, articles, fronts, authors, sources, corrections, retractions, rankings, paper settings.
Reads: its own tables. Writes: drafts, publications, placements. Presses: every page of the paper.
"""
