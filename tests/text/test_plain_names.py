import pytest

from articles.text.plain_names import has_letters, plain_name


@pytest.mark.parametrize(
    ("given", "plain"),
    [
        (" Health  directorate\n", "Health directorate"),
        ("Health\u200b \u200edirec\u00adtorate\u200f", "Health directorate"),
        ("Health\u00a0\u2003directorate", "Health directorate"),
        ("Minist\u0065\u0301rio", "Minist\u00e9rio"),
        ("\u200f\u200f", ""),
        # A joiner within a word of Persian is part of it.
        ("خبرگزاری‌ها", "خبرگزاری‌ها"),
        ("SANA\u200d", "SANA"),
    ],
)
def test_what_cannot_be_seen_is_no_part_of_a_name(given: str, plain: str) -> None:
    assert plain_name(given) == plain == plain_name(plain)


@pytest.mark.parametrize(("name", "has"), [("سانا", True), ("112", True), ("🙂", False), ("– / _", False), ("", False)])
def test_letters_or_digits(name: str, has: bool) -> None:
    assert has_letters(name) == has
