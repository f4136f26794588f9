"""Dates and times on the newsroom's screens, where Django has none for the language."""
