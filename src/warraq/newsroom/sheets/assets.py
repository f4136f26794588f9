"""Sheets made on demand: pictures, and the design's style, script, fonts and icons. All named by content."""

from __future__ import annotations

from warraq.design import assets
from warraq.newsroom.models import Photo
from warraq.newsroom.selectors.pictures import filter_of, path_of
from warraq.press.recording import reads, wants
from warraq.press.sheets import Kind, Order, Page


class AssetSheet(Kind):
    """`/_/static/<name>.<hash>.<ext>`. Ident: the asset's name."""

    name = "asset"
    order = Order.ASSET
    on_demand = True

    def render(self, ident: str) -> Page | None:
        for needed in assets.needs(ident):
            wants("asset", needed)
        return Page(assets.url(ident), assets.read(ident))


class PictureSheet(Kind):
    """`/_/media/<hash>-<width>.webp`. Ident: `<photo id>-<width>`."""

    name = "picture"
    order = Order.ASSET
    on_demand = True

    def render(self, ident: str) -> Page | None:
        photo_id, _dash, width = ident.partition("-")
        reads(f"photo:{photo_id}")
        photo = Photo.objects.filter(pk=photo_id).first()
        if photo is None:
            return None
        with photo.get_rendition(filter_of(int(width))).file.open("rb") as file:
            return Page(path_of(photo, int(width)), file.read())


KINDS = (AssetSheet, PictureSheet)
