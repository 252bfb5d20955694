"""The records that pass between stages: frozen, slotted, picklable. Nothing else passes.

Offsets are Unicode code points into :attr:`Article.text`, half open. Digests are
``sha256:<hex>``. Dates are ISO 8601 strings, as precise as the page is (``2017``, ``2017-04``,
``2017-04-01``, ``2017-04-01T12:30:00+02:00``). What is unknown is ``None`` or empty, never guessed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

FORMAT_VERSION = 1
UNCHANGED = "unchanged since an earlier capture"  # reason of the skip of a capture whose page was read before
VERSION = "version"  # provenance of the address of an article that was read from a version of its page
NO_PAYLOAD = "revisit: its payload is in no input"
IN_ZIP = "!/"  # in Capture.file, between a zip (WACZ) and its member: "crawl.wacz!/archive/data.warc.gz"

Span = tuple[int, int]
Spans = tuple[Span, ...]


class Kind(StrEnum):
    """How much of a statement's content stands inside quotation marks."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


class SpeakerType(StrEnum):
    """What a speaker is."""

    PERSON = "person"
    ORGANISATION = "organisation"
    GROUP = "group"
    ANONYMOUS = "anonymous"
    DOCUMENT = "document"
    GENERIC = "generic"


class Act(StrEnum):
    """What a cue does. The table of cues is in ``onrecord.attribute.acts``."""

    SAYS = "says"
    CLAIMS = "claims"
    DENIES = "denies"
    CONFIRMS = "confirms"
    ADMITS = "admits"
    WARNS = "warns"
    ACCUSES = "accuses"
    CRITICISES = "criticises"
    PRAISES = "praises"
    PROMISES = "promises"
    THREATENS = "threatens"
    DEMANDS = "demands"
    ASKS = "asks"
    SUGGESTS = "suggests"
    PREDICTS = "predicts"
    REPORTS = "reports"
    THINKS = "thinks"
    HOPES = "hopes"
    WANTS = "wants"
    KNOWS = "knows"
    FEELS = "feels"
    DECIDES = "decides"


@dataclass(frozen=True, slots=True)
class Capture:
    """One fetched copy of a page, without its bytes: where it lies and how to know it again."""

    id: str  # capture_id(): of the input's digest and the place in it
    file: str  # the input file, as named on the command line
    media: str  # html | text | record (a line of JSON Lines, a post of a WXR file)
    digest: str  # of the payload: the bytes that the page had after transfer decoding
    size: int  # of the payload, in bytes
    url: str | None = None
    time: str | None = None  # when it was fetched
    offset: int | None = None  # of the WARC record, line or member in the (uncompressed or member) stream
    record_id: str | None = None  # WARC-Record-ID
    charset: str | None = None  # as declared by the transport; the page may say otherwise
    page: str | None = None  # page_key(): the same for captures whose pages need be read only once
    declared: str | None = None  # the payload's digest in the WARC, by which revisit records name it: "sha1:<hex>"
    told_in: str | None = None  # the input whose revisit record tells of this fetch; the payload lies in ``file``


@dataclass(frozen=True, slots=True)
class Page:
    """A capture together with its payload: what ``capture`` gives and ``extract`` takes.

    ``fields`` carries what the input says beside the payload (JSON Lines and WXR: headline,
    author, date, section ... by the names of :class:`Article`).
    """

    capture: Capture
    body: bytes
    fields: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Revisit:
    """A fetch whose record only refers to the payload of another, which may lie in any input of any build."""

    id: str  # of the capture that it becomes when its payload is found
    file: str
    url: str | None = None
    time: str | None = None
    offset: int | None = None
    record_id: str | None = None
    digest: str | None = None  # of the payload, as Capture.declared has it
    refers_to: str | None = None  # record id of the capture that has the payload ...
    refers_to_url: str | None = None  # ... and its address and time
    refers_to_time: str | None = None

    @property
    def skip(self) -> Skip:
        """What is told of it as long as its payload is not found."""
        named = self.refers_to_url or self.refers_to or self.digest
        return Skip("capture", NO_PAYLOAD, self.file, self.url, self.offset, self.id, named or "it names no payload")


