"""What stands in the heads of pages for other programs: linked data, Open Graph, feeds."""

from typing import Any
from urllib.parse import urlencode

from django import template
from django.template.context import Context
from django.urls import reverse
from django.utils.html import format_html, format_html_join

from articles.exporting import linked_data
from articles.models import Article, Claim, Question, Source, Story
from articles.pages.forms import ClaimFilterForm
from articles.templatetags.desk import canonical

register = template.Library()

_SITE = "Newsdesk"
# The feed of what a page lists.
_FEEDS = {
    "article_list": "article_feed",
    "claim_list": "claim_feed",
    "story_detail": "story_feed",
    "question_detail": "question_feed",
    "source_detail": "source_feed",
}


@register.simple_tag(takes_context=True)
def page_head(context: Context, name: str) -> str:
    """Of a page that lists things, or that is about nothing that schema.org has a word for."""
    address = canonical(context)
    return _head(context, linked_data.page(name, address, _host(context)), name)


@register.simple_tag(takes_context=True)
def claims_head(context: Context) -> str:
    """Of the list of claims, with the feed of those that its filter lets through."""
    data = linked_data.page("Claims", canonical(context), _host(context))
    return _head(context, data, "Claims", feed=feed_address(context), followed=context["title"])


@register.simple_tag(takes_context=True)
def feed_address(context: Context) -> str:
    """Of this page; nothing where there is none, as of what the desk does not know or one outlet alone."""
    request = context["request"]
    name = _FEEDS.get(request.resolver_match.url_name)
    if name is None or context.get("unknown") or (name == "article_feed" and context.get("outlet")):
        return ""
    address = reverse(name, kwargs=request.resolver_match.kwargs)
    asked = [
        (field, value)
        for field in (ClaimFilterForm.NARROWING if name == "claim_feed" else ())
        for value in request.GET.getlist(field)
        if value and field != "status"
    ]
    return f"{address}?{urlencode(asked)}" if asked else address


@register.simple_tag(takes_context=True)
def article_head(context: Context, article: Article) -> str:
    return _head(context, linked_data.news_article(article, _host(context)), article.title, kind="article")


@register.simple_tag(takes_context=True)
def claim_head(context: Context, claim: Claim) -> str:
    """With the same claim in the versions before and after, as the page has them."""
    data = linked_data.claim(claim, context["earlier"], context["later"], _host(context))
    return _head(context, data, claim.attributed[:200], kind="article")


@register.simple_tag(takes_context=True)
def story_head(context: Context, story: Story) -> str:
    feed = reverse("story_feed", args=[story.slug])
    return _head(context, linked_data.event(story, _host(context)), story.title, story.summary, feed=feed)


@register.simple_tag(takes_context=True)
def question_head(context: Context, question: Question, story: Story) -> str:
    feed = reverse("question_feed", args=[story.slug, question.slug])
    return _head(context, linked_data.question(question, story, _host(context)), question.text, feed=feed)


@register.simple_tag(takes_context=True)
def source_head(context: Context, source: Source) -> str:
    aliases = [alias.name for alias in context["aliases"]]
    data = linked_data.party(source, _host(context), aliases)
    feed = reverse("source_feed", args=[source.slug])
    return _head(context, data, source.name, source.description, feed=feed)


def _host(context: Context) -> str:
    return str(context["request"].build_absolute_uri("/")[:-1])


def _head(
    context: Context,
    data: dict[str, Any],
    title: str,
    description: str = "",
    *,
    kind: str = "website",
    feed: str = "",
    followed: str = "",
) -> str:
    """`followed` is what its feed is called."""
    graph = {"site_name": _SITE, "type": kind, "title": title, "url": canonical(context), "description": description}
    tags = format_html_join(
        "\n    ", '<meta property="og:{}" content="{}">', ((name, value) for name, value in graph.items() if value)
    )
    feeds = [(reverse("article_feed"), "Latest articles"), *([(feed, followed or f"Claims: {title}")] if feed else [])]
    links = format_html_join("\n    ", '<link rel="alternate" type="application/atom+xml" href="{}" title="{}">', feeds)
    script = format_html('<script type="application/ld+json">{}</script>', linked_data.script_data(data))
    return format_html("{}\n    {}\n    {}", tags, links, script)
