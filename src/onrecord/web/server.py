"""Runs the application on the loopback address unless told otherwise: one process, or several that share the address.

Several are watched over by uvicorn, which replaces one that dies. They share nothing but the archive's files, so each
follows the archive by itself, and curators, whose sessions lie in memory, have a server of one process.
"""

from __future__ import annotations

import ipaddress
import multiprocessing
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from uvicorn.config import STARTUP_FAILURE
from uvicorn.supervisors import Multiprocess

from onrecord.errors import OnrecordError
from onrecord.store.archive import Archive
from onrecord.web.accounts import Curators
from onrecord.web.app import create_app
from onrecord.web.places import Places
from onrecord.web.safety import LOOPBACK

MOST_PROCESSES = 4  # unless more are asked for
SMALL = 100_000  # statements up to which one process is enough
LONGEST_QUEUE = 1_024  # connections that wait to be accepted
MOST_CONNECTIONS = 800  # of one process, below the usual limit of open files


def serve(
    path: Path,
    *,
    host: str,
    port: int,
    ready: Callable[[str], None],
    curate: bool = False,
    processes: int = 0,
) -> None:
    """Serve an archive until stopped.

    Args:
        path: the archive's folder.
        host: the address to listen on.
        port: the port; 0 takes a free one.
        curate: whether curators can sign in.
        ready: is told the address of the front page, once it answers.
        processes: how many share the work; 0 for one, or one per core (at most four) where the archive is large.

    Raises:
        ArchiveError: the folder cannot be read as an archive.
        OnrecordError: the address or port cannot be used.
    """
    archive = Archive.open(path)
    curators = Curators(archive.path) if curate else None
    if curators is not None and not curators.names():
        raise OnrecordError(f"nobody may curate {path} yet; add someone with --add-curator NAME")
    if curate and processes > 1:
        raise OnrecordError("curators are served by one process; leave out --workers or --curate")
    if not processes:
        enough = curate or archive.card.statements <= SMALL
        processes = 1 if enough else min(os.cpu_count() or 1, MOST_PROCESSES)
    configured = partial(
        uvicorn.Config, log_level="warning", access_log=False, server_header=False, proxy_headers=False,
        lifespan="off", timeout_keep_alive=15, limit_concurrency=MOST_CONNECTIONS, timeout_graceful_shutdown=5,
    )  # fmt: skip
    with _listen(host, port) as listener:
        if processes == 1:
            app = create_app(archive, hosts=hosts_for(host), curators=curators)
            app.state.latest.now().warm()
        ready(f"http://{_shown(host)}:{listener.getsockname()[1]}/")
        threading.Thread(target=Places(archive).atlas, daemon=True).start()  # the first visit would wait for it
        if processes == 1:
            uvicorn.Server(configured(app)).run(sockets=[listener])
            return
        make = partial(_in_worker, path, hosts_for(host))
        Multiprocess(configured(make, factory=True, workers=processes), sockets=[listener]).run()


def _in_worker(path: Path, hosts: frozenset[str]) -> Starlette:
    """Return the application of one of several processes, which ends with the one that started it."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    try:
        app = create_app(Archive.open(path), hosts=hosts)
    except OnrecordError as error:
        print(error, file=sys.stderr)
        sys.exit(STARTUP_FAILURE)  # so that it is not started again and again
    app.state.latest.now().warm()
    return app


def _end_with(parent: multiprocessing.process.BaseProcess) -> None:
    parent.join()
    os.kill(os.getpid(), signal.SIGTERM)


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
        listener.listen(LONGEST_QUEUE)
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
