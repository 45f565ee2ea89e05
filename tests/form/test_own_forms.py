"""A workspace's own forms and codes: before those that ship, of their workspace alone, and never a traceback."""

from __future__ import annotations

from pathlib import Path

import pytest

from discgen.compare.files import compare_files, read_files
from discgen.form.files import form_names
from discgen.form.form import load_form
from discgen.load.inputs import Inputs, copy_of
from discgen.load.own_files import own_files
from discgen.load.workspace import Workspace
from tests.conftest import Demo
from tests.forms import PARENT

FORM = f"title: 普陀\nparent: {PARENT}\n"


class Bureau:
    """A workspace that may have forms and codes."""

    def __init__(self, demo: Demo) -> None:
        self.demo = demo
        self.root = demo.workspace.root

    def write(self, name: str, text: str | bytes) -> Path:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    def use(self, form: str = "putuo") -> None:
        self.demo.edit("2023/budget.yaml", f"form: {PARENT}", f"form: {form}")

    def found(self) -> list[str]:
        return [f"{finding.place} {finding.code}" for finding in self.demo.compose().findings]

    def digest(self) -> str:
        return Inputs(self.root).digest(self.demo.target)


@pytest.fixture
def bureau(workspace: Demo) -> Bureau:
    return Bureau(workspace)


def test_a_form_of_the_workspace_may_have_a_shipped_parent(bureau: Bureau) -> None:
    bureau.write("forms/putuo/form.yaml", FORM + "document_title: 普陀{year}年预算\n")
    bureau.use()
    assert bureau.found() == []
    assert bureau.demo.document().form.document_title == "普陀{year}年预算"


def test_a_form_of_the_workspace_comes_before_a_shipped_one(bureau: Bureau) -> None:
    bureau.write(f"forms/{PARENT}/form.yaml", "title: 自己的\nparent: shanxi-budget-2022\n")
    own = own_files(bureau.demo.workspace)
    assert load_form(PARENT, own).title == "自己的"
    assert load_form("shanxi-budget-2024", own).layers == load_form("shanxi-budget-2024").layers


def test_a_form_of_the_workspace_may_stand_before_its_parent_of_the_same_name(bureau: Bureau) -> None:
    bureau.write(f"forms/{PARENT}/form.yaml", f"title: 自己的\nparent: {PARENT}\ndocument_title: 改了\n")
    form = bureau.demo.document().form
    assert (form.document_title, form.tables) == ("改了", load_form(PARENT).tables)


