"""What heads say to other programs is data: the browser runs none of it, and the console stays empty."""

import json

import pytest
from playwright.sync_api import expect

from articles.models import Article
from tests.browser.conftest import REPORT, OpenPage

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("seeds")]

HOSTILE = "</script><script>document.documentElement.id = 'run'</script>"


def test_linked_data_is_read_and_not_run(open_page: OpenPage) -> None:
    Article.objects.filter(slug="khusham-2").update(title=HOSTILE)
    page = open_page(REPORT)
    for address in (REPORT, "/", "/claims/jv45y4acacqk/", "/stories/khusham-2018/", "/sources/sana/", "/claims/"):
        page.goto(address)
        data = page.locator('script[type="application/ld+json"]')
        expect(data).to_have_count(1)
        assert json.loads(data.text_content() or "")["@context"] == "https://schema.org", address
        assert page.evaluate("document.documentElement.id") == ""


def test_a_format_is_downloaded(open_page: OpenPage) -> None:
    page = open_page("/claims/?shown=sana")
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV", exact=True).click()
    assert download.value.suggested_filename == "claims.csv"
    assert download.value.path().read_text(encoding="utf-8").startswith("id,address,")
    expect(page.get_by_role("heading", name="Claims", exact=True)).to_be_visible()
