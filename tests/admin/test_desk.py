"""What all pages of the admin share: who may, how many queries, what is offered, what is held fast."""

from datetime import datetime
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.contrib.auth.models import Group, Permission, User
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import Model
from django.forms import ModelChoiceField
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.admin.readonly import PagedFormSet
from articles.models import (
    Alias,
    Answer,
    Article,
    Changeset,
    Choice,
    Claim,
    Highlight,
    Paragraph,
    Place,
    Question,
    Revision,
    Source,
    Story,
)
from articles.writing.bulk import set_source
from tests.factories import (
    make_administrator,
    make_article,
    make_choice,
    make_claim,
    make_editor,
    make_place,
    make_question,
    make_source,
    make_story,
)
from tests.pages import PageClient, check_page, main_of

pytestmark = pytest.mark.django_db

NOUNS = [Article, Changeset, Choice, Claim, Highlight, Paragraph, Place, Question, Revision, Source, Story]
BY_THE_DESK_ALONE = [Article, Changeset, Claim, Highlight, Paragraph, Revision]


def list_of(model: type[Model]) -> str:
    return reverse(f"admin:articles_{model._meta.model_name}_changelist")


def page_of(row: Model) -> str:
    return reverse(f"admin:articles_{row._meta.model_name}_change", args=[row.pk])


def filled_in(client: Client, address: str) -> dict[str, Any]:
    """What the form at this address would send if nothing was entered."""
    context = client.get(address).context
    forms = [context["adminform"].form]
    for one in context["inline_admin_formsets"]:
        if not isinstance(one.formset, PagedFormSet):
            forms += [one.formset.management_form, *one.formset.initial_forms]
    sent = {field.html_name: field.value() for form in forms for field in form if not field.field.disabled}
    for name in [name for name, value in sent.items() if isinstance(value, datetime)]:
        value = sent.pop(name)
        sent |= {f"{name}_0": value.strftime("%d/%m/%Y"), f"{name}_1": value.strftime("%H:%M:%S")}
    return {name: value for name, value in sent.items() if value is not None and value is not False}


def said(response: Any) -> str:
    """The messages on the page that a redirect led to."""
    return " ".join(str(message) for message in response.context["messages"])


def fill(count: int = 2) -> dict[type[Model], Any]:
    """One row of every kind, with `count` rows of every kind around it."""
    outlet, source, story = make_source(name="Wire", kind="outlet"), make_source(), make_story()
    article = make_article(story=story, outlet=outlet)
    question = make_question(slug="who", text="Who?", kind="choice")
    choice = make_choice(question, "side")
    region = make_place(slug="region")
    answer = Answer(question=question, choice=choice, as_worded="self-defence")
    claim = make_claim(article=article, source=source, answers=[answer])
    changeset = set_source([claim], source, make_editor())
    rows: list[Any] = [story, article, source, question, choice, region, claim, changeset]
    rows += [article.paragraphs.get(), claim.highlights.get(), changeset.revisions.get()]
    world = {type(row): row for row in rows}
    grow(world, range(count))
    return world


def grow(world: dict[type[Model], Any], numbers: range) -> None:
    claim, article, story, source = world[Claim], world[Article], world[Story], world[Source]
    for number in numbers:
        Paragraph.objects.create(article=article, position=number + 1, number=number + 2, text="More.")
        make_article(slug=f"other-{number}", story=story, outlet=article.outlet)
        make_story(title=f"Story {number}", slug=f"story-{number}")
        make_source(name=f"Other {number}", code="X" + chr(65 + number))
        Alias.objects.create(source=source, name=f"Alias {number}")
        make_claim(article=article, source=source)
        Highlight.objects.create(claim=claim, quote="gone", state="orphaned", position=number + 1)
        make_choice(world[Question], f"side-{number}")
        asked = make_question(slug=f"q-{number}", text="Who?", kind="choice")
        Answer.objects.create(claim=claim, question=asked, choice=make_choice(asked, "x"), as_worded="x")
        make_place(slug=f"place-{number}", within=world[Place])
        Revision.objects.create(
            changeset=world[Changeset], claim_uid=f"gone{number}", version=1, snapshot=world[Revision].snapshot
        )


def queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
    assert response.status_code == 200
    return len(captured)


def costs(client: Client, world: dict[type[Model], Any]) -> dict[str, int]:
    lists = {f"list of {noun.__name__}": queries(client, list_of(noun)) for noun in NOUNS}
    return lists | {f"page of {noun.__name__}": queries(client, page_of(world[noun])) for noun in NOUNS}


def test_a_list_or_a_page_costs_as_many_queries_at_2_rows_as_at_30(admin_browser: Client) -> None:
    world = fill(2)
    few = costs(admin_browser, world)
    grow(world, range(2, 30))
    assert costs(admin_browser, world) == few
    assert max(few.values()) <= 20, few


