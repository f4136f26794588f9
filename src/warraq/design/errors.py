"""What can go wrong in the design room.

DesignError
└── NoSuchAsset    a name that is none of the design's files
"""

from __future__ import annotations


class DesignError(Exception):
    """Base of this room's errors."""


class NoSuchAsset(DesignError, KeyError):
    """No style, script, font or icon has this name."""

    def __str__(self) -> str:
        return str(self.args[0])
