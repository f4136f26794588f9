"""Configuration: the paper's folder, `warraq.toml`, `WARRAQ_*`, and what Django needs of them."""
