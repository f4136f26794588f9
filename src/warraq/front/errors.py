"""What can go wrong in the front.

FrontError
├── BadSettings     what the front was started with makes no sense; nothing was started
└── Refusal         a request is refused, with the status and the sentence that its sender gets
"""

from __future__ import annotations


class FrontError(Exception):
    pass


class BadSettings(FrontError):
    pass


class Refusal(FrontError):
    """`status` as in an answer's first line, `says` for people, translated."""

    def __init__(self, status: str, says: str) -> None:
        super().__init__(says)
        self.status = status
        self.says = says
