"""A rule that a text breaks without end is told so many times and no more."""

from __future__ import annotations

import pytest

from discgen.diagnostics import Severity
from discgen.rules import registry
from tests.conftest import Demo

MOST = 3


@pytest.fixture
def traditional(workspace: Demo, monkeypatch: pytest.MonkeyPatch) -> Demo:
    monkeypatch.setattr(registry, "MOST_OF_A_RULE", MOST)
    return workspace


@pytest.mark.parametrize(("times", "told"), [(MOST - 1, MOST - 1), (MOST, MOST), (50, MOST)])
def test_a_rule_is_told_only_so_many_times(traditional: Demo, times: int, told: int) -> None:
    text = "、".join(f"擔任第{number}处的管理" for number in range(times))
    traditional.write(
        "2023/narrative.yaml", f"overview:\n  duties: [{text}。]\n  organisation: {{offices: [办公室]}}\n"
    )
    found = [one for one in traditional.findings() if "是繁体字" in one.message]
    assert len(found) == told
    stopped = [one for one in found if "只查到这里" in one.hint]
    assert [one.severity for one in stopped] == ([Severity.ERROR] if told == MOST else [])