@dataclass(frozen=True, slots=True)
class Skip:
    """Anything that was not taken, with the stage and the reason."""

    stage: str  # capture | extract | attribute
    reason: str  # a short fixed phrase, so that skips can be counted: "not an article: section page"
    file: str
    url: str | None = None
    offset: int | None = None
    capture_id: str | None = None
    detail: str | None = None  # what is special to this one; of an unchanged capture, the id of the one that was read


@dataclass(frozen=True, slots=True)
class Picture:
    """A media item of an article."""

    id: str | None  # the media id that the page prints, else None
    url: str | None = None
    caption: str | None = None  # without credit and "Picture taken" note
    credit: str | None = None  # "REUTERS/Bassam Khabieh"
    taken: str | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """The clean record made from one capture. Captures of one address share ``id``."""

    id: str  # article_id() of the canonical address, else of the capture's digest
    capture_id: str
    url: str | None  # canonical address
    headline: str | None
    text: str  # paragraphs joined by one blank line; normalised once, in extract
    text_digest: str
    authors: tuple[str, ...] = ()
    published: str | None = None
    modified: str | None = None
    dateline: str | None = None
    standfirst: str | None = None
    section: str | None = None
    tags: tuple[str, ...] = ()
    site: str | None = None
    language: str | None = None  # ISO 639-1
    agency: str | None = None
    pictures: tuple[Picture, ...] = ()
    provenance: tuple[tuple[str, str], ...] = ()  # field -> where it came from: ("published", "json-ld")
    confidence: float = 1.0  # that the body is the article's text

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The paragraphs of the text."""
        return tuple(self.text.split("\n\n")) if self.text else ()

    @property
    def revision(self) -> str:
        """Which wording of the article this is: the head of the text's digest."""
        return self.text_digest.removeprefix("sha256:")[:12]


@dataclass(frozen=True, slots=True)
class Attribution:
    """One relation found in a text: source words, cue words, content words."""

    source: Spans  # empty when the text names none
    cue: Spans  # empty when there is none
    content: Spans  # never empty
    confidence: float  # calibrated, 0..1


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who is said to have said it, as far as this article tells.

    ``name`` is the fullest name that the article uses; ``None`` where the speaker has none or is
    unclear. An anonymous speaker keeps the ``description`` word for word and never gets a name.
    """

    name: str | None
    type: SpeakerType | None
    role: str | None = None
    organisation: str | None = None
    description: str | None = None  # the source words as printed, where there is no name
    candidates: tuple[str, ...] = ()  # two or more where the speaker is unclear
    why: str | None = None  # the rule or score that chose this speaker
    confidence: float = 1.0


UNKNOWN_SPEAKER = Speaker(name=None, type=None)


@dataclass(frozen=True, slots=True)
class Statement:
    """An attribution as a record."""

    id: str  # statement_id() of article id, revision and spans
    article_id: str
    revision: str
    source: Spans
    cue: Spans
    content: Spans
    kind: Kind
    act: Act
    speaker: Speaker
    words: str  # the content as printed; several spans joined by " … "
    cue_words: str | None = None
    told_to: str | None = None  # outlet or channel
    via: tuple[Speaker, ...] = ()  # who passed it on, outermost first: outlet, agency, organisation
    flags: tuple[str, ...] = ()  # negated, modal, future, reported-by-outlet ...
    confidence: float = 1.0

    @property
    def depth(self) -> int:
        """How many passed it on; 0 is first-hand."""
        return len(self.via)


@dataclass(frozen=True, slots=True)
class Receipt:
    """The proof of a statement: enough to check it without onrecord and without a network."""

    statement_id: str
    article_id: str
    source: Spans
    cue: Spans
    content: Spans
    text_digest: str
    capture_id: str
    capture_digest: str
    file: str
    offset: int | None
    record_id: str | None


@dataclass(frozen=True, slots=True)
class Dated:
    """Words in use over a time: a variant of a name, a role, an organisation."""

    words: str
    count: int
    first: str | None = None
    last: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """One identity across the whole archive."""

    id: str
    name: str  # the most frequent full form
    type: SpeakerType
    variants: tuple[Dated, ...] = ()
    roles: tuple[Dated, ...] = ()
    organisations: tuple[Dated, ...] = ()
    outlets: tuple[Dated, ...] = ()
    acts: tuple[Dated, ...] = ()
    statements: int = 0
    first: str | None = None
    last: str | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of text that two articles share, with its place in both."""

    a: Span
    b: Span


