from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from discgen.export.as_datapackage import as_datapackage
from discgen.load.target import Target
from tests.conftest import Demo
from tests.export.workspaces import TARGETS, document_of


def write(folder: Path, files: dict[str, bytes]) -> None:
    folder.mkdir(exist_ok=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)


def errors(folder: Path) -> dict[str, list[str]]:
    """What frictionless has against each package below the folder."""
    # A process of its own, with the library's warnings: they are none of ours.
    program = """
import json, sys
from pathlib import Path
from frictionless import validate
reports = {path.parent.name: validate(path) for path in Path(sys.argv[1]).glob("*/datapackage.json")}
found = {name: [one[0] for one in report.flatten(["type"])] for name, report in reports.items()}
print(json.dumps(found))
"""
    done = subprocess.run([sys.executable, "-c", program, str(folder)], capture_output=True, text=True, check=True)
    return dict(json.loads(done.stdout))


def described(demo: Demo) -> dict[str, Any]:
    return dict(json.loads(as_datapackage(demo.document())["datapackage.json"]))


def test_every_departments_package_is_valid(tmp_path: Path) -> None:
    for target in TARGETS:
        write(tmp_path / str(target).replace("/", "-"), as_datapackage(document_of(target)))
    assert errors(tmp_path) == {str(target).replace("/", "-"): [] for target in TARGETS}


@pytest.mark.parametrize(
    ("old", "new", "error"),
    [(b",90000,", b",9e,", "type-error"), (b",approved,", b",thought,", "constraint-error"), (b"year,", b"", "label")],
)
def test_a_package_whose_lines_are_spoilt_is_not(
    workspace: Demo, tmp_path: Path, old: bytes, new: bytes, error: str
) -> None:
    files = as_datapackage(workspace.document())
    write(tmp_path / "spoilt", files | {"lines.csv": files["lines.csv"].replace(old, new, 1)})
    assert any(error in found for found in errors(tmp_path)["spoilt"])


def test_fields_bear_the_types_of_a_fiscal_data_package_each_once(workspace: Demo) -> None:
    fields = described(workspace)["resources"][0]["schema"]["fields"]
    types = {field["name"]: field["columnType"] for field in fields if "columnType" in field}
    assert len(set(types.values())) == len(types)
    assert types["amount"] == "value"
    assert types["stage"] == "phase:id"
    assert {kind.split(":")[0] for kind in types.values()} >= {
        "administrative-classification",
        "functional-classification",
        "economic-classification",
        "fin-source",
        "phase",
        "value",
    }
    assert [field["currency"] for field in fields if "currency" in field] == ["CNY"]


def test_the_package_says_what_it_is_about(workspace: Demo) -> None:
    package = described(workspace)
    assert (package["name"], package["title"]) == ("demo-2023-budget", "示范市档案局2023年部门预算")
    assert package["fiscalPeriod"] == {"start": "2023-01-01", "end": "2023-12-31"}


def test_accounts_are_a_package_of_their_own() -> None:
    document = document_of(Target("_example-all", 2025, "accounts"))
    assert json.loads(as_datapackage(document)["datapackage.json"])["name"] == "_example-all-2025-accounts"
