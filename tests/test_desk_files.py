"""A whole desk in one file: out, into an empty desk, and there the same."""

import gzip
import json
import re
from hashlib import sha256
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, User
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.models import Model
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.desk_format import DERIVED, DeskFileError, line, tables
from articles.exporting.desk import export_desk
from articles.importing.desk import import_desk
from articles.models import Article, Changeset, Claim, Source, Story
from articles.snapshots import whole
from articles.writing.checking import check_all
from articles.writing.editing import delete_claims, open_changeset
from tests.examples import examples
from tests.factories import make_article, make_claim, make_editor, make_source
from tests.test_visible_to import FILTERS, addresses, plant

pytestmark = pytest.mark.django_db

# Tokens, and the stamps by which kept pages are known, which count anew.
_DRAWN = re.compile(
    r'data-stamp="[^"]*"|csrf[^"]*"[^>]*value="[^"]*"|name="token"\s+value="[^"]*"|"X-CSRFToken": ?"[^"]*"',
    re.IGNORECASE,
)


def fill_desk() -> None:
    """With gaps between the keys, and with everything that a desk may hold."""
    make_source(name="Gone").delete()
    make_article(slug="gone").delete()
    plant()
    call_command("import_articles", stdout=StringIO(), stderr=StringIO())
    editor = User.objects.filter(groups__name="Editors").first() or make_editor()
    claims = list(whole(Claim.objects.filter(article__slug__startswith="khusham"))[:3])
    delete_claims(claims[:1], open_changeset(Changeset.Kind.DELETE, editor))


def empty_desk() -> None:
    """As a migration leaves it."""
    with connection.cursor() as cursor:
        for name in ("articles_claimwords", "articles_articlewords"):
            cursor.execute(f"DELETE FROM {name}")
    derived = [apps.get_model("articles", name) for name in DERIVED - {"deskstamp", "namestamp"}]
    models: list[type[Model]] = [*derived, *(table.model for table in reversed(tables()))]
    for model in models:
        if model._meta.managed and model is not User:
            model._default_manager.all()._raw_delete("default")  # type: ignore[attr-defined]
    User.objects.all().delete()


def exported(path: Path, **options: Any) -> bytes:
    export_desk(path, **options)
    return path.read_bytes()


def lines_of(content: bytes) -> list[Any]:
    return [json.loads(one) for one in gzip.decompress(content).splitlines()]


def rebuilt(path: Path, records: list[Any]) -> Path:
    """With a digest that fits."""
    body = b"".join(map(line, records))
    path.write_bytes(gzip.compress(body + line({"rows": 0, "sha256": sha256(body).hexdigest()})))
    return path


def pages(name: str = "") -> dict[str, str]:
    """Everything that the desk answers, but for what is drawn by lot."""
    client = Client()
    if name:
        client.force_login(User.objects.get(username=name))
    articles = Article.objects.values_list("slug", flat=True)
    claims = Claim.objects.values_list("uid", flat=True)
    found = [f"/articles/{slug}/{page}" for slug in articles for page in ("", "changes/", *(["edit/"] if name else []))]
    found += [f"/claims/{uid}/{page}" for uid in claims for page in ("", "history/")][:60]
    found += [f"/stories/{slug}/" for slug in Story.objects.values_list("slug", flat=True)]
    found += [f"/sources/{slug}/" for slug in Source.objects.values_list("slug", flat=True)]
    found += [address + query for address in addresses() for query in FILTERS[:1]]
    found += ["/claims/?format=csv", "/claims/?format=jsonl&versions=all", "/claims/?format=jsonld&whole=1"]
    answers = ((address, client.get(address)) for address in dict.fromkeys(found))
    return {
        address: f"{one.status_code} {_DRAWN.sub('', one.getvalue().decode(errors='replace'))}"
        for address, one in answers
    }


def test_a_restored_desk_is_the_same_desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Which of several that as many claims have is the last one offered, their keys decide.
    monkeypatch.setattr("articles.pages.facets.OFFERED", 100)
    fill_desk()
    editor = User.objects.filter(groups__name="Editors").values_list("username", flat=True)[0]
    before, seen, seen_by_editor = exported(tmp_path / "a.gz"), pages(), pages(editor)
    problems = [*check_all()]
    keys = list(Article.objects.order_by("pk").values_list("pk", flat=True))
    empty_desk()
    import_desk(tmp_path / "a.gz")
    assert exported(tmp_path / "b.gz") == before
    assert list(Article.objects.order_by("pk").values_list("pk", flat=True)) != keys
    assert [*check_all()] == problems, "none that was not there before: made articles keep no bytes"
    for address, text in pages().items():
        assert text == seen[address], address
    for address, text in pages(editor).items():
        assert text == seen_by_editor[address], address


