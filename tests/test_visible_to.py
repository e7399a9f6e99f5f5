"""What is not public is found nowhere: every address of the site is walked, with telling words planted."""

import re
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import URLPattern
from django.utils import timezone

from articles.models import Alias, Article, Changeset, Claim, Highlight, Source, Story
from articles.urls import urlpatterns
from articles.writing.editing import delete_claims, open_changeset
from articles.writing.merging import merge
from tests.factories import (
    answer,
    make_article,
    make_claim,
    make_editor,
    make_highlight,
    make_question,
    make_source,
    make_story,
    make_user,
    orphan,
)
from tests.htmx import HEADERS
from tests.pages import PageClient

pytestmark = pytest.mark.django_db

# Stands in every text that must not be seen, in no address, and is too long to turn up in a random token.
SECRET = "xyzzyplughplover"
PUBLIC = "plainly"
FILTERS = [
    "",
    "?shown=public",
    "?shown=hidden",
    "?versions=all",
    "?story=hidden",
    "?question=hidden",
    "?with=revision",
    "?story=night&question=hidden",
    # Half of what must not be seen, because what was asked for is said again.
    f"?q={SECRET[:4]}*&versions=all",
    f"?q={SECRET[:4]}&typing=1",
    *(f"?format={name}" for name in ("csv", "jsonl", "jsonld")),
    "?format=csv&versions=all&shown=hidden",
    "?format=jsonl&versions=all&story=hidden",
    "?format=jsonld&whole=1&versions=all&question=hidden",
    "?format=jsonld&after=ofdraft",
    "?format=jsonl&audience=editors",
]

# What is said in public, and what is not, in a claim, in a note and in a draft: nothing but the first may be counted.
SEARCHES = [f"?q={PUBLIC}", f"?q={SECRET}", f"?q={SECRET}&versions=all&kind=articles"]


def plant() -> None:
    """A story of which everything is public beside all that is not."""
    public, story = make_source(name="Public"), make_story(title="The night", slug="night")
    hidden = make_source(name=f"Hidden {SECRET}", code="HID")
    Source.objects.filter(pk=hidden.pk).update(slug="hidden", description=SECRET)
    hidden.refresh_from_db()
    Alias.objects.create(source=hidden, name=f"alias {SECRET}")
    question = make_question(story=story, text="How many?")
    report = make_article(
        title="The report", paragraphs=[f"One said {PUBLIC} this. Two said that. Three said those."], story=story
    )
    make_claim(article=report, source=public, quote=f"{PUBLIC} this", answers=[answer(question, 4)], uid="public")
    _plant_hidden_claims(report, hidden, question)
    _plant_hidden_articles(report, hidden)
    editor = make_editor("planter")
    deleted = make_claim(article=report, source=public, quote="those", uid="deleted", **_telling())
    delete_claims([deleted], open_changeset(Changeset.Kind.DELETE, editor))
    merge(make_source(name="Merged", code="MER"), hidden, editor)


def _telling() -> dict[str, Any]:
    return {"speaker": f"Col. {SECRET}", "cue": SECRET, "note": SECRET}


def _plant_hidden_claims(report: Article, hidden: Source, question: Any) -> None:
    told: dict[str, Any] = {"article": report, **_telling()}
    for number, status in enumerate(["suggested", "rejected"]):
        said = [answer(question, 5_000 + number, as_worded=SECRET)]
        make_claim(**told, source=hidden, quote="that", status=status, answers=said, uid=status)
    make_claim(**told, quote="that", status="suggested", proposed_source=SECRET, uid="proposed")
    make_claim(**told, source=hidden, highlights=[orphan(f"lost {SECRET}")], uid="orphaned")


def _plant_hidden_articles(report: Article, hidden: Source) -> None:
    story = make_story(title=f"Hidden {SECRET}", slug="hidden")
    Story.objects.filter(pk=story.pk).update(summary=SECRET)
    make_question(story=story, slug="hidden", text=f"How {SECRET}?")
    kinds: dict[str, dict[str, Any]] = {
        "draft": {"status": "draft"},
        "withdrawn": {"status": "withdrawn"},
        "setback": {"status": "draft", "public_since": timezone.now()},
        "revision": {"status": "draft", "revises": report},
    }
    for slug, fields in kinds.items():
        text = f"Somebody said {SECRET}."
        places = {"story": None if slug == "revision" else story, "outlet": hidden, "byline": SECRET}
        article = make_article(slug=slug, title=f"Title {SECRET}", paragraphs=[text], **places, **fields)
        make_claim(article=article, source=hidden, quote=SECRET, uid=f"of{slug}", **_telling())


