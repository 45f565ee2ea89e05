"""waivers.yaml: what it excuses, what it cannot, and what is said of a waiver that is not needed."""

from __future__ import annotations

import pytest

from discgen.model.waiver import find_named
from discgen.yamltext.tree import Node
from tests.conftest import Demo

STORE = "2023/projects/1-store.yaml"
SCAN = "2023/projects/2-scan.yaml"
G002 = f"{STORE}:10:19 G002"


def waive(demo: Demo, code: str, at: str, until: str = "2023", **further: str) -> None:
    """One waiver; `further` are its path and its count."""
    more = "".join(f', {key}: "{value}"' for key, value in further.items())
    demo.write(
        "2023/waivers.yaml",
        f'waivers:\n  - {{code: {code}, at: "{at}"{more}, reason: 批复就是这样。, until: {until}}}\n',
    )


@pytest.fixture
def short(workspace: Demo) -> Demo:
    """A project whose whole period holds less than its year, and nothing else amiss."""
    workspace.edit(STORE, "whole_period: {local: 270000}", "whole_period: {local: 1}")
    assert workspace.found("G002") == [G002]
    return workspace


@pytest.mark.parametrize("at", ["projects/1-store.yaml", "projects/*.yaml", "projects/?-store.yaml", "*"])
def test_a_waiver_excuses_the_findings_of_its_code_where_its_pattern_matches(short: Demo, at: str) -> None:
    waive(short, "G002", at)
    assert short.found("G002", "R001", "W001", "W002") == []


@pytest.mark.parametrize(
    ("code", "at"),
    [("G001", "projects/*.yaml"), ("G002", "projects/2-*.yaml"), ("G002", "1-store.yaml"), ("G002", "budget.yaml")],
)
def test_a_waiver_of_another_code_or_file_excuses_nothing_and_is_said_to_be_unused(
    short: Demo, code: str, at: str
) -> None:
    waive(short, code, at)
    assert short.found("G002", "W001") == [G002, "2023/waivers.yaml:2:5 W001"]
    assert short.findings("W001")[0].message == f"没有{code}要豁免（{at}）"


def test_a_waiver_that_is_not_needed_is_a_warning_and_stops_nothing(workspace: Demo) -> None:
    waive(workspace, "G002", "projects/*.yaml")
    assert workspace.found("G002", "W001") == ["2023/waivers.yaml:2:5 W001"]
    assert workspace.findings("W001")[0].severity == "warning"
    assert workspace.compose().document is not None


def test_a_waiver_past_its_year_excuses_nothing_and_is_an_error(short: Demo) -> None:
    waive(short, "G002", "projects/*.yaml", until="2022")
    assert short.found("G002", "W002") == [G002, "2023/waivers.yaml:2:5 W002"]
    assert short.findings("W002")[0].message == "豁免G002只到2022年"


@pytest.mark.parametrize("until", ["2023", "2024"])
def test_a_waiver_holds_to_the_end_of_its_year(short: Demo, until: str) -> None:
    waive(short, "G002", "projects/*.yaml", until=until)
    assert short.found("G002", "R001", "W001", "W002") == []


def test_one_waiver_may_excuse_several_findings(short: Demo) -> None:
    short.edit(SCAN, "whole_period: {local: 90000}", "whole_period: {local: 1}")
    waive(short, "G002", "projects/*.yaml", count="2")
    assert short.found("G002", "R001", "W001", "W002", "W003") == []


@pytest.mark.parametrize("count", ["1", "3"])
def test_another_number_of_findings_than_a_waiver_says_is_told_at_the_waiver(short: Demo, count: str) -> None:
    short.edit(SCAN, "whole_period: {local: 90000}", "whole_period: {local: 1}")
    waive(short, "G002", "projects/*.yaml", count=count)
    told = short.findings("W003")
    assert [(one.message, one.severity) for one in told] == [
        (f"豁免G002说的是{count}个，检查出2个（projects/*.yaml）", "warning")
    ]


def test_more_findings_than_a_waiver_says_are_all_told_and_fewer_are_excused(short: Demo) -> None:
    waive(short, "G002", "projects/*.yaml", count="2")
    assert short.found("G002") == []
    short.edit(SCAN, "whole_period: {local: 90000}", "whole_period: {local: 1}")
    waive(short, "G002", "projects/*.yaml")
    assert [one.split(":")[0] for one in short.found("G002")] == [STORE, SCAN]


@pytest.mark.parametrize("path", ["goal_sheet", "goal_sheet.funds", "goal_sheet.funds.whole_period"])
def test_a_path_narrows_a_waiver_to_what_is_at_or_below_it(short: Demo, path: str) -> None:
    waive(short, "G002", STORE.removeprefix("2023/"), path=path)
    assert short.found("G002", "W001") == []


