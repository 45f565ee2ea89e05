"""Rules of 项目和绩效目标 (G): projects and goal sheets."""

from __future__ import annotations

import pytest

from discgen.check.fixing import check_and_fix
from tests.conftest import Demo

STORE = "2023/projects/1-store.yaml"


def test_g001_annual_funds_must_equal_the_project(workspace: Demo) -> None:
    workspace.edit(STORE, "annual: {local: 270000}", "annual: {local: 260000.5}")
    assert workspace.found("G001") == [f"{STORE}:11:13 G001"]
    assert workspace.findings("G001")[0].message == (
        "“库房改造”绩效目标表的年度资金260,000.5元，项目金额270,000元，相差9,999.5元"
    )


def test_g001_levels_and_lines_are_added_before_they_are_compared(workspace: Demo) -> None:
    workspace.edit(STORE, "annual: {local: 270000}", "annual: {local: 200000, other: 70000}")
    workspace.edit(STORE, "  - {amount: 270000}", "  - {amount: 20000}\n  - {amount: 250000}")
    assert workspace.found("G001") == []


def test_g002_the_whole_period_must_hold_the_year(workspace: Demo) -> None:
    workspace.edit(STORE, "whole_period: {local: 270000}", "whole_period: {local: 269999.99}")
    assert workspace.found("G002") == [f"{STORE}:10:19 G002"]
    assert workspace.findings("G002")[0].message == "“库房改造”的实施期资金269,999.99元，少于年度资金270,000元"


def test_g002_the_whole_period_may_hold_more(workspace: Demo) -> None:
    workspace.edit(STORE, "whole_period: {local: 270000}", "whole_period: {local: 270000.01}")
    assert workspace.found("G002") == []


def test_g003_an_aspect_that_the_form_lacks_would_be_lost(workspace: Demo) -> None:
    workspace.edit(STORE, "数量指标", "数量指标值")
    assert workspace.found("G003") == [f"{STORE}:22:9 G003"]
    assert workspace.findings("G003")[0].hint == "是不是“数量指标”？"


def test_g003_an_aspect_that_resembles_none_is_answered_with_all(workspace: Demo) -> None:
    workspace.edit(STORE, "数量指标", "其他")
    assert workspace.findings("G003")[0].hint.startswith("可以是：数量指标、质量指标、")


def test_g003_all_aspects_of_the_form_are_accepted(workspace: Demo) -> None:
    workspace.edit(STORE, "数量指标", "服务对象满意度指标")
    assert workspace.found("G003") == []


def test_g005_every_project_has_its_goal_sheet(workspace: Demo) -> None:
    text = (workspace.folder / STORE).read_text(encoding="utf-8")
    workspace.write(STORE, text[: text.index("goal_sheet:")])
    assert workspace.found("G005") == [f"{STORE}:1:7 G005"]
    assert workspace.findings("G005")[0].message == "“库房改造”没有绩效目标表"


def test_g005_a_form_that_prints_no_goal_sheets_wants_none(workspace: Demo) -> None:
    text = (workspace.folder / STORE).read_text(encoding="utf-8")
    workspace.write(STORE, text[: text.index("goal_sheet:")])
    workspace.edit("2023/budget.yaml", "shanxi-budget-2023", "shanghai-budget-2025")
    assert "G005" not in " ".join(workspace.found("G005"))


SEPARATE = """\
name: 办公设备购置经费
department: {code: "640", name: 示范市大数据中心}
unit: 示范市大数据中心
"""


def add_separate_sheet(demo: Demo) -> None:
    text = (demo.folder / STORE).read_text(encoding="utf-8")
    demo.write("2023/goal_sheets/1-desk.yaml", SEPARATE + text[text.index("goal_sheet:") :])


def test_g007_a_goal_sheet_belongs_to_a_project_of_the_department(workspace: Demo) -> None:
    add_separate_sheet(workspace)
    assert workspace.found("G007") == ["2023/goal_sheets/1-desk.yaml:1:7 G007"]
    assert workspace.findings("G007")[0].message == "绩效目标表“办公设备购置经费”（示范市大数据中心）不属于本部门的项目"


def test_g007_may_be_explained(workspace: Demo) -> None:
    add_separate_sheet(workspace)
    workspace.write(
        "2023/waivers.yaml",
        'waivers:\n  - {code: G007, at: "goal_sheets/*", reason: 随本文件公开。, until: 2023}\n',
    )
    assert workspace.found("G007", "W001") == []


def test_a_separate_sheet_is_held_to_the_form_like_any_other(workspace: Demo) -> None:
    add_separate_sheet(workspace)
    name = "2023/goal_sheets/1-desk.yaml"
    workspace.edit(name, "数量指标", "数量指标值")
    workspace.edit(name, "whole_period: {local: 270000}", "whole_period: {local: 1}")
    assert workspace.found("G002", "G003") == [f"{name}:8:19 G002", f"{name}:20:9 G003"]


