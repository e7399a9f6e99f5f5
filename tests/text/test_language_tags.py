"""Tags of languages, as they are built by RFC 5646."""

from pathlib import Path

import pytest

from articles.text import language_tags
from articles.text.language_tags import is_language_tag


@pytest.mark.parametrize(
    "tag",
    [
        *("en", "EN", "ar", "pt-BR", "pt-br", "es-419", "sr-Latn", "zh-Hans-TW", "zh-yue-HK", "tlh", "ckb-IQ", "und"),
        *("abc", "DEU", "gsw-CH", "ber", "mul", "qaa", "qtz-x-desk", "ar-arz"),
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
        *("zzz", "xyz", "ger", "foo-US", "qua1", "qzz", "zh-zzz", "zh-yue-zzz"),
        *("xx-yy-zz-1", "en-yy-zz-1", "en-1", "en-a", "en-x", "en-US-GB", "en-Latn-Cyrl", "not a tag", "x-desk"),
    ],
)
def test_what_is_none(tag: str) -> None:
    assert not is_language_tag(tag)


def test_the_list_holds_each_code_once_in_order() -> None:
    codes = Path(language_tags.__file__).with_name("languages.txt").read_text().split()
    assert codes == sorted(set(codes)) and len(codes) > 7_500
    assert all(len(code) == 3 and code.isascii() and code.islower() for code in codes)
