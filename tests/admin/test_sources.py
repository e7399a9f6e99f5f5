"""Sources in the admin: merging two, and taking that back."""

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from articles.models import Alias, Article, Claim, Revision, Source
from articles.writing.bulk import set_source
from articles.writing.checking import check_all
from tests.admin.test_claims import problems
from tests.admin.test_desk import filled_in, list_of, page_of, said
from tests.factories import QUOTE, make_article, make_claim, make_source
from tests.pages import PageClient, check_page, main_of, tree_of, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def old() -> Source:
    source = make_source(name="Coalition forces", code="COF")
    Alias.objects.create(source=source, name="the force")
    make_claim(article=make_article(slug="first"), source=source)
    return source


@pytest.fixture
def kept() -> Source:
    source = make_source()
    make_claim(article=make_article(slug="second"), source=source)
    return source


def merging(source: Source) -> str:
    return reverse("admin:articles_source_merge", args=[source.pk])


def test_the_other_source_is_searched_for(old: Source, kept: Source, admin_browser: Client) -> None:
    assert f'href="{merging(old)}"' in admin_browser.get(list_of(Source)).content.decode()
    page = admin_browser.get(merging(old))
    check_page(page)
    assert "admin-autocomplete" in page.content.decode() and "nothing is done yet" in page.content.decode()


def test_a_merge_is_previewed_and_a_look_changes_nothing(old: Source, kept: Source, admin_browser: Client) -> None:
    page = admin_browser.get(f"{merging(old)}?into={kept.pk}")
    check_page(page)
    words = page.content.decode()
    assert "Coalition forces has 1 claim, 1 alias and 0 articles" in words
    assert "Coalition, which has 1 claim now" in words
    assert QUOTE in words and "<li>the force</li>" in words
    assert "would say COALI in place of COF" in words
    assert Claim.objects.filter(source=old).count() == 1


def test_the_preview_of_many_claims_leads_to_all(old: Source, kept: Source, admin_browser: Client) -> None:
    article = Article.objects.get(slug="first")
    for _ in range(11):
        make_claim(article=article, source=old)
    words = admin_browser.get(f"{merging(old)}?into={kept.pk}").content.decode()
    assert words.count(f">{QUOTE}</a>") == 10 and ">All 12 claims</a>" in words


def test_a_merge_moves_everything_and_the_old_address_leads_to_the_new(
    old: Source, kept: Source, admin_browser: Client, reader: PageClient
) -> None:
    response = admin_browser.post(merging(old), {"into": kept.pk}, follow=True)
    check_page(response)
    assert said(response) == "1 claim moved to Coalition. This can be taken back here."
    assert set(Claim.objects.values_list("source__slug", flat=True)) == {"coalition"}
    assert Alias.objects.get().source == kept
    redirect = reader.get(old.get_absolute_url())
    assert redirect.status_code in (301, 302) and redirect["Location"] == kept.get_absolute_url()
    assert "merged into Coalition" in admin_browser.get(list_of(Source)).content.decode()
    assert LogEntry.objects.get().get_change_message() == "Merged into Coalition."
    moved = Claim.objects.get(article__slug="first")
    assert moved.version == 2 and Revision.objects.of_claims([moved.uid]).count() == 2
    assert problems() == []


def test_a_merge_is_taken_back(old: Source, kept: Source, admin_browser: Client, reader: PageClient) -> None:
    admin_browser.post(merging(old), {"into": kept.pk}, follow=True)
    response = admin_browser.post(merging(old), {"undo": "yes"}, follow=True)
    assert said(response) == "1 claim given back."
    old.refresh_from_db()
    assert old.merged_into is None and Claim.objects.get(source=old).article.slug == "first"
    assert Alias.objects.get().source == old
    assert reader.get(old.get_absolute_url()).status_code == 200
    assert problems() == []


def test_claims_whose_source_was_chosen_since_stay_where_they_are(
    old: Source, kept: Source, admin_browser: Client, editor: User
) -> None:
    make_claim(article=Article.objects.get(slug="first"), source=old)
    admin_browser.post(merging(old), {"into": kept.pk}, follow=True)
    set_source(list(Claim.objects.filter(article__slug="first")[:1]), make_source(name="SANA"), editor)
    words = said(admin_browser.post(merging(old), {"undo": "yes"}, follow=True))
    assert words == "1 claim given back. 1 stayed, because an editor has chosen another source since."
    assert problems() == []


