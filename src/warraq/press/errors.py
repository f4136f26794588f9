"""What the press refuses.

PressError
├── UnknownKind       no room registered a sheet kind of that name
├── BadPath           a sheet gave a path that is not public, or that another sheet has
└── StoreError        the pressed tree could not be written
"""


class PressError(Exception):
    pass


class UnknownKind(PressError):
    pass


class BadPath(PressError):
    pass


class StoreError(PressError):
    pass


def told(error: Exception) -> str:
    """An error in one line, for the newsroom."""
    return f"{type(error).__name__}: {error}"[:2000]