@pytest.mark.parametrize("period", ["whole_period: 这是实施期目标。", "annual: 这是年度目标。"])
def test_g008_a_sheet_has_a_goal_for_each_period_of_the_form(workspace: Demo, period: str) -> None:
    workspace.edit(STORE, f"    {period}\n", "")
    assert workspace.found("G008") == [f"{STORE}:7:3 G008"]
    name = {"w": "实施期", "a": "年度"}[period[0]]
    assert workspace.findings("G008")[0].message.startswith(f"“库房改造”的绩效目标表没有{name}")


def test_g008_a_form_with_one_period_wants_one_goal(workspace: Demo) -> None:
    workspace.edit("2023/budget.yaml", "shanxi-budget-2023", "shanxi-budget-2022")
    workspace.edit(STORE, "    whole_period: 这是实施期目标。\n", "")
    assert "G008" not in " ".join(workspace.found("G008"))


def test_g008_a_separate_sheet_may_lack_a_goal(workspace: Demo) -> None:
    add_separate_sheet(workspace)
    workspace.edit("2023/goal_sheets/1-desk.yaml", "    whole_period: 这是实施期目标。\n", "")
    assert workspace.found("G008") == []


SCAN = "2023/projects/2-scan.yaml"
REPORT = "2023/evaluations/1-store.yaml"


def of_level(demo: Demo, level: str) -> Demo:
    demo.edit("department.yaml", "level: 市级", f"level: {level}")
    return demo


@pytest.mark.parametrize("level", ["市级", "区级", "县级", "乡级"])
def test_money_of_cities_and_counties_is_that_of_their_departments(workspace: Demo, level: str) -> None:
    assert of_level(workspace, level).found("G028") == []


@pytest.mark.parametrize(("level", "right"), [("省级", "provincial"), ("中央", "central")])
def test_money_of_a_lower_level_is_found_where_its_key_stands_and_mended(
    workspace: Demo, level: str, right: str
) -> None:
    of_level(workspace, level)
    places = [f"{file}:{line} G028" for file in (STORE, SCAN) for line in ("10:20", "11:14")]
    assert workspace.found("G028") == places
    assert workspace.findings("G028")[0].message == (
        f"“库房改造”把财政拨款写成了市县区资金（local），本部门的预算是{level}的"
    )
    checked, made = check_and_fix(workspace.workspace, [workspace.target])
    assert made == 4
    assert "G028" not in {finding.code for finding in checked.findings}
    text = (workspace.folder / STORE).read_text(encoding="utf-8")
    assert f"    whole_period: {{{right}: 270000}}\n    annual: {{{right}: 270000}}\n" in text


def test_transfers_from_above_are_no_contradiction(workspace: Demo) -> None:
    of_level(workspace, "省级")
    for file, amount in ((STORE, 270000), (SCAN, 90000)):
        for period in ("whole_period", "annual"):
            workspace.edit(file, f"{period}: {{local: {amount}}}", f"{period}: {{central: {amount}}}")
    assert workspace.found("G028") == []


def test_what_other_years_cost_a_lower_level_may_pay(workspace: Demo) -> None:
    of_level(workspace, "省级")
    workspace.edit(STORE, "whole_period: {local: 270000}", "whole_period: {provincial: 270000, local: 500000}")
    workspace.edit(STORE, "annual: {local: 270000}", "annual: {provincial: 270000}")
    assert [place for place in workspace.found("G028") if STORE in place] == []


def test_money_that_the_own_level_has_beside_it_is_for_a_person_to_add_up(workspace: Demo) -> None:
    of_level(workspace, "省级")
    workspace.edit(STORE, "annual: {local: 270000}", "annual: {provincial: 200000, local: 70000}")
    whole, annual = (finding for finding in workspace.findings("G028") if STORE in finding.place.file)
    assert (whole.fix is None, annual.fix) == (False, None)
    assert annual.hint == "把local的金额并到provincial；department.yaml的level写错的，改level"


def test_what_a_unit_is_given_from_below_is_no_appropriation(workspace: Demo) -> None:
    """A provincial institution whose project a city pays for enters it as its own money."""
    of_level(workspace, "省级")
    workspace.edit(STORE, "- {amount: 270000}", "- {fund: other_income, amount: 270000}")
    assert [place for place in workspace.found("G028") if STORE in place] == []


@pytest.fixture
def reporting(accounts: Demo) -> Demo:
    accounts.add_evaluation()
    return accounts


def test_a_report_is_held_to_the_same(reporting: Demo) -> None:
    of_level(reporting, "省级")
    [finding] = reporting.findings("G029")
    assert str(finding.place).endswith(f"{REPORT}:15:13")
    assert finding.message == "“库房改造”把财政拨款写成了市县区资金（local），本部门的预算是省级的"
    _, made = check_and_fix(reporting.workspace, [reporting.target])
    assert made == 1
    assert "{level: provincial, requested" in (reporting.folder / REPORT).read_text(encoding="utf-8")


def test_a_report_of_the_own_level_is_silent(reporting: Demo) -> None:
    assert reporting.found("G029") == []


