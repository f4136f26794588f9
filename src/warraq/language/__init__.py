"""Language: plain Python for Arabic text. Owns the one normaliser, numerals, dates. Imports no Django."""
