"""What an editor with a YAML language server shows of the schemas."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from discgen.reference.codes import Classification, load_dictionary
from tests.editor.server import PROGRAM, LanguageServer

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "departments").rglob("*.yaml"))
_YEARS = (ROOT / "departments" / "nowhere" / str(year) for year in itertools.count(2000))
"""A folder for each text: the server keeps what it has read of a file."""

pytestmark = pytest.mark.skipif(
    not (shutil.which("node") and PROGRAM.is_file()),
    reason="yaml-language-server is not installed: it takes nodejs and npm, then sh tools/install-language-server.sh",
)


@pytest.fixture(scope="module")
def server() -> Iterator[LanguageServer]:
    with LanguageServer(ROOT) as running:
        yield running


def _schema_line(path: Path, schema: str) -> str:
    up = "../" * (len(path.relative_to(ROOT).parts) - 1)
    return f"# yaml-language-server: $schema={up}schema/{schema}.schema.json"


class Editor:
    """A text in the editor; `|` in it is the cursor, or the tip of the pointer, and is not part of it."""

    def __init__(self, server: LanguageServer, name: str, schema: str, text: str) -> None:
        self._server = server
        self.path = next(_YEARS) / name
        before = text.partition("|")[0]
        self._line = before.count("\n") + 1
        self._column = len(before) - (before.rfind("\n") + 1)
        up = "../" * (len(self.path.relative_to(ROOT).parts) - 1)
        server.open(
            self.path, f"# yaml-language-server: $schema={up}schema/{schema}.schema.json\n{text.replace('|', '')}"
        )

    def hover(self) -> str:
        return self._server.hover(self.path, self._line, self._column)

    def offered(self) -> dict[str, dict[str, object]]:
        """What can be completed with, by what the list shows."""
        return {item["label"]: item for item in self._server.complete(self.path, self._line, self._column)}

    def diagnosed(self) -> set[int]:
        """The lines that something is found in, those of the text counted from 1."""
        return {found["range"]["start"]["line"] for found in self._server.diagnostics(self.path)}


def budget(server: LanguageServer, text: str) -> Editor:
    return Editor(server, "budget.yaml", "budget", text)


def test_nothing_is_found_in_the_files_of_the_departments(server: LanguageServer) -> None:
    for path in FILES:
        server.open(path, path.read_text(encoding="utf-8"))
    found = {path: server.diagnostics(path) for path in FILES}
    assert len(found) > 100
    assert {path: wrong for path, wrong in found.items() if wrong} == {}


_BROKEN = """\
form: shanxi-budget-2023
year: 2023
unit: 千元
income:
  - {fund: general, amount: 一千}
expenditure:
  - {function: 2010306, basic: 3}
  - {function: 20103, basic: 3}
basic:
  - {departments: 30101, amount: 3}
"""


def test_a_broken_file_is_diagnosed_where_it_is_broken(server: LanguageServer) -> None:
    assert budget(server, _BROKEN).diagnosed() == {3, 5, 8, 10}


def test_a_code_that_no_dictionary_has_and_one_with_its_name_are_not_diagnosed(server: LanguageServer) -> None:
    text = _BROKEN.replace("千元", "元").replace("一千", "1000").replace("departments", "department")
    text = text.replace("function: 20103,", "function: 2019876,").replace("2010306", "2010306 政务公开审批")
    assert budget(server, text).diagnosed() == set()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("inc|ome:\n  - {amount: 1}\n", "批复的收入预算"),
        ("unit: |元\n", "金额的单位"),
        ("income:\n  - {fu|nd: general, amount: 1}\n", "`general`: 一般公共预算"),
        ("expenditure:\n  - {func|tion: 2019876}\n", "功能分类科目编码"),
        ("expenditure:\n  - {function: 2010|306}\n", "功能分类科目 2010306 政务公开审批"),
        ("basic:\n  - department: 301|01\n", "部门预算支出经济分类科目 30101 基本工资"),
        ("basic:\n  - government: 501|01\n", "政府预算支出经济分类科目 50101 工资奖金津补贴"),
        ("income:\n  - code: 1030|148\n", "收入分类科目 1030148 国有土地使用权出让收入"),
        ("prior:\n  expenditure:\n    - function: 2|01\n", "功能分类科目 201 一般公共服务支出"),
        (
            "prior:\n  expenditure:\n    - function: 2130|599\n",
            "其他扶贫支出（到2022年）、其他巩固脱贫攻坚成果衔接乡村振兴支出（2023年起）",
        ),
    ],
)
def test_hover_says_in_chinese_what_a_key_is_and_what_a_code_is_called(
    server: LanguageServer, text: str, shown: str
) -> None:
    assert shown in budget(server, text).hover()


def test_a_code_of_every_class_is_named_on_hover(server: LanguageServer) -> None:
    path = next(_YEARS) / "budget.yaml"
    names = load_dictionary(Classification.FUNCTION, 2023).names
    codes = {code[:3]: code for code in names}.values()  # the last of each class
    lines = "".join(f"    - function: {code}\n" for code in codes)
    server.open(path, f"{_schema_line(path, 'budget')}\nprior:\n  expenditure:\n{lines}")
    shown = {code: server.hover(path, number, 16) for number, code in enumerate(codes, start=3)}
    assert len(shown) > 25
    assert {code: text for code, text in shown.items() if f" {code} " not in text or names[code] not in text} == {}


@pytest.mark.parametrize(
    "text",
    [
        "expenditure:\n  - {function: |, basic: 3}\n",
        "expenditure:\n  - function: |\n",
        "expenditure:\n  - function: 20|\n",
    ],
)
def test_a_code_is_completed_by_its_name(server: LanguageServer, text: str) -> None:
    item = budget(server, text).offered()["2010306 政务公开审批"]
    assert item["insertText"] == "2010306"
    assert "一般公共服务支出 › 政府办公厅（室）及相关机构事务" in str(item["documentation"])


def test_where_a_lowest_code_belongs_no_upper_one_is_offered(server: LanguageServer) -> None:
    assert "201 一般公共服务支出" not in budget(server, "expenditure:\n  - function: |\n").offered()
    assert "201 一般公共服务支出" in budget(server, "prior:\n  expenditure:\n    - function: |\n").offered()


@pytest.mark.parametrize(
    ("text", "value", "name"),
    [
        ("income:\n  - fund: |\n", "government_fund", "政府性基金"),
        ("income:\n  - origin: |\n", "carryover", "上年结转"),
        ("three_public:\n  - item: |\n", "reception", "公务接待费"),
        ("basic:\n  - component: |\n", "operating", "公用经费"),
    ],
)
def test_a_word_of_a_fixed_set_is_completed_with_its_name(
    server: LanguageServer, text: str, value: str, name: str
) -> None:
    assert budget(server, text).offered()[value]["documentation"] == name


def test_keys_are_completed_with_what_they_mean(server: LanguageServer) -> None:
    offered = Editor(server, "projects/01.yaml", "project", "name: 办公设备采购\n|\n").offered()
    assert {"unit", "function", "amounts", "goal_sheet"} <= offered.keys()
    assert "name" not in offered
    assert "金额" in str(offered["amounts"]["documentation"]) or "元" in str(offered["amounts"]["documentation"])
