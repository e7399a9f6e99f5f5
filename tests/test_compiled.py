"""Queries that are compiled once: they find what the same query finds that is compiled anew."""

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import F, Model, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.db.models.signals import post_init, pre_init

from articles.models import Claim, Source
from newsdesk import compiled
from newsdesk.compiled import Compiled
from tests.factories import make_article, make_claim, make_source

pytestmark = pytest.mark.django_db

NAMED = Compiled(lambda slugs, merged: Source.objects.filter(slug__in=slugs).exclude(pk=merged).order_by("pk"))


@pytest.fixture
def sources() -> list[Source]:
    return [make_source(name=name, code=name * 2) for name in "ABC"]


def test_finds_rows_of_the_model_with_what_is_annotated(sources: list[Source]) -> None:
    query = Compiled(lambda key: Source.objects.annotate(same=F("code")).filter(pk__gte=key).order_by("pk"))
    found = query.models(sources[1].pk)
    assert found == sources[1:]
    assert [(row.name, row.same) for row in found] == [("B", "BB"), ("C", "CC")]


@pytest.mark.parametrize("model", apps.get_models())
def test_rows_are_made_as_django_makes_them(model: type[Model]) -> None:
    """Nothing listens to that, and no model has a way of its own."""
    assert not any(signal.has_listeners(model) for signal in (pre_init, post_init))
    assert model.from_db.__func__ is Model.from_db.__func__  # type: ignore[attr-defined]
    assert model.__init__ is Model.__init__ or model._meta.app_label != "articles"


def test_rows_are_as_djangos(sources: list[Source]) -> None:
    query = Compiled(lambda key: Source.objects.filter(pk=key))
    (found,) = query.models(sources[0].pk)
    same = Source.objects.get(pk=sources[0].pk)
    assert {**vars(found), "_state": vars(found._state)} == {**vars(same), "_state": vars(same._state)}
    found.tone += 1
    found.save()
    same.refresh_from_db()
    assert same.tone == found.tone


def test_lists_of_any_length_are_found_by_few_statements(sources: list[Source]) -> None:
    query = Compiled(lambda keys: Source.objects.filter(pk__in=keys).order_by("pk").values_list("code"))
    keys = [one.pk for one in sources]
    for length in range(1, 20):
        some = (keys * 7)[:length]
        assert query.rows(some) == [("AA",), ("BB",), ("CC",)][: len(set(some))]
    # On PostgreSQL a list goes in as one value.
    lengths = [1, 2, 4, 8, 16, 32] if connection.vendor == "sqlite" else [1]
    assert len(query._kept) == len(lengths)


def test_finds_values(sources: list[Source]) -> None:
    query = Compiled(lambda slug: Source.objects.filter(slug=slug).values_list("pk", "code"))
    assert query.rows("b") == [(sources[1].pk, "BB")]
    assert query.rows("x") == []


def test_finds_what_the_rows_name_each_once(django_assert_num_queries: Any) -> None:
    source, article = make_source(name="A"), make_article()
    claims = [make_claim(article=article, source=source) for _ in range(3)]
    Claim.objects.filter(pk=claims[2].pk).update(source=None, status=Claim.Status.SUGGESTED)
    query = Compiled(
        lambda key: (
            Claim.objects.filter(article=key)
            .select_related("source", "article__outlet")
            .annotate(same=F("pk"))
            .order_by("pk")
        )
    )
    with django_assert_num_queries(1):
        found = query.models(article.pk)
        assert [row.source for row in found] == [source, source, None]
        assert {row.article for row in found} == {article}
        assert found[0].article.outlet == article.outlet
    assert [row.same for row in found] == [claim.pk for claim in claims]
    assert found[0].source is found[1].source
    assert found[0].article is found[2].article
    assert found[0].source.kind == source.kind and found[0].article.published_at == article.published_at


def test_what_is_deferred_is_read_when_it_is_asked_for(sources: list[Source]) -> None:
    query = Compiled(lambda key: Source.objects.filter(pk=key).defer("name"))
    (found,) = query.models(sources[0].pk)
    assert "name" not in found.__dict__
    assert found.name == "A"