def test_every_noun_is_here_alone_or_on_the_page_of_another() -> None:
    registered = {model for model in admin.site._registry if model._meta.app_label == "articles"}
    inline = {one.model for options in admin.site._registry.values() for one in options.inlines}
    assert registered == set(NOUNS)
    assert {Alias, Answer, Choice, Highlight, Paragraph, Question, Revision} <= inline


@pytest.mark.parametrize("noun", NOUNS)
def test_every_list_and_page_is_sound_html_and_searches(noun: type[Model]) -> None:
    client = Client()
    client.force_login(make_administrator())
    row = fill()[noun]
    for address in (list_of(noun), f"{list_of(noun)}?q=x&_facets=True", page_of(row)):
        response = client.get(address)
        assert response.status_code == 200
        check_inline_code_is_absent(response.content.decode())
    assert 'id="searchbar"' in client.get(list_of(noun)).content.decode()


def check_inline_code_is_absent(page: str) -> None:
    assert "<style" not in page and " style=" not in page and " onclick=" not in page
    assert "<script>" not in page


def test_the_pages_that_the_desk_made_itself_are_sound_html(admin_browser: Client) -> None:
    source = make_source()
    make_claim(source=source)
    make_source(name="SANA")
    page = admin_browser.get(reverse("admin:articles_source_merge", args=[source.pk]))
    check_page(page)


@pytest.mark.parametrize("noun", NOUNS)
def test_readers_and_editors_who_are_not_staff_are_sent_to_sign_in(noun: type[Model], reader: PageClient) -> None:
    row = fill()[noun]
    editor = PageClient()
    editor.force_login(User.objects.get(username="editor"))
    for client in (reader, editor):
        for address in (list_of(noun), page_of(row)):
            response = client.get(address)
            assert (response.status_code, response["Location"]) == (302, f"/admin/login/?next={address}")
            assert client.post(address, {"action": "accept"}).status_code == 302


@pytest.mark.parametrize("name", ["source_merge", "article_text", "claim_choosing"])
def test_the_desks_own_pages_are_for_staff_too(name: str, reader: PageClient) -> None:
    address = reverse(f"admin:articles_{name}", args=[] if name == "claim_choosing" else [1])
    assert reader.get(address).status_code == 302


@pytest.fixture
def staff_editor() -> Client:
    editor = make_editor("staff-editor")
    editor.is_staff = True
    editor.save()
    client = Client()
    client.force_login(editor)
    return client


def test_an_editor_who_is_staff_sees_what_the_group_may(staff_editor: Client) -> None:
    rows = fill()
    for noun in NOUNS:
        assert staff_editor.get(list_of(noun)).status_code == 200, noun
        assert staff_editor.get(page_of(rows[noun])).status_code == 200, noun
    for noun in (Source, Question, Place, Story, Choice):
        assert staff_editor.get(reverse(f"admin:articles_{noun._meta.model_name}_add")).status_code == 200
        address = reverse(f"admin:articles_{noun._meta.model_name}_delete", args=[rows[noun].pk])
        assert staff_editor.get(address).status_code == 403
    assert staff_editor.get("/admin/auth/user/").status_code == 403


def test_an_editor_is_not_led_to_revisions_that_the_group_may_not_see(
    staff_editor: Client, admin_browser: Client
) -> None:
    address = page_of(fill()[Claim])
    assert "claim_uid=" in staff_editor.get(address).content.decode()
    Group.objects.get(name="Editors").permissions.remove(Permission.objects.get(codename="view_revision"))
    assert "claim_uid=" not in staff_editor.get(address).content.decode()
    assert "claim_uid=" in admin_browser.get(address).content.decode()


@pytest.mark.parametrize("noun", [Story, Source, Question, Choice, Place, Claim, Article])
def test_who_may_only_look_gets_a_page_without_a_form(noun: type[Model]) -> None:
    visitor = User.objects.create_user("auditor", password="a long pass phrase", is_staff=True)
    types = ContentType.objects.get_for_models(*NOUNS, Alias, Answer).values()
    visitor.user_permissions.set(Permission.objects.filter(content_type__in=types, codename__startswith="view_"))
    client = Client()
    client.force_login(visitor)
    response = client.get(page_of(fill()[noun]))
    assert response.status_code == 200
    assert 'name="_save"' not in response.content.decode()


@pytest.mark.parametrize("noun", BY_THE_DESK_ALONE)
def test_what_cannot_be_added_says_where_it_comes_from(noun: type[Model], admin_browser: Client) -> None:
    response = admin_browser.get(list_of(noun))
    assert f'<p class="origin">{response.context["origin"][:20]}' in response.content.decode()
    assert "addlink" not in response.content.decode().split('id="content-main"')[1]
    assert admin_browser.get(reverse(f"admin:articles_{noun._meta.model_name}_add")).status_code == 403


