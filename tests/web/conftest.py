from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from onrecord.store.archive import Archive
from onrecord.web.app import create_app

from .small_archive import opened

BASE = "http://127.0.0.1"


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    return opened(Path(tmp_path_factory.mktemp("small")))


@pytest.fixture(scope="session")
def client(archive: Archive) -> Iterator[TestClient]:
    with TestClient(create_app(archive), base_url=BASE, raise_server_exceptions=False) as client:
        yield client