CLAIMS = [
    *("public", "suggested", "rejected", "proposed", "orphaned", "deleted"),
    *("ofdraft", "ofwithdrawn", "ofsetback", "ofrevision"),
]
ARTICLES = ["strikes", "draft", "withdrawn", "setback", "revision"]
QUESTIONS = ["night/how-many", "night/hidden", "hidden/hidden", "hidden/how-many"]
# For each address of the site, what stands in place of its variable parts. A new address belongs here.
WALK: dict[str, list[str]] = {
    "home": [""],
    "sitemap": [""],
    "sitemap_section": ["pages", "stories", "questions", "articles", "sources", "claims", "none"],
    "robots": [""],
    "story_feed": ["night", "hidden"],
    "question_feed": QUESTIONS,
    "article_feed": [""],
    "claim_feed": [""],
    "source_feed": ["public", "hidden", "merged"],
    "story_list": [""],
    "story_detail": ["night", "hidden"],
    "question_detail": QUESTIONS,
    "question_rule": QUESTIONS,
    "question_embed": ["how-many", "hidden"],
    "oembed": [""],
    "article_list": [""],
    "article_add": [""],
    "article_detail": ARTICLES,
    "article_changes": ARTICLES,
    "article_edit": ARTICLES,
    "article_status": ARTICLES,
    "article_read_through": ARTICLES,
    "article_review": ARTICLES,
    "article_suggest": ARTICLES,
    "claim_list": [""],
    "claim_add": ARTICLES,
    "claim_detail": CLAIMS,
    "claim_edit": CLAIMS,
    "annotations_import": [""],
    "claims_set_together": [""],
    "claim_act": CLAIMS,
    "claim_history": CLAIMS,
    "claim_restore": CLAIMS,
    "source_list": [""],
    "source_code": [""],
    "source_detail": ["public", "hidden", "merged"],
    "source_edit": ["public", "hidden", "merged"],
    "story_edit": ["night", "hidden"],
    "changeset_undo": ["undone"],
    "search": [""],
    "sign_in": [""],
    "work_list": [""],
    "completions": [""],
    "about_suggestions": [""],
    "suggestions_lived": [""],
}
# Pages for editors, by how their addresses end, and what can only be sent something.
FOR_EDITORS = (
    "/history/",
    "/new/",
    "/edit/",
    "/work/",
    "/review/",
    "/work/suggestions/",
    "/import-annotations/",
    "/code/",
    "/completions/",
)
TO_SEND_TO = ("/set-together/", "/restore/", "/status/", "/read-through/", "/act/", "/undo/", "/rule/", "/suggest/")


def addresses() -> list[str]:
    """Every address that the site has for what was planted."""
    found = []
    for pattern in urlpatterns:
        assert isinstance(pattern, URLPattern)
        for planted in WALK[str(pattern.name)]:
            parts = iter(planted.split("/"))
            found.append("/" + re.sub("<[^>]+>", lambda _, parts=parts: next(parts), str(pattern.pattern)))
    return found


def test_every_address_of_the_site_is_walked() -> None:
    assert {pattern.name for pattern in urlpatterns} == WALK.keys()


@pytest.mark.parametrize("name", ["", "reader"], ids=["without a session", "signed in"])
def test_what_is_not_public_is_found_nowhere(name: str) -> None:
    plant()
    client = Client()
    if name:
        client.force_login(make_user(name))
    for address in addresses():
        # Where there is no page a filter filters nothing, but there might be a file.
        is_page = client.get(address).status_code == 200
        for query in FILTERS if is_page else [one for one in FILTERS if not one or "format=" in one]:
            # To htmx a page is another, a file is not.
            for headers in ({},) if "format=" in query else ({}, HEADERS):
                response = client.get(address + query, headers=headers)
                seen = response.getvalue().decode() + str(response.headers)
                assert SECRET not in seen.lower(), (address, query, headers)


