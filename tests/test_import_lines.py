"""Articles by the line: JSON Lines in, bad lines named, nothing twice."""

import io
import json
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.importing import lines as running
from articles.importing.lines import import_lines
from articles.importing.outcomes import Imported, Outcome
from articles.models import (
    Answer,
    Article,
    ArticleText,
    Changeset,
    Claim,
    ClaimWords,
    Highlight,
    Paragraph,
    Source,
    Story,
)
from articles.text.seeking import read_query
from articles.writing.checking import check_all
from articles.writing.editing import changing, open_changeset
from tests.examples import examples
from tests.factories import make_question, make_source, make_story

pytestmark = pytest.mark.django_db

PARAGRAPHS = ["The coalition said it struck.", "“We won,” SANA said."]
NAMED = Path("some.jsonl")


def claim(
    quote: str = "it struck", *, paragraphs: list[str] = PARAGRAPHS, source: str = "Coalition", **more: Any
) -> Any:
    place = next(number for number, text in enumerate(paragraphs) if quote in text)
    start = paragraphs[place].index(quote)
    return {"paragraph": place, "start": start, "end": start + len(quote), "source": source, **more}


def article(id: str = "a", *, paragraphs: list[str] = PARAGRAPHS, claims: Any = None, **more: Any) -> dict[str, Any]:
    claims = [claim(paragraphs=paragraphs)] if claims is None else claims
    return {"id": id, "title": "Strikes", "paragraphs": paragraphs, "claims": claims, **more}


def written(*records: Any) -> bytes:
    return b"".join(
        record if isinstance(record, bytes) else json.dumps(record, ensure_ascii=False).encode() + b"\n"
        for record in records
    )


def take(*records: Any) -> list[Imported]:
    return list(import_lines(io.BytesIO(written(*records)), NAMED))


def outcomes(*records: Any) -> list[str]:
    return [one.outcome.value for one in take(*records)]


def refused(*records: Any) -> str:
    (found,) = take(*records)
    assert found.outcome == Outcome.FAILED and not Article.objects.exists()
    return found.notes[0]


def rows() -> list[Any]:
    models: list[Any] = [Article, ArticleText, Paragraph, Claim, Highlight, Answer, Source, Changeset]
    return [list(model.objects.order_by("pk").values()) for model in models]


def said() -> list[Any]:
    """What stands there, without keys, times and what is drawn by lot."""
    claims = Claim.objects.order_by("uid").values_list(
        *("uid", "article__slug", "source__slug", "speaker", "cue", "note", "status", "version", "reading_order")
    )
    highlights = Highlight.objects.order_by("uid").values_list(
        *("uid", "claim__uid", "paragraph__position", "position", "start", "end", "quote", "prefix", "suffix", "state")
    )
    answers = Answer.objects.order_by("claim__uid").values_list("claim__uid", "question__slug", "low", "as_worded")
    articles = Article.objects.order_by("slug").values_list(
        *("slug", "title", "url", "published_at", "published_offset", "published_time_known", "outlet__slug", "status"),
        *("story__slug", "lineage", "version_number", "is_latest", "import_key", "sha256", "language", "inferred"),
    )
    blocks = Paragraph.objects.order_by("article__slug", "position").values_list(
        *("article__slug", "position", "number", "kind", "text", "dateline_length")
    )
    changesets = Changeset.objects.order_by("article__slug", "summary").values_list("kind", "summary", "details")
    return [list(found) for found in (claims, highlights, answers, articles, blocks, changesets)]


def test_an_article_with_its_claims() -> None:
    (found,) = take(article(outlet="CNN", url="https://example.com/a", published="2018-02-08T07:30:00-05:00"))
    assert (found.outcome, str(found.claims)) == (Outcome.CREATED, "claims: 1 placed")
    made = Article.objects.get()
    assert (made.slug, made.title, made.status, made.is_latest) == ("a", "Strikes", "published", True)
    assert made.outlet and made.outlet.kind == "outlet" and made.published_offset == -300 and made.public_since
    assert [row.text for row in made.paragraphs.all()] == PARAGRAPHS
    assert bytes(made.original.content).decode() == "\n\n".join(PARAGRAPHS)
    assert [one.quote for one in Highlight.objects.all()] == ["it struck"]
    assert Claim.objects.get().made_in == Changeset.objects.get()
    assert [*check_all()] == []