@pytest.mark.parametrize("path", ["goal_sheet.funds.annual", "name", "goal_sheet.funds.whole_period.local"])
def test_a_path_to_another_place_excuses_nothing_and_the_right_one_is_told(short: Demo, path: str) -> None:
    waive(short, "G002", STORE.removeprefix("2023/"), path=path)
    assert short.found("G002", "W001") == [G002, "2023/waivers.yaml:2:5 W001"]
    assert short.findings("W001")[0].hint == "这里的G002在：goal_sheet.funds.whole_period"


LATE = "goal_sheet.indicators.数量指标[件数]"


def test_a_path_through_a_list_names_the_item_and_holds_when_lines_are_put_in_above(workspace: Demo) -> None:
    workspace.edit(STORE, "target: ≥10件", "target: 2019年10件")
    assert len(workspace.found("Y005")) == 1
    waive(workspace, "Y005", "projects/*", path=LATE)
    assert workspace.found("Y005", "W001") == []
    workspace.edit(STORE, "    数量指标:\n", "    数量指标:\n      - {name: 册数, target: ≥5册}\n")
    assert workspace.found("Y005", "W001") == []
    workspace.edit(STORE, "≥5册", "2018年5册")
    assert [one.split(" ")[0] for one in workspace.found("Y005")] == [f"{STORE}:22:28"]


def test_a_waiver_of_a_file_counts_what_those_with_a_path_leave(workspace: Demo) -> None:
    workspace.edit(
        STORE, "{name: 件数, target: ≥10件}", "{name: 件数, target: 2019年}\n      - {name: 册数, target: 2018年}"
    )
    rows = ["at: projects/*", f'at: projects/*, path: "{LATE}"']
    text = "".join(f"  - {{code: Y005, {row}, reason: 批复就是这样。, until: 2023}}\n" for row in rows)
    workspace.write("2023/waivers.yaml", f"waivers:\n{text}")
    assert workspace.found("Y005", "W001", "W003") == []


@pytest.mark.parametrize("path", ["goal_sheet.indicators.数量指标[0]", "a..b", "goal_sheet.", "[件数]"])
def test_a_path_by_numbers_or_misspelt_is_refused(short: Demo, path: str) -> None:
    waive(short, "G002", "projects/*.yaml", path=path)
    assert [one.code for one in short.check()] == ["G002", "S005"]
    assert "写名称或编码，不写第几项" in short.findings("S005")[0].hint


@pytest.mark.parametrize("count", ["0", "-1", "两个", "1.5", ""])
def test_a_count_is_a_whole_number_above_zero(short: Demo, count: str) -> None:
    waive(short, "G002", "projects/*.yaml", count=count)
    assert [one.code for one in short.check()] == ["G002", "S005"]


@pytest.mark.parametrize(
    "reason",
    [
        "无",
        "同上",
        "待补充",
        "略",
        "同上，待补充。",
        "无。无。无。",
        "批复如此。",
        "理由：同上，无",
        "特殊情况，确实如此",
    ],
)
def test_a_reason_that_says_nothing_is_refused(short: Demo, reason: str) -> None:
    short.write("2023/waivers.yaml", f'waivers:\n  - {{code: G002, at: "*", reason: "{reason}", until: 2023}}\n')
    [refused] = short.findings("S005")
    assert refused.path == "waivers[0].reason"
    assert refused.hint == "写明为什么确实应当如此，至少6个字；“无”“同上”“待补充”不算"


def test_what_is_waived_is_kept_with_its_reason(short: Demo) -> None:
    waive(short, "G002", "projects/*.yaml")
    kept = short.compose().waived
    assert [(one.finding.code, one.waiver.reason, one.waiver.until) for one in kept] == [
        ("G002", "批复就是这样。", 2023)
    ]


def test_each_of_several_waivers_excuses_its_own(short: Demo) -> None:
    short.edit("2023/budget.yaml", "amount: 100}", "amount: 101}")
    rows = "".join(
        f'  - {{code: {code}, at: "{at}", reason: 批复就是这样。, until: 2023}}\n'
        for code, at in [("R001", "budget.yaml"), ("G002", "projects/*")]
    )
    short.write("2023/waivers.yaml", f"waivers:\n{rows}")
    assert short.found("G002", "R001", "W001", "W002") == []


@pytest.mark.parametrize("code", ["L012", "S006", "M001", "C001", "W001", "R1", "r001"])
def test_what_must_be_mended_cannot_be_waived(short: Demo, code: str) -> None:
    waive(short, code, "*")
    assert short.found() == [G002, "2023/waivers.yaml:2:12 S005"]
    assert short.findings("S005")[0].hint == "写检查结果里的编号，例如 G005；L、S、M、C开头的不能豁免，要改正"


