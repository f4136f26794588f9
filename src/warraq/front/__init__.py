"""Front: answers readers from pressed files, searches for them, and takes their reads and comments into spools.

Owns: the day's salt. Reads: the pressed folder, the search index. Writes: the spools `reads` and `comments`.
No Django, no database. Imports `press.layout`, `spool`, `language` and the engine of `search` only.
"""