def test_lists_may_have_any_length(sources: list[Source]) -> None:
    one, two, three = sources
    assert NAMED.models(["a", "b"], 0) == [one, two]
    assert NAMED.models(["c"], 0) == [three]
    assert NAMED.models(["a", "b", "c"], two.pk) == [one, three]
    assert NAMED.models(["a", "b"], two.pk) == [one]
    assert NAMED.models([], 0) == NAMED.rows([], 0) == []


def test_changes_rows(sources: list[Source]) -> None:
    query = Compiled(lambda keys: Source.objects.filter(pk__in=keys), tone=F("tone") + 2, kind="outlet")
    before = [one.tone for one in sources]
    query.carry_out([one.pk for one in sources[:2]])
    query.carry_out([sources[2].pk])
    query.carry_out([])
    rows = Source.objects.order_by("pk").values_list("tone", "kind")
    assert list(rows) == [(tone + 2, "outlet") for tone in before]


def test_removes_rows(sources: list[Source]) -> None:
    query = Compiled(lambda keys: Source.objects.filter(pk__in=keys), removes=True)
    query.carry_out([])
    assert Source.objects.count() == 3
    query.carry_out([one.pk for one in sources[:2]])
    assert list(Source.objects.all()) == sources[2:]


def test_words_are_values_and_no_sql(sources: list[Source]) -> None:
    query = Compiled(lambda name: Source.objects.filter(name=name))
    assert query.models("A") == [sources[0]]
    for words in ("a' OR 1=1 --", "%", "", "\ue0000", "naïve 🤔"):
        assert query.models(words) == []


def test_a_value_may_stand_in_several_places() -> None:
    article, other = make_article(), make_article(slug="other")
    claim, _ = make_claim(article=article), make_claim(article=other)
    query = Compiled(
        lambda key: Claim.objects.filter(article=key, source__in=Claim.objects.filter(article=key).values("source"))
    )
    assert query.models(article.pk) == [claim]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="on PostgreSQL a list goes in as one value")
def test_it_is_compiled_once_for_each_length(sources: list[Source], monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[object] = []

    def make(keys: list[int]) -> QuerySet[Source]:
        made.append(keys)
        return Source.objects.filter(pk__in=keys)

    query = Compiled(make)
    keys = [one.pk for one in sources]
    for _ in range(3):
        assert set(query.models(keys)) == set(sources)
        assert query.models(keys[:1]) == sources[:1]
    assert len(made) == 2
    monkeypatch.setattr(compiled, "MOST", 2)
    assert len(query.models(keys[:2])) == 2
    assert set(query.models(keys)) == set(sources)
    assert len(made) == 4


def test_several_lists_and_values_go_in_where_they_belong(sources: list[Source]) -> None:
    keys, codes = [one.pk for one in sources], ["AA", "CC", "ZZ"]
    query = Compiled(
        lambda some, least, named, other: (
            Source.objects.filter(Q(pk__in=some) | Q(code__in=named), pk__gte=least)
            .exclude(name=other)
            .exclude(code__in=["100% %s", "XX"])
            .order_by("pk")
            .values_list("code")
        )
    )
    assert query.rows(keys[:1], 0, codes, "x") == [("AA",), ("CC",)]
    assert query.rows(keys, 0, codes[2:], sources[1].name) == [("AA",), ("CC",)]
    assert query.rows(keys[:2], keys[2], codes[:1], "x") == []


@pytest.mark.skipif(connection.vendor != "postgresql", reason="elsewhere a list goes in value by value")
def test_a_list_stands_behind_in() -> None:
    query = Compiled(lambda some: Source.objects.annotate(first=Coalesce(*map(Value, some))).values_list("first"))
    with pytest.raises(ValueError, match="takes a list behind IN"):
        query.rows([1, 2])


@pytest.mark.parametrize(
    ("make", "value"),
    [
        (lambda key: Source.objects.all(), 1),
        (lambda key: Source.objects.filter(pk=key + 1), 1),
        (lambda name: Source.objects.filter(name__startswith=name), "a"),
    ],
    ids=["not used", "changed on the way", "a pattern"],
)
def test_what_does_not_take_up_its_values_is_refused(make: Callable[[Any], QuerySet[Source]], value: Any) -> None:
    with pytest.raises(ValueError, match="takes up each of its values"):
        Compiled(make).models(value)
