import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.factories import make_administrator, make_article
from tests.pages import PageClient, by_id, links, main_of, tree_of, words

pytestmark = pytest.mark.django_db

ADDRESS = "/sign-in/"
RIGHT = {"username": "editor", "password": "a long pass phrase"}


def test_the_form_asks_for_name_and_password_with_labels(reader: PageClient) -> None:
    main = main_of(reader.get(ADDRESS))
    labels = {label.get("for"): words(label) for label in main.iter("label")}
    fields = {field.get("id"): field.get("name") for field in main.iter("input") if field.get("type") != "hidden"}
    assert labels == {"id_username": "Name", "id_password": "Password"}
    assert fields == {"id_username": "username", "id_password": "password"}


def test_an_editor_signs_in_and_reads_on(reader: PageClient, editor: User) -> None:
    response = reader.post(ADDRESS, RIGHT)
    assert (response.status_code, response["Location"]) == (302, "/")
    assert "editor" in words(tree_of(reader.get("/")).find(".//header"))


def test_the_way_leads_back_to_where_one_came_from(reader: PageClient, editor: User) -> None:
    assert [field.get("value") for field in main_of(reader.get(f"{ADDRESS}?next=/claims/")).iter("input")].count(
        "/claims/"
    )
    assert reader.post(ADDRESS, {**RIGHT, "next": "/claims/?shown=sana"})["Location"] == "/claims/?shown=sana"


@pytest.mark.parametrize("where", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_it_leads_to_no_other_site(reader: PageClient, editor: User, where: str) -> None:
    assert reader.post(ADDRESS, {**RIGHT, "next": where})["Location"] == "/"


@pytest.mark.parametrize("wrong", [{"password": "wrong"}, {"username": "nobody"}, {"password": ""}])
def test_a_mistake_is_said_and_does_not_say_which(reader: PageClient, editor: User, wrong: dict[str, str]) -> None:
    response = reader.post(ADDRESS, RIGHT | wrong)
    (alert,) = [node for node in main_of(response).iter() if node.get("role") == "alert"]
    assert "name and password" in words(alert)
    assert "_auth_user_id" not in reader.session


def test_a_name_that_was_typed_is_shown_as_text(reader: PageClient) -> None:
    response = reader.post(ADDRESS, {"username": '"><script>x</script>', "password": "x"})
    assert by_id(tree_of(response), "id_username").get("value") == '"><script>x</script>'


def test_a_form_from_elsewhere_is_refused(editor: User) -> None:
    assert Client(enforce_csrf_checks=True).post(ADDRESS, RIGHT).status_code == 403


def test_an_editor_signs_out_by_a_button(editors_browser: PageClient) -> None:
    header = tree_of(editors_browser.get("/")).find(".//header")
    forms = [(form.get("action"), form.get("method")) for form in header.iter("form")]
    assert forms == [("/search/", "get"), ("/sign-out/", "post")]
    assert editors_browser.post("/sign-out/")["Location"] == "/signed-out/"
    assert "Sign in" in links(tree_of(editors_browser.get("/")).find(".//header")).values()


@pytest.mark.parametrize("door", ["/sign-out/", "/admin/logout/"])
def test_a_page_of_its_own_says_that_one_is_signed_out(reader: PageClient, door: str) -> None:
    browser = PageClient()
    browser.force_login(make_administrator())
    said = browser.post(door, follow=True)
    assert said.redirect_chain == [("/signed-out/", 302)]
    main = main_of(said)
    assert "You are signed out" in words(main)
    assert links(main) == {"/": "Go on reading", "/sign-in/": "Sign in again"}
    assert "no-store" in said["Cache-Control"]
    assert not reader.get("/signed-out/").cookies


def test_it_is_said_to_nobody_who_has_signed_in_since(editors_browser: PageClient) -> None:
    assert editors_browser.get("/signed-out/")["Location"] == "/"


def test_no_page_that_is_kept_says_it(editors_browser: PageClient, reader: PageClient) -> None:
    make_article()
    before = reader.get("/articles/strikes/").content
    editors_browser.post("/sign-out/", follow=True)
    # As a browser does it.
    editors_browser.cookies.clear()
    for browser in (editors_browser, reader):
        page = browser.get("/articles/strikes/")
        assert (page.content, page.cookies.output()) == (before, "")


def test_a_link_does_not_sign_out(editors_browser: PageClient) -> None:
    assert editors_browser.get("/sign-out/").status_code == 405
    assert "_auth_user_id" in editors_browser.session


def test_the_admin_is_one_link_away_for_administrators_only(reader: PageClient, editors_browser: PageClient) -> None:
    administrators = PageClient()
    administrators.force_login(make_administrator())
    shown = [
        "/admin/" in links(tree_of(client.get("/")).find(".//header"))
        for client in (administrators, editors_browser, reader)
    ]
    assert shown == [True, False, False]


@pytest.mark.parametrize(
    ("following", "said", "leads_to"),
    [("/admin/", "who is no administrator", "/"), ("/claims/", "Sign in as somebody else", "/claims/"), ("", "", "/")],
)
def test_who_has_signed_in_is_told_so(editors_browser: PageClient, following: str, said: str, leads_to: str) -> None:
    main = main_of(editors_browser.get(f"{ADDRESS}?next={following}"))
    assert "You are signed in as editor" in words(main) and said in words(main)
    assert leads_to in links(main)


def test_the_page_is_kept_by_nobody(reader: PageClient) -> None:
    assert "no-store" in reader.get(ADDRESS)["Cache-Control"]


def test_reading_needs_no_account(reader: PageClient) -> None:
    make_article()
    assert reader.get("/articles/strikes/").status_code == 200


@pytest.mark.parametrize(
    ("address", "following"),
    [
        ("/articles/strikes/?shown=sana&shown=b", "/articles/strikes/%3Fshown%3Dsana%26shown%3Db"),
        ("/claims/?question=nope", "/claims/%3Fquestion%3Dnope"),
        ("/", "/"),
    ],
)
def test_the_way_there_keeps_the_whole_address(reader: PageClient, editor: User, address: str, following: str) -> None:
    make_article()
    link = by_id(tree_of(reader.get(address)), "sign-in").get("href")
    assert link == f"{ADDRESS}?next={following}"
    (field,) = [one for one in main_of(reader.get(link)).iter("input") if one.get("name") == "next"]
    assert reader.post(ADDRESS, {**RIGHT, "next": field.get("value")})["Location"] == address


def test_a_filtered_page_still_sets_no_cookie(reader: PageClient) -> None:
    make_article()
    assert not reader.get("/articles/strikes/?shown=sana").cookies


def test_the_page_does_not_lead_to_itself(reader: PageClient) -> None:
    assert ADDRESS not in "".join(links(tree_of(reader.get(ADDRESS)).find(".//header")))
