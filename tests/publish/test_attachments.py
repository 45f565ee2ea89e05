"""What travels inside a published PDF, and that the PDF can be made again from it."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from pypdf import PdfReader

from discgen.export.as_csv import as_csv
from discgen.load.target import Target
from discgen.load.workspace import Workspace
from discgen.pipeline import compose
from discgen.publish.attachments import attached_files, origin_of
from discgen.publish.build import publish, render
from discgen.publish.layout import Pdf
from tests.conftest import Demo
from tests.readback import LVLIANG_2024, XIAOYI_2024, Edition
from tests.units import ARCHIVE

REMARK = "备注里的话"


def names(demo: Demo) -> list[str]:
    """What the files that the document is made from are called."""
    return [file.name for file in attached_files(demo.document()) if origin_of(file.description)]


def unpacked(pdf: Path, folder: Path) -> dict[str, bytes]:
    """What poppler takes out of a PDF, by the names that it gives the files."""
    folder.mkdir()
    subprocess.run(["pdfdetach", "-saveall", "-o", folder, pdf], check=True)
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def put_back(pdf: Path, root: Path) -> Workspace:
    """A workspace of the files that a PDF was made from, and of nothing else."""
    reader = PdfReader(pdf)
    for file in reader.attachment_list:
        if place := origin_of(str(file.description)):
            path = root / place
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(file.content)
    return Workspace(root)


def test_files_have_names_that_say_what_they_are(accounts: Demo) -> None:
    accounts.add_evaluation()
    assert names(accounts) == [
        "部门.yaml",
        "2023年部门决算.yaml",
        "2023年部门决算 文字部分.yaml",
        "2023年部门决算 项目支出绩效自评 1-store 库房改造.yaml",
        "2023年部门预算.yaml",
        "2023年部门预算 文字部分.yaml",
        "2023年部门预算 项目 1-store 库房改造.yaml",
        "2023年部门预算 项目 2-scan 档案扫描.yaml",
    ]


def test_a_name_holds_nothing_that_a_folder_is_parted_by(workspace: Demo) -> None:
    workspace.edit("2023/projects/1-store.yaml", "name: 库房改造", "name: 库房/改造:*?")
    assert "2023年部门预算 项目 1-store 库房改造.yaml" in names(workspace)


def test_waivers_stay_at_home(workspace: Demo) -> None:
    workspace.edit("2023/narrative.yaml", "压缩用车", "压缩用车（意见箱a@example.com）")
    reason = "reason: 这一句不给外人看, until: 2023"
    workspace.write("2023/waivers.yaml", f"waivers:\n  - {{code: D004, at: narrative.yaml, {reason}}}\n")
    assert all("这一句不给外人看" not in file.data.decode() for file in attached_files(workspace.document()))


def test_remarks_stay_at_home(workspace: Demo) -> None:
    workspace.edit("2023/budget.yaml", "unit: 万元\n", f"unit: 万元  # {REMARK}\n# {REMARK}\n")
    data = {file.name: file.data.decode() for file in attached_files(workspace.document())}
    assert data["2023年部门预算.yaml"].startswith("form: shanxi-budget-2023\nyear: 2023\nunit: 万元  #\n#\nincome:\n")
    assert all(REMARK not in text for text in data.values())


def test_lines_that_end_in_another_way_are_the_same_file(workspace: Demo) -> None:
    before = attached_files(workspace.document())
    path = workspace.folder / "2023/budget.yaml"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert attached_files(workspace.document()) == before


def test_tables_are_those_of_the_export(workspace: Demo) -> None:
    document = workspace.document()
    exported = {name.replace("lines.csv", "全部明细.csv"): data for name, data in as_csv(document).items()}
    assert {file.name: file.data for file in attached_files(document) if file.media_type == "text/csv"} == exported


@pytest.mark.slow
def test_poppler_finds_them_under_their_names(workspace: Demo, tmp_path: Path) -> None:
    path = publish(workspace.workspace, workspace.target).path
    assert path
    taken_out = unpacked(path, tmp_path / "taken out")
    assert taken_out == {file.name: file.data for file in attached_files(workspace.document())}
    written = (workspace.folder / "2023/projects/1-store.yaml").read_bytes()
    assert taken_out["2023年部门预算 项目 1-store 库房改造.yaml"] == written


@pytest.mark.slow
@pytest.mark.parametrize("target", [LVLIANG_2024, XIAOYI_2024], ids=str)
def test_the_same_bytes_are_made_of_what_is_inside(
    editions: dict[Target, Edition], target: Target, tmp_path: Path
) -> None:
    published = editions[target].pdf
    document = compose(put_back(published, tmp_path), target).document
    assert document
    made = render(document)
    assert isinstance(made, Pdf)
    assert made.data == published.read_bytes()


def test_a_unit_s_document_carries_its_words_and_the_department_s_files(units: Demo) -> None:
    document = compose(units.workspace, ARCHIVE).document
    assert document
    assert [file.name for file in attached_files(document) if origin_of(file.description)] == [
        "部门.yaml",
        "2023年部门预算.yaml",
        "2023年部门预算 项目 2-scan 档案扫描.yaml",
        "2023年单位预算 文字部分.yaml",
        "2023年部门预算 文字部分.yaml",
        "2023年部门预算 项目 1-store 库房改造.yaml",
    ]


def test_a_unit_s_document_is_composed_again_of_what_is_inside(units: Demo, tmp_path: Path) -> None:
    document = compose(units.workspace, ARCHIVE).document
    assert document
    for file in attached_files(document):
        if place := origin_of(file.description):
            path = tmp_path / "again" / place
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(file.data)
    again = compose(Workspace(tmp_path / "again"), ARCHIVE).document
    assert again
    assert attached_files(again) == attached_files(document)
    assert again.text.blocks == document.text.blocks
