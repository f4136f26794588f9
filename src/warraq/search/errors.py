"""What the search engine refuses.

SearchError
├── IndexOutdated     the index was written by another version of Warraq
├── IndexDamaged      a file of the index is missing, cut off or changed
├── IndexUnreadable   its files belong to another user
├── IndexUnwritable   the disk did not take what was to be written
└── IndexBusy         another writer is at work
"""


class SearchError(Exception):
    """The message says what happened, what is kept and what to do, in the user's language."""


class IndexOutdated(SearchError):
    pass


class IndexDamaged(SearchError):
    pass


class IndexBusy(SearchError):
    pass


class IndexUnreadable(SearchError):
    pass


class IndexUnwritable(SearchError):
    pass
