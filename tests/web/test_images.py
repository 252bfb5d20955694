from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from onrecord.errors import NotFoundError
from onrecord.model import Picture, ShardContents, Skip
from onrecord.store.archive import Archive
from onrecord.web.app import create_app
from onrecord.web.images import Images

from .small_archive import article, page, write

PNG = b"\x89PNG\r\n\x1a\n" + b"pixels" * 20
BODIES = {
    "pier.png": PNG,
    "trick.png": b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
    "page.gif": b"<html><script>alert(1)</script>",
}


def warc(folder: Path) -> tuple[Path, dict[str, int]]:
    """A WARC of image responses, and where each begins."""
    data, offsets = b"", {}
    for name, body in BODIES.items():
        block = b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body)
        record = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{name}>\r\n"
            "WARC-Date: 2017-01-01T00:00:00Z\r\n"
            f"WARC-Target-URI: http://lamp.example/{name}\r\nContent-Type: application/http; msgtype=response\r\n"
            f"Content-Length: {len(block)}\r\n\r\n"
        ).encode()
        offsets[name] = len(data)
        data += gzip.compress(record + block + b"\r\n\r\n", mtime=0)
    path = folder / "images.warc.gz"
    path.write_bytes(data)
    return path, offsets


@pytest.fixture(scope="module")
def pictured(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    folder = tmp_path_factory.mktemp("pictured")
    path, offsets = warc(folder)
    capture = page(folder, "pages/a.html", "words")
    pictures = tuple(Picture(name, f"https://www.lamp.example/{name}", name) for name in [*BODIES, "elsewhere.png"])
    record = article(capture, "http://lamp.example/a", "Pictures", "words", pictures=pictures)
    skips = tuple(
        Skip("capture", "not html", str(path), f"http://lamp.example/{name}", offset)
        for name, offset in offsets.items()
    )
    return Archive.open(write(folder / "archive", [ShardContents((capture,), (record,), (), skips)]))


@pytest.fixture(scope="module")
def client(pictured: Archive) -> TestClient:
    return TestClient(create_app(pictured), base_url="http://127.0.0.1")


def ids(archive: Archive) -> dict[str, str]:
    return {hit.picture.caption or "": hit.id for hit in archive.pictures()}


def test_an_image_is_read_from_its_capture(client: TestClient, pictured: Archive) -> None:
    answer = client.get(f"/picture/{ids(pictured)['pier.png']}/image")
    assert (answer.status_code, answer.headers["content-type"], answer.content) == (200, "image/png", PNG)
    assert "sandbox" in answer.headers["content-security-policy"]
    assert f'src="/picture/{ids(pictured)["pier.png"]}/image"' in client.get("/search?in=pictures").text


@pytest.mark.parametrize("name", ["trick.png", "page.gif", "elsewhere.png"])
def test_what_is_no_image_is_not_sent(client: TestClient, pictured: Archive, name: str) -> None:
    assert client.get(f"/picture/{ids(pictured)[name]}/image").status_code == 404


def test_an_image_whose_input_is_gone_is_not_found(pictured: Archive) -> None:
    images = Images(pictured)
    assert images.has("http://lamp.example/pier.png")
    path = Path(next(iter(pictured.skips())).file)
    kept = path.read_bytes()
    path.unlink()
    try:
        with pytest.raises(NotFoundError):
            images.read("http://lamp.example/pier.png")
    finally:
        path.write_bytes(kept)
