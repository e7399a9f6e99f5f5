"""Claims to take along, in each format: what is in it, read back by tools of the field; who gets what."""

import csv
import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import Workbook

from articles.exporting import rows, take_along
from articles.exporting.tables import COLUMNS, harmless
from articles.models import Article, Changeset, Claim, Highlight, Source
from articles.writing.editing import changing, open_changeset
from articles.writing.publishing import set_status
from tests.conftest import SEEDS
from tests.factories import (
    answer,
    make_article,
    make_claim,
    make_highlight,
    make_question,
    make_source,
    make_story,
    make_user,
    orphan,
)
from tests.linked import AS, DESK, OA, expanded, value
from tests.pages import PageClient, links, main_of

pytestmark = pytest.mark.django_db

ANNO = 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'
FORMATS = ["csv", "jsonl", "jsonld"]
HOSTILE = [
    "=HYPERLINK(\"http://evil.example\"; \"click\")",
    "+1", "-2+3|cmd", "@SUM(A1)", "\t=1", "\r=1", "＝1", " =1",
    "a \"quoted\", cell; with\nlines", "émigré 👩‍🚀 عربي", "</script><b>", "’;DROP",
]  # fmt: skip


def body(response: Any) -> str:
    assert response.status_code == 200
    return str(response.getvalue().decode())


def get(address: str, client: Client | None = None, **headers: str) -> str:
    return body((client or Client()).get(address, headers=headers))


def table(address: str, client: Client | None = None) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(get(address, client), newline="")))


def records(address: str, client: Client | None = None) -> list[dict[str, Any]]:
    return [json.loads(line) for line in get(address, client).splitlines()]


def annotations(address: str, client: Client | None = None) -> list[dict[str, Any]]:
    data = json.loads(get(address, client))
    return list(data.get("first", data)["items"])


def uids(address: str, client: Client | None = None) -> dict[str, list[str]]:
    """Of the claims in each format."""
    sign = "&" if "?" in address else "?"
    return {
        "csv": [row["id"] for row in table(f"{address}{sign}format=csv", client)],
        "jsonl": [one["id"] for one in records(f"{address}{sign}format=jsonl", client)],
        "jsonld": [
            one["id"].removeprefix("urn:newsdesk:claim:")
            for one in annotations(f"{address}{sign}format=jsonld", client)
        ],
    }


@pytest.fixture
def seeds() -> None:
    call_command("import_articles", stdout=StringIO())


