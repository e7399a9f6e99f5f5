"""What an answer says in words, and what that adds to the words of the text."""

import re

from articles.text.directions import undirected

# What parts the thousands of a number: 1,000 and 1 000 are the same.
_THOUSANDS = re.compile(r"(?<=\d)[,.\s'’٬](?=\d{3}(?!\d))")


def number(low: int | None, high: int | None, about: bool) -> str:
    """“25”, “more than 100”, “about 100”. Of a number one of the two is known."""
    if low is None or high is None:
        bound, _ = _bounds(low, high)
        return f"{bound} (estimate)" if about else bound
    estimate = "about " if about else ""
    return f"{estimate}{low:,}" if low == high else f"{estimate}{low:,} to {high:,}"


def says_number(as_worded: str, low: int | None, high: int | None, about: bool) -> bool:
    """Whether the words say that number themselves, with nothing before it."""
    is_open = (low is None) != (high is None)
    ways = _bounds(low, high) if is_open and not about else (number(low, high, about),)
    worded = _plain(as_worded)
    return any(_begins_with(worded, _plain(one)) for one in ways)


def says_name(as_worded: str, name: str) -> bool:
    """Whether the words hold that name, whole. Without a pattern: each answer would have one of its own, and to make it
    takes as long as to read the answer."""
    text, words = _plain(as_worded), _plain(name)
    at = text.find(words)
    while at >= 0:
        if _begins_with(text[at:], words) and not _is_within_a_word(text[:at][-1:]):
            return True
        at = text.find(words, at + 1)
    return False


def says_the_same(as_worded: str, words: str) -> bool:
    return _plain(as_worded) == _plain(words)


def _bounds(low: int | None, high: int | None) -> tuple[str, str]:
    """Both ways to say a range without one of its ends, first the one that the desk uses: round figures as people say
    them, 101 and up is “more than 100”."""
    if low is None:
        high = high or 0
        beyond, least, is_round = f"fewer than {high + 1:,}", f"at most {high:,}", high % 10 == 9
    else:
        beyond, least, is_round = f"more than {low - 1:,}", f"at least {low:,}", low % 10 == 1 and low > 1
    return (beyond, least) if is_round else (least, beyond)


def _plain(words: str) -> str:
    """Without what makes no difference to a reader: quotation marks around it, case, how thousands are parted, marks of
    direction. Digits of another script are not what every reader can read."""
    return _THOUSANDS.sub("", undirected(words).casefold()).strip(" .,“”\"‘’'«»„")


def _begins_with(text: str, words: str) -> bool:
    """With these words, whole."""
    return text.startswith(words) and not _is_within_a_word(text[len(words) : len(words) + 1])


def _is_within_a_word(one: str) -> bool:
    return one.isalnum() or one == "_"