def test_it_is_found_by_its_words() -> None:
    take(article())
    assert Claim.objects.found_by(read_query("struck", ["en"])).count() == 1
    assert Article.objects.found_by(read_query("coalition", ["en"])).count() == 1
    assert ClaimWords.objects.count() == 1


@pytest.mark.parametrize(
    ("given", "quote", "found"),
    [
        ("It  was\n said: 👩‍🚀  “cafe\u0301  closed”.", "cafe\u0301  closed", "café closed"),
        ("  \t outer space.", "outer space", "outer space"),
        ("\u0645\u0631\u062d\u0628\u0627  \u0628\u0643\u0645.", "\u0628\u0643\u0645", "\u0628\u0643\u0645"),
        ("e\u0301e\u0301 he said", "e", "é"),
    ],
)
def test_places_count_in_the_paragraph_as_given(given: str, quote: str, found: str) -> None:
    paragraphs = ["First.", given]
    start = given.index(quote)
    take(
        article(
            paragraphs=paragraphs, claims=[{"paragraph": 1, "start": start, "end": start + len(quote), "source": "A"}]
        )
    )
    assert Highlight.objects.get().quote == found == unicodedata.normalize("NFC", found)
    assert [*check_all()] == []


def test_a_paragraph_with_a_blank_line_in_it_is_two_and_a_claim_through_both_has_two_passages() -> None:
    paragraphs = ["He said yes.\n\nShe said no.", "", "All agreed."]
    end = len(paragraphs[0]) - 1
    take(article(paragraphs=paragraphs, claims=[
        {"paragraph": 0, "start": 3, "end": end, "source": "A"}, {"paragraph": 2, "start": 0, "end": 3, "source": "B"},
    ]))  # fmt: skip
    assert [row.text for row in Paragraph.objects.all()] == ["He said yes.", "She said no.", "All agreed."]
    assert [one.quote for one in Highlight.objects.all()] == ["said yes.", "She said no", "All"]
    assert [*check_all()] == []


def test_unknown_sources_are_made_and_said() -> None:
    make_source(name="SANA", code="SAN")
    (found,) = take(article(claims=[claim(), claim("We won", source="sana")]))
    assert found.notes == ["some.jsonl, line 1: the source “Coalition” is new."]
    assert {one.name for one in Source.objects.all()} == {"SANA", "Coalition"}


def test_answers_of_a_story() -> None:
    question = make_question(slug="hurt", story=make_story(), kind="number")
    answer = {"question": "hurt", "low": 3, "high": 3, "as_worded": "three"}
    stamp = Story.objects.get().stamp
    take(article(story="khusham", claims=[claim(answers=[answer])]))
    assert [(one.question, one.low, one.as_worded) for one in Answer.objects.all()] == [(question, 3, "three")]
    assert Story.objects.get().stamp > stamp, "its page shows the article"
    assert [*check_all()] == []


def test_twice_changes_nothing() -> None:
    given = [article("a"), article("b", claims=[claim(), claim("We won", source="SANA", id="abcd")])]
    assert outcomes(*given) == ["created", "created"]
    before = rows()
    assert outcomes(*given) == ["unchanged", "unchanged"]
    assert outcomes(*({**one, "claims": one["claims"]} for one in given)) == ["unchanged", "unchanged"]
    assert rows() == before


def test_the_same_line_written_otherwise_changes_nothing_but_the_record() -> None:
    take(article())
    before = said()[:-1]
    assert outcomes(json.dumps(article(), indent=None, sort_keys=True).encode()) == ["unchanged"]
    assert said()[:-1] == before


