"""A source that was made for a claim goes with it when that is undone, unless it is needed, and comes back with it."""

from typing import Any

import pytest
from django.contrib.auth.models import User

from articles.models import Article, Changeset, Claim, Revision, Source, SourceNumber
from articles.writing.checking import check_all
from articles.writing.restoring import restore
from articles.writing.undoing import undo
from tests.factories import make_article, make_claim, make_source, make_story
from tests.htmx import assert_same, page, put, send
from tests.pages import PageClient, main_of, words
from tests.test_marking_claims import form_of

pytestmark = pytest.mark.django_db

ADD = "/articles/strikes/claims/new/"
GHOST = "Ghost ministry"


@pytest.fixture(autouse=True)
def article(db: None) -> Article:
    make_source()
    return make_article(paragraphs=["Nobody was hurt, it said. It was late."], story=make_story())


def name_source(client: PageClient, address: str = ADD, **more: Any) -> Any:
    form = {**form_of(client.get(address)), "source": "+", "source_name": GHOST, "source_code": "GHM", **more}
    return client.post(address, form)


@pytest.fixture
def made(editors_browser: PageClient) -> Changeset:
    assert name_source(editors_browser, quote="Nobody was hurt").status_code == 302
    return Changeset.objects.get(kind="create")


def there_is() -> bool:
    return Source.objects.filter(name=GHOST).exists()


def in_order() -> bool:
    return not [problem for problem in check_all() if "text as given" not in problem.what]


class TestGoesWithIt:
    def test_with_its_number(self, made: Changeset, article: Article, editors_browser: PageClient) -> None:
        assert there_is() and SourceNumber.objects.filter(source__name=GHOST).exists()
        assert editors_browser.post(f"/changes/{made.uid}/undo/").status_code == 302
        assert not there_is() and not Claim.objects.exists() and in_order()
        assert GHOST not in words(main_of(editors_browser.get(ADD)))

    def test_the_page_with_the_pieces_in_place_is_the_page_loaded_fresh(
        self, made: Changeset, article: Article, editors_browser: PageClient
    ) -> None:
        make_claim(article=article, quote="It was late")
        current = article.get_absolute_url()
        swapped = put(page(editors_browser, current), send(editors_browser, f"/changes/{made.uid}/undo/", {}, current))
        assert not there_is()
        assert_same(swapped, page(editors_browser, current), aside=["notices"])

    def test_a_suggestion_is_one_again(self, article: Article, editors_browser: PageClient, editor: User) -> None:
        claim = make_claim(
            article=article, source=None, quote="It was late", status="suggested", proposed_source="a ghost"
        )
        assert name_source(editors_browser, f"/claims/{claim.uid}/edit/?accept=1").status_code == 302
        assert there_is()
        undo(Changeset.objects.get(kind="edit"), editor)
        claim.refresh_from_db()
        assert (claim.source, claim.status) == (None, "suggested") and not there_is() and in_order()

    def test_undoing_twice_does_it_once(self, made: Changeset, editor: User) -> None:
        assert undo(made, editor) == undo(made, editor)
        assert not there_is()

    def test_its_name_can_be_used_anew(self, made: Changeset, editor: User, editors_browser: PageClient) -> None:
        undo(made, editor)
        assert name_source(editors_browser, quote="It was late").status_code == 302
        assert Claim.objects.get().source == Source.objects.get(name=GHOST)

    def test_the_form_sent_once_more_makes_neither(self, editor: User, editors_browser: PageClient) -> None:
        form = {**form_of(editors_browser.get(ADD)), "source": "+", "source_name": GHOST, "quote": "Nobody was hurt"}
        assert editors_browser.post(ADD, form).status_code == 302
        undo(Changeset.objects.get(kind="create"), editor)
        assert editors_browser.post(ADD, form).status_code == 302
        assert not there_is() and not Claim.objects.exists()


class TestStays:
    @pytest.fixture
    def ghost(self, made: Changeset) -> Source:
        return Source.objects.get(name=GHOST)

    def test_while_another_claim_has_it(self, made: Changeset, ghost: Source, editor: User, article: Article) -> None:
        make_claim(article=article, source=ghost, quote="It was late")
        undo(made, editor)
        assert there_is() and in_order()

    def test_as_an_outlet(self, made: Changeset, ghost: Source, editor: User) -> None:
        Source.objects.filter(pk=ghost.pk).update(kind="outlet")
        make_article(slug="other", outlet=ghost)
        undo(made, editor)
        assert there_is()

    def test_once_somebody_has_changed_it(
        self, made: Changeset, ghost: Source, editor: User, editors_browser: PageClient
    ) -> None:
        ghost.aliases.create(name="Ghosts")
        undo(made, editor)
        assert there_is()

    def test_that_was_there_before(self, editor: User, editors_browser: PageClient) -> None:
        assert name_source(editors_browser, quote="Nobody was hurt", source_name="coalition").status_code == 302
        undo(Changeset.objects.get(kind="create"), editor)
        assert Source.objects.get().name == "Coalition"


class TestComesBack:
    def test_with_the_claim(self, made: Changeset, editor: User) -> None:
        before = Source.objects.filter(name=GHOST).values("name", "slug", "code", "kind", "tone").get()
        undo(made, editor)
        claim = restore(Revision.objects.get(version=1), editor)
        assert claim.source and claim.source.name == GHOST and in_order()
        assert Source.objects.filter(name=GHOST).values("name", "slug", "code", "kind", "tone").get() == before

    def test_with_another_code_if_that_was_given_away(self, made: Changeset, editor: User) -> None:
        undo(made, editor)
        make_source(name="General Health Ministry", code="GHM")
        restore(Revision.objects.get(version=1), editor)
        assert Source.objects.get(name=GHOST).code not in ("", "GHM")

    def test_as_who_has_its_name_now(self, made: Changeset, editor: User) -> None:
        undo(made, editor)
        make_source(name="Ghosts", code="G").aliases.create(name=GHOST)
        claim = restore(Revision.objects.get(version=1), editor)
        assert claim.source == Source.objects.get(name="Ghosts")

    def test_the_history_page_restores_it(self, made: Changeset, editor: User, editors_browser: PageClient) -> None:
        uid = Claim.objects.get().uid
        undo(made, editor)
        page = editors_browser.get(f"/claims/{uid}/history/")
        assert page.status_code == 200 and "ghost" in words(main_of(page)).casefold()
