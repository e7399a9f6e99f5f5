import pytest

from articles.text.near_names import nearest


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Health Directorat", "Health directorate"),
        ("Health directorates", "Health directorate"),
        ("Haelth directorate", "Health directorate"),
        ("Healthdirectorate", "Health directorate"),
        ("Directorate of health", "of health directorate"),
        ("the Coalition", "Coalition"),
        ("US official", "US officials"),
        ("Ministry of Defence of Russia", "Russian defense ministry"),
        ("Syrian Observatary for Human Right", "Syrian Observatory for Human Rights"),
        ("Samir Hadad", "Samir Haddad"),
        ("Минестерство обороны", "Министерство обороны"),
        ("وزارة الدافع", "وزارة الدفاع"),
    ],
)
def test_a_slip_is_near(name: str, other: str) -> None:
    assert nearest(name, ["SANA", other]) == other == nearest(name.upper(), [other])


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("UN officials", "US officials"),
        ("Russian MFA", "Russian MoD"),
        ("Iraq", "Iran"),
        ("North army", "South army"),
        ("Northern Army", "Southern Army"),
        ("Eastern council", "Western council"),
        ("Health directorate of Qamar", "Health directorate"),
        ("Lina Saleh", "Samir Haddad"),
        ("defence ministry", "interior ministry"),
        ("Austria", "Australia"),
        ("🙂", "–"),
        ("", "Coalition"),
    ],
)
def test_another_name_is_not(name: str, other: str) -> None:
    assert nearest(name, [other]) is None


def test_the_nearest_is_taken_and_without_names_none() -> None:
    assert nearest("Coalition forces", ["Coalition farces", "coalition force"]) == "coalition force"
    assert nearest("Coalition", []) is None
