"""Codes for sources, as a newsroom would abbreviate their names."""

from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text.source_codes import LEAST, MOST, codes_for


def code(name: str, kind: str = "") -> str:
    return next(codes_for(name, kind))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Syrian Observatory for Human Rights", "SOHR"),
        ("Organisation for the Prohibition of Chemical Weapons", "OPCW"),
        ("International Committee of the Red Cross", "ICRC"),
        ("Committee to Protect Journalists", "CPJ"),
        ("Agence France-Presse", "AFP"),
        ("New York Police Department", "NYPD"),
        ("People’s Protection Units", "PPU"),
        ("Harbour Board", "HB"),
        ("White House", "WH"),
        ("Al-Masirah TV", "AMTV"),
        ("the 47th Mechanised Brigade", "MB"),
        ("Médecins sans frontières", "MSF"),
        ("L’Orient", "LOR"),
        ("L’Orient Le Jour", "LJ"),
        ("O’Neill Institute", "OI"),
        ("Ministère de la Défense", "MD"),
        ("Министерство обороны", "МО"),
        ("وزارة الدفاع الروسية", "ودر"),
    ],
)
def test_initials_of_what_is_no_little_word(name: str, expected: str) -> None:
    assert code(name) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("SANA", "SANA"),
        ("SANA news agency", "SANA"),
        ("Russian MoD", "MOD"),
        ("the Syrian Observatory for Human Rights (SOHR)", "SOHR"),
        ("US officials", "USO"),
        ("U.S. officials", "USO"),
        ("US-led coalition", "USC"),
        ("UN Human Rights Office", "UNHRO"),
        ("US Air Forces Central Command", "USAFC"),
        ("UK MoD", "UKMOD"),
        ("SYRIAN ARMY", "SA"),
        ("AP", "AP"),
        ("the UN", "UN"),
        ("E.U.", "EU"),
    ],
)
def test_letters_that_are_known_as_they_stand(name: str, expected: str) -> None:
    assert code(name) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Foreign Ministry of Iran", "IMFA"),
        ("Iranian Foreign Ministry", "IMFA"),
        ("Ministry of Foreign Affairs", "MFA"),
        ("Foreign Affairs Ministry of Ukraine", "UMFA"),
        ("Russian Ministry of Defence", "RMOD"),
        ("Russian Defence Ministry", "RMOD"),
        ("Ministry of Defence of the Russian Federation", "RFMOD"),
        ("Iran’s Interior Ministry", "IMOI"),
        ("health ministry in Gaza", "GMOH"),
        ("Ministry of Health and Medical Education", "MOH"),
        ("US Department of Defense", "USDOD"),
        ("US State Department", "USDOS"),
        ("Department of Homeland Security", "DHS"),
        ("the ministry", "MIN"),
    ],
)
def test_ministries_and_departments(name: str, expected: str) -> None:
    assert code(name) == expected


@pytest.mark.parametrize(
    ("name", "kind", "expected"),
    [
        ("Col. Thomas Veale", "", "VEALE"),
        ("Sergei Lavrov", "person", "LAV"),
        ("Coalition", "", "COA"),
        ("The coalition", "", "COA"),
        ("سانا", "", "سانا"),
        ("Xi", "", "XI"),
        ("X", "", "XXX"),
        ("2018", "", "SOU"),
        ("", "", "SOU"),
        ("of the", "", "OT"),
    ],
)
def test_persons_and_single_words(name: str, kind: str, expected: str) -> None:
    assert code(name, kind) == expected


def test_where_the_first_is_taken_others_tell_as_much() -> None:
    assert list(islice(codes_for("Foreign Ministry of Iran"), 3)) == ["IMFA", "IRMFA", "MFA"]
    assert list(islice(codes_for("Syrian Army"), 4)) == ["SA", "SYA", "SYRA", "SYR"]
    assert list(islice(codes_for("Ukrainian MoD"), 2)) == ["MOD", "UMOD"]
    assert list(islice(codes_for("AP"), 3)) == ["AP", "APX", "APXX"]
    assert list(islice(codes_for("BBC"), 3)) == ["BBC", "BB", "BBCX"]


@given(st.text(max_size=60))
def test_whatever_the_name_there_are_codes_enough(name: str) -> None:
    codes = list(islice(codes_for(name), 200))
    assert len(set(codes)) == 200
    assert all(LEAST <= len(one) <= MOST and one.isalpha() for one in codes)
