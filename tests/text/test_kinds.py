import pytest

from articles.text.kinds import Kind, dateline_length, ends_like_a_sentence, kinds_of

SENTENCE = "The coalition said that its strikes had been carried out after an attack."
D, H, T, C = Kind.DATELINE, Kind.HEADING, Kind.TEXT, Kind.CREDIT


@pytest.mark.parametrize(
    ("texts", "kinds"),
    [
        ([SENTENCE], [T]),
        (["Washington CNN —", SENTENCE], [D, T]),
        (["Washington CNN—", SENTENCE], [D, T]),
        (["BEIRUT, Lebanon (Reuters) -", SENTENCE], [D, T]),
        ([SENTENCE, "Washington CNN —", SENTENCE], [T, H, T]),
        (["Strikes in the east", "Washington CNN —", SENTENCE], [H, D, T]),
        (["Strikes in the east", "By A. B, CNN", "Washington CNN —", SENTENCE], [H, C, D, T]),
        (["Strikes in the east", "By Lena Hart and Yusuf van Okoro", SENTENCE], [H, C, T]),
        (["By Ann Moor, Harbour Times", SENTENCE], [C, T]),
        (["By late evening", SENTENCE], [H, T]),
        ([SENTENCE, SENTENCE, SENTENCE, SENTENCE, "By Ann Moor", SENTENCE], [T, T, T, T, T, T]),
        (["Washington CNN —", "Washington CNN —", SENTENCE], [D, H, T]),
        (["a " * 10 + "—", SENTENCE], [H, T]),
        (["a " * 9 + "—", SENTENCE], [D, T]),
        ([SENTENCE, "Russian hotline", SENTENCE], [T, H, T]),
        (["Strikes in the east", SENTENCE], [H, T]),
        ([SENTENCE, "Russian hotline"], [T, T]),
        ([SENTENCE, "Russian hotline", "Another line", SENTENCE], [T, T, H, T]),
        ([SENTENCE, "“A short quotation", SENTENCE], [T, T, T]),
        ([SENTENCE, "He left.", SENTENCE], [T, T, T]),
        ([SENTENCE, "w " * 11 + "w", SENTENCE], [T, H, T]),
        ([SENTENCE, "w " * 12 + "w", SENTENCE], [T, T, T]),
        ([SENTENCE, "w" * 80, SENTENCE], [T, H, T]),
        ([SENTENCE, "w" * 81, SENTENCE], [T, T, T]),
        ([SENTENCE, "CNN’s A and B contributed to this report."], [T, C]),
        ([SENTENCE, "A contributed reporting."], [T, C]),
        ([SENTENCE, "Additional reporting by A; editing by B"], [T, C]),
        ([SENTENCE, "(Reporting by A; Editing by B)"], [T, C]),
        ([SENTENCE, "Reporting by A.", "Editing by B.", "Translated by C."], [T, C, C, C]),
        ([SENTENCE, "Reporting by A.", SENTENCE, SENTENCE, SENTENCE], [T, T, T, T, T]),
        ([SENTENCE, "Reporting by A.", SENTENCE, SENTENCE], [T, C, T, T]),
        ([SENTENCE, "He had contributed much to the report."], [T, T]),
        (["Reporting by A.", SENTENCE], [T, T]),
        (["A contributed to this report."], [T]),
        (["Washington CNN —"], [T]),
        (["هل شاركت روسيا؟", SENTENCE], [T, T]),
        (["他们袭击了总部。", SENTENCE], [T, T]),
        (["Strikes in the east", "Russian hotline"], [T, T]),
    ],
)
def test_kinds(texts: list[str], kinds: list[Kind]) -> None:
    assert kinds_of(texts) == kinds


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("SYRIA — The US-led coalition", 8),
        ("SYRIA - The coalition", 8),
        ("KASSIRA, 12 March 2024 — At", 25),
        ("KASSIRA, 12 March — At", 20),
        ("SYRIA – The coalition", 8),
        ("SYRIA -- The coalition", 9),
        ("DEIR EZ-ZOR, Syria — The", 21),
        ("BEIRUT (Reuters) - The", 19),
        ("Beirut, Lebanon (AP) — The", 23),
        ("WASHINGTON, Feb 8 (Reuters) - The", 30),
        ("BEIRUT, Lebanon, Feb. 8, 2018 — The", 32),
        ("Washington, D.C. (AP) — The", 24),
        ("St. Petersburg (Reuters) - The", 27),
        ("ST. PETERSBURG — The", 17),
        ("ÉVREUX — Le", 9),
        ("The coalition — it said — struck", 0),
        ("SYRIA—The", 0),
        ("SYRIA — ", 0),
        ("A — The", 0),
        ("It was in SYRIA — The", 0),
        ("Beirut — The coalition", 0),
    ],
)
def test_dateline_length(text: str, length: int) -> None:
    assert dateline_length(text) == length


@pytest.mark.parametrize(
    "text",
    [
        "He left.",
        "Who?",
        "No!",
        "And…",
        "He said:",
        "one;",
        "“He left.”",
        "(He left.)",
        "left.'",
        "„Ja.“",
        "متى؟",
        "「是。」",
    ],
)
def test_ends_like_a_sentence(text: str) -> None:
    assert ends_like_a_sentence(text)


@pytest.mark.parametrize("text", ["He left", "Russian hotline", "one,", "a. b", "“quoted”"])
def test_ends_unlike_a_sentence(text: str) -> None:
    assert not ends_like_a_sentence(text)
