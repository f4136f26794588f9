"""A small newsroom at work: random operations, and after each the pressed tree is what a full press would make."""
