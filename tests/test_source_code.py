"""The code that a new source would get, told while its name is typed."""

import pytest

from articles.models import Source
from tests.factories import make_article, make_claim, make_source
from tests.pages import PageClient, by_id, main_of, words

pytestmark = pytest.mark.django_db
ADDRESS = "/sources/new/code/"


def told(browser: PageClient, name: str, kind: str = "") -> str:
    answer = browser.get(ADDRESS, {"source_name": name, "source_kind": kind}).content.decode()
    return " ".join(answer.partition("<p")[0].split())


def test_it_is_the_first_that_is_free(editors_browser: PageClient) -> None:
    assert told(editors_browser, "Syrian Observatory for Human Rights") == "SOHR, unless you type another"
    make_source(name="Other", code="SOHR")
    assert told(editors_browser, "Syrian Observatory for Human Rights") == "SYOHR, unless you type another"


def test_it_is_that_of_the_kind_that_is_chosen(editors_browser: PageClient) -> None:
    assert told(editors_browser, "Sergei Lavrov") == "SL, unless you type another"
    assert told(editors_browser, "Sergei Lavrov", "person") == "LAV, unless you type another"
    article = make_article(paragraphs=["Nobody was hurt, Sergei Lavrov said."])
    made = {"step": "", "source": "+", "source_name": "Sergei Lavrov", "source_kind": "person", "quote": "hurt"}
    editors_browser.post(f"{article.get_absolute_url()}claims/new/", made)
    assert Source.objects.get(name="Sergei Lavrov").code == "LAV"


def test_a_name_that_is_known_is_said_to_be(editors_browser: PageClient) -> None:
    make_source(name="SANA", code="SAN")
    assert told(editors_browser, "sana") == "the desk has it: <bdi>SANA</bdi>, SAN"


def test_without_a_name_how_codes_are(editors_browser: PageClient) -> None:
    assert told(editors_browser, " ") == "2 to 5 letters; left empty, the desk finds one"


def test_too_long_a_name_is_refused(editors_browser: PageClient) -> None:
    assert editors_browser.get(ADDRESS, {"source_name": "x" * 121}).status_code == 400


def test_the_form_has_it_for_the_name_that_it_is_filled_with(editors_browser: PageClient) -> None:
    """Of a suggestion whose source is to be named."""
    article = make_article(paragraphs=["Nobody was hurt, the Harbour Board said."])
    claim = make_claim(
        article=article, source=None, quote="Nobody was hurt", status="suggested", proposed_source="the Harbour Board"
    )
    page = main_of(editors_browser.get(f"/claims/{claim.uid}/edit/?accept=1"))
    assert words(by_id(page, "code-proposed")) == "HB, unless you type another"
    made = {"step": "", "source": "+", "source_name": "the Harbour Board", "source_code": "HBO", "quote": "hurt"}
    editors_browser.post(f"{article.get_absolute_url()}claims/new/", made)
    assert told(editors_browser, "the Harbour Board") == "the desk has it: <bdi>the Harbour Board</bdi>, HBO"
