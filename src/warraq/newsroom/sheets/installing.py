"""What a browser needs to put the paper beside a phone's other applications, and to read on without a network."""

from __future__ import annotations

import json

from warraq.newsroom.models import PaperSettings
from warraq.newsroom.selectors.papers import Clock, paper_piece
from warraq.newsroom.sheets.rendering import FixedKind, asset, page
from warraq.press.sheets import Order, Page

MANIFEST, WORKER = "/app.webmanifest", "/offline.js"
PAPER_WHITE = "#fbf9f4"


class ManifestSheet(FixedKind):
    """`/app.webmanifest` (W3C Web Application Manifest)."""

    name = "manifest"
    order = Order.FEED
    fixed = ("manifest",)

    def make(self, ident: str, row: PaperSettings, clock: Clock) -> Page | None:
        paper = paper_piece(row)
        text = {
            "id": "/",
            "name": paper.name,
            "short_name": paper.name,
            "description": paper.tagline or paper.name,
            "lang": paper.language,
            "dir": paper.dir,
            "start_url": "/",
            "scope": "/",
            "display": "minimal-ui",
            "background_color": PAPER_WHITE,
            "theme_color": PAPER_WHITE,
            "categories": ["news"],
            "icons": [
                {"src": asset("icon.svg"), "sizes": "any", "type": "image/svg+xml"},
                {"src": asset("icon-192.png"), "sizes": "192x192", "type": "image/png"},
                {"src": asset("icon-512.png"), "sizes": "512x512", "type": "image/png"},
                {"src": asset("icon-mask.png"), "sizes": "512x512", "type": "image/png", "purpose": "maskable"},
            ],
        }
        return Page(MANIFEST, json.dumps(text, ensure_ascii=False, indent=1).encode())


class WorkerSheet(FixedKind):
    """`/offline.js`, a service worker: from the root, for it looks after pages below its own folder alone."""

    name = "worker"
    order = Order.FEED
    fixed = ("worker",)

    def make(self, ident: str, row: PaperSettings, clock: Clock) -> Page | None:
        return page("offline.js", WORKER, row=row)


KINDS = (ManifestSheet, WorkerSheet)
