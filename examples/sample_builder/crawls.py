"""Which pages each of the four crawls met, in which form and in which order."""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from sample_builder.render import Pages
from sample_builder.sources import SITE, Article, Sources
from sample_builder.warc import Crawl, Http

ROBOTS = b"User-agent: *\nDisallow: /english/login.asp\nDisallow: /wp-admin/\nCrawl-delay: 10\n"
OLD_STYLE = b"body{margin:0;font-family:Georgia,serif}#page{width:760px;margin:0 auto}#menu li{display:inline}\n"
NEW_STYLE = b".entry-content p{line-height:1.6}.wp-caption{max-width:100%}.byline .author{font-weight:700}\n"
LOGO = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="48" height="48"><rect width="48" height="48" fill="#036"/>'
    b'<path d="M24 6v30M12 26a12 12 0 0 0 24 0M18 14h12" fill="none" stroke="#fff" stroke-width="4"/></svg>\n'
)
DAMAGED = "2012-06-25-benzahir-mp"
CUT = "2014-11-19-storm-live"


class Crawler:
    """Puts captures of the paper's pages into one crawl."""

    def __init__(self, sources: Sources, pages: Pages, name: str, start: datetime) -> None:
        self.sources = sources
        self.pages = pages
        self.crawl = Crawl(name, start)
        self.year = name[-4:]

    def page(self, url: str, text: str, encoding: str = "utf-8", status: int = 200) -> None:
        """An HTML page that is no article."""
        self.crawl.response(url, _html(text.encode(encoding, "xmlcharrefreplace"), encoding, status))

    def article(self, article: Article) -> None:
        """A capture of an article, with whatever its source file says went wrong on the way."""
        if article.record == "resource":
            body = self.body(article)
            self.crawl.resource(article.url, f"text/html; charset={article.encoding}", body)
            return
        self.crawl.response(article.url, self.answer(article))

    def body(self, article: Article) -> bytes:
        """The bytes of an article's page, cut short if its source file says so."""
        self.pages.templates.globals["charset"] = article.served_charset or article.encoding or "utf-8"
        body = self.pages.article(article).encode(article.encoding or "utf-8", "xmlcharrefreplace")
        return body[: body.rindex(b"<br><br>", 0, body.rindex(b"<hr")) - 24] if article.truncated else body

    def answer(self, article: Article) -> Http:
        """The server's answer with an article, in the transfer coding its source file asks for."""
        answer = _html(self.body(article), article.served_charset or article.encoding or "utf-8")
        if article.transfer == "gzip":
            headers = {**answer.headers, "Content-Encoding": "gzip"}
            return Http(200, headers, gzip.compress(answer.body, mtime=0))
        if article.transfer == "chunked":
            headers = {k: v for k, v in answer.headers.items() if k != "Content-Length"}
            return Http(200, {**headers, "Transfer-Encoding": "chunked"}, _chunked(answer.body, 4096))
        return answer

    def files(self, files: Iterable[tuple[str, str, bytes]]) -> None:
        """Anything that is not a page: address, media type, bytes."""
        for url, kind, body in files:
            self.crawl.response(url, Http(200, {"Content-Type": kind, "Content-Length": str(len(body))}, body))

    def pictures(self, articles: Iterable[Article]) -> None:
        """The pictures of these articles, once each."""
        wanted = {(key, a.design == "press"): a.design for a in articles for key in a.pics or []}
        for (key, _), design in sorted(wanted.items()):
            picture = self.sources.pictures[key]
            self.files([(picture.url(design), "image/png", picture.bytes)])

    def own(self) -> list[Article]:
        """The articles whose first capture this crawl holds."""
        return [article for article in self.sources.articles if article.crawl == self.year]

    def revisions(self) -> None:
        """Later captures of articles whose words have changed since."""
        for article in self.sources.articles:
            for revision in article.revisions:
                if revision.crawl == self.year:
                    self.article(article.revised(revision))

    def old_list(self, path: str, title: str, articles: Sequence[Article], lang: str = "en") -> None:
        """A list page of the old site."""
        self.pages.templates.globals["charset"] = "utf-8"
        self.page(SITE + path, self.pages.listing("table/list.html", title, articles, lang))

    def new_list(self, path: str, title: str, articles: Sequence[Article], kind: str, lang: str = "en") -> None:
        """A list page of the new site."""
        self.page(SITE + path, self.pages.listing("press/list.html", title, articles, lang, kind=kind))

    def message(self, path: str, title: str, message: str, status: int = 200) -> None:
        """A page of the new site that says one thing and is no article."""
        text = self.pages.listing("press/message.html", title, [], message=message)
        self.page(SITE + path, text, status=status)

    def redirect(self, url: str, target: str) -> None:
        """An answer that sends the reader elsewhere."""
        body = f'<html><body>Moved <a href="{target}">here</a></body></html>'.encode("ascii")
        self.crawl.response(url, Http(301, {"Location": target, "Content-Type": "text/html"}, body))


