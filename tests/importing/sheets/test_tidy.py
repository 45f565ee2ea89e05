"""Texts with signs that are not seen, or are not what they look like: put right and told, or named with their cell."""

from __future__ import annotations

import pytest

from discgen.importing.sheets import read, sheet
from discgen.importing.sheets.sheet import Sheet
from discgen.importing.sheets.tidy import tidied_sheet
from discgen.model.line import Source
from tests.importing.books import HEADS, PAY, STORE, USUAL, book, problems, spent
from tests.importing.workspaces import Empty


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("\ufeff2010301", "2010301"),
        ("2010\u200b301\u200d", "2010301"),
        ("2010301\u00a0行政\u2003运行\u3000", "2010301 行政 运行"),
        ("\u202a2010301\u202c", "2010301"),
        ("2010301\u200e", "2010301"),
        ("政务服务⼤厅运⾏维护", "政务服务大厅运行维护"),
        ("⺠政", "民政"),
        ("\uf9d1安", "六安"),
        ("𝟐𝟎", "20"),
        ('="2010301"', "2010301"),
        ('="a""b"', 'a"b'),
        ("'30101", "30101"),
        ("'=合计", "=合计"),
        ("'十四五'规划", "'十四五'规划"),
        ("'十四五", "'十四五"),
        ("=SUM(A1:A2)", "=SUM(A1:A2)"),
        ("𠮷林", "𠮷林"),
        ("ᠮᠣᠩᠭᠣᠯ\u180eᠤᠨ", "ᠮᠣᠩᠭᠣᠯ\u180eᠤᠨ"),
    ],
)
def test_a_text_is_put_right(written: str, read: str) -> None:
    assert tidied_sheet(Sheet("支出.csv", "", ((written,),))).rows == ((read,),)


def test_what_was_put_right_is_told_with_its_first_cell() -> None:
    tidy = tidied_sheet(Sheet("支出.csv", "", (("名称",), ("⼤厅⾏\u200b",), ("⼤",))))
    assert tidy.remarks == ("A2等2格里有看不见或不标准的字，已经改好：U+2F24换成“大”、U+2F8F换成“行”、U+200B去掉",)


@pytest.mark.parametrize("written", ["普通 的字", "\u00a0两头\u3000", "'30101", "全角，（括号）"])
def test_blanks_at_the_ends_are_not_worth_a_word(written: str) -> None:
    assert tidied_sheet(Sheet("支出.csv", "", ((written,),))).remarks == ()


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("增加\u202e00.21\u202c万元", "U+202E（改变文字方向的控制符，印出来的顺序与写的不同）、U+202C（改变文字方向的控制符，印出来的顺序与写的不同）"),
        ("库\ue000房", "U+E000（自造字或控制字符）"),
        ("库\x07房", "U+0007（自造字或控制字符）"),
        ("库\ufffd房", "U+FFFD（替换符，原来的字已经丢了）"),
    ],
)  # fmt: skip
def test_what_nobody_can_put_right_is_named_with_its_cell(empty: Empty, name: str, message: str) -> None:
    assert problems(empty, HEADS + PAY + STORE.replace("库房改造", name), "支出.csv") == [
        f"支出.csv!F3 里有{message}，删去或换成标准字"
    ]


def test_a_sign_in_a_column_that_is_not_read_does_no_harm(empty: Empty) -> None:
    file = empty.give("支出.csv", HEADS.replace("金额", "备注,金额") + PAY.replace(",1000", ",\ue000,1000"))
    empty.take(file)
    assert [line.amount for line in empty.facts().lines[Source.BASIC]] == [1000]


def test_a_head_with_a_sign_that_stays_is_shown_with_its_number(empty: Empty) -> None:
    [message] = problems(empty, (HEADS + PAY).replace("项目名称", "项目\ue000名称"), "支出.csv")
    assert message.startswith("支出.csv!F1 不认识的栏“项目[U+E000]名称”")


@pytest.mark.parametrize(
    ("data", "remarks"),
    [
        (("\ufeff" + HEADS + PAY + STORE).encode(), ()),
        (("\ufeff" + HEADS + PAY + STORE).encode("gb18030"), ("按GB18030（GBK）编码读的；字不对的，另存为UTF-8再导入",)),
        (("\ufeff" + HEADS + PAY + STORE).encode("utf-16-le"), ("按UTF-16编码读的；字不对的，另存为UTF-8再导入",)),
        (("\ufeff" + HEADS + PAY + STORE).encode("utf-16-be"), ("按UTF-16编码读的；字不对的，另存为UTF-8再导入",)),
    ],
)  # fmt: skip
def test_the_mark_before_a_csv_is_no_part_of_it_and_its_encoding_is_told(
    empty: Empty, data: bytes, remarks: tuple[str, ...]
) -> None:
    plan = empty.plan(empty.give("支出.csv", data))
    assert plan.sheets[0].remarks[: len(remarks)] == remarks
    assert spent(empty, data, "支出.csv") == USUAL


def test_utf16_without_its_mark_is_told(empty: Empty) -> None:
    stopped_by = problems(empty, (HEADS + PAY).encode("utf-16-le"), "支出.csv")
    assert stopped_by == ["支出.csv 不是CSV文本，编码应是UTF-8或GB18030（UTF-16的要有BOM）"]


def test_a_line_that_is_no_line_of_a_table_is_refused_before_it_is_split(empty: Empty) -> None:
    stopped_by = problems(empty, HEADS + "," * 5_000_000, "支出.csv")
    assert stopped_by == ["支出.csv 第2行有5000000个字，超过100000个，不像是表格，检查是否放错了文件"]


def test_very_many_columns_or_rows_are_refused(empty: Empty, monkeypatch: pytest.MonkeyPatch) -> None:
    limits = "最多读300000行、200栏，检查是否放错了文件，或分成几个导入"
    assert problems(empty, "1," * 300, "支出.csv") == [f"支出.csv 第1行有301栏，{limits}"]
    monkeypatch.setattr(read, "MOST_ROWS", 100)
    stopped_by = problems(empty, HEADS + PAY * 100, "支出.csv")
    assert stopped_by == [f"支出.csv 第101行有8栏，{limits.replace('300000', '100')}"]


def test_commas_to_the_end_of_the_grid_are_not_counted(empty: Empty) -> None:
    data = "\n".join(line + "," * 300 for line in (HEADS + PAY + STORE).splitlines())
    assert spent(empty, data, "支出.csv") == USUAL
    assert sheet.MOST_COLUMNS == 200


def test_a_name_in_a_workbook_is_put_right_as_in_a_csv(empty: Empty) -> None:
    data = book(HEADS.strip().split(","), STORE.replace("库房改造", "库房⼤修").strip().split(","))
    empty.take(empty.give("支出.xlsx", data))
    assert [project.name for project in empty.facts().projects] == ["库房大修"]
