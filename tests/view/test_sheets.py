"""Rows of indicators are parted where a page may end, and each part says its labels."""

from __future__ import annotations

from dataclasses import replace as replace_row

import pytest
from msgspec.structs import replace

from discgen.view.evaluations import EvaluationView, ScoreRow, evaluations
from discgen.view.goal_sheets import GoalSheetView, IndicatorRow, goal_sheets
from discgen.view.sheets import Group
from tests.conftest import Demo


@pytest.fixture
def sheet(workspace: Demo) -> GoalSheetView:
    return goal_sheets(workspace.document())[0]


@pytest.fixture
def report(accounts: Demo) -> EvaluationView:
    accounts.add_evaluation()
    return evaluations(accounts.document())[0]


def repeated(sheet: GoalSheetView, count: int) -> GoalSheetView:
    first, *others = sheet.indicators
    return replace(sheet, indicators=(first, *[first] * count, *others))


def assert_labels_reach_over_all_rows(group: Group[IndicatorRow] | Group[ScoreRow]) -> None:
    assert [row.dimension_span for row in group] == [len(group), *[0] * (len(group) - 1)]
    assert group[0].aspect_span
    assert sum(row.aspect_span for row in group) == len(group)


def test_a_sheet_that_fits_a_page_is_one_group(sheet: GoalSheetView) -> None:
    [group] = sheet.groups
    assert [line.row for line in group] == list(sheet.indicators)


def test_a_sheet_that_needs_more_is_parted_and_every_group_has_its_labels(sheet: GoalSheetView) -> None:
    long = repeated(sheet, 160)
    assert len(long.groups) > 5
    assert [line.number for group in long.groups for line in group] == list(range(len(long.indicators)))
    for group in long.groups:
        assert_labels_reach_over_all_rows(group)


def test_a_report_has_a_group_for_each_dimension(report: EvaluationView) -> None:
    assert [group[0].row.dimension for group in report.groups] == ["产出指标", "满意度指标"]


def test_a_dimension_with_long_reasons_is_parted(report: EvaluationView) -> None:
    row = replace_row(report.scores[0], cells=(*report.scores[0].cells[:-1], "原因" * 30))
    groups = replace(report, scores=(row,) * 10).groups
    assert len(groups) > 3
    for group in groups:
        assert_labels_reach_over_all_rows(group)