def test_another_text_is_a_new_version_and_other_claims_an_update() -> None:
    take(article())
    assert outcomes(article(claims=[claim("The coalition")])) == ["updated"]
    assert [one.quote for one in Highlight.objects.all()] == ["The coalition"]
    assert outcomes(article(paragraphs=[*PARAGRAPHS, "It was late."])) == ["new version"]
    assert [one.version_number for one in Article.objects.order_by("pk")] == [1, 2]
    assert outcomes(article(claims=[claim("The coalition")])) == ["unchanged"]
    assert [*check_all()] == []


def test_the_same_id_twice_in_a_file_is_a_version_of_it() -> None:
    assert outcomes(article(), article(paragraphs=["Another text said so."], claims=[])) == ["created", "new version"]


def test_what_an_editor_changed_stays() -> None:
    take(article())
    one = Claim.objects.get()
    with changing([one], open_changeset(Changeset.Kind.EDIT)):
        Claim.objects.update(speaker="Col. Veale")
    (found,) = take(article(claims=[claim(cue="said")]))
    assert str(found.claims) == "claims: 1 kept (edited)"
    assert Claim.objects.get().speaker == "Col. Veale"


MIXED = [
    article("plain"),
    article("a/b"),
    article("a-b"),
    article("new"),
    article("twins", claims=[claim(), claim()]),
    article("named", claims=[claim(id="abcd1234"), claim("We won")]),
    article("named-too", claims=[claim(id="abcd1234")]),
    article("split", claims=[{"paragraph": 1, "start": 0, "end": 8, "source": "A", "status": "suggested"}]),
    article("unnamed", claims=[{"paragraph": 1, "start": 0, "end": 8, "status": "suggested"}]),
    article("read", read_through=True),
    article("draft", status="draft", language="ru", inferred=["outlet"], byline="A. N."),
    article("later", revises="plain", paragraphs=["It struck twice, they said."], claims=[]),
    article("answers", story="khusham", claims=[claim(answers=[{"question": "hurt", "low": 1, "as_worded": "one"}])]),
    article("wrong", story="khusham", claims=[claim(answers=[{"question": "hurt", "words": "one"}])]),
    article("no-title", title=None),
    article("long", claims=[claim(speaker="x" * 201)]),
    article("outlet", outlet="The Daily", archive_url="https://example.com/", published="2018-02-08"),
    article("bad-outlet", outlet="Coalition"),
]


def test_many_at_once_make_the_rows_that_one_by_one_makes(monkeypatch: pytest.MonkeyPatch) -> None:
    make_question(slug="hurt", story=make_story(), kind="number")
    make_source(name="Coalition")
    make_source(name="A", code="AA")
    with transaction.atomic():
        found, together = take(*MIXED), said()
        assert Counter(one.outcome.value for one in found) == {"created": 14, "failed": 4}
        assert [*check_all()] == []
        transaction.set_rollback(True)
    monkeypatch.setattr(running, "make_articles", lambda ready, names: {})
    alone = take(*MIXED)
    assert [(one.outcome, str(one.claims), one.notes) for one in alone] == [
        (one.outcome, str(one.claims), one.notes) for one in found
    ]
    assert said() == together


def test_what_the_database_refuses_at_once_is_taken_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: Any) -> Any:
        raise DatabaseError("not now")

    monkeypatch.setattr(running, "make_articles", refuse)
    assert outcomes(article("a"), article("b")) == ["created", "created"]
    monkeypatch.setattr(running, "import_given", refuse)
    (found,) = take(article("c"))
    assert found.notes == ["some.jsonl, line 1: the database refused it: not now"]


def test_an_article_that_the_database_refuses_harms_no_other() -> None:
    """SQLite leaves what came before a row that is refused; the transaction takes it back."""
    taken = claim(id="abcd1234")
    take(article("a", claims=[taken]))
    given = [article("b"), article("c", claims=[claim("We won"), taken]), article("d")]
    assert outcomes(*given) == ["created", "failed", "created"]
    assert list(Article.objects.values_list("slug", flat=True)) == ["a", "b", "d"]
    assert Claim.objects.count() == Highlight.objects.count() == 3 and Paragraph.objects.count() == 6
    assert [*check_all()] == []


