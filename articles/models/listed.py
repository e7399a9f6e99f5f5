"""What lists of claims are read from: a row for each claim that a list may hold, with all that it is found and sorted
by, and how many there are of each kind. `listing.py` keeps both in the transaction that writes the claims."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Self

from django.db import connection, models
from django.db.models import Exists, OuterRef, Q, Value

from articles.models.answer import Answer
from articles.models.article import Article
from articles.models.claim import Claim
from articles.models.question import Question
from articles.models.source import Source
from articles.models.story import Story
from articles.models.upserting import upsert
from articles.text.seeking import Sought
from newsdesk.compiled import Compiled
from newsdesk.fetching import fetched

# Scope, facet, value.
Key = tuple[str, str, str]
_KEY = ("scope", "facet", "value")
# Comes after all others.
LAST = 2**62


class Shelf(models.TextChoices):
    """Where a claim stands: whether it is accepted, and whether readers find its article among the latest."""

    PUBLIC = "p", "accepted, in the latest published version"
    EARLIER = "o", "accepted, in an earlier published version"
    DRAFT = "d", "accepted, in a draft without a published version"
    HIDDEN = "x", "accepted, in any other article that readers do not see"
    SUGGESTED = "s", "suggested, in the latest version"
    SUGGESTED_EARLIER = "t", "suggested, in another version"
    REJECTED = "r", "rejected, in the latest version"
    REJECTED_EARLIER = "q", "rejected, in another version"


# In the latest version, whether readers find it or editors alone.
ACCEPTED = (Shelf.PUBLIC, Shelf.DRAFT)


def scope_of(shelf: str, facet: str = "", key: int | None = None) -> str:
    """All claims on a shelf, or those of one source, story or outlet, or those in dispute (1)."""
    return f"{shelf} {facet} {key}" if facet else shelf


def scopes_of(
    shelf: str, source: int, story: int | None, outlet: int | None, is_disputed: bool
) -> Iterator[tuple[str, str]]:
    """Those that a claim counts in, each with the facet that is the same for all in it."""
    yield scope_of(shelf), ""
    for facet, key in (("source", source), ("story", story), ("outlet", outlet), ("disputed", int(is_disputed))):
        if key:
            yield scope_of(shelf, facet, key), facet


class Beyond(models.Func):
    """Rows of values compared as one: as many expressions as there are fields, then their values. Django's own lookup
    makes alternatives of it, which SQLite finds in no index."""

    output_field = models.BooleanField()

    def __init__(self, *expressions: Any, backwards: bool = False) -> None:
        super().__init__(*expressions)
        self.sign = "<" if backwards else ">"

    def as_sql(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        parts = [compiler.compile(expression) for expression in self.source_expressions]
        half = len(parts) // 2
        fields, values = (", ".join(sql for sql, _ in some) for some in (parts[:half], parts[half:]))
        return f"({fields}) {self.sign} ({values})", [value for _, params in parts for value in params]


class ListedQuerySet(models.QuerySet["Listed"]):
    def on_shelves(self, shelves: Iterable[str]) -> Self:
        return self.filter(shelf__in=list(shelves))

    def of_claims(self, keys: Iterable[int]) -> Self:
        return self.filter(claim__in=keys)

    def with_uid(self, uid: str) -> Self:
        return self.filter(claim__uid=uid)

    def having(self, field: str, values: Iterable[Any]) -> Self:
        return self.filter(**{f"{field}__in": list(values)})

    def found_by(self, sought: Sought) -> Self:
        """Those whose words hold all that is sought. None if that is nothing."""
        return self.filter(claim__words__index__matches=sought) if sought else self.none()

    def among_found(self, found: models.QuerySet[Any]) -> Self:
        """The same, by looking each of these up in all that the index finds, which are rows of `ClaimWords`."""
        return self.filter(pk__in=found.values("claim"))

    def each_found(self, found: models.QuerySet[Any]) -> Self:
        """The same, by asking the index of each of these."""
        return self.filter(Exists(found.filter(claim=OuterRef("pk"))))

    def aged(self, ranges: Iterable[tuple[int, int]]) -> Self:
        """Within one of these ranges, both ends included."""
        wanted = Q(pk__in=[])
        for first, last in ranges:
            wanted |= Q(age__gte=first, age__lte=last)
        return self.filter(wanted)

    def answering(self, questions: Iterable[int]) -> Self:
        return self.filter(pk__in=Answer.objects.filter(question__in=questions).order_by().values("claim"))

    def without_answer(self, shelves: Sequence[str] = ACCEPTED) -> Self:
        """Accepted, in latest versions of articles whose story asks something, and answering nothing."""
        # Nothing comes after the last, and each row is asked on its own: for what is equal, and for a list of stories,
        # SQLite goes another way, and sorts what it has found there.
        silent = self.on_shelves(shelves).filter(first_question__gte=LAST)
        return silent.filter(Exists(Question.objects.filter(story=OuterRef("story"))))

    def disputed(self) -> Self:
        return self.filter(is_disputed=True)

    def on_disputed_questions(self) -> Self:
        """What `disputed` should be, by the questions themselves."""
        return self.filter(Exists(Answer.objects.filter(claim=OuterRef("pk"), question__is_disputed=True)))

    def in_reading_order(self) -> Self:
        """By article, in the order in which they came to the desk; within each in reading order."""
        return self.order_by("article", "place", "claim")

    def beyond(self, names: Sequence[str], values: Sequence[Any], *, backwards: bool) -> Self:
        """Those that come after these values of these fields, or before them."""
        return self.filter(Beyond(*map(models.F, names), *map(Value, values), backwards=backwards))


class Listed(models.Model):
    """A claim as lists find it. One whose words are not found in the text is in no list."""

    claim = models.OneToOneField(Claim, on_delete=models.CASCADE, primary_key=True, related_name="listed")
    shelf = models.CharField(max_length=1, choices=Shelf)
    # Follow from the claim and its article, so that nothing of their own guards them.
    article = models.ForeignKey(
        Article, on_delete=models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False
    )
    # 0 while it is not known, so that it can be sorted by.
    source = models.ForeignKey(
        Source, on_delete=models.DO_NOTHING, default=0, related_name="+", db_constraint=False, db_index=False
    )
    story = models.ForeignKey(
        Story, on_delete=models.DO_NOTHING, null=True, related_name="+", db_constraint=False, db_index=False
    )
    outlet = models.ForeignKey(
        Source, on_delete=models.DO_NOTHING, null=True, related_name="+", db_constraint=False, db_index=False
    )
    age = models.BigIntegerField(help_text="Seconds from publication, by the outlet’s clock, to 1970; undated: most.")
    place = models.BigIntegerField(help_text="The claim’s reading order.")
    speaker = models.CharField(max_length=200)
    first_question = models.BigIntegerField(help_text="The key of the first one that it answers; of none: the last.")
    questions = models.TextField(help_text="The keys of all that it answers, separated by blanks.")
    is_disputed = models.BooleanField(help_text="Whether accounts conflict on a question that it answers.")

    objects = ListedQuerySet.as_manager()

    class Meta:
        verbose_name = "entry of the lists of claims"
        verbose_name_plural = "entries of the lists of claims"
        indexes = [
            models.Index(fields=["shelf", "age", "article", "place", "claim"], name="listed_newest"),
            models.Index(fields=["shelf", "claim"], name="listed_marked"),
            models.Index(fields=["shelf", "source", "age", "article", "place", "claim"], name="listed_by_source"),
            models.Index(fields=["shelf", "story", "age", "article", "place", "claim"], name="listed_by_story"),
            models.Index(fields=["shelf", "outlet", "age", "article", "place", "claim"], name="listed_by_outlet"),
            models.Index(fields=["shelf", "speaker"], name="listed_by_speaker"),
            models.Index(fields=["shelf", "first_question", "age", "article", "place"], name="listed_by_question"),
            models.Index(fields=["shelf", "article", "place", "claim"], name="listed_by_article"),
            models.Index(
                fields=["shelf", "age", "article", "place", "claim"],
                condition=Q(is_disputed=True),
                name="listed_disputed",
            ),
        ]

    def __str__(self) -> str:
        return f"claim {self.claim_id} on shelf {self.shelf}"


class TallyQuerySet(models.QuerySet["Tally"]):
    def of(self, scopes: Iterable[str], facet: str) -> Self:
        return self.filter(scope__in=list(scopes), facet=facet, number__gt=0)

    def most(self, scopes: Sequence[str], wanted: Mapping[str, int]) -> dict[str, dict[str, int]]:
        """For each facet as many values as are wanted of it, those that most claims have in all these scopes together,
        and how many. One query; another if there are several scopes, since what has most of all has much in one."""
        part = "SELECT * FROM (SELECT facet, value, number FROM articles_tally WHERE scope = %s AND facet = %s"
        part += " AND number > 0 ORDER BY number DESC, value LIMIT %s) AS found"
        asked = [(scope, facet, number * len(scopes)) for scope in scopes for facet, number in wanted.items()]
        rows = fetched(" UNION ALL ".join([part] * len(asked)), [value for one in asked for value in one])
        found: dict[str, dict[str, int]] = {facet: {} for facet in wanted}
        if len(scopes) > 1 and rows:
            rows = self._sums(scopes, {(facet, value) for facet, value, _ in rows})
        for facet, value, number in sorted(rows, key=lambda row: (-row[2], row[1])):
            if len(found[facet]) < wanted[facet]:
                found[facet][value] = number
        return found

    def _sums(self, scopes: Sequence[str], values: Iterable[tuple[str, str]]) -> list[tuple[str, str, int]]:
        by_facet: dict[str, list[str]] = {}
        for facet, value in values:
            by_facet.setdefault(facet, []).append(value)
        wanted = Q()
        for facet, some in by_facet.items():
            wanted |= Q(facet=facet, value__in=some)
        found = self.filter(wanted, scope__in=list(scopes), number__gt=0).order_by()
        return list(found.values_list("facet", "value").annotate(models.Sum("number")))

    def add(self, counts: Mapping[Key, int]) -> None:
        """In one order whoever writes, so that two who do wait for one another and no more than that."""
        keys = sorted(key for key, number in counts.items() if number)
        if not keys:
            return
        rows = [(*key, counts[key]) for key in keys]
        upsert(Tally, (*_KEY, "number"), _KEY, rows, change="{0} = {1}.{0} + excluded.{0}")
        if fewer := [key for key in keys if counts[key] < 0]:
            with connection.cursor() as cursor:
                sql = "DELETE FROM articles_tally WHERE scope = %s AND facet = %s AND value = %s AND number = 0"
                cursor.executemany(sql, fewer)

    def worded(self, scope: str, facet: str, words: str, count: int) -> list[str]:
        """Values that hold these words, those first that most claims have. One query."""
        found = self.of([scope], facet).filter(value__icontains=words).order_by("-number", "value")
        return list(found.values_list("value", flat=True)[:count])

    def counts(self, scopes: Iterable[str], facet: str, values: Iterable[str]) -> dict[str, int]:
        """How many claims have each of these values, in all these scopes together. One query."""
        return dict(_COUNTS.rows(list(values), list(scopes), facet))

    def numbers(self, scopes: Iterable[str], facet: str) -> dict[str, int]:
        """The same of all values that some claim has."""
        return dict(self.of(scopes, facet).order_by().values_list("value").annotate(models.Sum("number")))


class Tally(models.Model):
    """How many claims on a shelf have a value: all of them, or those of one source, story or outlet, or those in
    dispute (the scope)."""

    pk = models.CompositePrimaryKey("scope", "facet", "value")
    scope = models.CharField(max_length=24)
    facet = models.CharField(max_length=8)
    value = models.CharField(max_length=200)
    number = models.BigIntegerField()

    objects = TallyQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["scope", "facet", "-number", "value"], name="tally_most")]
        verbose_name_plural = "tallies"

    def __str__(self) -> str:
        return f"{self.scope} {self.facet} {self.value}: {self.number}"


_COUNTS = Compiled(
    lambda values, scopes, facet: (
        Tally.objects.filter(value__in=values)
        .of(scopes, facet)
        .order_by()
        .values_list("value")
        .annotate(models.Sum("number"))
    )
)