def test_what_cannot_be_merged_is_refused_with_a_reason(old: Source, kept: Source, admin_browser: Client) -> None:
    assert "Select a valid choice" in admin_browser.post(merging(old), {"into": old.pk}).content.decode()
    page = admin_browser.post(merging(old), {"undo": "yes"})
    assert "has not been merged" in said(page)
    admin_browser.post(merging(old), {"into": kept.pk})
    page = admin_browser.post(merging(old), {"into": kept.pk})
    assert "neither of which has been merged before" in said(page)
    assert admin_browser.get(reverse("admin:articles_source_merge", args=[0])).status_code == 404


def test_an_outlet_of_articles_is_merged_into_an_outlet_only(kept: Source, admin_browser: Client) -> None:
    outlet, other = make_source(name="Wire", kind="outlet"), make_source(name="Gazette", kind="outlet")
    article = make_article(outlet=outlet)
    page = admin_browser.post(merging(outlet), {"into": kept.pk})
    assert "Coalition is no outlet" in said(page)
    preview = admin_browser.get(f"{merging(outlet)}?into={other.pk}")
    check_page(preview)
    assert "Articles of this outlet" in preview.content.decode()
    admin_browser.post(merging(outlet), {"into": other.pk})
    article.refresh_from_db()
    assert article.outlet == other


def test_merging_is_for_those_who_may_change_sources(old: Source, editor: User, client: Client) -> None:
    editor.is_staff = True
    editor.save()
    client.force_login(editor)
    assert client.get(merging(old)).status_code == 200
    editor.groups.clear()
    assert client.get(merging(old)).status_code == 403


def test_the_kind_of_an_outlet_with_articles_stays(admin_browser: Client) -> None:
    outlet = make_source(name="Wire", kind="outlet")
    sent = {**filled_in(admin_browser, page_of(outlet)), "kind": "person", "description": "A wire."}
    admin_browser.post(page_of(outlet), sent)
    outlet.refresh_from_db()
    assert outlet.kind == "person"
    Source.objects.update(kind="outlet")
    make_article(outlet=outlet)
    admin_browser.post(page_of(outlet), {**sent, "description": "Another."})
    outlet.refresh_from_db()
    assert (outlet.kind, outlet.description) == ("outlet", "Another.")


def test_aliases_are_edited_beside_their_source(old: Source, admin_browser: Client) -> None:
    sent = {**filled_in(admin_browser, page_of(old)), "aliases-TOTAL_FORMS": 2, "aliases-1-name": "The Force"}
    assert "“The Force” is a name of this source already." in admin_browser.post(page_of(old), sent).content.decode()
    assert admin_browser.post(page_of(old), {**sent, "aliases-1-name": "CJTF"}).status_code == 302
    assert set(old.aliases.values_list("name", flat=True)) == {"the force", "CJTF"}


def adding(**fields: Any) -> dict[str, Any]:
    sent = {"name": "SANA", "slug": "sana", "code": "SANA", "kind": "agency", "tone": 2}
    return {**sent, "aliases-TOTAL_FORMS": 0, "aliases-INITIAL_FORMS": 0, **fields}


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"name": "coalition forces"}, "“coalition forces” is a name of Coalition forces."),
        (
            {"name": "The Force"},
            "“The Force” is a name of Coalition forces. An administrator can merge two that are one.",
        ),
        ({"code": "cof"}, "COF is the code of Coalition forces."),
        ({"aliases-TOTAL_FORMS": 1, "aliases-0-name": "COALITION Forces"}, "is a name of Coalition forces."),
        ({"aliases-TOTAL_FORMS": 1, "aliases-0-name": "the Force"}, "is a name of Coalition forces."),
        ({"aliases-TOTAL_FORMS": 1, "aliases-0-name": "Sana"}, "“Sana” is a name of this source already."),
        (
            {"aliases-TOTAL_FORMS": 2, "aliases-0-name": "The agency", "aliases-1-name": "the agency"},
            "“the agency” is a name of this source already.",
        ),
    ],
)
def test_a_name_or_code_of_another_source_is_refused_as_on_the_desk(
    old: Source, admin_browser: Client, fields: dict[str, Any], refusal: str
) -> None:
    page = admin_browser.post(reverse("admin:articles_source_add"), adding(**fields))
    assert page.status_code == 200 and refusal in page.content.decode()
    assert Source.objects.get() == old and Alias.objects.count() == 1


