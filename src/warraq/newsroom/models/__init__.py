"""The newsroom's tables, one noun a file."""

from warraq.newsroom.models.articles import Article, ArticleTag, Attribution, Correction, Retraction, Signature
from warraq.newsroom.models.fronts import Breaking, Front, Slot
from warraq.newsroom.models.papers import PaperSettings
from warraq.newsroom.models.people import Author, Source
from warraq.newsroom.models.photos import Photo, Rendition
from warraq.newsroom.models.placements import ListCount, Placement
from warraq.newsroom.models.rankings import Ranking, RankingExclusion, RankingKind, Window
from warraq.newsroom.models.roles import Role, RoleName
from warraq.newsroom.models.sections import Section, SectionKind

__all__ = [
    "Article",
    "ArticleTag",
    "Attribution",
    "Author",
    "Breaking",
    "Correction",
    "Front",
    "ListCount",
    "PaperSettings",
    "Photo",
    "Placement",
    "Ranking",
    "RankingExclusion",
    "RankingKind",
    "Rendition",
    "Retraction",
    "Role",
    "RoleName",
    "Section",
    "SectionKind",
    "Signature",
    "Slot",
    "Source",
    "Window",
]