def test_the_walk_comes_to_what_is_public_and_to_what_is_not() -> None:
    """Else the test above would find nothing on pages that are not there."""
    plant()
    client = Client()
    status = {address: client.get(address).status_code for address in addresses()}
    public = {
        "/",
        "/stories/",
        "/stories/night/",
        "/stories/night/how-many/",
        "/embed/how-many/",
        "/articles/",
        "/articles/strikes/",
        "/articles/strikes/changes/",
        "/claims/",
        "/claims/public/",
        "/sources/",
        "/sources/public/",
        "/search/",
        "/sign-in/",
        "/about/suggestions/",
        "/stories/night/feed.atom",
        "/stories/night/how-many/feed.atom",
        "/articles/feed.atom",
        "/claims/feed.atom",
        "/sources/public/feed.atom",
        "/sitemap.xml",
        *(f"/sitemap-{one}.xml" for one in ("pages", "stories", "questions", "articles", "sources", "claims")),
        "/robots.txt",
    }
    gone = {
        *("/articles/withdrawn/", "/claims/ofwithdrawn/", "/claims/deleted/"),
        *("/articles/setback/", "/claims/ofsetback/"),
        *("/articles/withdrawn/changes/", "/articles/setback/changes/"),
        *("/stories/hidden/", "/stories/hidden/hidden/", "/stories/hidden/how-many/", "/embed/hidden/"),
        *("/sources/hidden/", "/sources/merged/", "/sources/hidden/feed.atom", "/sources/merged/feed.atom"),
        *("/stories/hidden/feed.atom", "/stories/hidden/hidden/feed.atom", "/stories/hidden/how-many/feed.atom"),
    }
    assert {address for address, code in status.items() if code == 200} == public
    assert {address for address, code in status.items() if code == 410} == gone
    others = {address: code for address, code in status.items() if address not in public | gone}
    assert {code for address, code in others.items() if address.endswith(FOR_EDITORS)} == {302}, "to sign in"
    assert {code for address, code in others.items() if address.endswith(TO_SEND_TO)} == {405}
    assert {code for address, code in others.items() if not address.endswith((*FOR_EDITORS, *TO_SEND_TO))} == {404}


def test_editors_find_it_so_it_is_there_to_be_found(editors_browser: PageClient) -> None:
    plant()
    telling = {address for address in addresses() if SECRET in editors_browser.get(address).content.decode()}
    assert {
        "/",
        "/articles/",
        "/articles/strikes/",
        "/claims/",
        "/sources/",
        "/sources/hidden/",
        "/stories/",
    } <= telling
    assert {"/articles/draft/", "/articles/withdrawn/", "/claims/rejected/", "/stories/hidden/"} <= telling


def test_counts_do_not_tell_of_it_either() -> None:
    """Every page that readers see is the same, word for word, as if nothing else had been planted."""
    plant()
    # Each time that the page to sign in is made, a token of its own stands in it.
    public = [one for one in addresses() if one != "/sign-in/" and Client().get(one).status_code == 200]
    assert len(public) == 27
    asked = [
        address + query
        for address in public
        for query in ("", "?shown=public", "?versions=all", *(f"?format={name}" for name in ("csv", "jsonl", "jsonld")))
    ]
    client = Client()
    with_secrets = [client.get(address).getvalue().decode() for address in asked]
    _uproot()
    without = [client.get(address).getvalue().decode() for address in asked]
    for address, before, after in zip(asked, with_secrets, without, strict=True):
        assert before == after, address


def test_a_search_does_not_tell_of_it() -> None:
    plant()
    client = Client()
    with_secrets = [client.get(f"/search/{query}").content.decode() for query in SEARCHES]
    _uproot()
    assert with_secrets == [client.get(f"/search/{query}").content.decode() for query in SEARCHES]
    assert "1 claim<" in with_secrets[0]
    assert all("Nothing holds all of this" in text for text in with_secrets[1:])


def _uproot() -> None:
    """Past the one way in which claims are written, so what is kept of pages has to go as well."""
    cache.clear()
    hidden = Claim.objects.exclude(uid="public")
    Highlight.objects.filter(claim__in=hidden).delete()
    for claim in hidden:
        claim.answers.all().delete()
    hidden.delete()
    Changeset.objects.update(article=None)
    Article.objects.exclude(slug="strikes").delete()
    Source.objects.exclude(merged_into=None).delete()
    Source.objects.filter(slug="hidden").delete()
    Story.objects.get(slug="hidden").questions.all().delete()
    Story.objects.filter(slug="hidden").delete()


@pytest.mark.parametrize("visible", ["placed", "reworded"])
def test_a_claim_with_one_passage_that_is_found_is_public(visible: str) -> None:
    report = make_article()
    found = make_highlight(report, "coalition")
    found.state = visible
    claim = make_claim(article=report, highlights=[orphan("lost"), found])
    assert Client().get(claim.get_absolute_url()).status_code == 200
