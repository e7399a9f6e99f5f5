"""Texts for property tests: what reports are made of, with all that makes offsets go wrong."""

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
]
texts = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=3)), max_size=30).map("".join)
