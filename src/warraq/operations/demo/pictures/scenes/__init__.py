"""One composition a file: `draw(canvas, palette, rng)`."""