@pytest.mark.parametrize(
    ("years", "whole", "annual", "found"),
    [
        (3, "2867000", "949000", True),
        (3, "2347000", "949000", True),
        (3, "2847000", "949000", False),
        (3, "949000", "949000", False),
        (3, "949080", "949000", True),
        (99, "949080", "949000", True),
        (99, "1900000", "949000", False),
        (3, "1590000", "290000", False),
        (2, "900000", "500000", False),
        (3, "3500000", "1000000", False),
        (1, "949080", "949000", False),
        (2, "225000", "125000", False),
        (4, "1000000", "270000", False),
    ],
)
def test_g018_the_whole_period_is_no_digit_away_from_the_years(
    workspace: Demo, years: int, whole: str, annual: str, *, found: bool
) -> None:
    workspace.edit(STORE, "period_years: 1", f"period_years: {years}")
    workspace.edit(STORE, "whole_period: {local: 270000}", f"whole_period: {{local: {whole}}}")
    workspace.edit(STORE, "annual: {local: 270000}", f"annual: {{local: {annual}}}")
    assert bool(workspace.found("G018")) is found


@pytest.mark.parametrize(
    ("attribute", "whole", "found"),
    [
        ("recurring", "18300000", 1),  # a nought too many
        ("recurring", "18300000000", 1),  # 元 taken for 万元
        ("recurring", "2830000", 1),  # the first digit
        ("continuing", "2830000", 0),  # 1,000,000 may have been paid before
        ("continuing", "18300000", 1),
        ("continuing", "5000000", 0),
        ("continuing", "610000000", 0),  # the end of something large
        ("continuing", "610000001", 1),
        ("recurring", "5480000", 0),  # less than three times the three years
        ("recurring", "5490001", 1),
        ("recurring", "2440000", 1),  # just four years of three
        ("continuing", "2440000", 0),
        ("recurring", "1830000", 0),
        ("recurring", "610000", 0),
    ],
)
def test_g018_a_project_that_goes_on_costs_about_as_much_each_year(
    workspace: Demo, attribute: str, whole: str, found: int
) -> None:
    workspace.edit(STORE, "attribute: one_off", f"attribute: {attribute}")
    workspace.edit(STORE, "period_years: 1", "period_years: 3")
    workspace.edit(STORE, "whole_period: {local: 270000}", f"whole_period: {{local: {whole}}}")
    workspace.edit(STORE, "annual: {local: 270000}", "annual: {local: 610000}")
    assert len(workspace.findings("G018")) == found


def test_g002_each_level_of_government_pays_no_less_in_the_whole_period(workspace: Demo) -> None:
    workspace.edit(STORE, "whole_period: {local: 270000}", "whole_period: {provincial: 200000, local: 100000}")
    workspace.edit(STORE, "annual: {local: 270000}", "annual: {provincial: 100000, local: 170000}")
    assert workspace.found("G002") == [f"{STORE}:10:19 G002"]


def test_g018_says_what_was_expected(workspace: Demo) -> None:
    workspace.edit(STORE, "period_years: 1", "period_years: 3")
    workspace.edit(STORE, "whole_period: {local: 270000}", "whole_period: {local: 810900}")
    assert workspace.found("G018") == [f"{STORE}:10:19 G018"]
    assert workspace.findings("G018")[0].message == (
        "“库房改造”的实施期资金810,900元，与年度资金的3倍810,000元只差900元"
    )


def add_sheet(demo: Demo, stem: str, name: str, unit: str, years: int) -> None:
    """A goal sheet apart, with the content of the first project's."""
    text = (demo.folder / STORE).read_text(encoding="utf-8")
    content = text[text.index("goal_sheet:") :].replace("period_years: 1", f"period_years: {years}")
    head = f'name: {name}\ndepartment: {{code: "026", name: 示范市档案局}}\nunit: {unit}\n'
    demo.write(f"2023/goal_sheets/{stem}.yaml", head + content)


@pytest.mark.parametrize(
    ("name", "unit", "years", "found"),
    [
        ("库房消防", "示范市档案馆", 3, True),
        ("库房消防", "示范市档案馆", 99, False),
        ("库房消防", "示范市图书馆", 3, False),
        ("库房改造", "示范市档案局", 3, True),
        ("库房改造", "示范市图书馆", 3, False),
    ],
)
def test_g019_a_name_stands_once_for_a_unit_and_a_period(
    workspace: Demo, name: str, unit: str, years: int, *, found: bool
) -> None:
    add_sheet(workspace, "1-fire", "库房消防", "示范市档案馆", 3)
    add_sheet(workspace, "2-other", name, unit, years)
    assert workspace.found("G019") == (["2023/goal_sheets/2-other.yaml:1:7 G019"] if found else [])


def test_a_project_of_one_year_does_not_last_three(workspace: Demo) -> None:
    workspace.edit(STORE, "period_years: 1", "period_years: 3")
    assert workspace.found("G016") == [f"{STORE}:8:17 G016"]
