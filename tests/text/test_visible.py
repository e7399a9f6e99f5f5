import pytest

from articles.text.visible import is_visible


@pytest.mark.parametrize(
    "text", ["a", ".", "\u200fب\u200f", "e\u0301", "🤔", "—", "१", "\u0627\u0650", "🫨", "🫩", "\U0001e5d0", "\ue000"]
)
def test_what_can_be_seen(text: str) -> None:
    assert is_visible(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t",
        "\u00a0\u202f\u2003",
        "\u200f\u200e\u061c",
        "\ufeff\u200b\u200d",
        "\u0301",
        "\u3164\u2800",
        "\x00",
        "\ufdd0\uffff\U0001fffe",
        "\u2065\U000e0000",
    ],
)
def test_what_cannot(text: str) -> None:
    assert not is_visible(text)
