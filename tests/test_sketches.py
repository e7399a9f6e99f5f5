from hypothesis import given
from hypothesis import strategies as st

from articles.models import Place
from articles.pages.sketches import sketch

degrees = st.tuples(st.floats(-90, 90), st.floats(-180, 180))


def place(key: int, latitude: float | None, longitude: float | None) -> Place:
    return Place(pk=key, name=f"Place {key}", latitude=latitude, longitude=longitude)


WEST, EAST, SOUTH = place(1, 35.0, 40.0), place(2, 35.0, 40.2), place(3, 34.9, 40.0)


def test_one_place_is_no_sketch() -> None:
    assert sketch([(WEST, 1, "COA"), (WEST, 2, "SANA")]) is None
    assert sketch([(WEST, 1, "COA"), (place(4, None, None), 2, "SANA")]) is None
    assert sketch([(WEST, 1, "COA"), (place(4, 35.0, 40.0), 2, "SANA")]) is None


def test_north_is_up_and_lengths_are_true() -> None:
    made = sketch([(WEST, 1, "COA"), (EAST, 2, "SANA"), (SOUTH, 1, "COA"), (WEST, 2, "SANA")])
    assert made
    west, east, south = made.spots
    assert west.x == south.x < east.x
    assert west.y == east.y < south.y
    assert west.codes == ("COA", "SANA")
    # 0.2 degrees of longitude at 35 degrees north are 18.2 km, 0.1 of latitude are 11.1.
    kilometre = made.width / made.length
    assert abs((east.x - west.x) / kilometre - 18.2) < 0.3
    assert abs((south.y - west.y) / 2 / kilometre - 11.1) < 0.3


def test_across_the_date_line_is_not_around_the_globe() -> None:
    made = sketch([(place(1, 0.0, 179.9), 1, "A"), (place(2, 0.0, -179.9), 2, "B")])
    assert made
    assert made.spots[0].x < made.spots[1].x
    assert made.length <= 20


@given(st.lists(degrees, min_size=2, max_size=5))
def test_all_lies_within(given_degrees: list[tuple[float, float]]) -> None:
    made = sketch([(place(at, *one), 1, "A") for at, one in enumerate(given_degrees)])
    if made:
        assert all(14 <= spot.x <= 86 and 14 <= spot.y <= 86 for spot in made.spots)
        assert made.width > 0