def test_what_is_made_after_it_gets_keys_of_its_own(tmp_path: Path) -> None:
    make_claim()
    export_desk(tmp_path / "a.gz")
    empty_desk()
    import_desk(tmp_path / "a.gz")
    assert make_claim(article=Article.objects.get()).pk == 2
    assert make_article(slug="next").pk == 2 and make_source(name="Another").pk > 1


def test_every_table_goes_out_or_follows_from_the_rest() -> None:
    named = {table.name for table in tables()}
    assert {"user", "story", "source", "alias", "question", "choice", "place", "article", "articletext"} <= named
    assert {"paragraph", "claim", "highlight", "answer", "ruling", "revision", "changeset"} <= named
    assert {"articlerevision", "sourcenumber", "suggestion"} <= named
    assert DERIVED.isdisjoint(named)


def test_names_of_people_go_out_and_nothing_else_of_them(tmp_path: Path) -> None:
    user = make_editor()
    User.objects.update(email="someone@example.com", first_name="Some", is_superuser=True)
    text = gzip.decompress(exported(tmp_path / "a.gz")).decode()
    assert user.username in text and "Editors" in text
    assert "example.com" not in text and user.password not in text and "superuser" not in text
    assert "someone@example.com" in gzip.decompress(exported(tmp_path / "b.gz", mail=True)).decode()
    User.objects.all().delete()
    Group.objects.all().delete()
    import_desk(tmp_path / "b.gz")
    made = User.objects.get()
    assert (made.email, made.first_name, made.is_superuser, made.has_usable_password()) == (
        *("someone@example.com", "Some", False, False),
    )
    assert [group.name for group in made.groups.all()] == ["Editors"]


def test_who_is_here_already_stays_who_they_are(tmp_path: Path) -> None:
    make_editor()
    export_desk(tmp_path / "a.gz")
    before = User.objects.values().get()
    import_desk(tmp_path / "a.gz")
    assert User.objects.values().get() == before


def test_rows_may_name_one_that_comes_after_them(tmp_path: Path) -> None:
    stale, living = make_source(name="Old"), make_source(name="New")
    Source.objects.filter(pk=stale.pk).update(merged_into=living)
    export_desk(tmp_path / "a.gz")
    empty_desk()
    import_desk(tmp_path / "a.gz")
    assert Source.objects.get(name="Old").merged_into == Source.objects.get(name="New")


def test_a_desk_that_is_not_empty_is_left_alone(tmp_path: Path) -> None:
    make_source()
    export_desk(tmp_path / "a.gz")
    with pytest.raises(DeskFileError, match="not empty: it has sources"):
        import_desk(tmp_path / "a.gz")
    assert Source.objects.count() == 1


