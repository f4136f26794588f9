"""The pressed tree beside a full press that starts from nothing, and every address that a pressed file names."""

from __future__ import annotations

import gzip
import html
import re
import shutil
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import brotli
from django.apps import apps
from django.db import transaction
from django.test import override_settings

from warraq.press import layout
from warraq.press import services as press
from warraq.press.selectors import waiting

Tree = dict[str, bytes]
LINK = re.compile(r'(?:href|src|action)="(/[^"#?]*)')
SRCSET = re.compile(r'srcset="([^"]+)"')
ORIGIN = "https://paper.example"
ABSOLUTE = re.compile(ORIGIN + r'(/[^"\\\s<>#?]*)')
"""Canonical addresses, structured data, feeds and site maps name whole addresses."""
NOT_PRESSED = {"/_/comment", "/_/read", "/_/read.gif"}
"""Addresses that only the front answers."""
ASIDE = {".staging", layout.CHANGES}


def tree_of(root: Path) -> Tree:
    """Every file of a pressed folder, encodings as well."""
    return {
        str(file.relative_to(root)): file.read_bytes()
        for file in sorted(root.rglob("*"))
        if file.is_file() and file.relative_to(root).parts[0] not in ASIDE
    }


def empty_folder_press(folder: Path) -> Tree:
    """What a full press makes that knows no sheet, in an empty folder. Only the traces stay: they are history."""
    shutil.rmtree(folder, ignore_errors=True)
    with transaction.atomic(), override_settings(WARRAQ_PRESSED=folder):
        for model in apps.get_app_config("press").get_models():
            if model.__name__ != "Trace":
                model._default_manager.all().delete()
        press.press_all()
        made = tree_of(folder)
        transaction.set_rollback(True)
    return made


def differences(is_: Tree, should: Tree) -> list[str]:
    """What is wrong with each file that is not as it should be."""
    found = [f"{name}: should not be there" for name in is_.keys() - should.keys()]
    found += [f"{name}: is missing" for name in should.keys() - is_.keys()]
    return sorted(found + [f"{name}: differs" for name in is_.keys() & should.keys() if is_[name] != should[name]])


def check_as_it_lies(root: Path) -> None:
    """The press is done; the files are what rendering gives now; encodings say what their page says; no dead link."""
    assert waiting() == 0, "the press is not done"
    drift = press.verify().drift
    assert not drift, drift
    tree = tree_of(root)
    for name, body in tree.items():
        if name.endswith((".br", ".gz")):
            assert decoded(name[-3:], body) == tree[name[:-3]], f"{name} is of another page"
    dead = dead_links(tree)
    assert not dead, dead


def check_against_full_press(root: Path, folder: Path) -> None:
    found = differences(tree_of(root), empty_folder_press(folder))
    assert not found, found


@lru_cache(maxsize=2000)
def decoded(suffix: str, body: bytes) -> bytes:
    return brotli.decompress(body) if suffix == ".br" else gzip.decompress(body)


def dead_links(tree: Tree) -> set[str]:
    """Addresses inside the paper that pressed files name, and where no page lies."""

    def address(name: str) -> str:
        return "/" + name.partition("/")[2].removesuffix("index.html")

    lies = {address(name) for name in tree if name.startswith("pages/")} | NOT_PRESSED
    notices = {address(name) for name, body in tree.items() if name.startswith("gone/") and body}
    # A redirect may lead to the notice of what was retracted after it had moved, and that notice names its own address.
    return {
        f"{name} leads to {link}"
        for name, body in tree.items()
        if not name.endswith((".br", ".gz"))
        for link in links_of(name, body)
        if link not in (lies if name.startswith("pages/") else lies | notices)
    }


@lru_cache(maxsize=2000)
def links_of(name: str, body: bytes) -> frozenset[str]:
    return frozenset(_links_of(name, body))


def _links_of(name: str, body: bytes) -> Iterator[str]:
    if name.startswith("moved/"):
        yield body.decode().strip()
    elif name.endswith((".html", ".rss", ".xml", ".txt")):
        text = html.unescape(body.decode())  # a feed holds whole texts
        yield from ABSOLUTE.findall(text)
        if name.endswith(".html"):
            yield from LINK.findall(text)
            for value in SRCSET.findall(text):
                yield from (part.split()[0] for part in value.split(","))