class TestWhichClaims:
    ADDRESSES = {
        "/claims/": lambda: Claim.objects.in_latest_versions(),
        "/claims/?versions=all": lambda: Claim.objects.all(),
        "/claims/?shown=sana": lambda: Claim.objects.in_latest_versions().by_sources(["sana"]),
        "/claims/?question=fighters-killed&page=2": lambda: Claim.objects.in_latest_versions().filter(
            answers__question__slug="fighters-killed"
        ),
        "/articles/khusham-1/": lambda: Claim.objects.in_articles(["khusham-1"]),
        "/articles/khusham-2/?shown=sana": lambda: Claim.objects.in_articles(["khusham-2"]).by_sources(["sana"]),
        "/stories/khusham-2018/": lambda: Claim.objects.in_latest_versions(),
        "/stories/khusham-2018/?shown=sana&shown=coalition": lambda: Claim.objects.in_latest_versions().by_sources(
            ["sana", "coalition"]
        ),
        "/sources/russian-mod/": lambda: Claim.objects.by_sources(["russian-mod"]),
    }  # fmt: skip

    def test_those_that_the_page_lists(self, seeds: None) -> None:
        for address, expected in self.ADDRESSES.items():
            wanted = [one.uid for one in expected().on_the_page().order_by("article_id", "reading_order", "pk")]
            assert wanted, address
            assert uids(address) == dict.fromkeys(FORMATS, wanted), address

    def test_what_a_search_found(self, seeds: None) -> None:
        found = Claim.objects.in_latest_versions().filter(highlights__quote__icontains="aggression").on_the_page()
        wanted = [one.uid for one in found.order_by("article_id", "reading_order", "pk")]
        assert wanted
        assert uids("/claims/?q=aggression") == dict.fromkeys(FORMATS, wanted)

    def test_a_claim_by_itself(self, seeds: None) -> None:
        claim = Claim.objects.on_the_page()[3]
        address = claim.get_absolute_url()
        assert [row["id"] for row in table(f"{address}?format=csv")] == [claim.uid]
        assert [one["id"] for one in records(f"{address}?format=jsonl")] == [claim.uid]
        one = json.loads(get(f"{address}?format=jsonld"))
        assert one["id"] == f"urn:newsdesk:claim:{claim.uid}"
        assert value(expanded(one), f"{OA}motivatedBy") == f"{OA}identifying"

    def test_readers_see_no_more_than_on_pages_and_neither_do_editors_unless_they_ask(
        self, editors_browser: PageClient
    ) -> None:
        report = make_article()
        lost = make_claim(article=report, highlights=[make_highlight(report, "coalition"), orphan("lost")])
        proposed = make_claim(article=report, quote="act", status="suggested", proposed_source="Somebody")
        make_claim(article=report, quote="of", status="rejected")
        make_claim(article=report, highlights=[orphan("nowhere")])
        for client in (Client(), editors_browser):
            assert uids("/articles/strikes/", client)["jsonl"] == [lost.uid]
            (record,) = records("/articles/strikes/?format=jsonl", client)
            assert [one["quote"] for one in record["highlights"]] == ["coalition"]
        asked = "/articles/strikes/?audience=editors"
        assert uids(asked, editors_browser) == {format: [lost.uid, proposed.uid] for format in FORMATS}
        first, second = records(f"{asked}&format=jsonl", editors_browser)
        assert [one["state"] for one in first["highlights"]] == ["placed", "orphaned"]
        assert second["source"] == {"slug": "", "name": "Somebody"}

    @pytest.mark.parametrize("format", FORMATS)
    def test_what_editors_see_is_for_editors(self, format: str) -> None:
        make_claim()
        signed_in = Client()
        signed_in.force_login(make_user("reader"))
        for client in (Client(), signed_in):
            assert client.get(f"/claims/?format={format}&audience=editors").status_code == 403

    def test_what_continues_something_hidden_does_not_say_so(self, editor: Any) -> None:
        before = make_article(slug="before")
        first = make_claim(article=before)
        later = make_article(revises=before)
        make_claim(article=later, continues=first)
        assert records("/articles/strikes/?format=jsonl")[0]["continues"] == first.uid
        set_status(before, Article.Status.WITHDRAWN, "Wrong.", editor)
        assert records("/articles/strikes/?format=jsonl")[0]["continues"] == ""
        assert Client().get("/articles/before/?format=csv").status_code == 410

    def test_what_is_not_checked_in_its_version_says_so(self) -> None:
        claim = make_claim()
        assert records("/articles/strikes/?format=jsonl")[0]["unchecked"] is False
        Claim.objects.filter(pk=claim.pk).update(is_doubtful=True)
        assert records("/articles/strikes/?format=jsonl")[0]["unchecked"] is True
        (row,) = table("/articles/strikes/?format=csv")
        assert row["unchecked"] == "yes"

    def test_no_editor_is_named(self, editor: Any) -> None:
        make_claim(editor=editor)
        for format in FORMATS:
            assert editor.username not in get(f"/claims/?format={format}")

    def test_a_page_that_is_not_there_is_not_there_in_any_format(self, editors_browser: PageClient) -> None:
        make_article(status="draft")
        for address in ("/articles/strikes/", "/articles/none/", "/stories/none/", "/sources/none/", "/claims/none/"):
            for format in FORMATS:
                assert Client().get(f"{address}?format={format}").status_code == 404, address
        assert editors_browser.get("/articles/strikes/?format=csv").status_code == 404
        assert editors_browser.get("/articles/strikes/").status_code == 200
        assert editors_browser.get("/articles/strikes/?format=csv&audience=editors").status_code == 200

    def test_a_merged_sources_address_leads_on(self) -> None:
        living, merged = make_source(), make_source(name="Other", code="OTH")
        make_claim(source=living)
        Source.objects.filter(pk=merged.pk).update(merged_into=living)
        response = Client().get("/sources/other/?format=csv&bom=1")
        assert (response.status_code, response["Location"]) == (302, "/sources/coalition/?format=csv&bom=1")


