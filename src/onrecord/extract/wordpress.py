"""WordPress posts as the export has them: text with shortcodes and blank lines, made a page again."""

from __future__ import annotations

import html
import re

_CAPTION = re.compile(r"\[caption(?P<attributes>[^\]]{0,400})\](?P<inner>.*?)\[/caption\]", re.S)
_ID = re.compile(r"""id=["']?([\w-]+)""")
_IMAGE = re.compile(r"((?:<a\b[^>]*>\s*)?<img\b[^>]*>(?:\s*</a>)?)", re.S)
_GALLERY = re.compile(
    r"\[/?(?:gallery|embed|video|audio|playlist|youtube|tweet|soundcloud|vc_\w+|et_pb_\w+|av_\w+|fusion_\w+)\b[^\]]{0,2000}\]"
)
# An address on a line of its own: WordPress shows what it leads to.
_EMBEDDED = re.compile(r"^[ \t]*https?://\S+[ \t]*$", re.M)
_BLOCK_COMMENT = re.compile(r"<!--\s*/?wp:.{0,2000}?-->", re.S)
_BLOCK = re.compile(r"^\s*</?(?:p|div|h[1-6]|ul|ol|li|blockquote|figure|table|pre|section|hr|iframe|img)\b", re.I)


def page_of(content: str, headline: str | None) -> str:
    """Return the post as an HTML page: paragraphs made of blank lines, shortcodes of pictures made figures."""
    content = _BLOCK_COMMENT.sub("", content.replace("\r\n", "\n"))
    content = _EMBEDDED.sub("", _GALLERY.sub("", _CAPTION.sub(_figure, content)))
    parts = [part.strip() for part in re.split(r"\n\s*\n", content) if part.strip()]
    body = "\n".join(part if _BLOCK.match(part) else "<p>" + part.replace("\n", "<br>") + "</p>" for part in parts)
    title = f"<h1>{html.escape(headline)}</h1>" if headline else ""
    return f"<html><body><article>{title}<div class=entry-content>{body}</div></article></body></html>"


def _figure(found: re.Match[str]) -> str:
    inner = found["inner"]
    image = _IMAGE.search(inner)
    said = (inner[: image.start()] + inner[image.end() :]) if image else inner
    if attribute := re.search(r'caption="([^"]+)"', found["attributes"]):
        said = said.strip() or attribute[1]
    named = _ID.search(found["attributes"])
    own = f' id="{named[1]}"' if named else ""
    return f"\n\n<figure{own}>{image[1] if image else ''}<figcaption>{said.strip()}</figcaption></figure>\n\n"
