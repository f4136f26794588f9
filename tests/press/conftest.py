from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.buckets import Line, serving


@pytest.fixture(scope="session")
def moto(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving("moto", tmp_path_factory.mktemp("moto")) as endpoint:
        yield endpoint


@pytest.fixture(scope="session")
def rclone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving("rclone", tmp_path_factory.mktemp("rclone")) as endpoint:
        yield endpoint


@pytest.fixture
def line(moto: str) -> Iterator[Line]:
    line = Line(moto)
    yield line
    line.close()
