"""What a picture can refuse.

LookupError
└── UnknownMotif    no composition has that name
"""

from __future__ import annotations


class UnknownMotif(LookupError):
    def __init__(self, motif: str, known: tuple[str, ...]) -> None:
        super().__init__(f"No picture is drawn for the motif {motif!r}; known motifs: {', '.join(known)}.")