def test_a_source_that_is_there_takes_no_name_of_another_and_keeps_its_own(old: Source, admin_browser: Client) -> None:
    make_source(name="SANA").aliases.create(name="Syrian Arab News Agency")
    sent = filled_in(admin_browser, page_of(old))
    for name in ("sana", "Syrian Arab news agency"):
        page = admin_browser.post(page_of(old), {**sent, "aliases-0-name": name})
        assert f"“{name}” is a name of SANA." in page.content.decode()
    assert admin_browser.post(page_of(old), {**sent, "name": "The Force", "aliases-0-DELETE": "on"}).status_code == 302
    old.refresh_from_db()
    assert old.name == "The Force" and not old.aliases.exists()


def test_a_source_takes_the_name_of_one_that_was_merged_into_it(
    old: Source, kept: Source, admin_browser: Client
) -> None:
    name = old.name
    admin_browser.post(merging(old), {"into": kept.pk})
    sent = {**filled_in(admin_browser, page_of(kept)), "name": name}
    assert admin_browser.post(page_of(kept), sent).status_code == 302
    kept.refresh_from_db()
    old.refresh_from_db()
    assert (kept.name, old.name) == (name, f"{name} (2)")
    assert problems() == []


def test_what_was_merged_gets_no_names(old: Source, kept: Source, admin_browser: Client) -> None:
    admin_browser.post(merging(old), {"into": kept.pk})
    sent = {**filled_in(admin_browser, page_of(old)), "aliases-TOTAL_FORMS": 1, "aliases-0-name": "CJTF"}
    words = admin_browser.post(page_of(old), sent).content.decode()
    assert "This source was merged into Coalition. Give the name to that one." in words
    assert not old.aliases.exists() and [problem.what for problem in check_all() if "merged" in problem.what] == []


def test_codes_are_kept_in_capitals(admin_browser: Client) -> None:
    assert admin_browser.post(reverse("admin:articles_source_add"), adding(code="zz")).status_code == 302
    assert Source.objects.get().code == "ZZ"


def test_counts_lead_to_claims_and_articles_and_a_tone_shows_its_line(old: Source, admin_browser: Client) -> None:
    page = admin_browser.get(list_of(Source)).content.decode()
    assert f'<a href="{list_of(Claim)}?source__id__exact={old.pk}">1</a>' in page
    assert f'<a href="{list_of(Article)}?outlet__id__exact={old.pk}">0</a>' in page
    assert '<span class="tone" data-tone="1">1</span>' in page
    assert admin_browser.get(f"{list_of(Source)}?q=the+force").context["cl"].result_count == 1


def test_a_wrong_code_is_refused(admin_browser: Client) -> None:
    address = reverse("admin:articles_source_add")
    page = admin_browser.post(address, adding(code="S1", tone=13)).content.decode()
    assert "A code has two to five letters." in page and "less than or equal to 12" in page
    assert admin_browser.post(address, adding()).status_code == 302
    assert Source.objects.get().slug == "sana"


def test_one_that_is_nearly_called_like_another_is_asked_about_once(old: Source, admin_browser: Client) -> None:
    made = adding(name="Coalition force", slug="coalition-force")
    address = reverse("admin:articles_source_add")
    page = admin_browser.post(address, made)
    assert page.status_code == 200
    told = words(main_of(page))
    assert "There is a source “Coalition forces”, and “Coalition force” would be a new one. Open that one, or" in told
    assert "“Coalition force” is another source than “Coalition forces”." in told
    (tick,) = [node for node in tree_of(page).iter("input") if node.get("name") == "other_source"]
    assert (tick.get("type"), tick.get("value"), tick.get("checked")) == ("checkbox", "Coalition force", None)
    assert admin_browser.post(address, {**made, "other_source": "Coalition force"}).status_code == 302
    assert "other_source" not in filled_in(admin_browser, page_of(old))
