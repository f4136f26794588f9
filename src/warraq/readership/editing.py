"""An article's readers, as its editor shows them."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from warraq.newsroom.models import Article
from warraq.readership.views import article_figures


def readers(article: Article, request: HttpRequest) -> SafeString:
    return render_to_string("readership/admin/editor.html", article_figures(article), request)