def test_a_line_that_fails_leaves_nothing_that_it_names() -> None:
    """Neither does a line that goes the long way, whose new names are told."""
    make_question(slug="hurt", story=make_story(), kind="number")
    wrong = {**claim(), "answers": [{"question": "who", "choice": "nobody"}]}
    failed, made = take(
        article("a", outlet="A new outlet", story="a-new-story", claims=[wrong]), article("b", outlet="Another outlet")
    )
    assert (failed.outcome, made.outcome) == (Outcome.FAILED, Outcome.CREATED)
    assert not Source.objects.filter(name="A new outlet") and not Story.objects.filter(slug="a-new-story")
    assert any("Another outlet” is new" in note for note in made.notes)


@pytest.mark.parametrize("blank", ["\u00a0", "\u202f", "\u2009"])
def test_words_with_blanks_of_other_kinds_are_found_the_long_way_too(blank: str) -> None:
    text = blank.join(["Nobody", "was", "hurt,"]) + " they said."
    said = {"paragraph": 0, "start": 0, "end": 15, "source": "Coalition"}
    for number, more in enumerate(({}, {"read_through": True})):
        take(article(f"a{number}", paragraphs=[text], claims=[said], **more))
    assert [row.state for row in Highlight.objects.all()] == ["placed", "placed"]


def test_a_story_that_is_renamed_meanwhile_is_looked_for_again() -> None:
    make_question(slug="hurt", story=make_story(), kind="number")
    run = running._Run(NAMED)

    def lines(*records: Any) -> Any:
        return list(running.read_lines(io.BytesIO(written(*records)), NAMED))

    run.take(lines(article("a", story="khusham")))
    Story.objects.update(slug="another-one", title="Another one")
    (made,) = run.take(lines(article("b", story="khusham")))
    assert made.notes == ["The story “Khusham” is new: no file describes it."]
    assert Article.objects.get(slug="b").story == Story.objects.get(slug="khusham")


def test_a_source_that_is_merged_meanwhile_is_not_written_to() -> None:
    stale, living = make_source(name="Coalition"), make_source(name="Alliance")
    run = running._Run(NAMED)

    def lines(*records: Any) -> Any:
        return list(running.read_lines(io.BytesIO(written(*records)), NAMED))

    run.take(lines(article("a", outlet="CNN")))
    Source.objects.filter(pk=stale.pk).update(merged_into=living)
    Source.objects.filter(name="CNN").update(kind="agency")
    (other,) = run.take(lines(article("b")))
    assert other.outcome == Outcome.CREATED and Claim.objects.get(article__slug="b").source == living
    (failed,) = run.take(lines(article("c", outlet="CNN")))
    assert "is a source of kind “news agency”. Make it a “news outlet”, or name another" in failed.notes[0]


def test_a_run_that_breaks_off_goes_on_where_it_ended() -> None:
    broken = written(article("a"), article("b"))
    with pytest.raises(KeyboardInterrupt):
        for number, _ in enumerate(import_lines(io.BytesIO(broken), NAMED)):
            if number == 1:
                raise KeyboardInterrupt
    assert outcomes(article("a"), article("b"), article("c")) == ["unchanged", "unchanged", "created"]


