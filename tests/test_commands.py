"""Commands: arguments, what is printed, and the exit status."""

import io
import re
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from articles.models import Article, Changeset, Claim, Highlight, Source, Story
from tests.factories import make_claim
from tests.reports import STORY, claim, put

pytestmark = pytest.mark.django_db


def printed(*words: Any, **options: Any) -> str:
    out = io.StringIO()
    call_command(*map(str, words), stdout=out, stderr=io.StringIO(), **options)
    return out.getvalue()


def printed_before_failing(*words: Any) -> tuple[str, str]:
    out = io.StringIO()
    with pytest.raises(CommandError) as caught:
        call_command(*map(str, words), stdout=out, stderr=io.StringIO())
    assert caught.value.returncode == 1
    return out.getvalue(), str(caught.value)


class TestImportArticles:
    def test_prints_a_line_for_each_file_and_a_sum(self, tmp_path: Path) -> None:
        put(tmp_path, claims=[claim("We won"), claim("gone")], metadata="story = 'khusham'\ntitle = 'A'", story=STORY)
        lines = printed("import_articles", tmp_path).splitlines()
        assert lines[:2] == [
            f"created      {tmp_path}/khusham.toml",
            f"created      {tmp_path}/report.txt  claims: 1 placed, 1 orphaned",
        ]
        assert all(line.startswith("             ") for line in lines[2:-1])
        assert [line.split(": ")[1] for line in lines[2:-1]] == [
            "the source “Sana” is new.",
            "these words are not in the text, or it is not clear which of several are meant",
        ]
        assert lines[-1] == "2 files: 2 created."

    def test_prints_no_empty_lines_and_no_bar(self, tmp_path: Path) -> None:
        out, err = io.StringIO(), io.StringIO()
        call_command("import_articles", str(put(tmp_path)), stdout=out, stderr=err)
        assert "\n\n" not in out.getvalue() and err.getvalue() == ""

    def test_says_that_nothing_has_changed(self, tmp_path: Path) -> None:
        printed("import_articles", put(tmp_path, metadata="title = 'A'"))
        assert printed("import_articles", tmp_path) == (f"unchanged    {tmp_path}/report.txt\n1 files: 1 unchanged.\n")

    def test_a_bad_file_fails_the_command_and_not_the_other_files(self, tmp_path: Path) -> None:
        put(tmp_path, "a", text="")
        put(tmp_path, "b", metadata="title = 'B'")
        said, error = printed_before_failing("import_articles", tmp_path)
        assert said.splitlines() == [
            f"failed       {tmp_path}/a.txt",
            f"             {tmp_path}/a.txt: The file is empty. Put the report’s text in it, or remove it.",
            f"created      {tmp_path}/b.txt",
            "2 files: 1 created, 1 failed.",
        ]
        assert error == "1 of 2 files could not be imported: see above."
        assert Article.objects.get().slug == "b"

    def test_a_path_that_is_not_there_is_an_error_and_no_reason_to_stop(self, tmp_path: Path) -> None:
        put(tmp_path / "reports", metadata="title = 'A'")
        said, error = printed_before_failing("import_articles", tmp_path / "nix", tmp_path / "reports")
        assert said.splitlines() == [
            f"failed       {tmp_path}/nix",
            f"             {tmp_path}/nix: There is no such file or folder. Check the path.",
            f"created      {tmp_path}/reports/report.txt",
            "2 files: 1 created, 1 failed.",
        ]
        assert error == "1 of 2 files could not be imported: see above."

    def test_imports_the_seeds_by_default(self, settings: Any, tmp_path: Path) -> None:
        settings.BASE_DIR = tmp_path
        put(tmp_path / "seeds", metadata="title = 'A'")
        assert f"created      {tmp_path}/seeds/report.txt" in printed("import_articles")

    def test_takes_several_paths(self, tmp_path: Path) -> None:
        paths = [put(tmp_path / name, name, text=f"Text {name}.") for name in ("a", "b")]
        assert "2 files: 2 created." in printed("import_articles", *paths)

    def test_a_dry_run_says_what_would_be_done_and_writes_nothing(self, tmp_path: Path) -> None:
        put(tmp_path, claims=[claim("We won")], metadata="story = 'khusham'\ntitle = 'A'", story=STORY)
        dry = printed("import_articles", tmp_path, "--dry-run")
        for model in (Article, Changeset, Claim, Source, Story):
            assert not model.objects.exists()
        assert dry.endswith("2 files: 2 created. Nothing was written.\n")
        wet = printed("import_articles", tmp_path)
        assert dry == wet.replace("created.\n", "created. Nothing was written.\n")

    def test_a_dry_run_fails_as_the_real_one_would(self, tmp_path: Path) -> None:
        put(tmp_path, "a", claims=[claim("We won", answers=[{"question": "nix", "low": 1, "asWorded": "x"}])])
        put(tmp_path, "b")
        said, _ = printed_before_failing("import_articles", tmp_path, "--dry-run")
        assert said.endswith("2 files: 1 created, 1 failed. Nothing was written.\n")
        assert not Article.objects.exists()

    def test_a_bar_on_a_terminal_goes_to_the_other_stream(self, tmp_path: Path) -> None:
        out, err = io.StringIO(), Terminal()
        call_command("import_articles", str(put(tmp_path)), stdout=out, stderr=err)
        assert "file" in err.getvalue() and "created" not in err.getvalue()
        assert out.getvalue().startswith("created      ")


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class TestCheckDesk:
    def test_in_order(self, tmp_path: Path) -> None:
        printed("import_articles", put(tmp_path, claims=[claim("We won")]))
        assert printed("check_desk") == "The desk is in order.\n"

    def test_damage_fails_the_command(self, tmp_path: Path) -> None:
        printed("import_articles", put(tmp_path, claims=[claim("We won", uid="aaaa")]))
        Claim.objects.update(reading_order=7)
        Highlight.objects.update(prefix="nix")
        said, error = printed_before_failing("check_desk")
        (lists,) = [line for line in said.splitlines() if line.endswith("lists hold something else of it")]
        assert said.splitlines() == [
            "wrong: claim aaaa in report: the context of 1 of its highlights is not what stands there",
            "wrong: claim aaaa in report: its place in the reading order is wrong",
            lists,
        ]
        assert error.startswith("3 problems. Counters can be repaired with --repair")

    def test_repairing(self, tmp_path: Path) -> None:
        printed("import_articles", put(tmp_path, claims=[claim("We won", uid="aaaa")]))
        Claim.objects.update(reading_order=7)
        assert printed("check_desk", "--repair").splitlines() == [
            "repaired: claim aaaa in report: its place in the reading order is wrong",
            "The desk is in order.",
        ]
        assert printed("check_desk") == "The desk is in order.\n"

    def test_what_cannot_be_repaired_still_fails(self) -> None:
        make_claim(uid="aaaa")
        Claim.objects.update(reading_order=7, version=3)
        said, error = printed_before_failing("check_desk", "--repair")
        assert said.count("repaired: ") == 1
        assert error.startswith(f"{said.count('wrong: ')} problems.")


