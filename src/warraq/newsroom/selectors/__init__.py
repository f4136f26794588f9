"""Reads: what the newsroom's rows say, as pieces for templates. Each records the keys it looks at."""
