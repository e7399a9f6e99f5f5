"""Articles in the admin: what may be changed of them, publishing, withdrawing."""

from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import pytest
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.urls import reverse

from articles.models import Answer, Article, ArticleRevision, ArticleText, Changeset
from articles.writing.metadata import MetadataConflict
from tests.admin.test_desk import filled_in, list_of, page_of, said
from tests.factories import make_article, make_claim, make_question, make_source, make_story
from tests.pages import PageClient, check_page, main_of, words

pytestmark = pytest.mark.django_db


def act(client: Client, action: str, *articles: Article, **more: Any) -> Any:
    chosen = {"action": action, ACTION_CHECKBOX_NAME: [article.pk for article in articles]}
    return client.post(list_of(Article), {**chosen, **more}, follow=True)


def test_the_details_of_an_article_are_changed_and_the_change_is_logged(admin_browser: Client) -> None:
    article = make_article(inferred=["title", "weather"])
    sent = filled_in(admin_browser, page_of(article))
    outlet, story = make_source(name="Wire", kind="outlet"), make_story()
    sent |= {"outlet": outlet.pk, "story": story.pk, "url": "example.org/strikes", "inferred": ["weather"]}
    response = admin_browser.post(page_of(article), sent)
    assert response.status_code == 302
    article.refresh_from_db()
    assert (article.outlet, article.story, article.url) == (outlet, story, "https://example.org/strikes")
    assert article.inferred == ["weather"]
    assert "outlet" in LogEntry.objects.get().get_change_message().lower()


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"language": "english"}, "This is no language tag."),
        ({"published_at_0": "01/01/2999", "published_at_1": "00:00:00"}, "This day is yet to come."),
    ],
)
def test_a_language_and_a_day_are_refused_as_on_the_desk(
    admin_browser: Client, fields: dict[str, str], refusal: str
) -> None:
    article = make_article()
    page = admin_browser.post(page_of(article), {**filled_in(admin_browser, page_of(article)), **fields})
    assert page.status_code == 200 and refusal in page.content.decode()
    sent = {"language": "pt-BR", "published_at_0": "01/01/2018", "published_at_1": "00:00:00"}
    page = admin_browser.post(page_of(article), {**filled_in(admin_browser, page_of(article)), **sent})
    assert page.status_code == 302
    article.refresh_from_db()
    assert (article.language, article.published_at and article.published_at.year) == ("pt-BR", 2018)


def test_what_the_import_gave_cannot_be_sent(admin_browser: Client) -> None:
    article = make_article()
    before = (article.slug, article.sha256, article.version_number, article.import_key)
    forged = {"slug": "forged", "sha256": "0", "version_number": 7, "import_key": "forged"}
    admin_browser.post(page_of(article), {**filled_in(admin_browser, page_of(article)), **forged, "byline": "By us"})
    article.refresh_from_db()
    assert (article.slug, article.sha256, article.version_number, article.import_key) == before
    assert article.byline == "By us"


def test_an_article_keeps_its_story_while_claims_answer_questions_of_it(admin_browser: Client) -> None:
    article = make_article(story=make_story())
    answer = Answer(question=make_question(kind="words"), words="yes", as_worded="yes")
    make_claim(article=article, answers=[answer])
    other = make_story(title="Afrin", slug="afrin")
    sent = {**filled_in(admin_browser, page_of(article)), "story": other.pk}
    for story in (other.pk, ""):
        page = admin_browser.post(page_of(article), {**sent, "story": story})
        assert "take these answers away and move it, use The article’s data on the desk." in words(main_of(page))
        assert f"{article.get_absolute_url()}edit/" in [one.get("href") for one in main_of(page).iter("a")]
    Answer.objects.all().delete()
    assert admin_browser.post(page_of(article), sent).status_code == 302
    article.refresh_from_db()
    assert article.story == other


def test_articles_are_not_deleted(admin_browser: Client) -> None:
    article = make_article()
    assert admin_browser.post(reverse("admin:articles_article_delete", args=[article.pk])).status_code == 403
    act(admin_browser, "delete_selected", article, post="yes")
    assert Article.objects.exists()