def test_bad_lines_are_named_and_the_rest_goes_on() -> None:
    found = take(article("a"), b"\n", b"{nonsense\n", b"\xff\xfe\n", [1], article("b"))
    assert [one.outcome.value for one in found] == ["created", "failed", "failed", "failed", "created"]
    assert [one.notes[0].split(":")[0] for one in found[1:4]] == [f"some.jsonl, line {number}" for number in (3, 4, 5)]


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"title": "A"}, "It has no “id”"),
        (article(paragraphs=[], claims=[]), "“paragraphs” is a list of texts with one or more in it."),
        (article(paragraphs=[" ", ""], claims=[]), "Its paragraphs are empty"),
        (article(paragraphs=["a\x00b"], claims=[]), "“paragraphs” holds what is no text: 'a\\x00b'."),
        (article(paragraphs=[3], claims=[]), "“paragraphs” is a text, not 3."),
        (article(titel="A"), "“titel” is not known here. Did you mean “title”?"),
        (article(zzzz=1), "“zzzz” is not known here. Known are: id, title"),
        (article(status="open"), "“status” is one of: draft, published, withdrawn; not 'open'."),
        (article(inferred="title"), "“inferred” is a list of texts"),
        (article(read_through="yes"), "“read_through” is true or false"),
        (article(published="yesterday"), "“published” is a date (2018-02-08), or a time"),
        (article(published="2018-02-08T07:30:00"), "“published” is a date"),
        (article(published="0001-01-01T00:00:00+14:00"), "“published” is a date"),
        (article(claims={"paragraph": 0}), "“claims” is a list"),
        (article(claims=[3]), "A claim is an object, not 3."),
        (article(claims=[claim(quote="it struck", colour="red")]), "“colour” is not known here."),
        (article(claims=[claim(status="true")]), "A claim’s “status” is one of"),
        (article(claims=[claim(answers="3")]), "A claim’s “answers” are a list"),
        (article(claims=[claim(answers=[3])]), "An answer is an object, not 3."),
        (article(claims=[claim(answers=[{"low": float("nan")}])]), "“low” is a whole number, not nan."),
        (article(claims=[claim() | {"paragraph": 2}]), "There is no paragraph 2: the first one is 0, the last 1."),
        (article(claims=[claim() | {"start": 9, "end": 9}]), "9–9 is no passage of paragraph 0, which has 29"),
        (article(claims=[claim() | {"end": 10**30}]), "is no passage of paragraph 0"),
        (article(claims=[claim() | {"start": True}]), "A claim’s “start” is a whole number from 0, not True."),
        (article(claims=[{"paragraph": 0, "start": 3, "end": 4, "source": "A"}]), "3–4 of paragraph 0 holds no words."),
        (article(claims=[claim(source="")]), "This claim has no source"),
        (article(claims=[claim(source="x" * 500)]), "cannot be made"),
        (article("x" * 301), "at most 300 characters"),
        (b'{"id": "\\ud800"}', "“id” holds what is no text: '\\ud800'."),
        (b"[" * 5000, "This JSON cannot be read"),
        (b'{"id": ' + b"9" * 5000 + b"}", "This JSON cannot be read"),
        (article(claims=[claim()] * 10_001), "“claims” is a list of at most 10,000 claims"),
    ],
)  # fmt: skip
def test_says_what_is_wrong_and_in_which_line(given: Any, why: str) -> None:
    note = refused(given)
    assert note.startswith("some.jsonl, line 1: ") and why in note


def test_a_line_that_is_too_long_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("articles.importing.article_lines.LINE_LIMIT", 400)
    found = take(article("a"), article("b", byline="x" * 1000), article("c"))
    assert [one.outcome.value for one in found] == ["created", "failed", "created"]
    assert "line 2: The line has 0.1 MB; at most" in found[1].notes[0]


def test_commits_follow_how_long_the_last_one_took(monkeypatch: pytest.MonkeyPatch) -> None:
    sizes: list[int] = []
    clock = iter(range(1000))
    monkeypatch.setattr(running, "monotonic", lambda: next(clock) * 0.2)
    makes = running.make_articles

    def counting(some: Any, names: Any) -> Any:
        sizes.append(len(some))
        return makes(some, names)

    monkeypatch.setattr(running, "make_articles", counting)
    take(*(article(f"a{number}") for number in range(400)))
    assert sizes[0] > 50 and sizes[-1] < sizes[0] / 8, "each takes 0.2 s here, which is twice what is aimed at"


def test_holds_some_lines_at_a_time() -> None:
    read = 0

    class Endless(io.RawIOBase):
        def readline(self, size: int | None = -1) -> bytes:
            nonlocal read
            read += 1
            return written(article(f"a{read}"))

    run = import_lines(Endless(), NAMED)  # type: ignore[arg-type]
    for _ in range(3):
        next(run)
    assert read < 500


