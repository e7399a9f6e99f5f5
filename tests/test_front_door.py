"""Who may do what: every address of the site × every method × whoever there is, against one table.

A new address has no row, and a test fails until somebody has thought about it. What is found at the addresses is what
`test_visible_to.py` plants; that nothing hidden is found there is that file's subject.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from articles.models import Changeset
from newsdesk.people.urls import urlpatterns as peoples
from newsdesk.urls import urlpatterns
from tests.factories import make_administrator, make_editor, make_user
from tests.test_visible_to import plant

pytestmark = pytest.mark.django_db

WHO = ("anonymous", "reader", "editor", "administrator")
OTHER_METHODS = ("put", "patch", "delete", "options", "trace")
Statuses = tuple[int, int, int, int]


class Row(NamedTuple):
    """Where it is found, and what each of WHO is answered to GET and to an empty POST. HEAD is as GET, and every other
    method is refused."""

    at: str
    get: Statuses
    post: Statuses


ALL: Statuses = (200, 200, 200, 200)
NONE: Statuses = (405, 405, 405, 405)
# To sign in; forbidden to who has signed in as a reader.
EDITORS: Statuses = (302, 403, 200, 200)
OWNERS: Statuses = (302, 200, 200, 200)


def sent(status: int) -> Statuses:
    """By editors. Others keep what they sent: a page asks them to sign in, and sends it again. An empty form is no
    form, so editors are told what is missing, or led back to where it came from."""
    return (401, 403, status, status)


READ = ALL, NONE
ROWS = {
    "home": Row("/", *READ),
    "sitemap": Row("/sitemap.xml", *READ),
    "sitemap_section": Row("/sitemap-pages.xml", *READ),
    "robots": Row("/robots.txt", *READ),
    "story_list": Row("/stories/", *READ),
    "story_detail": Row("/stories/night/", *READ),
    "question_detail": Row("/stories/night/how-many/", *READ),
    "question_rule": Row("/stories/night/how-many/rule/", NONE, sent(422)),
    "story_feed": Row("/stories/night/feed.atom", *READ),
    "question_feed": Row("/stories/night/how-many/feed.atom", *READ),
    "oembed": Row("/embed/?url=http://testserver/stories/night/how-many/", *READ),
    "question_embed": Row("/embed/how-many/", *READ),
    "article_list": Row("/articles/", *READ),
    "article_feed": Row("/articles/feed.atom", *READ),
    "article_add": Row("/articles/new/", EDITORS, sent(422)),
    "article_detail": Row("/articles/strikes/", *READ),
    "article_changes": Row("/articles/strikes/changes/", *READ),
    "article_edit": Row("/articles/strikes/edit/", EDITORS, sent(422)),
    "article_status": Row("/articles/strikes/status/", NONE, sent(422)),
    "article_read_through": Row("/articles/strikes/read-through/", NONE, sent(400)),
    "article_suggest": Row("/articles/strikes/suggest/", NONE, sent(302)),
    # Leads on where there is nothing to review.
    "article_review": Row("/articles/strikes/review/", (302, 403, 302, 302), sent(400)),
    "claim_add": Row("/articles/strikes/claims/new/", EDITORS, sent(422)),
    "claim_list": Row("/claims/", *READ),
    "claim_feed": Row("/claims/feed.atom", *READ),
    "annotations_import": Row("/claims/import-annotations/", EDITORS, sent(422)),
    "claims_set_together": Row("/claims/set-together/", NONE, sent(422)),
    "claim_detail": Row("/claims/public/", *READ),
    "claim_edit": Row("/claims/public/edit/", EDITORS, sent(422)),
    "claim_act": Row("/claims/public/act/", NONE, sent(400)),
    "claim_history": Row("/claims/public/history/", EDITORS, NONE),
    "claim_restore": Row("/claims/public/restore/", NONE, sent(400)),
    "source_list": Row("/sources/", *READ),
    "source_code": Row("/sources/new/code/", EDITORS, NONE),
    "source_detail": Row("/sources/public/", *READ),
    "source_edit": Row("/sources/public/edit/", EDITORS, sent(422)),
    "story_edit": Row("/stories/night/data/edit/", EDITORS, sent(422)),
    "source_feed": Row("/sources/public/feed.atom", *READ),
    "changeset_undo": Row("/changes/CHANGESET/undo/", NONE, sent(409)),
    "search": Row("/search/?q=plainly", *READ),
    "sign_in": Row("/sign-in/", ALL, ALL),
    "sign_out": Row("/sign-out/", NONE, (302, 302, 302, 302)),
    # Whoever has signed in is led on.
    "signed_out": Row("/signed-out/", (200, 302, 302, 302), NONE),
    "work_list": Row("/work/", EDITORS, NONE),
    # What is to be completed is not said.
    "completions": Row("/work/completions/", (302, 403, 400, 400), NONE),
    "suggestions_lived": Row("/work/suggestions/", EDITORS, NONE),
    "about_suggestions": Row("/about/suggestions/", *READ),
    "healthz": Row("/healthz", *READ),
    "readyz": Row("/readyz", *READ),
    # Own accounts.
    "account": Row("/account/", OWNERS, NONE),
    "account_password": Row("/account/password/", OWNERS, (302, 422, 422, 422)),
    "sessions_end": Row("/account/sessions/end/", NONE, (302, 302, 302, 302)),
    "second_factor": Row("/account/second-factor/", OWNERS, (302, 422, 422, 422)),
    "second_factor_off": Row("/account/second-factor/off/", NONE, (302, 302, 302, 302)),
    "recovery_codes": Row("/account/recovery-codes/", NONE, (302, 302, 302, 302)),
    "password_forgotten": Row("/forgotten/", ALL, (422, 422, 422, 422)),
    "password_sent": Row("/forgotten/sent/", *READ),
    # A token that nobody sent: the page says that it does not work.
    "password_reset": Row("/forgotten/MQ/abc-123/", ALL, ALL),
}
# The admin's addresses are many, and follow one rule: who is no administrator is led to sign in. But for these.
ADMIN_FOR_ALL = {
    # They lead to the pages that everybody has.
    "/admin/login/": {"get": (302, 302, 302, 302), "post": (302, 302, 302, 302)},
    "/admin/password_change/": {"get": (302, 302, 302, 302), "post": (302, 302, 302, 302)},
    # Nothing happens to whoever may not sign in there.
    "/admin/logout/": {"get": (302, 302, 302, 405), "post": (302, 302, 302, 302)},
}


@pytest.fixture
def clients() -> dict[str, Client]:
    plant()
    made: dict[str, Client] = {}
    people = {"reader": make_user("anybody"), "editor": make_editor(), "administrator": make_administrator()}
    for name in WHO:
        made[name] = Client(raise_request_exception=False)
        if name in people:
            made[name].force_login(people[name])
    return made


def patterns(found: list[Any], before: str = "/") -> Iterator[tuple[str, URLPattern]]:
    for one in found:
        if isinstance(one, URLResolver):
            yield from patterns(one.url_patterns, before + str(one.pattern))
        else:
            yield before + str(one.pattern), one


def placed(row: Row) -> str:
    return row.at.replace("CHANGESET", Changeset.objects.latest("pk").uid)


def test_every_address_has_a_row() -> None:
    named = {one.name for path, one in patterns(urlpatterns) if not path.startswith("/admin/")}
    assert named == ROWS.keys()
    assert len({row.at for row in ROWS.values()}) == len(ROWS)


@pytest.mark.parametrize("method", ["get", "head", "post"])
def test_each_is_answered_as_the_table_says(clients: dict[str, Client], method: str) -> None:
    found, stated = {}, {}
    for name, row in ROWS.items():
        stated[name] = row.post if method == "post" else row.get
        found[name] = tuple(status_of(clients, who, method, placed(row)) for who in WHO)
    assert found == stated


def status_of(clients: dict[str, Client], who: str, method: str, address: str) -> int:
    """Whoever signed out is signed in again for the next."""
    client = clients[who]
    status: int = getattr(client, method)(address).status_code
    if who != "anonymous" and "_auth_user_id" not in client.session:
        client.force_login(User.objects.get(username={"reader": "anybody"}.get(who, who)))
    return status


def test_no_other_method_is_known(clients: dict[str, Client]) -> None:
    for name, row in ROWS.items():
        for method in OTHER_METHODS:
            statuses = {status_of(clients, who, method, placed(row)) for who in WHO}
            assert statuses == {405}, (name, method)


def test_where_somebody_is_led_they_are_led_to_sign_in(clients: dict[str, Client]) -> None:
    for name, row in ROWS.items():
        if row.get[0] == 302:
            assert clients["anonymous"].get(row.at)["Location"] == f"/sign-in/?next={row.at}", name


def test_without_a_token_nothing_is_taken(clients: dict[str, Client]) -> None:
    """A form from elsewhere, sent by the browser of whoever may do most."""
    client = Client(enforce_csrf_checks=True)
    client.cookies = clients["administrator"].cookies
    for name, row in ROWS.items():
        if row.post != NONE:
            assert client.post(placed(row)).status_code == 403, name
    for address in admins_addresses():
        assert client.post(address).status_code in (403, 404, 405), address


def admins_addresses() -> list[str]:
    """Each of the admin's, with what stands for its variable parts."""
    found = []
    for path, _ in patterns(get_resolver().url_patterns):
        if path.startswith("/admin/"):
            for part in ("<path:object_id>", "<path:content_type_id>", "<int:pk>", "<id>"):
                path = path.replace(part, "1")
            found.append(path.replace("^(?P<app_label>articles|auth)/$", "articles/").replace("(?P<url>.*)$", "other"))
    return sorted(set(found))


@pytest.mark.parametrize("method", ["get", "post"])
def test_the_admin_is_for_administrators(clients: dict[str, Client], method: str) -> None:
    assert len(admins_addresses()) > 80
    for address in admins_addresses():
        found = tuple(status_of(clients, who, method, address) for who in WHO)
        if address in ADMIN_FOR_ALL:
            assert found == ADMIN_FOR_ALL[address][method], address
            continue
        assert found[:3] == (302, 302, 302), address
        location = getattr(clients["editor"], method)(address)["Location"]
        assert location.startswith("/admin/login/?next="), address
        assert found[3] in (200, 302, 400, 403, 404, 405), address


def test_no_address_of_an_account_names_somebody() -> None:
    """So nobody can ask for another's."""
    for pattern in peoples:
        assert "<" not in str(pattern.pattern) or pattern.name == "password_reset"