def test_a_withdrawn_article_has_a_notice(admin_browser: Client, reader: PageClient) -> None:
    article = make_article()
    sent = {**filled_in(admin_browser, page_of(article)), "status": "withdrawn"}
    assert "Say why it is withdrawn" in admin_browser.post(page_of(article), sent).content.decode()
    response = admin_browser.post(page_of(article), {**sent, "withdrawal_notice": "It was a hoax."})
    assert response.status_code == 302
    article.refresh_from_db()
    assert (article.status, article.is_latest) == ("withdrawn", False)
    page = reader.get(article.get_absolute_url())
    assert page.status_code == 410 and "It was a hoax." in page.content.decode()


def test_the_action_asks_for_a_notice(admin_browser: Client) -> None:
    one, two = make_article(), make_article(slug="two", title="Two")
    page = act(admin_browser, "withdraw", one, two)
    check_page(page)
    assert "Strikes in Syria" in page.content.decode() and "Withdraw 2 articles" in page.content.decode()
    assert "This field is required" in act(admin_browser, "withdraw", one, two, notice=" ").content.decode()
    assert Article.objects.withdrawn().count() == 0
    assert said(act(admin_browser, "withdraw", one, two, notice="A hoax.")) == "2 articles withdrawn."
    assert set(Article.objects.withdrawn().values_list("withdrawal_notice", flat=True)) == {"A hoax."}
    assert LogEntry.objects.count() == 2


def test_the_action_keeps_the_notices_there_are(admin_browser: Client) -> None:
    article = make_article(withdrawal_notice="As agreed.")
    page = act(admin_browser, "withdraw", article)
    check_page(page)
    assert "Notice now: As agreed." in page.content.decode()
    assert said(act(admin_browser, "withdraw", article, notice="")) == "1 article withdrawn."
    article.refresh_from_db()
    assert article.withdrawal_notice == "As agreed."


def test_what_is_withdrawn_already_is_left_as_it_is(admin_browser: Client) -> None:
    old = make_article(status="withdrawn", withdrawal_notice="As agreed.")
    new = make_article(slug="two", title="Two")
    page = act(admin_browser, "withdraw", old, new)
    check_page(page)
    assert "Withdraw 1 article" in page.content.decode()
    assert "Withdrawn already, and left as they are" in page.content.decode()
    keys = {one.get("value") for one in main_of(page).iter("input") if one.get("name") == ACTION_CHECKBOX_NAME}
    assert keys == {str(old.pk), str(new.pk)}
    words = said(act(admin_browser, "withdraw", old, new, notice="A hoax."))
    assert words == "1 article withdrawn. 1 was withdrawn already."
    assert set(Article.objects.values_list("slug", "withdrawal_notice")) == {
        ("strikes", "As agreed."),
        ("two", "A hoax."),
    }
    assert LogEntry.objects.count() == 1
    assert said(act(admin_browser, "withdraw", old, new)) == "2 were withdrawn already."
    assert said(act(admin_browser, "publish", old, make_article(slug="three"))) == (
        "1 article published. 1 was published already."
    )


def test_publishing_keeps_the_lists_right_and_the_notice(admin_browser: Client) -> None:
    first = make_article()
    second = make_article(slug="second", revises=first, status="withdrawn", withdrawal_notice="Not yet.")
    assert said(act(admin_browser, "publish", second)) == "1 article published."
    for article, is_latest in ((first, False), (second, True)):
        article.refresh_from_db()
        assert article.is_latest is is_latest
    assert second.withdrawal_notice == "Not yet."


def test_saving_a_status_keeps_the_lists_right(admin_browser: Client) -> None:
    first = make_article()
    second = make_article(slug="second", revises=first, status="draft")
    sent = {**filled_in(admin_browser, page_of(second)), "status": "published"}
    assert admin_browser.post(page_of(second), sent).status_code == 302
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.is_latest, second.is_latest) == (False, True)