class TestCommand:
    def test_prints_a_sum_and_what_there_is_to_say(self, tmp_path: Path) -> None:
        path = tmp_path / "some.jsonl"
        path.write_bytes(written(article("a"), b"{\n", article("b")))
        out = io.StringIO()
        with pytest.raises(CommandError, match=r"^1 of 3 articles could not be imported: see above\.$"):
            call_command("import_articles", str(path), stdout=out, stderr=io.StringIO())
        assert out.getvalue().splitlines() == [
            f"created      {path}, line 1  claims: 1 placed",
            f"             {path}, line 1: the source “Coalition” is new.",
            f"failed       {path}, line 2",
            f"             {path}, line 2: This is not JSON: Expecting property name enclosed in double quotes at "
            "character 2.",
            f"{path}: 3 articles: 2 created, 1 failed; claims: 2 placed.",
        ]

    def test_reads_standard_input(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(written(article()))))
        out = io.StringIO()
        call_command("import_articles", "-", stdout=out, stderr=io.StringIO())
        assert out.getvalue().endswith("-: 1 articles: 1 created; claims: 1 placed.\n")

    def test_a_dry_run_writes_nothing(self, tmp_path: Path) -> None:
        path = tmp_path / "some.jsonl"
        path.write_bytes(written(article()))
        out = io.StringIO()
        call_command("import_articles", str(path), "--dry-run", stdout=out, stderr=io.StringIO())
        assert out.getvalue().endswith("1 created; claims: 1 placed. Nothing was written.\n")
        assert not Article.objects.exists() and not Source.objects.exists()

    def test_a_file_that_is_not_there(self, tmp_path: Path) -> None:
        out = io.StringIO()
        with pytest.raises(CommandError):
            call_command("import_articles", str(tmp_path / "no.jsonl"), stdout=out, stderr=io.StringIO())
        assert "The file cannot be read: No such file or directory." in out.getvalue()


scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.just(10**400)
json_values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)  # fmt: skip
texts = st.lists(st.text(alphabet=st.characters(codec=None), max_size=30), max_size=4)
odd_claims = st.fixed_dictionaries(
    {},
    optional={
        "paragraph": st.integers(-1, 4) | json_values,
        "start": st.integers(-1, 12) | json_values,
        "end": st.integers(-1, 12) | json_values,
        "source": st.sampled_from(["Coalition", "SANA"]) | st.text(max_size=130) | json_values,
        **dict.fromkeys(["speaker", "cue", "note", "status", "answers", "id"], json_values),
    },
)
odd_articles = st.fixed_dictionaries(
    {"id": st.sampled_from(["a", "b"]) | st.text(max_size=5)},
    optional={
        "paragraphs": texts | json_values,
        "claims": st.lists(odd_claims, max_size=3) | json_values,
        **dict.fromkeys(["title", "url", "outlet", "published", "language", "status", "revises", "story"], json_values),
        **dict.fromkeys(["inferred", "read_through", "byline"], json_values),
    },
)
odd_lines = st.one_of(
    st.binary(max_size=40).map(lambda line: line.replace(b"\n", b"") + b"\n"),
    json_values.map(lambda value: json.dumps(value).encode() + b"\n"),
    odd_articles.map(lambda value: json.dumps(value).encode() + b"\n"),
    st.integers(1, 2000).map(lambda depth: b'{"id": "a", "claims": ' + b"[" * depth + b"]" * depth + b"}\n"),
)


@given(st.lists(odd_lines, max_size=5))
@settings(max_examples=examples(150), suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_given_each_line_has_one_outcome(some: list[bytes]) -> None:
    found = take(*some)
    assert len(found) == sum(
        bool(line.removeprefix(b"\xef\xbb\xbf" if not at else b"").strip()) for at, line in enumerate(some)
    )
    assert all(one.outcome != Outcome.FAILED or one.notes for one in found)
    assert not [one for one in found for note in one.notes if "the database refused it" in note]
    assert [*check_all()] == []