class TestFilesThatAreNone:
    @pytest.fixture
    def path(self, tmp_path: Path) -> Path:
        make_claim()
        export_desk(tmp_path / "desk.gz")
        empty_desk()
        return tmp_path / "desk.gz"

    def refused(self, path: Path) -> str:
        with pytest.raises(DeskFileError) as caught:
            import_desk(path)
        assert not Source.objects.exists() and not Article.objects.exists() and not User.objects.exists()
        return str(caught.value)

    def test_cut_off(self, path: Path) -> None:
        for length in (0, 5, len(path.read_bytes()) // 2, len(path.read_bytes()) - 3):
            short = path.with_name("short.gz")
            short.write_bytes(path.read_bytes()[:length])
            assert "is damaged" in (said := self.refused(short)) or "is no file that" in said

    def test_cut_off_between_lines(self, path: Path) -> None:
        body = gzip.decompress(path.read_bytes()).splitlines(keepends=True)
        path.write_bytes(gzip.compress(b"".join(body[:-1])))
        assert "is damaged" in self.refused(path)

    def test_a_byte_that_is_another(self, path: Path) -> None:
        content = bytearray(path.read_bytes())
        for at in range(10, len(content), 97):
            changed = content[:]
            changed[at] ^= 1
            path.write_bytes(changed)
            self.refused(path)

    def test_a_word_that_is_another(self, path: Path) -> None:
        path.write_bytes(gzip.compress(gzip.decompress(path.read_bytes()).replace(b"self-defence", b"self-offence")))
        assert "is damaged" in self.refused(path)

    def test_another_file(self, path: Path) -> None:
        path.write_text("no gzip")
        assert "is no file that export_desk has made" in self.refused(path)
        path.write_bytes(gzip.compress(b"[1]\n"))
        assert "is no file that export_desk has made" in self.refused(path)
        assert "There is no file" in self.refused(path.with_name("nothing"))
        assert "Is a directory" in self.refused(path.parent)

    def test_of_a_newer_release(self, path: Path) -> None:
        records = lines_of(path.read_bytes())[:-1]
        assert "(format 2; this one reads 1)" in self.refused(
            rebuilt(path, [records[0] | {"version": 2}, *records[1:]])
        )
        added = [*records, {"table": "weather", "columns": ["rain"]}, [3]]
        assert "The table “weather” is not known here" in self.refused(rebuilt(path, added))
        head = next(one for one in records if isinstance(one, dict) and one.get("table") == "source")
        head["columns"].append("zeal")
        assert "“zeal” of source is not known here" in self.refused(rebuilt(path, records))

    def test_a_column_that_is_not_there_has_its_default(self, path: Path) -> None:
        """Of an earlier release."""
        records = lines_of(path.read_bytes())[:-1]
        at = next(n for n, one in enumerate(records) if isinstance(one, dict) and one.get("table") == "source")
        place = records[at]["columns"].index("description")
        del records[at]["columns"][place]
        del records[at + 1][place]
        import_desk(rebuilt(path, records))
        assert Source.objects.get().description == ""

    def test_nobody_becomes_an_administrator_by_a_file(self, path: Path) -> None:
        people = [{"format": "newsdesk desk", "version": 1}, {"table": "user", "columns": ["username", "is_superuser"]}]
        assert "“is_superuser” of people is not known" in self.refused(rebuilt(path, [*people, ["eve", True, []]]))

    @given(st.data())
    @settings(max_examples=examples(60), suppress_health_check=[HealthCheck.function_scoped_fixture])
    def test_whatever_stands_in_a_row(self, path: Path, data: st.DataObject) -> None:
        records = lines_of(path.with_name("desk.gz").read_bytes())[:-1]
        at = data.draw(st.integers(1, len(records) - 1))
        odd = st.none() | st.integers() | st.text(max_size=5) | st.floats() | st.lists(st.none(), max_size=2)
        row = records[at]
        if isinstance(row, dict):
            records[at] = data.draw(st.dictionaries(st.sampled_from(["table", "columns"]), odd) | odd)
        else:
            place = data.draw(st.integers(0, len(row)))
            records[at] = [*row[:place], data.draw(odd), *row[place + 1 :]] if row else data.draw(odd)
        with transaction.atomic():
            try:
                import_desk(rebuilt(path.with_name("odd.gz"), records))
            except DeskFileError:
                assert not Article.objects.exists()
            transaction.set_rollback(True)


class TestCommands:
    def test_out_and_in(self, tmp_path: Path) -> None:
        make_claim()
        out, path = StringIO(), tmp_path / "desk.gz"
        call_command("export_desk", str(path), stdout=out)
        empty_desk()
        call_command("import_desk", str(path), stdout=out)
        first, second = out.getvalue().splitlines()
        assert re.fullmatch(rf"{path}: \d+ rows\.", first) and second.startswith(first)
        assert Claim.objects.count() == 1

    def test_what_cannot_be_done_is_said(self, tmp_path: Path) -> None:
        with pytest.raises(CommandError, match="There is no file"):
            call_command("import_desk", str(tmp_path / "no.gz"))
        with pytest.raises(CommandError, match="cannot be written: No such file or directory"):
            call_command("export_desk", str(tmp_path / "no" / "desk.gz"))

    def test_another_export_that_is_running(self, tmp_path: Path) -> None:
        (tmp_path / ".desk.gz.part").touch()
        with pytest.raises(CommandError, match="another export is running"):
            call_command("export_desk", str(tmp_path / "desk.gz"))

    def test_nobody_else_may_read_it(self, tmp_path: Path) -> None:
        export_desk(tmp_path / "desk.gz")
        assert (tmp_path / "desk.gz").stat().st_mode & 0o077 == 0
        assert not (tmp_path / ".desk.gz.part").exists()
