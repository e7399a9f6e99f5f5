"""Tags of languages, as they are built by RFC 5646."""

import pytest

from articles.text.language_tags import is_language_tag


@pytest.mark.parametrize(
    "tag",
    [
        *("en", "EN", "ar", "pt-BR", "pt-br", "es-419", "sr-Latn", "zh-Hans-TW", "zh-yue-HK", "tlh", "ckb-IQ", "und"),
        *("de-CH-1996", "sl-rozaj-biske", "ca-valencia", "ar-u-nu-latn", "en-a-bbb-x-desk", "en-x-desk"),
    ],
)
def test_what_is_one(tag: str) -> None:
    assert is_language_tag(tag)


@pytest.mark.parametrize(
    "tag",
    [
        *(
            "",
            "e",
            "english",
            "engl",
            "xx",
            "xx-YY",
            "en_US",
            "en-",
            "-en",
            "en us",
            "en-US ",
            "en\n",
            "e1",
            "ｅｎ",
            "ёё",
        ),
        *("xx-yy-zz-1", "en-yy-zz-1", "en-1", "en-a", "en-x", "en-US-GB", "en-Latn-Cyrl", "not a tag", "x-desk"),
    ],
)
def test_what_is_none(tag: str) -> None:
    assert not is_language_tag(tag)