class TestNegotiating:
    ACCEPTED = {
        "text/csv": "text/csv; charset=utf-8",
        "application/x-ndjson": "application/x-ndjson; charset=utf-8",
        "application/jsonl": "application/x-ndjson; charset=utf-8",
        "application/ld+json": ANNO,
        ANNO: ANNO,
        "text/html;q=0.5, text/csv": "text/csv; charset=utf-8",
        "text/csv;q=0.5, text/html": "text/html; charset=utf-8",
        "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8": "text/html; charset=utf-8",
        "*/*": "text/html; charset=utf-8",
        "image/png": "text/html; charset=utf-8",
        "": "text/html; charset=utf-8",
    }
    PAGES = ["/claims/", "/articles/strikes/", "/stories/khusham/", "/sources/coalition/", "/claims/first/"]

    def plant(self) -> None:
        make_claim(article=make_article(story=make_story()), uid="first")

    def test_by_what_is_accepted(self) -> None:
        self.plant()
        for address in self.PAGES:
            for accepted, given in self.ACCEPTED.items():
                response = Client().get(address, headers={"Accept": accepted} if accepted else {})
                assert response["Content-Type"] == given, (address, accepted)
                assert "Accept" in response["Vary"].split(", ")
                assert not response.cookies

    def test_by_address(self) -> None:
        self.plant()
        for address in self.PAGES:
            for format in FORMATS:
                response = Client().get(f"{address}?format={format}", headers={"Accept": "text/html"})
                assert response.status_code == 200
                assert not response["Content-Type"].startswith("text/html")
                assert "Accept" not in response.get("Vary", "").split(", ")
                assert not response.cookies and "Cookie" not in response.get("Vary", "")
            assert (
                Client()
                .get(f"{address}?format=html", headers={"Accept": "text/csv"})["Content-Type"]
                .startswith("text/html")
            )

    @pytest.mark.parametrize(
        "query",
        ["format=xml", "format=csv&bom=maybe", "format=jsonld&after=../x", "format=jsonld&index=-1",
         "format=csv&audience=all", "format=csv&index=99999999999999999999999", "format=csv&versions=none"],
    )  # fmt: skip
    def test_what_cannot_be_read_is_refused_with_a_sentence(self, reader: PageClient, query: str) -> None:
        make_claim()
        response = reader.get(f"/claims/?{query}")
        assert response.status_code == 400
        assert "cannot be read" in response.content.decode()

    def test_htmx_gets_the_page(self) -> None:
        make_claim()
        response = Client().get("/claims/", headers={"HX-Request": "true", "Accept": "text/csv"})
        assert response["Content-Type"].startswith("text/html")

    @pytest.mark.parametrize("format", FORMATS)
    def test_what_has_not_changed_is_not_sent_again(self, format: str, editor: Any) -> None:
        claim = make_claim()
        address = f"/claims/?format={format}"
        etag = Client().get(address)["ETag"]
        assert Client().get(address, headers={"If-None-Match": etag}).status_code == 304
        assert Client().get(f"{address}&quotes=0", headers={"If-None-Match": etag}).status_code == 200
        claim = Claim.objects.get()
        with changing([claim], open_changeset(Changeset.Kind.EDIT, editor)):
            Claim.objects.filter(pk=claim.pk).update(note="Now with a note.")
        assert Client().get(address, headers={"If-None-Match": etag}).status_code == 200

    def test_the_head_alone_reads_no_claim(self) -> None:
        make_claim()
        with CaptureQueriesContext(connection) as captured:
            response = Client().head("/claims/?format=csv")
        assert response.status_code == 200 and response["ETag"]
        assert len(captured) == 1

    def test_the_file_has_a_name(self) -> None:
        make_claim(article=make_article(slug="удары"))
        assert Client().get("/claims/?format=csv")["Content-Disposition"] == 'attachment; filename="claims.csv"'
        named = Client().get("/articles/удары/?format=jsonld")["Content-Disposition"]
        assert named == "attachment; filename*=utf-8''%D1%83%D0%B4%D0%B0%D1%80%D1%8B.jsonld"

    def test_every_page_links_to_each_format_under_its_filter(self, reader: PageClient) -> None:
        self.plant()
        for address in self.PAGES:
            found = links(main_of(reader.get(f"{address}?shown=coalition")))
            # On a report's page the line stands outside what htmx swaps, so it leads to all of its claims; a source's
            # and a claim's have no such filter.
            has_filter = address == "/claims/" or address.startswith("/stories/")
            path = f"{address}?shown=coalition&" if has_filter else f"{address}?"
            assert f"{path}format=csv" in found and f"{path}format=csv&bom=1" in found
            assert f"{path}format=jsonl" in found and f"{path}format=jsonld&whole=1" in found
            assert not any("editors" in one for one in found)

    def test_editors_are_offered_what_readers_do_not_see(self, editors_browser: PageClient) -> None:
        self.plant()
        for address in self.PAGES:
            assert f"{address}?format=jsonl&audience=editors" in links(main_of(editors_browser.get(address)))


