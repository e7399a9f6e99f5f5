import re
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.tones import TONES, next_tone, tones_in_article

CSS = (Path(__file__).parent.parent / "static/css/tokens.css").read_text()
LIGHT, DARK = CSS.split("@media (prefers-color-scheme: dark)")

tones = st.integers(1, TONES)


def test_next_tone_is_the_first_unused_one() -> None:
    assert next_tone([]) == 1
    assert next_tone([1, 2, 4]) == 3


def test_next_tone_is_the_least_used_when_all_are() -> None:
    assert next_tone([*range(1, TONES + 1), 1, 2]) == 3


def test_sources_keep_their_own_tones() -> None:
    assert tones_in_article({7: 3, 8: 1}) == {7: 3, 8: 1}


def test_the_later_of_two_with_one_tone_gets_a_free_one() -> None:
    assert tones_in_article({7: 1, 8: 1, 9: 2}) == {7: 1, 8: 3, 9: 2}


@given(st.dictionaries(st.integers(1, 50), tones, max_size=TONES))
def test_no_tone_repeats_in_an_article_while_one_is_free(own: dict[int, int]) -> None:
    worn = tones_in_article(own)
    assert worn.keys() == own.keys()
    assert len(set(worn.values())) == len(worn)


@given(st.dictionaries(st.integers(1, 50), tones, min_size=TONES + 1))
def test_tones_repeat_only_when_none_is_free(own: dict[int, int]) -> None:
    worn = tones_in_article(own)
    assert set(worn.values()) <= set(range(1, TONES + 1))


def colours(css: str, name: str) -> dict[int, str]:
    found = re.findall(rf"--{name}-(\d+): (#[0-9a-f]{{6}});", css)
    return {int(number): colour for number, colour in found}


def linear(colour: str) -> tuple[float, float, float]:
    """WCAG 2.2, relative luminance: sRGB channels made linear."""
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return red, green, blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted(
        (0.2126 * red + 0.7152 * green + 0.0722 * blue for red, green, blue in map(linear, (one, other))), reverse=True
    )
    return (light + 0.05) / (dark + 0.05)


def value(css: str, name: str) -> str:
    match = re.search(rf"--{name}: (#[0-9a-f]{{6}});", css)
    assert match
    return match.group(1)


@pytest.mark.parametrize("css", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("tone", range(1, TONES + 1))
def test_a_line_stands_out_and_ink_is_legible_on_a_wash(css: str, tone: int) -> None:
    line, wash = colours(css, "tone")[tone], colours(css, "wash")[tone]
    assert contrast(line, value(css, "paper")) >= 4.5, "names are set in it, so it needs what text needs"
    assert contrast(line, wash) >= 3
    assert contrast(value(css, "ink"), wash) >= 7


@pytest.mark.parametrize("css", [LIGHT, DARK], ids=["light", "dark"])
def test_the_borders_of_fields_stand_out(css: str) -> None:
    """WCAG 2.2, 1.4.11."""
    assert contrast(value(css, "control"), value(css, "paper")) >= 3


def styles() -> dict[int, str]:
    found = re.findall(r'\[data-tone="(\d+)"\] \{[^}]*--line: ([^;]+);', CSS)
    return {int(tone): line for tone, line in found}


def test_every_tone_has_a_line_style_of_its_own() -> None:
    assert styles().keys() == set(range(1, TONES + 1))
    assert len(set(styles().values())) == TONES


# Viénot, Brettel and Mollon (1999) for protanopia and deuteranopia, Brettel et al. (1997) in one plane for
# tritanopia: linear RGB → linear RGB.
BLINDNESS = {
    "protanopia": ((0.11238, 0.88762, 0.0), (0.11238, 0.88762, 0.0), (0.00401, -0.00401, 1.0)),
    "deuteranopia": ((0.29275, 0.70725, 0.0), (0.29275, 0.70725, 0.0), (-0.02234, 0.02234, 1.0)),
    "tritanopia": ((1.01277, 0.13548, -0.14826), (-0.01243, 0.86812, 0.14431), (0.07589, 0.805, 0.11911)),
}


def lab(rgb: tuple[float, float, float]) -> tuple[float, float, float]:
    """CIE L*a*b* under D65."""
    red, green, blue = rgb
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883
    fx, fy, fz = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in (max(x, 0), max(y, 0), max(z, 0)))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def seen_by(blindness: str, colour: str) -> tuple[float, float, float]:
    rgb = linear(colour)
    red, green, blue = (sum(w * c for w, c in zip(row, rgb, strict=True)) for row in BLINDNESS[blindness])
    return lab((red, green, blue))


def kind_of_line(tone: int) -> str:
    return styles()[tone].split()[0]


@pytest.mark.parametrize("css", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("blindness", BLINDNESS)
def test_all_pairs_are_told_apart_in_colour_blindness(css: str, blindness: str) -> None:
    """By colour (ΔE*ab of 10 is plain to see side by side), or else by the kind of line."""
    seen = {tone: seen_by(blindness, colour) for tone, colour in colours(css, "tone").items()}
    for one, other in combinations(seen, 2):
        distance = sum((a - b) ** 2 for a, b in zip(seen[one], seen[other], strict=True)) ** 0.5
        assert distance >= 10 or kind_of_line(one) != kind_of_line(other), (one, other, distance)
