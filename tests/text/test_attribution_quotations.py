"""Quotations whose speaker stands in another sentence or paragraph. All sentences are made up for these tests."""

import pytest

from articles.text.attribution.extracting import extract

Found = list[tuple[str | None, list[str]]]


def found(*paragraphs: str) -> Found:
    """Speakers and contents."""
    return [
        (
            paragraphs[one.source.block][one.source.start : one.source.end] if one.source else None,
            [paragraphs[span.block][span.start : span.end] for span in one.content],
        )
        for one in extract(paragraphs, least=0.0)
    ]


@pytest.mark.parametrize(
    ("paragraphs", "expected"),
    [
        # Who says something right before says what is quoted next.
        (
            ("Moor said that the boats were late. “We waited for hours.”",),
            [("Moor", ["that the boats were late", "“We waited for hours.”"])],
        ),
        (
            ("Moor praised the old captain.", "“He has never been late.”"),
            [("Moor", ["the old captain", "“He has never been late.”"])],
        ),
        # Not where a sentence stands between, where it is a thing that shows, or where a label leads the quotation.
        (
            ("Moor said that the boats were late. The port was empty. “We waited for hours.”",),
            [("Moor", ["that the boats were late"])],
        ),
        (
            ("A list shows that the boats were late. “We waited for hours.”",),
            [("A list", ["that the boats were late"])],
        ),
        (
            ("Moor said that the boats were late.", "A sign at the port: “Nobody waits here for hours.”"),
            [("Moor", ["that the boats were late"])],
        ),
        # A colon announces, whatever the words before it.
        (("The captain put it on paper:", "“Nobody came.”"), [("The captain", ["“Nobody came.”"])]),
        # Of words that somebody gives as another’s, the one who gives them tells all of it.
        (
            ("“It is late,” the captain said, according to the Times.",),
            [("the Times", ["“It is late,” the captain said"])],
        ),
        (
            ("“It is late,” said the captain, according to a letter. “We wait.”",),
            [("a letter", ["“It is late,” said the captain", "“We wait.”"])],
        ),
        # No apposition, since a quotation goes on with it.
        (
            ("Over time, according to the port, the rise in costs “will hurt the captains.”",),
            [("the port", ["Over time", "the rise in costs “will hurt the captains.”"])],
        ),
        # The title of a book is not said, and its marks belong to nobody’s name.
        (
            ("The boats were late, Moor wrote in her book, “An Old Harbour.”",),
            [("Moor", ["The boats were late"])],
        ),
        (("On Radio One’s “Old Harbour,” Moor said it was late.",), [("Moor", ["it was late"])]),
        (
            ("The boats were late in “Old Harbour,” the Port Watch reported.",),
            [("the Port Watch", ["The boats were late in “Old Harbour"])],
        ),
        # A name that ends like a verb.
        (
            ("“It is late,” the captain Alfred Moor, an old sailor, wrote on Monday.",),
            [("the captain Alfred Moor", ["“It is late,”"])],
        ),
    ],
)
def test_who_is_quoted(paragraphs: tuple[str, ...], expected: Found) -> None:
    assert found(*paragraphs) == expected