class TestCreateDemoUsers:
    def test_makes_an_editor_and_an_administrator(self, settings: Any) -> None:
        settings.DEBUG = True
        said = printed("create_demo_users")
        passwords = dict(re.findall(r"Created (\w+), password (\S{16}) \(shown this once\)", said))
        assert passwords.keys() == {"editor", "administrator"}
        for name, password in passwords.items():
            assert authenticate(username=name, password=password) == User.objects.get(username=name)
        rows = {user.username: (user.is_staff, user.is_superuser) for user in User.objects.all()}
        assert rows == {"editor": (False, False), "administrator": (True, True)}
        assert User.objects.get(username="editor").has_perm("articles.change_claim")

    def test_passwords_are_never_the_same(self, settings: Any) -> None:
        settings.DEBUG = True
        first = printed("create_demo_users")
        User.objects.all().delete()
        assert not set(re.findall(r"password (\S+)", first)) & set(
            re.findall(r"password (\S+)", printed("create_demo_users"))
        )

    def test_twice_prints_nothing_and_changes_no_password(self, settings: Any) -> None:
        settings.DEBUG = True
        printed("create_demo_users")
        before = list(User.objects.values_list("password", flat=True))
        assert printed("create_demo_users") == ""
        assert list(User.objects.values_list("password", flat=True)) == before

    def test_makes_none_without_debug(self, settings: Any) -> None:
        settings.DEBUG = False
        assert "with DEBUG on only" in printed_before_failing("create_demo_users")[1]
        assert not User.objects.exists()
