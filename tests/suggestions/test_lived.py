"""What became of suggestions: counted from what was proposed and what stands now."""

from itertools import pairwise
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from articles.models import Article, Claim
from articles.suggestions.figures import BANDS, DEV, PRECISION
from articles.suggestions.lived import Tally, lived
from articles.suggestions.making import suggest
from articles.writing.tagging import Act, accept_suggestion, delete_claim, reject_suggestion, retag_claim, stored
from articles.writing.undoing import undo
from tests.factories import make_source
from tests.pages import PageClient, main_of, words
from tests.suggestions.reports import board, harbour

pytestmark = pytest.mark.django_db
ADDRESS = "/work/suggestions/"


@pytest.fixture
def article() -> Article:
    board()
    article = harbour()
    suggest(article)
    return article


def whole(article: Article, number: int) -> Any:
    found = stored(list(Claim.objects.in_article(article).in_reading_order().values_list("uid", flat=True))[number])
    assert found
    return found


def counts(tally: Tally) -> tuple[int, int, int]:
    return tally.accepted, tally.corrected, tally.rejected


def test_nothing_reviewed(editors_browser: PageClient, article: Article) -> None:
    found = lived()
    assert (counts(found.total), found.waiting) == ((0, 0, 0), 5)
    assert "Nobody has reviewed a suggestion yet; 5 wait." in words(main_of(editors_browser.get(ADDRESS)))


def test_accepted_corrected_and_rejected(editors_browser: PageClient, article: Article, editor: User) -> None:
    act, union = Act(editor), make_source(name="Union", code="UN")
    rejected, sourceless = whole(article, 2), whole(article, 4)
    accept_suggestion(whole(article, 0), act)
    accept_suggestion(whole(article, 1), act, union)
    # To name the source of one that had none corrects nothing.
    accept_suggestion(whole(article, 3), act, union)
    reject_suggestion(rejected, act)
    reject_suggestion(sourceless, act)
    found = lived()
    assert (counts(found.total), found.waiting) == ((2, 1, 2), 0)
    assert found.total.parts == {"source": 1}
    assert {one.name: counts(one) for one in found.by_source} == {
        "Harbour Board": (1, 1, 1),
        "no source proposed": (1, 0, 1),
    }
    assert {one.name: counts(one) for one in found.by_word} == {
        "say": (1, 0, 2),
        "tell": (0, 1, 0),
        "according": (1, 0, 0),
    }
    assert sum(one.reviewed for one in found.by_confidence) == 5
    page = words(main_of(editors_browser.get(ADDRESS)))
    assert "5 reviewed, 0 waiting. 2 were accepted as they stood (40.0 %), 1 corrected, 2 rejected." in page
    assert f"On marked texts {PRECISION} % were right as they stood." in page


def test_what_is_corrected_later_counts_as_well(article: Article, editor: User) -> None:
    accept_suggestion(whole(article, 0), Act(editor))
    retag_claim(whole(article, 0), make_source(name="Union", code="UN"), Act(editor))
    assert counts(lived().total) == (0, 1, 0)


def test_deleting_is_rejecting_and_undoing_takes_it_back(article: Article, editor: User) -> None:
    changeset = delete_claim(whole(article, 0), Act(editor))
    assert counts(lived().total) == (0, 0, 1)
    undo(changeset, editor)
    assert (counts(lived().total), lived().waiting) == ((0, 0, 0), 5)


def test_words_and_speaker(article: Article, editor: User) -> None:
    accept_suggestion(whole(article, 0), Act(editor))
    claim = whole(article, 0)
    row = claim.highlights.get()
    data = {
        "at": f"{row.uid}@0:4-{row.end}",
        "source": "harbour-board",
        "speaker": "the Board",
        "cue": claim.cue,
        "status": "accepted",
        "based_on": claim.version,
    }
    client = Client()
    client.force_login(editor)
    assert client.post(f"/claims/{claim.uid}/edit/", data).status_code == 302
    assert lived().total.parts == {"words": 1, "speaker": 1}


def test_the_queries_do_not_grow(article: Article, editor: User, django_assert_num_queries: Any) -> None:
    for number in (0, 1):
        accept_suggestion(whole(article, number), Act(editor))
        with django_assert_num_queries(4):
            lived()


def test_it_is_for_editors(reader: PageClient) -> None:
    assert reader.get(ADDRESS).status_code == 302


def test_the_page_on_how_they_are_made_prints_what_was_measured(reader: PageClient) -> None:
    page = words(main_of(reader.get("/about/suggestions/")))
    assert str(DEV[0].whole[0]) in page
    assert all(f"{one.right} %" in page for one in BANDS)
    assert b'href="/about/suggestions/"' in reader.get("/").content


def test_the_levels_of_confidence_have_no_gap() -> None:
    for above, below in pairwise(BANDS):
        assert above.least == below.below
