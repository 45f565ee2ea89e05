from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

from discgen.rules.bounds import bound, load_bounds

SOURCE = "".join(path.read_text(encoding="utf-8") for path in Path("discgen/rules").glob("*.py"))


def test_what_is_on_a_bound_is_within() -> None:
    within = bound("totals_of_last_year")
    assert within.holds(Decimal("0.2"))
    assert within.holds(Decimal(5))
    assert not within.holds(Decimal("0.19"))
    assert not within.holds(Decimal("5.01"))


def test_every_bound_has_a_reason_and_is_asked_for() -> None:
    asked = set(re.findall(r'"([a-z_]+)"', SOURCE))
    for name, within in load_bounds().items():
        assert name in asked, name
        assert len(within.reason) > 10, name