def test_a_row_without_its_name_cannot_be_waived_but_drafted(workspace: Demo) -> None:
    workspace.edit("2023/budget.yaml", "government: 50201", "unit: agency")
    waive(workspace, "R008", "*")
    assert [one.split()[1] for one in workspace.found("R008", "W001")] == ["R008", "W001"]
    assert workspace.compose().document is not None


def test_a_waiver_wants_a_reason(short: Demo) -> None:
    short.write("2023/waivers.yaml", "waivers:\n  - {code: G002, at: '*', until: 2023}\n")
    assert short.found() == [G002, "2023/waivers.yaml:2:5 S002"]


def test_a_row_that_is_wrong_hides_nothing_and_leaves_the_others_in_force(short: Demo) -> None:
    short.edit("2023/budget.yaml", "amount: 100}", "amount: 101}")
    rows = [
        "{code: G002, at: projects/*, says: '1元，少于年度资金270,000元', reason: 批复就是这样。, until: 2023}",
        "{code: R001, at: '*', reason: 无, until: 2023}",
    ]
    short.write("2023/waivers.yaml", "waivers:\n" + "".join(f"  - {row}\n" for row in rows))
    assert [one.split()[1] for one in short.found()] == ["R001", "S005"]


@pytest.mark.parametrize("text", ["waivers: [", "waivers: 1\n", "- 1\n", "", "waivers:\n  - 1\n"])
def test_waivers_that_cannot_be_read_hide_nothing_and_stop_a_build(short: Demo, text: str) -> None:
    short.write("2023/waivers.yaml", text)
    assert G002 in short.found()
    assert any(one.place.file.endswith("/waivers.yaml") and one.severity == "error" for one in short.check())


def test_findings_of_accounts_may_be_waived(accounts: Demo) -> None:
    accounts.edit("2023/accounts.yaml", "closing_balance:\n  - {amount: 3}", "closing_balance:\n  - {amount: 4}")
    assert [one.split()[1] for one in accounts.found("R010")] == ["R010"]
    waive(accounts, "R010", "accounts.yaml")
    assert accounts.found("R010", "W001") == []


def test_a_waiver_that_quotes_a_figure_excuses_no_other_figure(short: Demo) -> None:
    waive(short, "G002", STORE.removeprefix("2023/"), says="资金1元")
    assert short.found("G002", "W001") == []
    short.edit(STORE, "whole_period: {local: 1}", "whole_period: {local: 2}")
    assert short.found("G002", "W001") == [G002, "2023/waivers.yaml:2:5 W001"]
    (unused,) = short.findings("W001")
    assert unused.message == "G002说的不再是“资金1元”（projects/1-store.yaml）"
    assert unused.hint == (
        "现在说的是：“库房改造”的实施期资金2元，少于年度资金270,000元。重新核对，确应豁免的，"
        "改成 says: 2元，少于年度资金270,000元"
    )


def test_a_waiver_of_one_finding_that_quotes_no_figures_is_asked_for_all_of_them(short: Demo) -> None:
    waive(short, "G002", "projects/1-store.yaml", says="270,000元")
    assert short.found("G002", "W004") == ["2023/waivers.yaml:2:5 W004"]
    assert short.findings("W004")[0].hint == "核对后写上 says: 1元，少于年度资金270,000元"
    waive(short, "G002", "projects/1-store.yaml", says="1元，少于年度资金270,000元")
    assert short.found("G002", "W001", "W004") == []


def test_several_findings_are_counted_and_need_no_figures(short: Demo) -> None:
    short.edit(SCAN, "whole_period: {local: 90000}", "whole_period: {local: 1}")
    waive(short, "G002", "projects/*.yaml", count="2")
    assert short.found("G002", "W003", "W004") == []


LINES: Node = {"basic": [{"department": "30101"}, {"department": "30201"}, {"department": "30201", "unit": "agency"}]}


def test_a_place_is_found_by_names_and_its_last_key_may_be_a_new_one() -> None:
    assert find_named(LINES, "basic[30101].department") == ("basic", 0, "department")
    assert find_named(LINES, "basic[agency].amount") == ("basic", 2, "amount")


@pytest.mark.parametrize("place", ["basic[30201]", "basic[302]", "income[30101]", "basic[30101].amount.local"])
def test_a_place_that_is_not_there_or_not_alone_is_refused(place: str) -> None:
    with pytest.raises(LookupError, match=r"basic|income"):
        find_named(LINES, place)
