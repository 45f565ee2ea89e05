"""`discgen import` on the command line."""

from __future__ import annotations

import shlex

import pytest
from click.testing import CliRunner, Result

from discgen.cli import cli
from tests.importing.books import HEADS, PAY, STORE
from tests.importing.workspaces import FORM, Empty

KNOWN = (
    "提示：“支出类别”一栏认得：基本支出、项目支出、上缴上级支出、经营支出、对附属单位补助支出、人员类、公用经费、"
    "其他运转类、特定目标类；前面带编码的也行"
)


def run(empty: Empty, *arguments: str) -> Result:
    return CliRunner().invoke(cli, ["import", "-C", str(empty.root), *arguments])


def test_a_dry_run_says_what_it_understood_and_writes_nothing(empty: Empty) -> None:
    file = empty.give("支出.csv", HEADS + PAY + STORE + "合计,,,,,,,1270\n")
    done = run(empty, "demo/2023", str(file), "--form", FORM, "--dry-run")
    assert done.exit_code == 0
    assert done.stdout.splitlines() == [
        "支出.csv：明细，2行，合计1,270元",
        "  单位名称 → 预算单位",
        "  功能分类科目编码 → 功能分类科目编码",
        "  部门经济分类 → 部门经济分类",
        "  政府经济分类 → 政府经济分类",
        "  支出类别 → 支出性质",
        "  项目名称 → 项目名称",
        "  资金性质 → 资金性质",
        "  金额（元） → 金额，元",
        "  合计1行不导入，只用来核对，都对得上：第4行",
        "收入按支出的资金性质和结转汇总：一种资金的收入等于它的支出",
        "没有“当年或上年结转”一栏，各行都作当年安排",
        "要写3个文件：",
        "  departments/demo/2023/budget.yaml",
        "  departments/demo/2023/narrative.yaml",
        "  departments/demo/2023/projects/01-project.yaml",
    ]
    assert not empty.folder.exists()


def test_a_dry_run_says_what_it_understood_also_where_writing_would_be_refused(empty: Empty) -> None:
    empty.take(empty.give("支出.csv", HEADS + PAY))
    empty.edit("amount: 1000}\n\n# three", "amount: 1001}\n\n# three")
    done = run(empty, "demo/2023", str(empty.root / "支出.csv"), "--dry-run")
    assert done.exit_code == 2
    assert "要写1个文件：" in done.stdout
    assert "“basic”不是导入时写的样子" in done.stderr


def test_after_writing_it_checks_and_exits_1_for_what_is_left_to_do(empty: Empty) -> None:
    file = empty.give("支出.csv", HEADS + PAY + STORE)
    done = run(empty, "demo/2023", str(file), "--form", FORM)
    assert done.exit_code == 1
    assert "文件写好了，检查结果：" in done.stdout
    assert "Y010" in done.stdout
    assert (empty.folder / "budget.yaml").is_file()


def test_what_is_not_understood_exits_1_and_writes_nothing(empty: Empty) -> None:
    file = empty.give("支出.csv", HEADS + PAY.replace("人员类", "杂项"))
    done = run(empty, "demo/2023", str(file), "--form", FORM)
    assert done.exit_code == 1
    assert done.stderr.splitlines() == ["错误：支出.csv!E2 “杂项”不认识", KNOWN, "共1处，什么也没有写"]
    assert not empty.folder.exists()


def test_the_same_trouble_in_many_rows_is_told_three_times(empty: Empty) -> None:
    file = empty.give("支出.csv", HEADS + PAY.replace("人员类", "杂项") * 4000)
    assert run(empty, "demo/2023", str(file), "--form", FORM).stderr.splitlines() == [
        "错误：支出.csv!E2 “杂项”不认识",
        "错误：支出.csv!E3 “杂项”不认识",
        "错误：支出.csv!E4 “杂项”不认识",
        "  同样的还有3997处",
        KNOWN,
        "共4000处，什么也没有写",
    ]


def test_of_what_is_wrong_in_many_rows_each_otherwise_twenty_are_told(empty: Empty) -> None:
    rows = "".join(PAY.replace(",1000", f",{number}元") for number in range(1, 101))
    message = run(empty, "demo/2023", str(empty.give("支出.csv", HEADS + rows)), "--form", FORM).stderr.splitlines()
    assert message[0].startswith("错误：支出.csv!H2 “1元”不是金额：")
    assert message[19].startswith("错误：支出.csv!H21 “20元”不是金额：")
    assert message[20:] == ["  这一类的还有80处", "共100处，什么也没有写"]


def test_different_troubles_are_all_told(empty: Empty) -> None:
    heads = HEADS.replace("项目名称", "甲,乙,丙,丁,项目名称")
    rows = PAY.replace("人员类,", "人员类,1,1,1,1,")
    message = run(empty, "demo/2023", str(empty.give("支出.csv", heads + rows)), "--form", FORM).stderr.splitlines()
    assert [line.partition("不认识的栏")[2][:3] for line in message] == ["“甲”", "“乙”", "“丙”", "“丁”", "", ""]


def test_one_command_leaves_out_all_columns_that_are_not_known_and_is_no_error(
    empty: Empty, monkeypatch: pytest.MonkeyPatch
) -> None:
    heads = HEADS.replace("项目名称", "已收 金额,2022年预算数,项目名称").replace("（元）", "")
    empty.give("支出.csv", heads + PAY.replace("人员类,", "人员类,1,1,"))
    monkeypatch.chdir(empty.root)
    result = CliRunner().invoke(cli, ["import", "demo/2023", "支出.csv", "--unit", "万元", "--form", FORM, "--dry-run"])
    *_, command, count = result.stderr.splitlines()
    line = "discgen import demo/2023 支出.csv --unit 万元 --form shanxi-budget-2023 --dry-run"
    assert command == f"提示：这些栏都不导入的，运行：{line} --ignore-column 已收金额 --ignore-column 2022年预算数"
    assert count == "共2处，什么也没有写"
    again = CliRunner().invoke(cli, shlex.split(command.partition("运行：discgen ")[2]))
    assert again.exit_code == 0, again.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["demo", "支出.csv"], "“demo”应写成部门/年度，例如 lvliang-xzsp/2025"),
        (["demo/2023", "没有.csv"], "没有.csv 读不出来：没有这个文件"),
        (["demo/2023/accounts", "--kind", "budget", "支出.csv"], "说的不是一种文件"),
        (["demo/2023", "支出.csv"], "新的一年要用--form说明表式"),
    ],
)
def test_what_cannot_be_done_exits_2(
    empty: Empty, monkeypatch: pytest.MonkeyPatch, arguments: list[str], message: str
) -> None:
    empty.give("支出.csv", HEADS + PAY)
    monkeypatch.chdir(empty.root)
    done = run(empty, *arguments)
    assert done.exit_code == 2
    assert message in done.stderr
