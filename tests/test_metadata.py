"""Metadata: what is kept of it when it is changed, whoever changes it."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User

from articles.models import Article, ArticleRevision, Changeset
from articles.writing.merging import last_merge, merge, unmerge
from articles.writing.metadata import MetadataConflict, changing_metadata, metadata
from articles.writing.publishing import save_metadata, set_status, set_status_of
from tests.factories import make_article, make_source, make_story
from tests.models.refusing import refused
from tests.reports import put, run

pytestmark = pytest.mark.django_db


def kept(name: str) -> list[Any]:
    """What the revisions say of one field, in order."""
    return [row.snapshot[name] for row in ArticleRevision.objects.order_by("article", "number")]


def change(article: Article, based_on: int | None = None, **values: object) -> None:
    for name, value in values.items():
        setattr(article, name, value)
    changeset = Changeset.objects.create(kind="edit", article=article)
    save_metadata(article, values, changeset, based_on)


def test_metadata_is_plain_data_without_keys() -> None:
    outlet = make_source(name="Wire", kind="outlet")
    article = make_article(story=make_story(), outlet=outlet, byline="By Ün Chærs")
    assert metadata(article) == {
        "title": "Strikes in Syria",
        "status": "published",
        "withdrawal_notice": "",
        "byline": "By Ün Chærs",
        "url": "",
        "archive_url": "",
        "language": "en",
        "inferred": [],
        "story": "khusham",
        "outlet": "wire",
        "published_at": None,
        "published_offset": 0,
        "published_time_known": False,
    }


def test_the_first_change_keeps_what_was_imported(tmp_path: Path) -> None:
    run(put(tmp_path, metadata="title = 'Strikes'"))
    assert not ArticleRevision.objects.exists()
    change(Article.objects.get(), title="Strikes in Syria")
    change(Article.objects.get(), title="Night strikes")
    assert kept("title") == ["Strikes", "Strikes in Syria", "Night strikes"]
    kinds = ArticleRevision.objects.order_by("number").values_list("number", "changeset__kind")
    assert list(kinds) == [(1, "import"), (2, "edit"), (3, "edit")]


def test_an_import_that_changes_metadata_is_kept_too(tmp_path: Path) -> None:
    for title in ("Strikes", "Strikes", "Night strikes"):
        run(put(tmp_path, metadata=f"title = '{title}'"))
    assert kept("title") == ["Strikes", "Night strikes"]
    assert set(ArticleRevision.objects.values_list("changeset__kind", flat=True)) == {"import"}


def test_an_article_without_an_import_on_record_has_a_first_revision_without_one() -> None:
    change(make_article(), byline="A. B.")
    assert list(ArticleRevision.objects.order_by("number").values_list("changeset__kind", flat=True)) == [None, "edit"]
    with refused("Every change has a changeset."):
        ArticleRevision.objects.create(article=Article.objects.get(), number=3, snapshot={})


def test_what_changes_nothing_is_no_revision(editor: User) -> None:
    article = make_article()
    change(article, title=article.title)
    set_status(article, Article.Status.PUBLISHED, editor=editor)
    assert not ArticleRevision.objects.exists()
    assert not Changeset.objects.filter(editor=editor).exists()


def test_a_status_says_who_gave_it(editor: User) -> None:
    set_status(make_article(), Article.Status.WITHDRAWN, "A hoax.", editor)
    assert (kept("status"), kept("withdrawal_notice")) == (["published", "withdrawn"], ["", "A hoax."])
    changeset = Changeset.objects.get()
    assert (changeset.editor, changeset.kind, changeset.summary) == (editor, "edit", "status: withdrawn")
    assert changeset.article == Article.objects.get()


def test_several_get_a_status_as_one_change(editor: User) -> None:
    articles = [make_article(slug=slug, status="draft") for slug in ("one", "two")]
    articles.append(make_article(slug="three"))
    set_status_of(articles, Article.Status.PUBLISHED, editor=editor)
    changeset = Changeset.objects.get()
    assert (changeset.kind, changeset.article_revisions.count()) == ("bulk", 2)


def test_two_changes_based_on_one_do_not_overwrite_each_other() -> None:
    article = make_article()
    change(article, based_on=0, byline="A. B.")
    with pytest.raises(MetadataConflict, match="Somebody else changed “Strikes in Syria” in the meantime"):
        change(article, based_on=0, byline="C. D.")
    assert Article.objects.get().byline == "A. B."
    change(article, based_on=2, byline="C. D.")
    assert kept("byline") == ["", "A. B.", "C. D."]


def test_a_change_that_fails_leaves_no_revision() -> None:
    article = make_article()
    with pytest.raises(ValueError, match="no"), changing_metadata([article], Changeset.objects.create(kind="edit")):
        Article.objects.update(title="x")
        raise ValueError("no")
    assert Article.objects.get().title == "Strikes in Syria" and not ArticleRevision.objects.exists()


def test_merging_outlets_and_taking_it_back_is_kept(editor: User) -> None:
    wire, agency = (make_source(name=name, kind="outlet") for name in ("Wire", "Agency"))
    make_article(outlet=wire)
    merge(wire, agency, editor)
    unmerge(last_merge(wire), editor)
    assert kept("outlet") == ["wire", "agency", "wire"]


def test_changing_many_takes_as_many_queries_as_changing_two(django_assert_num_queries: Any) -> None:
    changeset = Changeset.objects.create(kind="merge")
    for number in range(30):
        make_article(slug=f"a{number}")
    for articles in (list(Article.objects.all()[:2]), list(Article.objects.all()[2:])):
        with django_assert_num_queries(8), changing_metadata(articles, changeset):
            Article.objects.filter(pk__in=[one.pk for one in articles]).update(byline="A. B.")
    assert ArticleRevision.objects.count() == 60
