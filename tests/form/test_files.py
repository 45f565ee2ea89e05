from __future__ import annotations

import pytest

from discgen.form.files import newest_form

THERE = ["north-accounts-2025", "north-budget-2022", "north-budget-2023", "north-budget-2025", "plain"]


@pytest.mark.parametrize(
    ("name", "year", "newest"),
    [
        ("north-budget-2022", 2022, "north-budget-2022"),
        ("north-budget-2022", 2023, "north-budget-2023"),
        ("north-budget-2022", 2024, "north-budget-2023"),
        ("north-budget-2022", 2030, "north-budget-2025"),
        ("north-budget-2025", 2023, "north-budget-2025"),
        ("plain", 2030, "plain"),
    ],
)
def test_the_newest_form_of_a_line_is_not_later_than_the_year(name: str, year: int, newest: str) -> None:
    assert newest_form(name, year, THERE) == newest
