"""Readers: bytes of one kind in, `Material` out. Plain Python, no Django, no network."""