class TestCsv:
    def test_one_row_a_claim_with_all_its_passages(self) -> None:
        story = make_story()
        question = make_question(story=story)
        report = make_article(
            paragraphs=["First words.", "“Then more,” he said, “and more.”"], story=story, byline="Not exported"
        )
        said = [answer(question, 1_000, as_worded="a thousand")]
        make_claim(article=report, quote=["Then more", "and more"], answers=said, speaker="He", cue="said", note="N")
        (row,) = table("/claims/?format=csv")
        assert (*row,) == COLUMNS
        assert (row["quote"], row["highlights"], row["paragraphs"]) == ("Then more … and more", "2", "2")
        assert row["positions"] == "14–23; 36–44"
        text = "First words.\n“Then more,” he said, “and more.”"
        assert [text[14:23], text[36:44]] == ["Then more", "and more"]
        assert (row["questions"], row["read_as"]) == ("how-many", "how-many: 1,000")
        assert row["as_worded"] == "how-many: a thousand"
        assert (row["speaker"], row["cue"], row["note"], row["source"]) == ("He", "said", "N", "coalition")
        assert row["article_address"] == "http://testserver/articles/strikes/"
        assert row["address"] == f"http://testserver/claims/{row['id']}/"
        assert row["created"].endswith("Z") and not row["modified"]

    def test_hostile_text_comes_back_as_it_was_and_is_no_formula(self) -> None:
        report = make_article(paragraphs=["x " * 40])
        for number, words in enumerate(HOSTILE):
            place = Highlight(paragraph=report.paragraphs.get(), start=number * 2, end=number * 2 + 1, quote="x")
            make_claim(article=report, highlights=[place], note=words, speaker=words.strip()[:100])
        rows = table("/claims/?format=csv")
        assert [row["note"].removeprefix("'") for row in rows] == HOSTILE
        sheet = Workbook().active
        assert sheet
        for row in csv.reader(StringIO(get("/claims/?format=csv"), newline="")):
            sheet.append(row)
        cells = [cell for line in sheet.iter_rows() for cell in line]
        assert len(cells) == (len(HOSTILE) + 1) * len(COLUMNS)
        assert not [cell.value for cell in cells if cell.data_type == "f"]
        assert not [cell.value for cell in cells if str(cell.value or "").strip(" ")[:1] in "=+-@\t\r＝＋－＠" != ""
                    and str(cell.value or "").strip(" ")]  # fmt: skip

    @pytest.mark.parametrize("cell", ["plain", "3", "a=b", "'x", "", " "])
    def test_what_is_harmless_stays_as_it_is(self, cell: str) -> None:
        assert harmless(cell) == cell

    def test_a_byte_order_mark_for_spreadsheets_that_want_one(self) -> None:
        make_claim(speaker="Зенит")
        plain = Client().get("/claims/?format=csv").getvalue()
        marked = Client().get("/claims/?format=csv&bom=1").getvalue()
        assert marked == b"\xef\xbb\xbf" + plain
        assert "Зенит".encode() in plain and b"\r\n" in plain

    def test_every_column_is_described(self) -> None:
        described = (SEEDS.parent / "docs/exporting.md").read_text()
        assert [name for name in COLUMNS if f"`{name}`" not in described] == []