def crawl_2009(c: Crawler) -> Crawl:
    """The old site: tables, windows-1252, print versions, an Arabic edition."""
    own = c.own()
    english = [a for a in reversed(own) if not a.arabic]
    arabic = [a for a in reversed(own) if a.arabic]
    c.files([(f"{SITE}/robots.txt", "text/plain", ROBOTS), (f"{SITE}/styles.css", "text/css", OLD_STYLE)])
    c.redirect("http://harbourchronicle.example/", f"{SITE}/english/")
    c.crawl.request(f"{SITE}/english/")
    c.old_list("/english/", "Harbour Chronicle", english[:12])
    c.old_list("/arabic/", "وقائع المرفأ", arabic, "ar")
    c.old_list("/english/section.asp?id=3", "Region", [a for a in english if a.section == "Region"])
    c.page(f"{SITE}/english/login.asp", c.pages.templates.get_template("misc/login.html").render(), "windows-1252")
    for article in own:
        c.article(article)
        if article.print_version:
            text = c.pages.article(article, "print")
            c.page(f"{SITE}/english/print.asp?id={article.number}", text, article.encoding)
    c.crawl.response(f"{SITE}/english/news.asp?section=1&id=9", _html(b"", "windows-1252"))
    c.page(f"{SITE}/english/tides.asp", "<html><body><h1>404 Not Found</h1></body></html>", "windows-1252", 404)
    c.crawl.metadata(f"{SITE}/english/", "hopsFromSeed: L\r\nfetchTimeMs: 412\r\n")
    c.pictures(own)
    return c.crawl


def crawl_2013(c: Crawler, first: Crawl) -> Crawl:
    """The year after the move to the new design; old addresses are still there."""
    own = c.own()
    newest = [a for a in reversed(own) if a.design == "press" and not a.arabic]
    c.files([(f"{SITE}/robots.txt", "text/plain", ROBOTS), (f"{SITE}/logo.svg", "image/svg+xml", LOGO)])
    c.new_list("/", "Harbour Chronicle", newest, "home blog")
    c.new_list("/tag/karsh-gorge/", "Karsh Gorge", [a for a in newest if "Karsh Gorge" in (a.tags or [])], "tag")
    for article in own:
        c.article(article)
    c.revisions()
    for article in c.sources.articles:
        if c.year in (article.revisited or []):
            c.crawl.revisit(article.url, c.answer(article), first.seen[article.url])
    c.message("/2012/02/mayors-garage/", "Nothing here", "Sorry, the page you were looking for has sailed.")
    c.redirect(f"{SITE}/?p=2012", newest[0].url)
    c.pictures(own)
    return c.crawl


def crawl_2016(c: Crawler) -> Crawl:
    """A crawl that was interrupted, on a disk that was failing."""
    own = c.own()
    for article in own[:2]:
        c.article(article)
    c.article(c.sources.named(DAMAGED))
    c.crawl.damage_last()
    for article in own[2:]:
        c.article(article)
    c.article(c.sources.named(CUT))
    c.crawl.cut_last()
    return c.crawl


def crawl_2017(c: Crawler) -> Crawl:
    """The last crawl, after the last page."""
    own = c.own()
    english = [a for a in reversed(own) if not a.arabic]
    style = (f"{SITE}/wp-content/themes/quay/style.css", "text/css", NEW_STYLE)
    c.files([(f"{SITE}/robots.txt", "text/plain", ROBOTS), style])
    c.new_list("/", "Harbour Chronicle", english[:10], "home blog")
    c.new_list("/ar/", "وقائع المرفأ", [a for a in reversed(own) if a.arabic], "home blog", "ar")
    c.new_list("/category/sport/", "Sport", [a for a in english if a.section == "Sport"], "category")
    c.new_list(
        "/author/judith-amery/", "Judith Amery", [a for a in english if "Judith Amery" in (a.author or [])], "author"
    )
    c.new_list("/?s=bees", "Search results for: bees", [a for a in english if "bees" in (a.tags or [])], "search")
    for article in own:
        c.article(article)
        if article.amp:
            c.page(f"{article.url}amp/", c.pages.article(article, "amp"))
        if article.tracked:
            c.crawl.response(f"{article.url}?utm_source=morning-tide&utm_medium=email", c.answer(article))
    c.revisions()
    c.message("/wp-login.php", "Log in", "Username or e-mail address. Password. Remember me. Lost your password?")
    c.message("/2017/11/price-of-a-secret/", "Page not found", "It looks like nothing was found.", 404)
    feed = c.pages.listing("misc/feed.xml", "Harbour Chronicle", english[:10]).encode()
    c.files([(f"{SITE}/feed/", "application/rss+xml; charset=UTF-8", feed)])
    c.pictures(own)
    return c.crawl


def all_crawls(sources: Sources, pages: Pages) -> list[Crawl]:
    """The four crawls, oldest first."""

    def crawler(start: datetime) -> Crawler:
        return Crawler(sources, pages, f"chronicle-{start.year}", start)

    first = crawl_2009(crawler(datetime(2009, 10, 5, 5, 30, tzinfo=UTC)))
    return [
        first,
        crawl_2013(crawler(datetime(2013, 3, 10, 22, 5, tzinfo=UTC)), first),
        crawl_2016(crawler(datetime(2016, 6, 1, 3, 15, tzinfo=UTC))),
        crawl_2017(crawler(datetime(2017, 12, 10, 1, 0, tzinfo=UTC))),
    ]


def _html(body: bytes, charset: str, status: int = 200) -> Http:
    headers = {"Content-Type": f"text/html; charset={charset}", "Content-Length": str(len(body))}
    return Http(status, headers, body)


def _chunked(body: bytes, size: int) -> bytes:
    pieces = [body[start : start + size] for start in range(0, len(body), size)]
    return b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in [*pieces, b""])
