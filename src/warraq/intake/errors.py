"""What intake refuses. Every message says what is wrong, what was kept, and what to do.

IntakeError
├── Missing           there is no such file or folder, or it is not a plain file
├── Unreadable        the system does not let it be read: its rights, a link that leads to itself
├── Empty             nothing is in it
├── TooBig            over the limit; nothing was read
├── NotText           a picture, a PDF, a ZIP, another program's file
├── NotSupported      text of a kind that no reader knows
├── Unsafe            XML that declares a DTD
├── NoArticle         it was read, and no article is in it
└── NoSection         the paper has no section of that address
"""


class IntakeError(Exception):
    pass


class Missing(IntakeError):
    pass


class Unreadable(IntakeError):
    pass


class Empty(IntakeError):
    pass


class TooBig(IntakeError):
    pass


class NotText(IntakeError):
    pass


class NotSupported(IntakeError):
    pass


class Unsafe(IntakeError):
    pass


class NoArticle(IntakeError):
    pass


class NoSection(IntakeError):
    pass
