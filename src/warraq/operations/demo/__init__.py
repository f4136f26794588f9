"""The demonstration paper: its content (`paper.toml`, `articles/*.toml`, `pictures`) and what loads it."""
