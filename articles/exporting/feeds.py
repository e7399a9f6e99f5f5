"""Feeds: Atom 1.0, for whoever follows a story, a source or a question from elsewhere."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.syndication.views import Feed
from django.utils.feedgenerator import Atom1Feed

from articles.loading import with_parts
from articles.models import Article, Claim
from articles.models.claim import ClaimQuerySet
from articles.models.roles import Visitor
from articles.pages.browsing import latest_articles
from articles.pages.formats import within_quotes

ENTRIES = 50
# What XML 1.0 has no way to write.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Followed:
    """What a feed is of: its title, the page that lists the same, its own address, its claims, and what
    is to be told of how it was asked for."""

    title: str
    link: str
    address: str
    claims: ClaimQuerySet
    told: str


class LatestArticles(Feed):  # type: ignore[type-arg]  # Generic in the stubs only.
    """The articles as the list of them begins, for a reader."""

    feed_type = Atom1Feed
    title = "Newsdesk: latest articles"
    subtitle = "News reports with every statement marked and attributed to whoever made it."

    def __init__(self, visitor: Visitor, link: str, told: str) -> None:
        self.visitor, self.link = visitor, link
        if told:
            self.subtitle = _writable(told)

    def items(self) -> Iterable[Article]:
        return latest_articles(self.visitor)[:ENTRIES]

    def item_title(self, item: Article) -> str:
        return _writable(str(item))

    def item_description(self, item: Article) -> str:
        return _writable(item.story.title) if item.story else ""

    def item_author_name(self, item: Article) -> str:
        return _writable(item.outlet.name if item.outlet else "")

    def item_pubdate(self, item: Article) -> datetime:
        return item.published_at or item.imported_at

    def item_updateddate(self, item: Article) -> datetime:
        return item.public_since or item.imported_at


class NewestClaims(Feed):  # type: ignore[type-arg]  # Generic in the stubs only.
    """The claims that were marked last."""

    feed_type = Atom1Feed

    def __init__(self, followed: Followed) -> None:
        self.title, self.link, self.feed_url = _writable(followed.title), followed.link, followed.address
        self.claims, self.subtitle = followed.claims, _writable(followed.told) or None

    def items(self) -> Iterable[Claim]:
        return with_parts(self.claims.select_related("article__outlet", "made_in").newest_first()[:ENTRIES])

    def item_title(self, item: Claim) -> str:
        return _writable(item.attributed)[:200]

    def item_description(self, item: Claim) -> str:
        where = " · ".join(str(one) for one in (item.article.outlet, item.article) if one)
        unchecked = "; who says this there is not yet checked" if item.is_doubtful else ""
        words = item.led(f"“{within_quotes(item.quote)}”")
        return _writable(f"{words} ({where}{unchecked})")

    def item_author_name(self, item: Claim) -> str:
        return _writable(item.other_speaker or str(item.source))

    def item_pubdate(self, item: Claim) -> datetime:
        """When the report came out, as far as that is known."""
        return item.article.published_at or item.made_in.made_at

    def item_updateddate(self, item: Claim) -> datetime:
        """When it was marked here."""
        return item.made_in.made_at

    def item_categories(self, item: Claim) -> list[str]:
        return [_writable(answer.question.text) for answer in item.answers.all()]


def _writable(words: Any) -> str:
    return _UNWRITABLE.sub("\ufffd", str(words))
