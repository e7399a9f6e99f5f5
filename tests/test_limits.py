"""Too much of anything gets a page that says so, and how much may be."""

from hashlib import sha256
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings as configured
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory

from articles.models import Article, Claim
from articles.pages.forms import SlugsField
from newsdesk import limits
from tests.factories import make_article, make_claim
from tests.pages import PageClient, main_of, words

pytestmark = pytest.mark.django_db
ADD = "/articles/new/"


class TestBody:
    def test_of_more_than_a_form_may_hold_says_so(self, editors_browser: PageClient) -> None:
        refused = editors_browser.post(ADD, {"text": "x" * 2_700_000})
        assert refused.status_code == 413
        assert "takes 2.5 MB with one form" in words(main_of(refused))
        assert "what you wrote is still there" in words(main_of(refused))

    def test_of_far_more_is_refused_before_anybody_looks_at_it(self, reader: PageClient) -> None:
        refused = reader.post("/sign-in/", {"username": "x" * 6_000_000})
        assert (refused.status_code, "413" in str(refused.status_code)) == (413, True)

    def test_that_says_it_is_long_and_is_not(self, rf: RequestFactory) -> None:
        request = rf.post("/", CONTENT_LENGTH=str(10**12))
        request._stream = BytesIO(b"short")  # type: ignore[attr-defined]
        assert limits.limits(lambda request: None)(request).status_code == 413  # type: ignore[arg-type, return-value]

    @pytest.mark.parametrize("length", ["", "-1", "many", "1e9"])
    def test_of_no_length_is_none(self, rf: RequestFactory, length: str) -> None:
        request = rf.post("/", CONTENT_LENGTH=length)
        assert limits._size(request) <= 0

    def test_in_a_file_is_refused_by_its_form(self, editors_browser: PageClient) -> None:
        sent = {"file": SimpleUploadedFile("report.txt", b"word " * 300_000)}
        refused = editors_browser.post(ADD, sent)
        assert refused.status_code == 422
        assert "1 MB" in words(main_of(refused))

    def test_for_the_admin_too(self, admin_browser: Client) -> None:
        claim = make_claim()
        address = f"/admin/articles/claim/{claim.pk}/change/"
        assert admin_browser.post(address, {"note": "x" * 2_700_000}).status_code == 413


class TestAddress:
    def test_that_is_too_long_says_so(self, reader: PageClient) -> None:
        refused = reader.get("/claims/?q=" + "x" * 6_000)
        assert refused.status_code == 414
        assert "reads addresses of 6000 characters" in words(main_of(refused))
        assert len(refused.content) < 12_000, "it is not repeated"

    def test_with_a_path_that_is_too_long(self, reader: PageClient) -> None:
        assert reader.get("/" + "x" * 6_001 + "/").status_code == 414

    def test_with_a_long_search_is_read(self, reader: PageClient) -> None:
        make_article()
        assert reader.get("/search/?q=" + "strikes+" * 700).status_code == 200

    def test_for_somebody_who_has_signed_in(self, editors_browser: PageClient) -> None:
        assert editors_browser.get("/?" + "x" * 6_001).status_code == 414


class TestNumbers:
    def test_of_fields(self, editors_browser: PageClient) -> None:
        refused = editors_browser.post(ADD, {f"field{one}": "x" for one in range(1_001)})
        assert refused.status_code == 400
        assert "takes 1000 fields" in words(main_of(refused))

    def test_of_parameters(self, reader: PageClient) -> None:
        refused = reader.get("/claims/?" + "a=1&" * 1_100)
        assert refused.status_code == 400
        assert "takes 1000 fields" in words(main_of(refused))

    def test_of_files(self, editors_browser: PageClient) -> None:
        files = {f"file{one}": SimpleUploadedFile("a.txt", b"a") for one in range(101)}
        refused = editors_browser.post(ADD, files)
        assert refused.status_code == 400
        assert "too many" in words(main_of(refused))

    def test_of_what_a_filter_holds(self, reader: PageClient) -> None:
        refused = reader.get("/claims/?" + "&".join(f"shown=s{one}" for one in range(SlugsField.LIMIT + 1)))
        assert refused.status_code == 400
        assert len(words(main_of(refused))) > 40

    def test_of_claims_that_are_ticked(self, editors_browser: PageClient) -> None:
        chosen = [f"c{one}:1" for one in range(501)]
        refused = editors_browser.post("/claims/set-together/", {"chosen": chosen, "act": "status"})
        assert refused.status_code == 422
        assert "more than 500 claims" in words(main_of(refused))

    def test_of_passages(self, editors_browser: PageClient) -> None:
        article = make_article()
        sent = {"passage": ["1:0-3"] * 51, "quote": ["One"] * 51, "source": "?", "token": "t"}
        refused = editors_browser.post(f"{article.get_absolute_url()}claims/new/", sent)
        assert refused.status_code == 422
        assert len(words(main_of(refused))) > 40
        assert not Claim.objects.exists()


# The longest that each field of the form of a claim takes.
LENGTHS = {"source_name": 120, "proposed_source": 200, "speaker": 200, "cue": 120, "note": 5_000, "token": 36}


@pytest.mark.parametrize("field", LENGTHS)
def test_a_field_says_how_long_it_may_be(editors_browser: PageClient, field: str) -> None:
    claim = make_claim()
    sent = {"source": "?", field: "x" * (LENGTHS[field] + 1), "based_on": claim.version}
    refused = editors_browser.post(f"{claim.get_absolute_url()}edit/", sent)
    assert refused.status_code == 422
    claim.refresh_from_db()
    assert claim.version == int(sent["based_on"])


class TestUploads:
    """Only text comes in, and it never goes out as a page."""

    @pytest.mark.parametrize(
        "content",
        [b"\x89PNG\r\n\0", b"PK\3\4\0\0", b"MZ\0\0", b"\xff\xfeh\0i\0", b"%PDF-1.7\n\xe2\xe3\xcf\xd3"],
    )
    def test_that_are_no_text_are_refused(self, editors_browser: PageClient, content: bytes) -> None:
        sent = {"file": SimpleUploadedFile("report.txt", content, "text/plain"), "token": "0" * 36}
        refused = editors_browser.post(ADD, sent)
        assert refused.status_code == 422
        assert not Article.objects.exists()

    def test_what_they_say_of_themselves_does_not_count(self, admin_browser: Client) -> None:
        markup = b"<!DOCTYPE html><script>alert(1)</script> said somebody."
        file = SimpleUploadedFile("report.html", markup, "text/html")
        sent = {"token": str(uuid4()), "language": "en", "checked": sha256(markup).hexdigest(), "step": "publish"}
        admin_browser.post(ADD, {**sent, "file": file})
        article = Article.objects.get()
        for address in (article.get_absolute_url(), f"/admin/articles/article/{article.pk}/change/"):
            response = admin_browser.get(address)
            assert b"&lt;script&gt;alert(1)" in response.content and b"<script>alert" not in response.content


def test_django_keeps_the_limits_that_the_pages_name() -> None:
    assert configured.DATA_UPLOAD_MAX_MEMORY_SIZE == 2.5 * limits.MEGABYTE
    assert configured.DATA_UPLOAD_MAX_NUMBER_FIELDS == 1_000


def test_another_bad_request_has_the_page_of_all(settings: Any, reader: PageClient) -> None:
    refused = reader.get("/", headers={"Host": "evil.example"})
    assert refused.status_code == 400
    assert "cannot be read" in refused.content.decode()
