import pytest

from articles.text.naming import key, personal_name, speaks_for


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
        ("Russian Ministry of Defence", "the Russian Defense Ministry"),
        ("Russian Ministry of Defence", "Russia’s Defense Ministry"),
        ("Russian Ministry of Defence", "the Ministry of Defense of the Russian Federation"),
        ("Russian Ministry of Defence", "the Defence Ministry of Russia"),
        ("Iran’s Foreign Ministry", "the Iranian Ministry of Foreign Affairs"),
        ("Ministry of the Interior", "the Interior Ministry"),
        ("Turkey’s Interior Ministry", "the Turkish Ministry of Internal Affairs"),
        ("the Department of State", "State Department"),
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
        ("Russian Ministry of Defence", "the Syrian Defense Ministry"),
        ("Russian Ministry of Defence", "the Ministry of Defence"),
        ("Russian Ministry of Defence", "the Russian Foreign Ministry"),
        ("Ministry of Russia", "Ministry of Truth"),
        ("Russia", "Russian"),
    ],
)
def test_names_that_are_not(one: str, other: str) -> None:
    assert key(one) != key(other)


@pytest.mark.parametrize(
    ("phrase", "name"),
    [
        ("Harbour Board spokeswoman Ann Moor", "Ann Moor"),
        ("the mayor Ann de Moor", ""),
        ("spokesman Col. Ann B. Moor", "Col. Ann B. Moor"),
        ("Ann Moor", ""),
        ("the Harbour Board", ""),
        ("a critic of the Harbour Board", ""),
        ("a spokeswoman", ""),
        ("", ""),
    ],
)
def test_the_name_that_a_description_ends_in(phrase: str, name: str) -> None:
    assert personal_name(phrase) == name


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
        ("a Russian Defense Ministry spokesman", "Russian Ministry of Defence"),
        ("a spokeswoman for the Ministry of Foreign Affairs", "Foreign Ministry"),
        ("a statement by Russia’s Defence Ministry", "Russian Ministry of Defence"),
        ("a US military official", "US officials"),
        ("Two senior US defense officials", "US officials"),
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
        ("Russian military officials", "US officials"),
        ("former US officials", "US officials"),
        ("officials", "US officials"),
        ("US officials", "officials"),
        ("Harbour Board pilots", "Harbour pilots"),
        ("anybody", ""),
    ],
)
def test_who_does_not(phrase: str, name: str) -> None:
    assert not speaks_for(phrase, name)
