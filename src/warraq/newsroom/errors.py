"""What the newsroom refuses.

NewsroomError
├── NotPublished      the article is not published, so there is nothing to take back
└── BadAddress        a section's address is wrong or taken
"""


class NewsroomError(Exception):
    """The message is for people."""


class NotPublished(NewsroomError):
    pass


class BadAddress(NewsroomError):
    pass
