"""What fields that name a source, an outlet or a story are completed to."""

import pytest

from articles.editors.completing import OFFERED
from articles.models import Source, Story
from tests.factories import make_article, make_claim, make_source, make_story
from tests.pages import PageClient, fragment_of, tree_of

pytestmark = pytest.mark.django_db
ADDRESS = "/work/completions/"
ON_PAGES = [
    ("/claims/", "sources"),
    ("/articles/new/", "outlets"),
    ("/articles/strikes/edit/", "stories"),
    ("/articles/strikes/claims/new/", "sources"),
]


def offered(browser: PageClient, of: str, q: str = "") -> dict[str, str]:
    tree = fragment_of(browser.get(ADDRESS, {"of": of, "q": q}))
    return {option.get("value"): option.text or "" for option in tree.iter("option")}


def make_many(count: int) -> None:
    names = [f"Board {number:04}" for number in range(count)]
    Source.objects.bulk_create(
        Source(name=name, slug=name.replace(" ", "-"), kind="outlet", code=_code(at)) for at, name in enumerate(names)
    )
    Story.objects.bulk_create(Story(title=name, slug=name.replace(" ", "-")) for name in names)


def _code(number: int) -> str:
    return "".join(chr(ord("A") + number // 26**place % 26) for place in range(4))


def test_sources_go_by_name_alias_and_code(editors_browser: PageClient) -> None:
    make_source(name="Defence Ministry", code="MOD").aliases.create(name="Russian MoD")
    make_source(name="SANA", code="SAN")
    assert offered(editors_browser, "sources", "ministry") == {"Defence Ministry": "MOD"}
    assert offered(editors_browser, "sources", "russian") == {"Defence Ministry": "MOD, Russian MoD"}
    assert offered(editors_browser, "sources", "mod") == {"Defence Ministry": "MOD, Russian MoD"}
    assert offered(editors_browser, "sources") == {"Defence Ministry": "MOD", "SANA": "SAN"}
    assert offered(editors_browser, "sources", "nobody") == {}


def test_what_is_called_so_comes_first(editors_browser: PageClient) -> None:
    for name, code in (("A Sanatorium", "ASA"), ("SANA", "SAN"), ("The Board", "SANAX")):
        make_source(name=name, code=code)
    assert list(offered(editors_browser, "sources", "sana")) == ["SANA", "A Sanatorium", "The Board"]


def test_outlets_are_no_other_sources_and_none_is_merged(editors_browser: PageClient) -> None:
    make_source(name="Gazette", kind="outlet", code="GAZ")
    make_source(name="Gazprom", kind="organisation", code="GAP")
    old = make_source(name="Gazeta", kind="outlet", code="GZT")
    Source.objects.filter(pk=old.pk).update(merged_into=Source.objects.get(name="Gazette"))
    assert offered(editors_browser, "outlets", "gaz") == {"Gazette": "GAZ"}


def test_stories_go_by_title(editors_browser: PageClient) -> None:
    make_story(title="The night near Khusham")
    Story.objects.create(title="Khan Shaykhun", slug="khan", happened_on="2017-04-04")
    assert offered(editors_browser, "stories", "kh") == {
        "Khan Shaykhun": "4 April 2017",
        "The night near Khusham": "",
    }


@pytest.mark.parametrize(
    "query", [{}, {"of": "claims"}, {"of": "sources", "q": "a" * 201}, {"of": "sources", "q": "\0"}]
)
def test_what_nothing_can_be_completed_to_is_refused(editors_browser: PageClient, query: dict[str, str]) -> None:
    assert editors_browser.get(ADDRESS, query).status_code == 400


@pytest.mark.parametrize("of", ["sources", "outlets", "stories"])
def test_of_many_some_are_offered(editors_browser: PageClient, of: str) -> None:
    make_many(60)
    assert len(offered(editors_browser, of, "board")) == OFFERED
    assert list(offered(editors_browser, of, "0059")) == ["Board 0059"]


@pytest.mark.parametrize(("page", "of"), ON_PAGES)
def test_pages_do_not_grow_with_what_the_desk_has(editors_browser: PageClient, page: str, of: str) -> None:
    make_claim(article=make_article(story=make_story()))
    make_many(60)
    few = len(editors_browser.get(page).content)
    Source.objects.filter(kind="outlet").delete()
    Story.objects.filter(title__startswith="Board").delete()
    make_many(600)
    response = editors_browser.get(page)
    assert abs(len(response.content) - few) < 100
    lists = {node.get("id"): node.get("data-completed-from") for node in tree_of(response).iter("datalist")}
    assert lists[of] == f"{ADDRESS}?of={of}"
