"""Texts for property tests: what reports are made of, with all that makes offsets go wrong."""

import unicodedata

from hypothesis import strategies as st

PIECES = [
    "word",
    "Khusham",
    " ",
    "  ",
    "\t",
    "\u00a0",
    "\u202f",
    "\n",
    "\n\n",
    "\r\n",
    "\r\n\r\n",
    "\u2028",
    ".",
    "…",
    "“",
    "”",
    "—",
    "🤔",
    "👨‍👩‍👧",
    "e\u0301",
    "q\u0323\u0307",
    "\u1100\u1161\u11a8",
    "ﷺ",
    "قالت",
    "\u0344",
    "Å",
    "\u200b",
    "\n• ",
    "\n- ",
]
texts = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=3)), max_size=30).map("".join)

# One paragraph as `parse` leaves it, of what makes the bounds of words and characters go wrong.
CHARACTERS = [
    "👨‍👩‍👧",
    "👩🏽‍🚀",
    "👍🏿",
    "❤️‍🔥",
    "🇸🇾",
    "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
    "#️⃣",
    "q̣̇",
    "لَّ",
    "שָׁ",
    "क्षि",
    "\u1112\u119e\u11ab",
]
_WORDS = [
    "Some",
    "500",
    "U.S.",
    "3,000",
    "self-defence",
    "don’t",
    "24/7",
    "قالَتْ",
    "שָׁלוֹם",
    "می\u200cخواهم",
    "हिन्दी",
    "e\u0301tude",
]
_OTHERS = [*"“”‘’'\"-–—.,:;!?…()[]/_\u0301\u200d\u200b\u200f۔।", " ", " ", " ", "\u00a0", "Col. ", ". The ", ".” He "]


def one_line(pieces: list[str]) -> str:
    return unicodedata.normalize("NFC", " ".join("".join(pieces).split()))


lines = st.lists(st.sampled_from([*CHARACTERS, *_WORDS, *_OTHERS]) | st.text(max_size=2), max_size=25).map(one_line)


@st.composite
def selections(draw: st.DrawFn) -> tuple[str, int, int]:
    """A line and two places in it or a little out of it, either way round."""
    text = draw(lines)
    places = st.integers(-2, len(text) + 2)
    return text, draw(places), draw(places)
