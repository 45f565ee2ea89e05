"""Edits of text that keep everything else as it is written."""

from __future__ import annotations

import pytest

from discgen.yamltext.edit import EditedFile
from discgen.yamltext.nodes import UneditableError

TEXT = """\
# 第一行
year: 2024                         # 年度
prior:                             # 上年
  source: 某处
  # 里面的备注
  income: [1]

# 下面的备注
assets:
  as_of: 2024-04-30
rows:
  - {name: 2024年建设, target: 2024年}  # 一行
  - name: "2024年# 待确认"
"""


def edited() -> EditedFile:
    return EditedFile(TEXT, "a.yaml")


def test_a_scalar_is_rewritten_and_its_comment_stays() -> None:
    file = edited()
    assert file.rewrite(("year",), lambda text: text.replace("2024", "2025"))
    assert file.text == TEXT.replace("year: 2024 ", "year: 2025 ")


def test_a_scalar_is_rewritten_without_its_neighbour_on_the_line() -> None:
    file = edited()
    assert file.rewrite(("rows", 0, "name"), lambda text: text.replace("2024", "2025"))
    assert file.value("rows", 0) == {"name": "2025年建设", "target": "2024年"}
    assert "{name: 2025年建设, target: 2024年}  # 一行" in file.text


def test_a_key_is_dropped_with_what_is_in_it_and_not_with_what_follows() -> None:
    file = edited()
    assert file.drop(("prior",))
    assert file.text == TEXT.replace(TEXT[TEXT.index("prior:") : TEXT.index("\n# 下面")], "")
    assert "# 下面的备注" in file.text
    assert "里面的备注" not in file.text


def test_an_item_of_a_list_is_dropped() -> None:
    file = edited()
    assert file.drop(("rows", 0))
    assert file.value("rows") == [{"name": "2024年# 待确认"}]


def test_what_shares_its_line_is_not_dropped() -> None:
    file = edited()
    assert not file.drop(("rows", 0, "target"))
    assert file.text == TEXT


@pytest.mark.parametrize(
    ("text", "path", "marked"),
    [
        ("rows:  # 备注\n  - 1\n", ("rows",), "rows:  # 备注  # 待确认\n  - 1\n"),
        ('text: "上\n  下"\n', ("text",), '# 待确认\ntext: "上\n  下"\n'),
    ],
)
def test_a_mark_stands_beside_what_it_marks_or_above_it(text: str, path: tuple[str, ...], marked: str) -> None:
    file = EditedFile(text, "a.yaml")
    file.mark(path)
    assert file.text == marked
    assert len(file.tree.unconfirmed) == 1


def test_a_file_with_errors_is_not_edited() -> None:
    with pytest.raises(UneditableError, match=r"a\.yaml:2:1 L009"):
        EditedFile("a: 1\na: 2\n", "a.yaml")


def test_a_section_ends_before_what_is_said_of_the_next() -> None:
    assert edited().section("prior") == TEXT.split("\n")[2:6]


def test_a_section_is_put_in_the_place_of_the_old_one() -> None:
    file = edited()
    file.put("prior", ["prior: {}"])
    assert file.text == TEXT.replace("\n".join(TEXT.split("\n")[2:6]), "prior: {}")


def test_a_new_section_is_put_after_the_last_one() -> None:
    file = EditedFile("a: 1\n# 末尾的备注\n", "a.yaml")
    file.put("b", ["b:", "  - 2"])
    assert file.text == "a: 1\n\nb:\n  - 2\n# 末尾的备注\n"


@pytest.mark.parametrize("lines", [["prior: ["], ["prior: 1", "year: 2025"]])
def test_a_section_that_would_not_be_read_as_it_is_meant_is_refused(lines: list[str]) -> None:
    file = edited()
    with pytest.raises(UneditableError, match="“prior”写不进去"):
        file.put("prior", lines)
    assert file.text == TEXT


def test_an_empty_line_stays_where_a_key_is_dropped_above_it() -> None:
    file = EditedFile("a: 1\nb: 2\n\nc: 3\n\nd: 4\n\ne: 5\n", "a.yaml")
    assert file.drop(("b",))
    assert file.drop(("d",))
    assert file.drop(("a",))
    assert file.text == "c: 3\n\ne: 5\n"


@pytest.mark.parametrize(
    ("written", "value", "result"),
    [
        ("1", "2", "2"),
        ("'1'", "甲'乙", "'甲''乙'"),
        ('"1"', '甲"乙', '"甲\\"乙"'),
        ("1", "甲: 乙", '"甲: 乙"'),
        ("1", "null", '"null"'),
        ("", "甲", "甲"),
        ("|\n  一\n  二", "三", "三"),
    ],
)
def test_a_value_is_set_and_quoted_where_it_must_be(written: str, value: str, result: str) -> None:
    file = EditedFile(f"a: {written}  # 备注\nb: 1\n" if "\n" not in written else f"a: {written}\nb: 1\n", "a.yaml")
    assert file.set(("a",), value)
    assert file.value("a") == value
    assert file.text.startswith(f"a: {result}")
    assert file.text.endswith("  # 备注\nb: 1\n" if "\n" not in written else "\nb: 1\n")


def test_a_value_in_brackets_is_quoted_where_it_would_end_there() -> None:
    file = edited()
    assert file.set(("rows", 0, "target"), "一,二")
    assert '{name: 2024年建设, target: "一,二"}  # 一行' in file.text


@pytest.mark.parametrize(
    ("index", "result"),
    [
        (0, "a:  # 头\n  - 新\n  # 甲\n  - 1\n  - 2  # 乙\nb: 3\n"),
        (2, "a:  # 头\n  # 甲\n  - 1\n  - 2  # 乙\n  - 新\nb: 3\n"),
    ],
)
def test_an_item_is_put_in_where_the_path_says(index: int, result: str) -> None:
    file = EditedFile("a:  # 头\n  # 甲\n  - 1\n  - 2  # 乙\nb: 3\n", "a.yaml")
    file.insert(("a", index), "新")
    assert file.text == result


def test_an_item_is_not_put_into_brackets() -> None:
    with pytest.raises(UneditableError):
        EditedFile("a: [1]\n", "a.yaml").insert(("a", 1), "2")


def test_a_key_is_put_after_another() -> None:
    file = EditedFile("a: 1  # 甲\n# 乙\nb: 2\n", "a.yaml")
    file.put("c", ["c: 3"], after="a")
    assert file.text == "a: 1  # 甲\nc: 3\n# 乙\nb: 2\n"


def test_a_remark_is_replaced_in_its_column() -> None:
    file = edited()
    file.set_remark("prior", "# 新的", 20)
    assert file.text == TEXT.replace("prior:                             # 上年", "prior:              # 新的")
    assert file.remark("prior").strip() == "# 新的"


def test_a_place_is_that_in_the_file_whatever_was_taken_out_above() -> None:
    file = edited()
    file.drop(("prior",))
    assert (file.place(("rows", 0)).line, file.key_place(("assets",)).line) == (12, 9)
