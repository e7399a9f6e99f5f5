from hypothesis import given
from hypothesis import strategies as st

from articles.accounts import Number
from articles.models import Source
from articles.pages.pictures import picture

COALITION, SANA = Source(pk=1, name="Coalition", code="COA"), Source(pk=2, name="SANA", code="SANA")
numbers = st.builds(
    lambda low, more, about: Number(low, None if more is None else low + more, about),
    st.integers(0, 10**9),
    st.none() | st.integers(0, 10**6),
    st.booleans(),
)


def test_one_number_is_no_comparison() -> None:
    assert picture([(COALITION, 1, Number(5, 5))]) is None
    assert picture([(COALITION, 1, Number(5, 5)), (COALITION, 1, Number(5, 5))]) is None


def test_numbers_stand_on_one_scale() -> None:
    made = picture([(COALITION, 1, Number(100, 100)), (SANA, 2, Number(25, 50))])
    assert made
    first, second = made.bars
    assert (first.is_point, second.is_point) == (True, False)
    assert second.start < second.end < first.start
    places = {label: place for place, label in made.ticks}
    assert places["0"] < second.start
    assert places["100"] == first.start


def test_about_is_a_range_and_more_than_has_no_end() -> None:
    made = picture([(COALITION, 1, Number(100, 100, about=True)), (SANA, 2, Number(101, None))])
    assert made
    about, more = made.bars
    assert about.start < about.end
    assert (about.is_open, more.is_open) == (False, True)
    assert more.end > about.end
    assert more.end == made.ticks[-1][0]


def test_nothing_but_zeros_has_a_scale() -> None:
    made = picture([(COALITION, 1, Number(0, 0)), (SANA, 2, Number(0, None))])
    assert made
    assert made.bars[0].start == made.ticks[0][0]


@given(st.lists(numbers, min_size=2, max_size=6))
def test_all_lies_within_the_picture(given_numbers: list[Number]) -> None:
    made = picture([(COALITION, 1, number) for number in given_numbers])
    if made:
        assert all(16 <= bar.start <= bar.end <= 97 for bar in made.bars)
        assert all(bar.y < made.height for bar in made.bars)
        assert 2 <= len(made.ticks) <= 8
