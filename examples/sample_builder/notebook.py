"""The paper's blog as a WordPress export."""

from __future__ import annotations

from datetime import UTC
from email.utils import format_datetime

from sample_builder.render import Pages, curly, stamp
from sample_builder.sources import SITE, Article, Sources, slug


def export(sources: Sources, pages: Pages) -> str:
    """One WXR file with the posts and the pictures they show."""
    text = "\n".join("\n".join(post.paragraphs) for post in sources.notebook)
    attachments = [picture for key, picture in sources.pictures.items() if f"attachment_{key}" in text]
    template = pages.templates.get_template("misc/wxr.xml")
    return template.render(posts=[_post(post) for post in sources.notebook], attachments=attachments)


def _post(post: Article) -> dict[str, str]:
    moment = stamp(post.date)
    name = slug(post.title.split(": ", 1)[1])
    return {
        "title": post.title,
        "link": f"{SITE}/notebook/{moment:%Y/%m}/{name}/",
        "rfc": format_datetime(moment.astimezone(UTC)),
        "author": post.author,
        "id": str(post.id),
        "content": "\n\n".join(text if text.startswith("[caption") else curly(text) for text in post.paragraphs),
        "local": f"{moment:%Y-%m-%d %H:%M:%S}",
        "gmt": f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S}",
        "slug": name,
        "status": post.status or "publish",
    }
