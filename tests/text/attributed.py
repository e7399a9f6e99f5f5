"""What the rules find in a text, in words."""

from articles.text.attribution.extracting import extract


def found(text: str) -> list[tuple[str | None, list[str]]]:
    """Speakers and contents."""
    return [
        (
            text[one.source.start : one.source.end] if one.source else None,
            [text[span.start : span.end] for span in one.content],
        )
        for one in extract([text], least=0.0)
    ]
