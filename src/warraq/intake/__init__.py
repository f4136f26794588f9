"""Intake: material from elsewhere becomes drafts of the newsroom.

Owns: the readers of saved text and saved pages. Reads: files. Writes: article drafts. Presses: nothing.
"""
