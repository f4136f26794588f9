"""A pressroom and a newsroom that go on until they are killed, each in a child of `nursery`, under a running clock.

Each tells what it does through a socket at the address it is given, so that its words outlive it.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import socket
import time
from collections.abc import Callable, Sequence
from typing import Any

ARTICLES = 8
"""Articles that the editor has in hand."""


def _line(address: str) -> Callable[..., None]:
    line = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    line.connect(address)
    return lambda **words: line.sendall(json.dumps(words).encode())


def pressroom(address: str, _say: Callable[..., None]) -> None:
    """The real one. Before anything lands, it tells what: [tree, path, digest] of each file."""
    from warraq.config.settings import PAPER
    from warraq.operations import pressroom
    from warraq.press.folder import FolderStore

    tell = _line(address)
    land = FolderStore.land

    def telling(self: FolderStore, puts: Sequence[Any], removals: Sequence[Any]) -> None:
        tell(puts=[[put.tree, put.path, hashlib.sha256(put.body).hexdigest()[:16]] for put in puts])
        land(self, puts, removals)

    FolderStore.land = telling  # type: ignore[method-assign]
    pressroom.run(PAPER)


def newsroom(address: str, _say: Callable[..., None]) -> None:
    """An editor without rest. Tells of each edit when it begins, and where the article is once it is acknowledged."""
    from warraq.newsroom.models import Article, Section

    tell = _line(address)
    chance = random.Random(os.getpid())
    sections = list(Section.objects.all())
    while True:
        ours = list(Article.objects.filter(title__startswith="خبر عاجل").order_by("-pk")[:ARTICLES])
        article = chance.choice(ours) if len(ours) == ARTICLES else _write(chance.choice(sections))
        tell(begun=article.pk)
        tell(acknowledged=article.pk, **_edit(article, sections, chance))
        time.sleep(chance.uniform(0, 0.06))


def _write(section: Any) -> Any:
    from warraq.newsroom import services

    body = [("paragraph", "<p>وصلت السفن إلى المخا.</p>")]
    return services.write_article(section=section, headline=f"خبر عاجل {time.time_ns()}", body=body)


def _edit(article: Any, sections: list[Any], chance: random.Random) -> dict[str, Any]:
    """One edit of a chosen kind; what readers must find where the article is from then on."""
    from warraq.newsroom import services

    token, path, choice = f"{time.time_ns():x}", article.public_path, chance.random()
    if not article.live or choice < 0.5:
        article.body = [("paragraph", f"<p>{token}. {'كان البن ينزل من الجبال. ' * 20}</p>")]
        article.save_revision()
        services.publish(article=article)
        return {"path": path, "status": 200, "token": token}
    if choice < 0.65:
        moved = services.move(article=article, section=chance.choice(sections))
        return {"path": moved.public_path, "status": 200, "token": ""}
    if choice < 0.8:
        services.retract(article=article, by=None, reason=f"لم يصحّ {token}.")
        return {"path": path, "status": 410, "token": token}
    if choice < 0.92:
        services.unpublish(article=article)
    else:
        services.delete(article=article)
    return {"path": path, "status": 410, "token": ""}


def correct(token: str, say: Callable[..., None]) -> None:
    """One correction of the oldest article, from an editor's hand to the commit; `token` stands in it from then on."""
    from warraq.newsroom import services
    from warraq.newsroom.models import Article

    article = Article.objects.filter(live=True).order_by("pk")[0]
    article.body = [("paragraph", f"<p>{token}. {'كان البن ينزل من الجبال. ' * 20}</p>")]
    article.save_revision()
    services.publish(article=article)
    say(path=article.public_path)
