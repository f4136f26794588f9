"""Search: the index of published articles and its engine.

Owns: the index folder. Reads: articles as published. Writes: the index. Presses: the search shell.
`engine` imports no Django: the front opens it read-only.
"""