class TestAnnotations:
    def test_every_passage_is_found_by_each_of_its_selectors(self, seeds: None) -> None:
        for article in Article.objects.all():
            text = "\n".join(article.paragraphs.order_by("position").values_list("text", flat=True))
            found = annotations(f"{article.get_absolute_url()}?format=jsonld")
            assert len(found) > 20
            for item in found:
                for target in item["target"]:
                    quote, place = target["selector"]
                    assert text[place["start"] : place["end"]] == quote["exact"]
                    whole = quote["prefix"] + quote["exact"] + quote["suffix"]
                    assert text.count(whole) == 1 and text.find(whole) == place["start"] - len(quote["prefix"])
                    assert target["source"] == f"http://testserver{article.get_absolute_url()}"

    def test_context_is_32_code_points_more_where_needed_and_less_at_the_edges(self) -> None:
        text = "In Khusham 👩‍🚀 spoke." + " Some say é that they left." * 4
        report = make_article(paragraphs=[text])
        make_claim(article=report, quote="👩‍🚀 spoke")
        make_claim(article=report, highlights=[make_highlight(report, "they left", occurrence=3)])
        first, third = (item["target"][0]["selector"][0] for item in annotations("/claims/?format=jsonld"))
        assert (first["prefix"], len(first["suffix"])) == ("In Khusham ", 32)
        assert 32 < len(third["prefix"]) <= 64
        assert text.count(third["prefix"] + third["exact"] + third["suffix"]) == 1

    def test_a_processor_reads_it_as_the_standard_means_it(self, seeds: None) -> None:
        found = expanded(json.loads(get("/articles/khusham-2/?format=jsonld")))
        assert found["@type"] == [f"{AS}OrderedCollection"]
        assert value(found, f"{AS}totalItems") == 35
        (first,) = found[f"{AS}first"]
        assert first["@type"] == [f"{AS}OrderedCollectionPage"]
        (items,) = first[f"{AS}items"]
        assert len(items["@list"]) == 35
        for item in items["@list"]:
            assert item["@type"] == [f"{OA}Annotation"]
            assert value(item, "http://purl.org/dc/terms/created").endswith("Z")
            purposes = {value(one, f"{OA}hasPurpose") for one in item[f"{OA}hasBody"]}
            assert {f"{OA}identifying", f"{OA}tagging"} <= purposes
            assert purposes <= {f"{OA}{one}" for one in ("identifying", "tagging", "classifying", "commenting")}
            for target in item[f"{OA}hasTarget"]:
                assert target["@type"] == [f"{OA}SpecificResource"]
                kinds = {one["@type"][0] for one in target[f"{OA}hasSelector"]}
                assert kinds == {f"{OA}TextQuoteSelector", f"{OA}TextPositionSelector"}
        (said,) = [
            one for one in items["@list"][0][f"{OA}hasBody"] if value(one, f"{OA}hasPurpose") == f"{OA}identifying"
        ]
        assert value(said, f"{OA}hasSource") == "urn:newsdesk:source:coalition"
        assert value(said, f"{DESK}cue") == "according to"
        assert len(said[f"{DESK}answers"]) == 2

    def test_the_names_are_those_of_the_seeds(self, seeds: None) -> None:
        """What the desk writes is what it reads."""
        given = {one["id"]: one for one in json.loads((SEEDS / "khusham-2.jsonld").read_text())["first"]["items"]}
        for item in annotations("/articles/khusham-2/?format=jsonld"):
            before = given[item["id"]]
            said = dict(before["body"][0])
            if "answers" in said:  # The seeds also say of some answers what they are not.
                said["answers"] = [
                    {key: it for key, it in one.items() if it is not None and it is not False}
                    for one in said["answers"]
                ]
            assert item["body"][0] == said
            assert [one["id"] for one in item["target"]] == [one["id"] for one in before["target"]]
            exact = [one["selector"][0]["exact"] for one in item["target"]]
            assert exact == [one["selector"][0]["exact"] for one in before["target"]]

    def test_a_long_collection_has_pages(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(take_along, "PER_PAGE", 3)
        text = " ".join(f"word{number}" for number in range(8))
        report, other = make_article(paragraphs=[text]), make_article(slug="other", paragraphs=[text])
        made = [make_claim(article=report, quote=f"word{number}").uid for number in range(7)]
        # Of two at one place the one that was made first comes first.
        made[6:] = [made[6], make_claim(article=report, quote="word6").uid]
        made.append(make_claim(article=other, quote="word1").uid)
        collection = json.loads(get("/claims/?format=jsonld"))
        expanded(collection)
        assert (collection["total"], collection["first"]["startIndex"]) == (9, 0)
        page, seen, indexes = collection["first"], [], []
        while True:
            seen += [one["id"].rpartition(":")[2] for one in page["items"]]
            indexes.append(page["startIndex"])
            if "next" not in page:
                break
            address = page["next"]
            page = json.loads(get(address))
            assert page["id"] == address and page["partOf"] == collection["id"]
            expanded(page)
        assert (seen, indexes) == (made, [0, 3, 6])
        whole = json.loads(get("/claims/?format=jsonld&whole=1"))
        assert [one["id"].rpartition(":")[2] for one in whole["first"]["items"]] == made

    def test_an_empty_list_is_a_collection_of_nothing(self) -> None:
        data = json.loads(get("/claims/?format=jsonld"))
        assert (data["total"], data["first"]["items"]) == (0, [])
        assert table("/claims/?format=csv") == [] and records("/claims/?format=jsonl") == []


@pytest.mark.parametrize("format", FORMATS)
def test_quotes_can_be_left_out(format: str) -> None:
    story = make_story()
    why = make_question(story=story, slug="why", kind="words")
    make_claim(article=make_article(story=story), answers=[answer(why, "an act of self-defence")])
    assert "self-defence" in get(f"/claims/?format={format}")
    without = get(f"/claims/?format={format}&quotes=0")
    assert "self-defence" not in without and "why" in without
    assert {"csv": "19–58", "jsonl": '"text_start": 19', "jsonld": '"start": 19, "end": 58'}[format] in without


@pytest.mark.parametrize("format", FORMATS)
def test_what_was_changed_says_when(format: str, editor: Any) -> None:
    make_claim()
    assert "modified" not in get("/claims/?format=jsonld")
    claim = Claim.objects.get()
    with changing([claim], open_changeset(Changeset.Kind.EDIT, editor)):
        Claim.objects.filter(pk=claim.pk).update(note="Now with a note.")
    moment = Changeset.objects.get(kind="edit").made_at.strftime("%Y-%m-%dT%H:%M:%SZ")
    assert moment in get(f"/claims/?format={format}")


@pytest.mark.parametrize("format", FORMATS)
def test_what_is_read_in_stretches_comes_once_and_in_order(format: str, monkeypatch: pytest.MonkeyPatch) -> None:
    reports = [make_article(slug=f"report-{at}") for at in range(5)]
    for report in reports:
        for quote in ("The", "said"):
            make_claim(article=report, quote=quote)
    whole = get(f"/claims/?format={format}&whole=1")
    assert whole.count("report-0") < whole.count("report-")
    monkeypatch.setattr(rows, "_STRETCH", 2)
    assert get(f"/claims/?format={format}&whole=1") == whole


@pytest.mark.parametrize("format", FORMATS)
def test_queries_grow_by_the_portion_and_not_by_the_claim(format: str) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            get(f"/claims/?format={format}&whole=1")
        return len(captured)

    story = make_story()
    question = make_question(story=story)
    text = " ".join(f"n{number:03}" for number in range(60))
    report = make_article(paragraphs=[text], story=story)
    make_claim(article=report, quote="n000", answers=[answer(question, 1)])
    few = queries()
    for number in range(1, 60):
        make_claim(article=report, quote=f"n{number:03}", answers=[answer(question, number)])
    assert queries() == few <= 13


@pytest.mark.parametrize("query", ["shown=nobody", "story=nowhere", "question=why", "article=none", "outlet=none"])
def test_of_what_the_desk_does_not_know_there_is_no_file(query: str) -> None:
    article = make_claim().article
    for address in ("/claims/", article.get_absolute_url()):
        name, value = query.split("=")
        answer = Client().get(f"{address}?format=csv&{query}")
        if address != "/claims/" and name == "article":
            assert answer.status_code == 200, "what an article is asked for is its own"
        else:
            assert answer.status_code == 400 and value in answer.content.decode()
    assert Client().get("/claims/?format=csv&shown=coalition").status_code == 200
