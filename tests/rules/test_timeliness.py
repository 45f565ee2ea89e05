"""Y011: publication within twenty days of approval."""

from __future__ import annotations

import pytest

from tests.conftest import Demo


def dates(demo: Demo, approved: str, published: str) -> None:
    facts = f"2023/{demo.target.kind}.yaml"
    demo.edit(facts, "year: 2023\n", f"year: 2023\napproved_on: {approved}\npublished_on: {published}\n")


@pytest.mark.parametrize("published", ["2023-02-06", "2023-02-26"])
def test_the_day_itself_and_the_twentieth_day_are_in_time(workspace: Demo, published: str) -> None:
    dates(workspace, "2023-02-06", published)
    assert workspace.found() == []


def test_the_day_after_is_late(workspace: Demo) -> None:
    dates(workspace, "2023-02-06", "2023-02-27")
    [found] = workspace.check()
    assert (found.code, found.severity, found.path) == ("Y011", "warning", "published_on")
    assert found.message == "2023年2月6日批复，2023年2月27日才公开，过了21天"
    assert found.hint == "应在2023年2月26日以前公开；核对两个日期"


def test_publication_before_approval_is_an_error(workspace: Demo) -> None:
    dates(workspace, "2023-02-06", "2023-02-05")
    assert [(one.code, one.severity) for one in workspace.check()] == [("Y011", "error")]


def test_accounts_are_judged_too(accounts: Demo) -> None:
    dates(accounts, "2024-08-30", "2024-10-08")
    assert len(accounts.found("Y011")) == 1


def test_a_day_that_is_none_is_refused(workspace: Demo) -> None:
    dates(workspace, "2023-02-30", "2023-03-01")
    assert [one.code for one in workspace.check()] == ["M003"]
