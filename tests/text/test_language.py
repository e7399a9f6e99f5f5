import pytest

from articles.text.language import is_english, share_of_little_words

ENGLISH = [
    "The coalition said the strikes were an act of self-defence.",
    "Moor said the harbour was closed.",
    "The mayor denied it.",
    "A ferry that left the port on Monday with forty passengers has not been seen since, its owner told reporters.",
]
OTHERS = [
    "Die Koalition erklärte am Mittwoch, die Angriffe seien Selbstverteidigung gewesen; was in der Nacht geschah, "
    "ist unklar. Der Bürgermeister war in Berlin und hat die Stadt nicht gesehen.",
    "De coalitie zei woensdag dat de aanvallen zelfverdediging waren en dat er in de nacht is gevochten bij het dorp.",
    "La coalition a déclaré mercredi que les frappes étaient de la légitime défense, selon un communiqué.",
    "La coalición dijo el miércoles que los ataques fueron en defensa propia y que no hubo heridos.",
    "Koalisjonen sa onsdag at angrepene var selvforsvar, og at to mennesker ble drept i byen for en natt siden.",
    "Коалиция заявила в среду, что удары были самообороной.",
    "قال التحالف يوم الأربعاء إن الضربات كانت دفاعا عن النفس.",
    "联军周三表示，空袭属于自卫行为。",
    "",
    "1 2 3 …",
]


@pytest.mark.parametrize("text", ENGLISH)
def test_english(text: str) -> None:
    assert is_english([text])


@pytest.mark.parametrize("text", OTHERS)
def test_no_english(text: str) -> None:
    assert not is_english([text])


def test_all_paragraphs_count_together() -> None:
    assert share_of_little_words(["The of", "Salhiyah Khusham"]) == 0.5
    assert share_of_little_words([]) == 0


def test_a_name_and_a_quotation_in_another_language_do_not_matter() -> None:
    assert is_english([ENGLISH[0], "“Die Lage ist ernst”, said Anna Müller of the Berliner Zeitung."])
