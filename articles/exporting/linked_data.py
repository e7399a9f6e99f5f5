"""Linked data: what pages are about, as schema.org describes it. No `ClaimReview`: to attribute is not to review."""

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse

from articles.models import Article, Claim, Question, Source, Story
from articles.pages.formats import machine_clock

_TYPES = {
    Source.Kind.GOVERNMENT: "GovernmentOrganization",
    Source.Kind.AGENCY: "NewsMediaOrganization",
    Source.Kind.OUTLET: "NewsMediaOrganization",
    Source.Kind.PERSON: "Person",
}
# Direct speech: between marks of one kind. Single ones are apostrophes too often.
_QUOTED = re.compile('“([^“”]+)”|«([^«»]+)»|„([^„“”]+)[“”]|"([^"]+)"')
# What ends a script, or begins a comment in one, may not stand in it.
_ESCAPED = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


class ScriptData(str):
    """JSON for a script element of HTML, in which no entities are read: escaped as JSON escapes."""

    __slots__ = ()

    def __html__(self) -> str:
        return self.translate(_ESCAPED)


def script_data(data: Mapping[str, Any]) -> ScriptData:
    return ScriptData(json.dumps({"@context": "https://schema.org", **data}, ensure_ascii=False))


def site(host: str) -> dict[str, Any]:
    return {"@type": "WebSite", "name": "Newsdesk", "url": f"{host}{reverse('home')}"}


def page(name: str, address: str, host: str) -> dict[str, Any]:
    return {"@type": "WebPage", "name": name, "url": address, "isPartOf": site(host)}


def news_article(article: Article, host: str) -> dict[str, Any]:
    moment = article.published_local
    own = {
        "@type": "NewsArticle",
        "@id": host + article.get_absolute_url(),
        "url": host + article.get_absolute_url(),
        "headline": article.title,
        "inLanguage": article.language,
        "version": article.version_number,
    }
    known = {
        "datePublished": machine_clock(moment, article.published_time_known) if moment else None,
        "publisher": party(article.outlet, host) if article.outlet else None,
        "author": {"@type": "Person", "name": article.byline} if article.byline else None,
        "isBasedOn": article.url or None,
        "archivedAt": article.archive_url or None,
        "about": event(article.story, host) if article.story else None,
    }
    return own | {name: value for name, value in known.items() if value is not None}


def claim(said: Claim, earlier: Claim | None, later: Claim | None, host: str) -> dict[str, Any]:
    """As the versions that the visitor may read have it. Where it first appeared is said only if that is known."""
    address = host + said.get_absolute_url()
    appearances = [one.article for one in (earlier, said, later) if one]
    first = earlier if earlier and earlier.continues_id is None else said if said.continues_id is None else None
    quotations = [_quotation(words, said) for words in quoted(said)]
    known = {
        "author": party(said.source, host) if said.source else None,
        "firstAppearance": news_article(first.article, host) if first else None,
        "hasPart": quotations or None,
    }
    return {
        "@type": "Claim",
        "@id": address,
        "url": address,
        "text": said.stated,
        "inLanguage": said.article.language,
        "appearance": [news_article(article, host) for article in appearances],
        "claimInterpreter": {"@type": "Organization", "name": "Newsdesk", "url": f"{host}{reverse('home')}"},
        **{name: value for name, value in known.items() if value is not None},
    }


def quoted(said: Claim) -> list[str]:
    """What of its words is direct speech."""
    words = (match for one in said.highlights.all() for match in _QUOTED.findall(one.quote))
    return [next(filter(None, found)) for found in words]


def _quotation(words: str, said: Claim) -> dict[str, Any]:
    speaker = {"spokenByCharacter": {"@type": "Person", "name": said.speaker}} if said.speaker else {}
    return {"@type": "Quotation", "text": words, "inLanguage": said.article.language, **speaker}


def party(source: Source, host: str, aliases: Iterable[str] = ()) -> dict[str, Any]:
    address = host + source.get_absolute_url()
    kind = _TYPES.get(Source.Kind(source.kind), "Organization")
    others = {"alternateName": list(aliases)} if aliases else {}
    return {"@type": kind, "@id": address, "url": address, "name": source.name, **others}


def event(story: Story, host: str) -> dict[str, Any]:
    address = host + story.get_absolute_url()
    known = {"startDate": story.happened_on.isoformat() if story.happened_on else "", "description": story.summary}
    told = {name: value for name, value in known.items() if value}
    return {"@type": "Event", "@id": address, "url": address, "name": story.title, **told}


def question(asked: Question, story: Story, host: str) -> dict[str, Any]:
    address = host + reverse("question_detail", args=[story.slug, asked.slug])
    return {"@type": "Question", "@id": address, "url": address, "name": asked.text, "about": event(story, host)}