@pytest.mark.parametrize(
    ("noun", "ways"),
    [
        (Article, ("“Add an article”", "import_articles")),
        (Claim, ("the article’s page", "an import")),
        (Changeset, ("import", "claims", "metadata", "data of a source or of a story", "merge taken back")),
    ],
)
def test_what_comes_by_several_ways_says_them_all(
    noun: type[Model], ways: tuple[str, ...], admin_browser: Client
) -> None:
    origin = admin_browser.get(list_of(noun)).context["origin"]
    assert all(way in origin for way in ways)


@pytest.mark.parametrize("noun", [Article, Choice, Claim, Place, Question])
def test_every_foreign_key_that_can_be_edited_is_searched_for(noun: type[Model], admin_browser: Client) -> None:
    response = admin_browser.get(page_of(fill()[noun]))
    forms = [response.context["adminform"].form]
    forms += [form for one in response.context["inline_admin_formsets"] for form in one.formset.forms]
    fields = [field for form in forms for field in form.fields.values()]
    chosen = [field for field in fields if isinstance(field, ModelChoiceField)]
    chosen = [field for field in chosen if not field.widget.is_hidden]
    assert chosen
    for field in chosen:
        assert isinstance(field.widget.widget, AutocompleteSelect), field.label


def fields_without_a_name(page: Any) -> list[str]:
    tree = main_of(page)
    labelled = {label.get("for") for label in tree.iter("label")}
    fields = [one for kind in ("input", "select", "textarea") for one in tree.iter(kind)]
    fields = [one for one in fields if one.get("type") not in ("hidden", "submit", "button")]
    return [one.get("name") for one in fields if not one.get("aria-label") and one.get("id") not in labelled]


@pytest.mark.parametrize("noun", [Article, Claim, Place, Question, Source, Story])
def test_every_field_has_a_name_in_tables_too(noun: type[Model], admin_browser: Client) -> None:
    rows = fill()
    assert fields_without_a_name(admin_browser.get(page_of(rows[noun]))) == []


def test_a_field_in_a_table_is_named_by_its_column_and_its_row(admin_browser: Client) -> None:
    page = admin_browser.get(page_of(fill()[Source])).content.decode()
    assert 'aria-label="Name: Alias 0"' in page and 'aria-label="Delete: Alias 1"' in page
    assert 'aria-label="Name: new alias"' in page


def test_a_day_and_its_time_are_named_apart(admin_browser: Client) -> None:
    page = admin_browser.get(page_of(make_article())).content.decode()
    assert 'aria-label="Published at: date"' in page and 'aria-label="Published at: time"' in page
    page = admin_browser.get(f"/admin/auth/user/{User.objects.get(username='administrator').pk}/change/")
    assert 'aria-label="Last login: date"' in page.content.decode()


def test_slugs_stay_once_they_are_saved(admin_browser: Client) -> None:
    story = make_story()
    response = admin_browser.post(page_of(story), {"title": "Renamed", "slug": "another", **no_rows("questions")})
    assert response.status_code == 302
    story.refresh_from_db()
    assert (story.title, story.slug) == ("Renamed", "khusham")
    new = {"title": "New", "slug": "new", **no_rows("questions")}
    assert admin_browser.post(reverse("admin:articles_story_add"), new).status_code == 302
    assert Story.objects.get(slug="new").title == "New"


def no_rows(prefix: str) -> dict[str, int]:
    return {f"{prefix}-TOTAL_FORMS": 0, f"{prefix}-INITIAL_FORMS": 0}


def test_a_form_saves_the_columns_that_were_changed_and_no_others(admin_browser: Client) -> None:
    story = make_story()
    with CaptureQueriesContext(connection) as captured:
        admin_browser.post(page_of(story), {"title": "Renamed", "slug": "khusham", **no_rows("questions")})
    (update,) = [query["sql"] for query in captured if query["sql"].startswith('UPDATE "articles_story" SET "title"')]
    assert '"summary"' not in update


def test_nothing_is_deleted_from_beside_a_field(admin_browser: Client) -> None:
    page = admin_browser.get(page_of(fill()[Place])).content.decode()
    assert "change_id_story" in page and "delete_id_story" not in page


def test_the_admin_follows_the_system_in_light_and_dark_as_the_desk_does(admin_browser: Client) -> None:
    page = admin_browser.get("/admin/").content.decode()
    assert "css/tokens.css" in page and "theme" not in page
    assert page.index("admin/css/base.css") < page.index("css/admin.css")
