import pytest

from articles.text.naming import key, speaks_for


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Two US military officials", "a US military official"),
        ("The coalition", "Coalition"),
        ("Russia’s Ministry of Defense", "Russia's Ministry of Defense"),
        ("SANA’s", "sana"),
        ("another US official", "US officials"),
        ("the Russian Ministry of Defense", "Russian Ministry of Defence"),
        ("Labor Organization", "Labour Organisation"),
        ("World Trade Center", "World Trade Centre"),
        ("the licensing programme", "licensing programs"),
    ],
)
def test_names_that_are_the_same(one: str, other: str) -> None:
    assert key(one) == key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("US officials", "officials"),
        ("Press", "Pres"),
        ("the", "a"),
        ("Moor", "Moore"),
        ("Four", "For"),
        ("Reuter", "Reuters agency"),
    ],
)
def test_names_that_are_not(one: str, other: str) -> None:
    assert key(one) != key(other)


def test_no_name_has_no_key() -> None:
    assert key("") == key("—") == ""


@pytest.mark.parametrize(
    ("phrase", "name"),
    [
        ("a spokesman for the US-led coalition", "US-led coalition"),
        ("a coalition statement", "the coalition"),
        ("a statement by the Harbour Board", "Harbour Board"),
        ("Harbour Board spokeswoman Ann Moor", "Harbour Board"),
        ("Russia’s Ministry of Defense spokesman Igor Moor", "Russia’s Ministry of Defense"),
        ("Russia’s Ministry of Defense spokesman Igor Moor", "Russia’s Ministry of Defence"),
        ("the state news agency SANA", "SANA"),
        ("Two Harbour Board officials", "Harbour Board"),
        ("Top coalition commanders", "coalition"),
    ],
)
def test_who_speaks_for_somebody(phrase: str, name: str) -> None:
    assert speaks_for(phrase, name)


@pytest.mark.parametrize(
    ("phrase", "name"),
    [
        ("a critic of the coalition", "coalition"),
        ("residents of Harbour", "Harbour"),
        ("a spokesman for a rival of the coalition", "coalition"),
        ("the anti-coalition spokesman", "coalition"),
        ("rebels fighting the coalition", "coalition"),
        ("a Moor spokesman", "coalition"),
        ("Dutch coalition", "coalition"),
        ("a rival of SANA", "SANA"),
        ("Russian coalition officials", "coalition"),
        ("anybody", ""),
    ],
)
def test_who_does_not(phrase: str, name: str) -> None:
    assert not speaks_for(phrase, name)
