"""The manifest, and the script that keeps pages in readers' browsers, as the press makes them."""

from __future__ import annotations

import json
from io import BytesIO

import pytest
from PIL import Image

from warraq.newsroom.models import PaperSettings

pytestmark = pytest.mark.django_db


def settings(**given) -> None:
    row = PaperSettings.load()
    for name, value in given.items():
        setattr(row, name, value)
    row.save()


def test_the_manifest_names_the_paper_and_icons_that_are_there(front_page, press_all, tree):
    settings(name="الميزان", tagline="")
    press_all()
    found = json.loads((tree / "pages/app.webmanifest").read_text())
    assert (found["name"], found["lang"], found["dir"], found["start_url"]) == ("الميزان", "ar", "rtl", "/")
    for icon in found["icons"]:
        body = (tree / "pages" / icon["src"][1:]).read_bytes()
        if icon["type"] == "image/png":
            width, height = Image.open(BytesIO(body)).size
            assert icon["sizes"] == f"{width}x{height}"


def test_a_paper_may_let_nothing_be_kept(front_page, press_all, tree):
    worker, about = tree / "pages/offline.js", tree / "pages/about/index.html"
    settings(offline=True)
    press_all()
    assert "ALWAYS" in worker.read_text()
    assert "data-offline" in about.read_text()
    settings(offline=False)
    press_all()
    assert "ALWAYS" not in worker.read_text()
    assert "unregister" in worker.read_text()
    assert "data-offline" not in about.read_text()
