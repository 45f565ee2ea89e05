"""All errors of a file are told at once, whatever their kind."""

from __future__ import annotations

import pytest

from tests.conftest import Demo

BUDGET = "2023/budget.yaml"


def test_repeated_keys_unknown_keys_and_unknown_codes_are_told_together(workspace: Demo) -> None:
    text = (workspace.folder / BUDGET).read_text(encoding="utf-8")
    line = next(number for number, one in enumerate(text.splitlines(), start=1) if "function: 2010301" in one)
    workspace.write(BUDGET, text.replace("function: 2010301", "function: 2010309", 1) + "year: 2023\nfoo: 1\n")
    last = text.count("\n")
    assert workspace.found() == [
        f"{BUDGET}:{line}:16 C001",
        f"{BUDGET}:{last + 1}:1 L009",
        f"{BUDGET}:{last + 2}:1 S001",
    ]


def test_a_tab_does_not_hide_what_else_is_wrong(workspace: Demo) -> None:
    text = (workspace.folder / BUDGET).read_text(encoding="utf-8")
    workspace.write(BUDGET, text + "foo: 1\t\n")
    last = text.count("\n") + 1
    assert workspace.found() == [f"{BUDGET}:{last}:1 S001", f"{BUDGET}:{last}:7 L003"]


def test_a_code_that_is_none_among_the_added_is_told_and_hides_nothing(workspace: Demo) -> None:
    department = (workspace.folder / "department.yaml").read_text(encoding="utf-8")
    added = "additional_codes:\n  - {classification: function, code: 20 19, name: 甲, source: 批复}\n"
    workspace.write("department.yaml", department + added)
    workspace.edit(BUDGET, "year: 2023", "year: 2023\nfoo: 1")
    workspace.edit("2023/projects/1-store.yaml", "function: 2010301", "function: 2010309")
    assert sorted(where.split()[1] for where in workspace.found()) == ["C001", "S001", "S005"]


@pytest.mark.parametrize("spoilt", [None, "units: [", "- 1\n"])
def test_codes_are_not_judged_without_what_the_department_adds(workspace: Demo, spoilt: str | None) -> None:
    workspace.edit(BUDGET, "function: 2010350", "function: 2019999")
    if spoilt is None:
        (workspace.folder / "department.yaml").unlink()
    else:
        workspace.write("department.yaml", spoilt)
    assert {where.split(":")[0] for where in workspace.found()} == {"department.yaml"}


def test_codes_that_the_department_adds_are_known_to_the_scan_too(workspace: Demo) -> None:
    text = (workspace.folder / BUDGET).read_text(encoding="utf-8")
    added = """additional_codes:
  - {classification: function, code: 20199, name: 甲, source: 批复}
  - {classification: function, code: 2019999, name: 乙, source: 批复}
"""
    department = (workspace.folder / "department.yaml").read_text(encoding="utf-8")
    workspace.write("department.yaml", department + added)
    workspace.write(BUDGET, text.replace("function: 2010301", "function: 2019999", 1) + "foo: 1\n")
    assert [where.split()[1] for where in workspace.found()] == ["S001"]
