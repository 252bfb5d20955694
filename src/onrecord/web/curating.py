"""Curating: the routes that change something. They exist only when the server was started with ``--curate``.

Every form carries the session's token, and must come from this server: the ``Origin`` that a
browser sends is compared with the host. The cookie is ``HttpOnly`` and ``SameSite=Strict``.
"""

from __future__ import annotations

import hmac
import threading
import time
from collections.abc import Callable
from urllib.parse import parse_qsl, quote, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from onrecord.errors import LedgerError
from onrecord.model import Judgement
from onrecord.store.layout import open_layout
from onrecord.store.ledger import Ledger
from onrecord.web import answers
from onrecord.web.accounts import Curators, Session
from onrecord.web.applying import Applying, Work
from onrecord.web.pages.curate import SignInPage, ledger_page, mend_page, queue_page
from onrecord.web.shown import Latest

COOKIE = "onrecord_curator"
LONGEST_FORM = 100_000  # bytes
HELD = 120  # seconds for which what one curator is shown is offered to no other
OFFERED = ("confirm", "not-a-statement", "wrong-speaker", "withhold", "same", "not-same", "rename", "undo")

Form = dict[str, str]


class Curating:
    """The curators' part of one application."""

    def __init__(self, latest: Latest, curators: Curators) -> None:
        """Judge this archive."""
        self._curators, self._latest = curators, latest
        self._ledger = Ledger(open_layout(latest.now().archive.path).ledger)
        self._applying = Applying(latest, self._ledger)
        self._offered: dict[str, tuple[str, float]] = {}  # curator -> the statement on the desk, and since when
        self._offering = threading.Lock()

    def routes(self) -> list[Route]:
        """Return the routes of this part."""
        return [
            Route("/curate", self._signed_in(self._queue)),
            Route("/curate/ledger", self._signed_in(self._all)),
            Route("/curate/source/{id}", self._signed_in(self._mend)),
            Route("/curate/sign-in", self._sign_in, methods=["GET", "POST"]),
            Route("/curate/sign-out", self._posted(self._sign_out), methods=["POST"]),
            Route("/curate/judge", self._posted(self._judge), methods=["POST"]),
            Route("/curate/applying.json", self._signed_in(self._progress)),
            Route("/curate/apply", self._posted(self._apply), methods=["POST"]),
        ]

    # Pages

    def _queue(self, request: Request, session: Session) -> Response:
        skipped = request.query_params.get("skipped", "")[:4_000]
        judged = self._ledger.read()
        with self._offering:
            page = queue_page(
                self._latest.now().archive, judged, session, skipped, self._work(judged), self._taken(session)
            )
            self._offered[session.name] = (page.hit.id if page.hit else "", time.monotonic())
        return answers.answer(request, page)

    def _taken(self, session: Session) -> frozenset[str]:
        """Return the statements that lie before other curators just now."""
        now = time.monotonic()
        return frozenset(
            id for name, (id, since) in self._offered.items() if name != session.name and now - since < HELD
        )

    def _all(self, request: Request, session: Session) -> Response:
        judged = self._ledger.read()
        return answers.answer(request, ledger_page(judged, session, self._work(judged)))

    def _mend(self, request: Request, session: Session) -> Response:
        words = request.query_params.get("q", "")[:200]
        archive, work = self._latest.now().archive, self._work(self._ledger.read())
        return answers.answer(request, mend_page(archive, session, request.path_params["id"], words, work))

    def _progress(self, request: Request, session: Session) -> Response:
        work = self._work(self._ledger.read())
        body = answers.as_json({"data": {"running": work.running, "waiting": work.waiting, "words": work.words}})
        return Response(body, media_type=answers.JSON, headers={"Cache-Control": "no-store"})

    # Forms

    async def _sign_in(self, request: Request) -> Response:
        after = _here(request.query_params.get("after", "/curate"))
        if request.method == "GET":
            return answers.answer(request, SignInPage("Sign in", None, after))
        form = await _form(request)
        if form is None:
            return _refused(request, "the form did not come from this server")
        token = await run_in_threadpool(self._curators.sign_in, form.get("name", ""), form.get("password", ""))
        if token is None:
            locked = self._curators.locked(form.get("name", ""))
            why = "Too many wrong passwords; wait a minute." if locked else "Name or password is wrong."
            response = answers.answer(request, SignInPage("Sign in", why, after))
            response.status_code = 403
            return response
        answer = RedirectResponse(after, 303)
        secure = request.url.scheme == "https"
        answer.set_cookie(COOKIE, token, httponly=True, samesite="strict", secure=secure, path="/curate")
        return answer

    def _sign_out(self, request: Request, session: Session, form: Form) -> Response:
        self._curators.sign_out(request.cookies.get(COOKIE))
        answer = RedirectResponse("/", 303)
        answer.delete_cookie(COOKIE, path="/curate")
        return answer

    def _judge(self, request: Request, session: Session, form: Form) -> Response:
        verb = form.get("verb", "")
        if verb not in OFFERED:
            raise LedgerError(f"{verb[:40]!r} is no judgement that this page offers")
        self._ledger.add(
            verb,
            form.get("subject", ""),
            form.get("object", "").strip() if "object" in form else None,
            who=session.name,
            why=form.get("why", ""),
            basis=form.get("basis") or None,
        )
        return RedirectResponse(_here(form.get("after", "/curate")), 303)

    def _apply(self, request: Request, session: Session, form: Form) -> Response:
        """Begin to make the archive show what was judged; the page tells how far it is."""
        self._applying.start()
        return RedirectResponse(_here(form.get("after", "/curate/ledger")), 303)

    # Who may

    def _work(self, judged: tuple[Judgement, ...]) -> Work:
        return self._applying.work(len(judged))

    def _session(self, request: Request) -> Session | None:
        return self._curators.session(request.cookies.get(COOKIE))

    def _signed_in(self, page: Callable[[Request, Session], Response]) -> Callable[[Request], Response]:
        def endpoint(request: Request) -> Response:
            session = self._session(request)
            if session is None:
                return RedirectResponse(f"/curate/sign-in?after={quote(request.url.path)}", 303)
            return page(request, session)

        return endpoint

    def _posted(self, act: Callable[[Request, Session, Form], Response]) -> Callable[[Request], object]:
        async def endpoint(request: Request) -> Response:
            session, form = self._session(request), await _form(request)
            if session is None:
                return RedirectResponse("/curate/sign-in", 303)
            if form is None or not hmac.compare_digest(form.get("csrf", ""), session.csrf):
                return _refused(request, "the form is too old or did not come from this server; open the page again")
            return await run_in_threadpool(act, request, session, form)

        return endpoint


async def _form(request: Request) -> Form | None:
    """Return the fields of a form; None when it comes from elsewhere, is too long, or is none."""
    origin = request.headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != request.headers.get("host"):
        return None
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > LONGEST_FORM:
            return None
    try:
        return dict(parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=50))
    except (UnicodeDecodeError, ValueError):
        return None


def _here(address: str) -> str:
    """Return an address of the curators' part, whatever was asked for."""
    return address if address == "/curate" or address.startswith(("/curate/", "/curate?")) else "/curate"


def _refused(request: Request, why: str) -> Response:
    return answers.answer(request, answers.refused_page(why))
