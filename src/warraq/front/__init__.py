"""Front: answers readers from pressed files, and takes reads and comments into spools.

No Django, no database. Imports `press.layout`, `spool`, `search.engine` and `language` only.
"""
