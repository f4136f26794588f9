"""Design: base templates, components, style sheets, the font and the one script of the paper.

Owns: how the paper looks. Reads: nothing. Writes: nothing. Presses: its own assets.
"""
