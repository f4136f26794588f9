"""A backup's file: what is in it can be trusted, or it is refused before anything is written."""

from __future__ import annotations

import gzip
import io
import random
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from warraq.operations import archive, restore
from warraq.operations.errors import BadBackup, NewerDatabase

MEDIA = "media/original_images/فنجان قهوة.jpg"


def written(file: Path, *, migrations: tuple[str, ...] = ("press.0001_ledger",)) -> Path:
    """A small backup with an Arabic file name and an empty file."""
    sources = {archive.DATABASE: b"SQLite" * 900, MEDIA: random.Random(1).randbytes(3000), "spool/reads/1.log": b""}
    with tarfile.open(file, f"w:{archive.compression_of(file)}", format=tarfile.PAX_FORMAT) as tar:
        packer = archive.Packer(tar)
        for name, data in sources.items():
            source = file.with_name("source")
            source.write_bytes(data)
            packer.add(name, source)
        packer.close(articles=7, migrations=migrations)
    return file


@pytest.mark.parametrize("suffix", [".tar", ".tar.gz", ".tgz", ".tar.xz"])
def test_a_whole_one_is_read_back(tmp_path: Path, suffix: str) -> None:
    manifest = archive.check(written(tmp_path / f"نسخة{suffix}"))

    assert manifest.articles == 7
    assert set(manifest.files) == {archive.DATABASE, MEDIA, "spool/reads/1.log"}
    assert manifest.bytes == 900 * 6 + 3000


def test_a_name_that_says_no_form_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadBackup, match=r"ends in one of \.tar, \.tar\.gz"):
        archive.compression_of(tmp_path / "paper.zip")


@pytest.mark.parametrize("suffix", [".tar", ".tar.gz"])
def test_a_hundred_damaged_ones_are_refused(tmp_path: Path, suffix: str) -> None:
    whole = written(tmp_path / f"whole{suffix}").read_bytes()
    chance = random.Random(suffix)
    end = len(whole.rstrip(b"\0")) if suffix == ".tar" else len(whole)
    damaged = tmp_path / f"damaged{suffix}"
    unseen = 0
    for number in range(50):
        if number % 2:
            data = whole[: chance.randrange(end)]
        else:
            at = chance.randrange(end)
            data = whole[:at] + bytes([whole[at] ^ 1 << chance.randrange(8)]) + whole[at + 1 :]
        damaged.write_bytes(data)
        try:
            manifest = archive.check(damaged)
        except BadBackup:
            continue
        # A bit in a header that carries nothing of ours (a time, a padding) may pass, if all content is the same.
        assert manifest.files == archive.check(tmp_path / f"whole{suffix}").files
        unseen += 1
    assert unseen < 15


def rewritten(
    source: Path, target: Path, change: Callable[[tarfile.TarInfo, bytes], list[tuple[tarfile.TarInfo, bytes]]]
) -> Path:
    """`source` with each member passed through `change`."""
    with tarfile.open(source) as old, tarfile.open(target, "w") as new:
        for member in old:
            stream = old.extractfile(member)
            for info, data in change(member, stream.read() if stream else b""):
                new.addfile(info, io.BytesIO(data))
    return target


def strange(name: str, kind: bytes = tarfile.REGTYPE, target: str = "") -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type, info.linkname, info.size = kind, target, 4 if kind == tarfile.REGTYPE else 0
    return info


@pytest.mark.parametrize(
    "member",
    [
        strange("../outside"),
        strange("/etc/cron.d/warraq"),
        strange("media/../../outside"),
        strange("media//twice"),
        strange("media/./here"),
        strange("run/pressroom.bell"),
        strange("pressed/pages/index.html"),
        strange("database/other.sqlite3"),
        strange("warraq.toml/"),
        strange("media/link", tarfile.SYMTYPE, "/etc/passwd"),
        strange("media/hard", tarfile.LNKTYPE, "secret"),
        strange("media/pipe", tarfile.FIFOTYPE),
        strange("media/device", tarfile.CHRTYPE),
        strange("media", tarfile.DIRTYPE),
    ],
    ids=lambda member: member.name,
)
def test_what_no_backup_holds_is_refused(tmp_path: Path, member: tarfile.TarInfo) -> None:
    file = rewritten(
        written(tmp_path / "whole.tar"),
        tmp_path / "strange.tar",
        lambda info, data: [(member, b"evil"), (info, data)] if info.name == MEDIA else [(info, data)],
    )

    with pytest.raises(BadBackup, match=r"which no backup of Warraq holds\. Nothing was written"):
        archive.check(file)


def test_what_is_missing_added_or_put_after_the_end_is_noticed(tmp_path: Path) -> None:
    whole = written(tmp_path / "whole.tar")
    extra = strange("media/extra")
    cases = {
        "is not as it was written": lambda info, data: [] if info.name == MEDIA else [(info, data)],
        "media/extra": lambda info, data: [(info, data), (extra, b"evil")] if info.name == MEDIA else [(info, data)],
        "something follows": lambda info, data: (
            [(info, data), (extra, b"evil")] if info.name == archive.MANIFEST else [(info, data)]
        ),
        "ends before its manifest": lambda info, data: [] if info.name == archive.MANIFEST else [(info, data)],
    }
    for why, change in cases.items():
        with pytest.raises(BadBackup, match=why):
            archive.check(rewritten(whole, tmp_path / "changed.tar", change))


@pytest.mark.parametrize(
    "manifest",
    [b"", b"[]", b"{}", b'{"format": 1}', "ليس JSON".encode(), b'{"format": 1, "files": [], "migrations": 3}', b"\xff"],
)
def test_a_manifest_that_makes_no_sense_is_refused(tmp_path: Path, manifest: bytes) -> None:
    def change(info: tarfile.TarInfo, data: bytes) -> list[tuple[tarfile.TarInfo, bytes]]:
        if info.name != archive.MANIFEST:
            return [(info, data)]
        info.size = len(manifest)
        return [(info, manifest)]

    with pytest.raises(BadBackup, match="manifest is not readable"):
        archive.check(rewritten(written(tmp_path / "whole.tar"), tmp_path / "changed.tar", change))


@pytest.mark.parametrize(
    "data", [b"", "خبر".encode(), gzip.compress(b"not a tar at all" * 100), b"\0" * 20_000], ids=range(4)
)
def test_a_file_that_is_no_backup_is_refused(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "أي شيء.tar"
    file.write_bytes(data)

    with pytest.raises(BadBackup, match=r"no whole backup of Warraq.*Nothing was written"):
        archive.check(file)


def test_one_of_a_newer_version_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    file = written(tmp_path / "whole.tar", migrations=("newsroom.9999_far_ahead",))

    with pytest.raises(NewerDatabase, match="9999_far_ahead"):
        restore.check(file, tmp_path / "صحيفة")


def test_one_that_does_not_fit_on_the_disk_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = written(tmp_path / "whole.tar")
    usage = restore.shutil.disk_usage(tmp_path)
    monkeypatch.setattr(restore.shutil, "disk_usage", lambda _folder: usage._replace(free=restore.RESERVE_BYTES + 10))

    with pytest.raises(BadBackup, match=r"MB free\. Nothing was written"):
        restore.check(file, tmp_path / "صحيفة")