def test_the_page_says_who_changed_what(admin_browser: Client) -> None:
    article = make_article()
    assert "nothing has been changed since" in admin_browser.get(page_of(article)).content.decode()
    admin_browser.post(page_of(article), {**filled_in(admin_browser, page_of(article)), "byline": "By <us>"})
    act(admin_browser, "withdraw", article, notice="A hoax.")
    page = admin_browser.get(page_of(article))
    check_page(page)
    rows = page.content.decode().split('class="changes"')[1].split("</table>")[0]
    assert "administrator" in rows and "By &lt;us&gt;" in rows and "A hoax." in rows
    assert rows.index("withdrawn") < rows.index("Byline")


def test_a_form_sent_as_it_was_opened_makes_no_revision(admin_browser: Client) -> None:
    article = make_article()
    assert admin_browser.post(page_of(article), filled_in(admin_browser, page_of(article))).status_code == 302
    assert not ArticleRevision.objects.exists() and not Changeset.objects.exists()


def test_two_editors_do_not_overwrite_each_other(admin_browser: Client) -> None:
    article = make_article()
    sent = filled_in(admin_browser, page_of(article))
    admin_browser.post(page_of(article), {**sent, "byline": "By one"})
    answer = admin_browser.post(page_of(article), {**sent, "byline": "By two"}).content.decode()
    assert "Somebody else changed this article" in answer and "Byline: By one" in answer
    assert 'value="By two"' in answer
    article.refresh_from_db()
    assert article.byline == "By one"


def test_a_conflict_at_the_moment_of_saving_is_no_error(admin_browser: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    article = make_article()
    sent = {**filled_in(admin_browser, page_of(article)), "byline": "By two"}

    def meanwhile(one: Article, *rest: Any) -> None:
        monkeypatch.undo()
        raise MetadataConflict(one)

    monkeypatch.setattr("articles.admin.articles.save_metadata", meanwhile)
    assert admin_browser.post(page_of(article), sent).status_code == 302
    article.refresh_from_db()
    assert article.byline == "By two"


def test_the_text_as_given_is_downloaded(admin_browser: Client) -> None:
    content = "\ufeffعاجل 🤔\r\n".encode()
    article = make_article()
    Article.objects.update(sha256=sha256(content).hexdigest())
    ArticleText.objects.create(article=article, content=content)
    address = reverse("admin:articles_article_text", args=[article.pk])
    assert f'href="{address}"' in admin_browser.get(page_of(article)).content.decode()
    response = admin_browser.get(address)
    assert response.content == content
    assert response["Content-Disposition"].startswith("attachment;")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert admin_browser.get(reverse("admin:articles_article_text", args=[0])).status_code == 404


def test_the_text_is_for_who_may_see_articles(editor: Any, client: Client) -> None:
    article = make_article()
    ArticleText.objects.create(article=article, content=b"x")
    editor.is_staff = True
    editor.save()
    client.force_login(editor)
    address = reverse("admin:articles_article_text", args=[article.pk])
    assert client.get(address).status_code == 200
    editor.groups.clear()
    assert client.get(address).status_code == 403


def test_the_list_shows_no_time_that_nobody_knows(admin_browser: Client) -> None:
    midnight = datetime(2018, 2, 7, tzinfo=UTC)
    make_article(published_at=midnight, published_time_known=False)
    make_article(slug="two", published_at=midnight, published_time_known=True, published_offset=-300)
    make_article(slug="three")
    page = main_of(admin_browser.get(list_of(Article)))
    shown = [words(cell) for cell in page.iter("td") if cell.get("class") == "field-published"]
    assert sorted(shown) == ["-", "6 February 2018, 19:00", "7 February 2018"]


def test_the_number_of_claims_leads_to_them(admin_browser: Client) -> None:
    claim = make_claim()
    make_claim(article=make_article(slug="other"))
    link = f"{list_of(type(claim))}?article__id__exact={claim.article_id}"
    for address in (list_of(Article), page_of(claim.article)):
        assert f'href="{link}"' in admin_browser.get(address).content.decode()
    assert admin_browser.get(link).context["cl"].result_count == 1