def test_two_workspaces_in_one_process_do_not_mix(bureau: Bureau, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = Bureau(Demo(tmp_path_factory.mktemp("other")))
    for place, word in ((bureau, "甲"), (other, "乙")):
        place.write("forms/putuo/form.yaml", FORM)
        place.write("forms/putuo/narrative/situation/income.md.j2", f"{word}。\n")
        place.use()
    for place, word in ((bureau, "甲"), (other, "乙"), (bureau, "甲")):
        texts = [getattr(block, "text", "") for block in place.demo.document().text.blocks]
        assert f"{word}。" in texts


def test_an_unknown_form_is_told_with_the_workspaces_own(bureau: Bureau) -> None:
    bureau.write("forms/putuo/form.yaml", FORM)
    assert "putuo" in form_names(own_files(bureau.demo.workspace))
    bureau.use("putou")
    (finding,) = bureau.demo.compose().findings
    assert (finding.code, finding.place.line, "putuo" in finding.message) == ("M007", 1, True)


@pytest.mark.parametrize(
    ("file", "text", "place"),
    [
        ("form.yaml", FORM + "tables: [incme]\n", "form.yaml:3:10 M016"),
        ("form.yaml", "title: 普陀\nparent: putuo\n", "form.yaml:2:9 M023"),
        ("form.yaml", b"title: \xc6\xd5\xcd\xd3\n", "form.yaml:1:8 L002"),
        ("tables/income.yaml", "title: 表\nblocks: [\n", "tables/income.yaml:3:1 L005"),
        ("narrative/situation/income.md.j2", b"\xc6\xd5\xcd\xd3\n", "narrative/situation/income.md.j2:1:1 L002"),
        ("narrative/situation/income.md.j2", "甲\n{{ incme.total }}", "narrative/situation/income.md.j2:2:1 M020"),
        ("narrative/situation/income.md.j2", "{{ 1 / 0 }}", "narrative/situation/income.md.j2:1:1 M020"),
        (
            "narrative/situation/income.md.j2",
            "{% include 'situation/income.md.j2' %}",
            "situation/income.md.j2:1:1 M020",
        ),
        ("narrative/situation/income.md.j2", "{{ ''.__class__.__mro__ }}", "situation/income.md.j2:1:1 M020"),
        ("narrative/situation/income.md.j2", "{% include '../../../../secret' %}", "situation/income.md.j2:1:1 M020"),
        ("narrative/situation/income.md.j2", "!tabels", "form.yaml:1:1 M020"),
        ("narrative/situation/income.md.j2", f"{{{{ {'(' * 2000}1{')' * 2000} }}}}", "situation/income.md.j2:1:1 M020"),
        ("style.css", "@page landscape { size: 50mm 80mm }", "forms/putuo/style.css:1:1 M025"),
    ],
)
def test_what_is_wrong_in_a_form_is_a_finding_of_the_departments_that_use_it(
    bureau: Bureau, file: str, text: str | bytes, place: str
) -> None:
    bureau.write("forms/putuo/form.yaml", FORM)
    bureau.write(f"forms/putuo/{file}", text)
    assert bureau.found() == []  # another form is used
    bureau.use()
    assert [found for found in bureau.found() if found.endswith(place)]
    assert [found for found in bureau.found() if "X001" in found] == []


@pytest.mark.parametrize("linked", ["forms", "forms/putuo", "forms/putuo/form.yaml", "forms/putuo/narrative"])
def test_a_link_out_of_the_workspace_is_not_read(
    bureau: Bureau, linked: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside")
    for name in ("forms/putuo/form.yaml", "forms/putuo/narrative/situation/income.md.j2"):
        bureau.write(name, FORM if name.endswith("yaml") else "外面的。")
    (bureau.root / linked).rename(outside / "there")
    (bureau.root / linked).symlink_to(outside / "there")
    bureau.use()
    assert bureau.found() == [f"{linked}:1:1 L011"]
    assert "外面" not in str(own_files(bureau.demo.workspace).files)


def test_a_form_that_cannot_be_read_is_not_told_where_another_is_misspelt(bureau: Bureau) -> None:
    (bureau.write("forms/closed/x.yaml", "").parent / "form.yaml").symlink_to("form.yaml")
    bureau.use("putou")
    assert [found.split()[1] for found in bureau.found()] == ["M007"]


def test_a_link_within_the_workspace_is_followed(bureau: Bureau) -> None:
    bureau.write("forms/putuo/form.yaml", FORM)
    (bureau.root / "forms/again").symlink_to("putuo")
    bureau.use("again")
    assert bureau.found() == []


def test_a_document_rests_on_the_forms_that_it_uses_alone(bureau: Bureau) -> None:
    bureau.write("forms/putuo/form.yaml", "title: 普陀\nparent: above\n")
    bureau.write("forms/above/form.yaml", FORM)
    bureau.write("forms/other/form.yaml", FORM)
    bureau.use()
    before = bureau.digest()
    bureau.write("forms/other/style.css", "p {}")
    assert bureau.digest() == before
    for name in ("above/style.css", "putuo/style.css", "new/form.yaml", f"{PARENT}/form.yaml"):
        bureau.write(f"forms/{name}", FORM)
        assert bureau.digest() != before
        before = bureau.digest()


def test_a_name_that_is_written_with_escapes_is_a_name(bureau: Bureau) -> None:
    bureau.write("forms/putuo/form.yaml", FORM)
    bureau.use('"put\\x75o"')
    before = bureau.digest()
    bureau.write("forms/putuo/style.css", "p {}")
    assert bureau.demo.document().form.name == "putuo"
    assert bureau.digest() != before


def test_what_a_document_rests_on_has_its_forms_and_codes(bureau: Bureau) -> None:
    bureau.write("forms/putuo/form.yaml", f"{FORM}document_title: 甲\n")
    bureau.use()
    states = [bureau.digest()]
    for name, text in (
        ("forms/putuo/form.yaml", FORM),
        ("forms/putuo/narrative/situation/income.md.j2", "甲"),
        ("forms/putuo/narrative/situation/income.md.j2", "乙"),
        ("forms/putuo/style.css", "p {}"),
        ("codes/function.csv", "code,name\n20199,其他\n"),
    ):
        bureau.write(name, text)
        states.append(bureau.digest())
    assert len(set(states)) == len(states)
    bureau.write("forms/README.md", "不读")
    assert bureau.digest() == states[-1]


def test_another_machine_is_sent_them(bureau: Bureau, tmp_path: Path) -> None:
    bureau.write("forms/putuo/form.yaml", FORM)
    bureau.write("codes/function.csv", "code,name\n2010306,政务审批\n")
    bureau.use()
    copy = copy_of(bureau.root, bureau.demo.target)
    assert copy is not None
    there = tmp_path / "there"
    for folder in ("", *copy.folders):
        (there / folder).mkdir()
    for name, data in copy.files.items():
        (there / name).write_bytes(data)
    assert Inputs(there).digest(bureau.demo.target) == bureau.digest()
    assert own_files(Workspace(there)) == own_files(bureau.demo.workspace)


def test_codes_of_the_workspace_come_before_the_shipped_ones(bureau: Bureau) -> None:
    bureau.write(
        "codes/function.csv",
        "code,name,first_year,last_year,source\n"
        "2010301,行政运行（新）,2023,,财政局科目表\n2010301,行政运行,,2022,\n2010399,新科目,,,\n",
    )
    bureau.demo.edit("2023/budget.yaml", "function: 2010350", "function: 2010399 新科目")
    bureau.demo.edit("2023/projects/2-scan.yaml", "function: 2010350", "function: 2010399")
    assert bureau.found() == []
    names = next(of for key, of in bureau.demo.document().disclosure.dictionaries.items() if key == "function")
    assert (names.name("2010301"), names.name("2010399")) == ("行政运行（新）", "新科目")


def test_a_name_that_the_workspace_still_uses_is_not_an_earlier_years(bureau: Bureau) -> None:
    bureau.demo.edit("2023/narrative.yaml", "income: 新增库房项目", "income: 新增行政事业单位离退休项目")
    assert [found.split()[1] for found in bureau.found()] == ["P022"]
    bureau.write("codes/function.csv", "code,name\n20805,行政事业单位离退休\n")
    assert bureau.found() == []


def test_a_comparison_calls_codes_as_the_workspace_does(bureau: Bureau) -> None:
    bureau.write("codes/function.csv", "code,name\n2010398,政务数据管理\n")
    before = read_files(bureau.demo.workspace, bureau.demo.target)
    bureau.demo.edit("2023/projects/1-store.yaml", "function: 2010301", "function: 2010398")
    changes, _ = compare_files(before, read_files(bureau.demo.workspace, bureau.demo.target))
    assert "2010398 政务数据管理" in str(changes)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("编码,名称\n", "codes/function.csv:1:1 C003"),
        ("code,name\n2010,甲\n", "codes/function.csv:2:1 C003"),
        ("code,name\n20103,\n", "codes/function.csv:2:1 C003"),
        ("code,name,first_year\n20103,甲,23\n", "codes/function.csv:2:1 C003"),
        ("code,name\n20103,甲\n20103,乙\n", "codes/function.csv:3:1 C003"),
        (b"code,name\n20103,\xbc\xd7\n", "codes/function.csv:2:7 L002"),
    ],
)
def test_what_is_wrong_in_a_table_of_codes_is_told_with_its_line(bureau: Bureau, text: str | bytes, place: str) -> None:
    bureau.write("codes/function.csv", text)
    assert bureau.found() == [place]


def test_a_table_of_codes_under_another_name_is_told(bureau: Bureau) -> None:
    bureau.write("codes/functions.csv", "code,name\n20103,甲\n")
    assert bureau.found() == ["codes/functions.csv:1:1 L018"]


def test_a_form_may_ask_for_codes_of_its_workspace(bureau: Bureau) -> None:
    bureau.write("forms/putuo/form.yaml", FORM + "tables: [one]\ntable_titles: {}\n")
    bureau.write(
        "forms/putuo/tables/one.yaml",
        "title: 表\nblocks:\n  - source: expenditure\n    where: {function_code: 2010398}\n"
        "    columns: [{key: total, label: 金额}]\n    rows: [{id: total}]\n",
    )
    bureau.use()
    assert "forms/putuo/tables/one.yaml:4:28 M013" in bureau.found()
    bureau.write("codes/function.csv", "code,name\n2010398,新科目\n")
    assert [found for found in bureau.found() if "M013" in found] == []
