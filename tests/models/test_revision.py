from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import User
from django.db.models import ProtectedError

from articles.models import Changeset, Claim, Revision
from articles.writing.editing import changing, open_changeset
from tests.factories import make_article, make_claim, make_story
from tests.models.refusing import refused

pytestmark = pytest.mark.django_db


def change(claim: Claim, kind: Changeset.Kind) -> Changeset:
    changeset = open_changeset(kind)
    with changing([claim], changeset):
        pass
    return changeset


def test_a_version_is_recorded_once(editor: User) -> None:
    claim = make_claim(editor=editor)
    with refused("revision_version_unique"):
        Revision.objects.create(changeset=claim.made_in, claim_uid=claim.uid, version=1, snapshot={})


def test_who_made_a_change_stays_known(editor: User) -> None:
    changeset = make_claim(editor=editor).made_in
    with pytest.raises(ProtectedError):
        editor.delete()
    with pytest.raises(ProtectedError):
        changeset.delete()


def test_revisions_outlive_their_claim(editor: User) -> None:
    claim = make_claim(editor=editor, uid="aaaa")
    claim.delete()
    assert str(Revision.objects.get()) == "aaaa, version 1"


def test_by_editors_leaves_out_imports_merges_carrying_over_and_suggestions() -> None:
    claim = make_claim(uid="aaaa")
    make_claim(article=claim.article, uid="bbbb")
    for kind in Changeset.Kind:
        change(claim, kind)
    found = Revision.objects.of_claims(["aaaa"]).by_editors().order_by("version")
    kinds = [revision.changeset.kind for revision in found]
    assert kinds == ["create", "edit", "bulk", "delete", "restore", "split", "join", "drop", "reject"]
    assert not Revision.objects.of_claims(["bbbb"]).exists()


def test_since_a_changeset() -> None:
    article = make_article()
    one, other = make_claim(article=article, uid="aaaa"), make_claim(article=article, uid="bbbb")
    change(one, Changeset.Kind.EDIT)
    change(third := make_claim(article=article, uid="cccc"), Changeset.Kind.EDIT)
    merge = open_changeset(Changeset.Kind.MERGE)
    with changing([one, other], merge):
        pass
    for claim in (third, other, one):
        change(claim, Changeset.Kind.EDIT)
    rows = Revision.objects.since(merge).values_list("claim_uid", "version")
    assert list(rows) == [("aaaa", 3), ("aaaa", 4), ("bbbb", 2), ("bbbb", 3)]


def test_newest_first() -> None:
    claim = make_claim()
    change(claim, Changeset.Kind.EDIT)
    assert [revision.version for revision in Revision.objects.newest_first()] == [2, 1]


class TestChangesets:
    def test_what_the_file_said_at_the_last_import(self) -> None:
        article, story = make_article(), make_story()
        for kind, table in (("import", 1), ("import", 2), ("merge", 3)):
            Changeset.objects.create(kind=kind, article=article, details={"table": {"byline": table}})
        Changeset.objects.create(kind="import", article=article)
        Changeset.objects.create(kind="import", story=story, details={"table": {"title": "Khusham"}})
        assert Changeset.objects.last_table(article) == {"byline": 2}
        assert Changeset.objects.last_table(story) == {"title": "Khusham"}
        assert Changeset.objects.last_table(make_article(slug="other")) == {}

    def test_say_what_and_when(self) -> None:
        changeset = open_changeset(Changeset.Kind.MERGE)
        changeset.made_at = datetime(2018, 2, 8, 7, 5, tzinfo=UTC)
        assert str(changeset) == "sources merged on 8 February 2018, 07:05 UTC"