@dataclass(frozen=True, slots=True)
class Copy:
    """Two articles of which one repeats the other's text."""

    a: str  # article id
    b: str
    relation: str  # copy | partial
    direction: str | None  # id of the original, None when unknown
    share: float  # of the shorter article's words that both have
    score: float
    passages: tuple[Passage, ...] = ()
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """One of the independent ways by which a claim came into the archive."""

    statements: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Claim:
    """Statements that say the same thing."""

    id: str
    words: str  # of the statement that stands for the claim
    statements: tuple[str, ...]
    origins: tuple[Origin, ...]
    contrary: tuple[str, ...] = ()  # statements that say the opposite
    first: str | None = None  # the statement that was printed first
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """One decision of a curator; a row of the ledger."""

    id: str
    verb: str  # same | not-same | rename | wrong-speaker | wrong-span | not-a-statement | withhold | confirm | undo ...
    subject: str  # id of what it is about
    object: str | None = None  # second id, new name, corrected speaker, id of the judgement undone
    who: str = ""
    when: str = ""
    why: str = ""
    basis: str | None = None  # what it was based on: the words or name as the curator saw them


@dataclass(frozen=True, slots=True)
class ShardContents:
    """All that one input file gave."""

    captures: tuple[Capture, ...] = ()
    articles: tuple[Article, ...] = ()
    statements: tuple[Statement, ...] = ()
    skips: tuple[Skip, ...] = field(default_factory=tuple)
    learned: tuple[str, ...] = ()  # what was known of sites and used: "site period digest"
    revisits: tuple[Revisit, ...] = ()


def digest(data: bytes) -> str:
    """Return ``sha256:<hex>`` of the bytes."""
    return "sha256:" + hashlib.sha256(data).hexdigest()


def text_digest(text: str) -> str:
    """Return the digest of a text: of its UTF-8 bytes; lone surrogates are kept as they are."""
    return digest(text.encode("utf-8", "surrogatepass"))


def capture_id(file_digest: str, place: int | str) -> str:
    """Return the id of the capture at ``place`` (offset, line or member name) of the input with this digest."""
    return _short("capture", file_digest, str(place))


def page_key(url: str, digest: str, charset: str | None, fields: Iterable[tuple[str, str]]) -> str:
    """Return what captures have in common from which the same page is read: address, bytes, and what is told of them."""
    told = (part for field in fields for part in field)
    return _short("page", url, digest, charset or "", *told)


def article_id(address_or_digest: str) -> str:
    """Return the id of the article at a canonical address (or with this capture digest)."""
    return _short("article", address_or_digest)


def statement_id(article: str, revision: str, *roles: Spans) -> str:
    """Return the id of the statement with these source, cue and content spans."""
    return _short("statement", article, revision, repr(roles))


def picture_id(article: str, key: str) -> str:
    """Return the id of the picture of an article with this media id, else address, else number."""
    return _short("picture", article, key)


def claim_id(first_statement: str) -> str:
    """Return the id of the claim whose first printed statement has this id."""
    return _short("claim", first_statement)


def cut(text: str, spans: Iterable[Span]) -> str:
    """Return what the spans cut from the text; several are joined by ``" … "``."""
    return " … ".join(text[start:end] for start, end in spans)


def _short(*parts: str) -> str:
    joined = "\x1f".join(parts).encode("utf-8", "surrogatepass")
    return hashlib.sha256(joined).hexdigest()[:16]
