"""Rows of indicators are parted where a page may end, and each part says its labels."""

from __future__ import annotations

from dataclasses import replace

import pytest

from discgen.narrative.evaluations import EvaluationPage, ScoreRow
from discgen.narrative.goal_sheets import GoalSheetPage, IndicatorRow
from discgen.view.groups import Numbered, goal_groups, score_groups
from tests.conftest import Demo


@pytest.fixture
def sheet(workspace: Demo) -> GoalSheetPage:
    return workspace.document().text.goal_sheets[0]


@pytest.fixture
def report(accounts: Demo) -> EvaluationPage:
    accounts.add_evaluation()
    return accounts.document().text.evaluations[0]


def repeated(sheet: GoalSheetPage, count: int) -> GoalSheetPage:
    first, *others = sheet.indicators
    return replace(sheet, indicators=(first, *[replace(first, dimension_span=0, aspect_span=0)] * count, *others))


def assert_labels_reach_over_all_rows(group: Numbered[IndicatorRow] | Numbered[ScoreRow]) -> None:
    rows = [row for _, row in group]
    assert [row.dimension_span for row in rows] == [len(rows), *[0] * (len(rows) - 1)]
    assert rows[0].aspect_span
    assert sum(row.aspect_span for row in rows) == len(rows)


def test_a_sheet_that_fits_a_page_is_one_group_as_it_was_laid_out(sheet: GoalSheetPage) -> None:
    [group] = goal_groups(sheet)
    assert [row for _, row in group] == list(sheet.indicators)


def test_a_sheet_that_needs_more_is_parted_and_every_group_has_its_labels(sheet: GoalSheetPage) -> None:
    long = repeated(sheet, 160)
    groups = goal_groups(long)
    assert len(groups) > 5
    assert [number for group in groups for number, _ in group] == list(range(len(long.indicators)))
    for group in groups:
        assert_labels_reach_over_all_rows(group)


def test_a_report_has_a_group_for_each_dimension(report: EvaluationPage) -> None:
    assert [group[0][1].dimension for group in score_groups(report)] == ["产出指标", "满意度指标"]


def test_a_dimension_with_long_reasons_is_parted(report: EvaluationPage) -> None:
    row = replace(report.scores[0], cells=(*report.scores[0].cells[:-1], "原因" * 30))
    groups = score_groups(replace(report, scores=(row,) * 10))
    assert len(groups) > 3
    for group in groups:
        assert_labels_reach_over_all_rows(group)
