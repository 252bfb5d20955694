"""Runs the application: one process, on the loopback address unless told otherwise."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable
from pathlib import Path

import uvicorn

from onrecord.errors import OnrecordError
from onrecord.store.archive import Archive
from onrecord.web.accounts import Curators
from onrecord.web.app import create_app
from onrecord.web.safety import LOOPBACK


def serve(path: Path, *, host: str, port: int, ready: Callable[[str], None], curate: bool = False) -> None:
    """Serve an archive until stopped.

    Args:
        path: the archive's folder.
        host: the address to listen on.
        port: the port; 0 takes a free one.
        curate: whether curators can sign in.
        ready: is told the address of the front page, once it answers.

    Raises:
        ArchiveError: the folder cannot be read as an archive.
        OnrecordError: the address or port cannot be used.
    """
    archive = Archive.open(path)
    curators = Curators(archive.path) if curate else None
    if curators is not None and not curators.names():
        raise OnrecordError(f"nobody may curate {path} yet; add someone with --add-curator NAME")
    app = create_app(archive, hosts=hosts_for(host), curators=curators)
    listener = _listen(host, port)
    config = uvicorn.Config(
        app, log_level="warning", access_log=False, server_header=False, proxy_headers=False, lifespan="off",
        timeout_keep_alive=15, limit_concurrency=200,
    )  # fmt: skip
    with listener:
        ready(f"http://{_shown(host)}:{listener.getsockname()[1]}/")
        uvicorn.Server(config).run(sockets=[listener])


def hosts_for(host: str) -> frozenset[str]:
    """Return the names that a server on this address answers to; empty for every name."""
    return LOOPBACK if _is_loopback(host) else frozenset()


def free_port(host: str, port: int) -> int:
    """Return ``port`` when it is free, else 0, which takes any."""
    try:
        _listen(host, port).close()
    except OnrecordError:
        return 0
    return port


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(128)
    except OSError as error:
        listener.close()
        what = error.strerror or str(error)
        raise OnrecordError(f"{host}:{port} cannot be used ({what}); choose another with --host or --port") from None
    return listener


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _shown(host: str) -> str:
    if host in ("0.0.0.0", "::"):
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host
