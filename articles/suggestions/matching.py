"""Matching: which source a speaker stands for, by what the desk knows, and by nothing else.

In this order: what editors chose for this speaker, or for words that stood for the same one, in the story before; a
source's name, alias or code; a speaker who says to speak for one (“a spokesman for …”), in the apposition too; and
what this has shown earlier in the text. Where two sources fit, none is taken.
"""

from collections.abc import Iterable, Mapping, Sequence

from articles.models import Article, Claim, Source
from articles.text.attribution.speakers import refers_back
from articles.text.naming import key, personal_name, speaks_for
from articles.text.near_names import nearest


class Known:
    """The sources by what they are called, and by what those were that were merged into them. Three queries to make."""

    def __init__(self, article: Article) -> None:
        rows = {row.pk: row for row in Source.objects.prefetch_related("aliases")}
        self.sources = {key: row for key, row in rows.items() if row.merged_into_id is None}
        named = [(name, _living(row, rows)) for row in rows.values() for name in _names(row)]
        self._names = [(name, row) for name, row in named if key(name)]
        # Two names may differ in no more than their plural.
        self._by_exact_name = _clear((name.casefold(), row) for name, row in named)
        self._by_name = _clear((key(name), row) for name, row in named)
        self._by_code = {row.code: row for row in self.sources.values()}
        self._chosen = _clear(self._chosen_in(article))
        self._seen: dict[str, Source] = {}

    def _chosen_in(self, article: Article) -> Iterable[tuple[str, Source]]:
        claims = Claim.objects.of_story(article.story) if article.story else Claim.objects.in_article(article)
        for speaker, taken_for, chosen in claims.chosen_speakers():
            if source := self.sources.get(chosen or 0):
                names = (speaker, personal_name(speaker), taken_for, personal_name(taken_for))
                yield from ((key(name), source) for name in names if name)

    def source_of(self, speaker: str, full: str = "", apposition: str = "") -> Source | None:
        """`full` is the fullest name that the text gives for the speaker."""
        # “The official” may be another one in each report: there only who was introduced as one tells.
        names = (full,) if full != speaker and refers_back(speaker) else (speaker, full)
        called = [name for name in (*names, *map(personal_name, names)) if key(name)]
        found = self._by_words(called) or self._by_speaking(called)
        if found is None and apposition and called:
            found = self._by_words([apposition]) or self._by_speaking([apposition])
        if found is None:
            return next((self._seen[key(name)] for name in called if key(name) in self._seen), None)
        for name in called:
            self._seen.setdefault(key(name), found)
        return found

    def nearly_called(self, name: str) -> Source | None:
        """One whose name is nearly this one."""
        near = nearest(name, (other for other, _ in self._names))
        return next((row for other, row in self._names if other == near), None)

    def _by_words(self, called: Sequence[str]) -> Source | None:
        keys = [key(name) for name in called]
        exact = [name.casefold() for name in called]
        for known, names in ((self._chosen, keys), (self._by_exact_name, exact), (self._by_name, keys)):
            if found := next((known[name] for name in names if name in known), None):
                return found
        return next((self._by_code[name] for name in called if name in self._by_code), None)

    def _by_speaking(self, called: Iterable[str]) -> Source | None:
        for phrase in called:
            fitting = [(len(key(name)), row) for name, row in self._names if speaks_for(phrase, name)]
            longest = max((length for length, _ in fitting), default=0)
            rows = {row.pk: row for length, row in fitting if length == longest}
            if len(rows) == 1:
                return next(iter(rows.values()))
        return None


def _living(source: Source, rows: Mapping[int, Source]) -> Source:
    """As `Source.living`, of rows that are all read already."""
    while source.merged_into_id:
        source = rows[source.merged_into_id]
    return source


def _names(source: Source) -> list[str]:
    return [source.name, *(alias.name for alias in source.aliases.all())]


def _clear(named: Iterable[tuple[str, Source]]) -> dict[str, Source]:
    """Without the names that two sources have."""
    found: dict[str, Source | None] = {}
    for name, source in named:
        known = found.setdefault(name, source)
        if known and known.pk != source.pk:
            found[name] = None
    return {name: source for name, source in found.items() if name and source}
