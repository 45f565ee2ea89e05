"""What a form prints, held to its pages: a field is on the page, or a finding says that it is not."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from discgen import pipeline
from discgen.check.made_up_departments import DEPARTMENT, target_of, write_department
from discgen.diagnostics import show_path
from discgen.document import Result
from discgen.form.files import form_names, layers_of
from discgen.form.form import load_form
from discgen.load.target import KINDS, Target
from discgen.load.workspace import Workspace
from discgen.pipeline import compose
from discgen.render import html
from discgen.view.marks import Marks
from discgen.view.page import DocumentView, view_document
from discgen.view.units import Unit, units_of
from tests.conftest import Demo

SCHEMAS = Path(__file__).parents[2] / "schema"
TELLS = {"P051", "P036", "P007"}
NOT_FOR_PRINT = {
    "approved_on": "the schema says so: for the check of timeliness",
    "published_on": "the same",
    "merged_from": "names files whose figures are printed",
    "category": "tells apart projects of a form that does; the budget system exports it with every project",
    "assets.vehicles.owned_by_use": "a use that the form does not list is an error of its own, A002",
    "assets.purchases.vehicles_by_use": "the same",
}


def schema(name: str) -> Any:
    return json.loads((SCHEMAS / name).read_text(encoding="utf-8"))


def resolved(node: Any, root: Any) -> tuple[Any, Any]:
    while "$ref" in node:
        file, _, path = node["$ref"].partition("#/")
        root = schema(file) if file else root
        node = root
        for step in path.split("/"):
            node = node[step]
    return node, root


def optional(node: Any, root: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The keys that a schema asks of nobody, down to lists: what stands in those are lines, not statements."""
    for key, value in node.get("properties", {}).items():
        below, its_root = resolved(value, root)
        if key not in node.get("required", ()):
            yield (*path, key)
        yield from optional(below, its_root, (*path, key))


def without(data: Any, path: tuple[str, ...]) -> Any | None:
    """The data without a field; None where it has none."""
    copy = json.loads(json.dumps(data))
    node = copy
    for step in path[:-1]:
        node = node.get(step) if isinstance(node, dict) else None
    if not isinstance(node, dict) or path[-1] not in node:
        return None
    del node[path[-1]]
    return copy


def view(result: Result) -> DocumentView:
    assert result.document, result.findings
    return view_document(result.document)


def looks_alike(one: DocumentView, other: DocumentView) -> bool:
    """Whether two documents have the same on their pages; sheets and text of equal pieces are not set for that."""
    before, after = units_of(one), units_of(other)
    return len(before) == len(after) and all(
        (a.pieces and a == b) or text(one, a) == text(other, b) for a, b in zip(before, after, strict=True)
    )


def text(document: DocumentView, unit: Unit) -> str:
    return html.render_unit(document, unit, Marks())


def files_of(folder: Path, target: Target) -> Mapping[str, Path]:
    """A file of each schema."""
    year = folder / "departments" / DEPARTMENT / str(target.year)
    files = {target.kind: year / f"{target.kind}.yaml", "narrative": year / KINDS[target.kind].narrative}
    projects = sorted(year.glob("projects/*"))
    return {**files, "project": projects[0]} if projects else files


def leaves() -> list[str]:
    """The forms that no other is made from, and the national one, none of whose sentences its children speak.

    What another parent prints is tried through its child.
    """
    parents = {layer.name for name in form_names() for layer in layers_of(name).layers[1:]}
    return [name for name in form_names() if name not in parents or name == "national-accounts-2024"]


@pytest.mark.slow
@pytest.mark.parametrize("form", leaves())
def test_each_field_is_on_the_page_or_said_not_to_be(
    form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = target_of(load_form(form))
    write_department(tmp_path, load_form(form), full=True)
    workspace = Workspace(tmp_path)
    whole = compose(workspace, target)
    before = view(whole)
    monkeypatch.setattr(pipeline, "run", lambda _: [])  # the rules have told what they have to tell
    told = {(one.place.file, one.path) for one in whole.findings if one.code in TELLS}
    lost, without_told = [], {}
    for name, path in files_of(tmp_path, target).items():
        file, text = path.relative_to(tmp_path).as_posix(), path.read_text(encoding="utf-8")
        data = left = json.loads(text)
        for field in optional(schema(f"{name}.schema.json"), schema(f"{name}.schema.json")):
            above = [show_path(field[: depth + 1]) for depth in range(len(field))]
            cut = without(data, field)
            if cut is None or not NOT_FOR_PRINT.keys().isdisjoint(above):
                continue
            if any((file, one) in told for one in above):
                left = without(left, field) or left
                continue
            if any(at == file and one.startswith(f"{above[-1]}.") for at, one in told):
                continue  # of a section each part is told
            path.write_text(json.dumps(cut, ensure_ascii=False), encoding="utf-8")
            result = compose(workspace, target)
            if result.document and looks_alike(view(result), before):
                lost.append(f"{name}: {above[-1]}")
        path.write_text(text, encoding="utf-8")
        without_told[path] = left
    assert lost == []
    for path, left in without_told.items():
        path.write_text(json.dumps(left, ensure_ascii=False), encoding="utf-8")
    assert looks_alike(view(compose(workspace, target)), before)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("assets: {vehicles: {owned: 1, authorised: 1}, office_area: 9, as_of: 2022-12-31}", "assets.as_of"),
        ("performance: {units: 1, projects: 1, amount: 1}", "performance"),
    ],
)
def test_a_statement_without_a_place_in_the_form_is_told_at_its_key(workspace: Demo, written: str, said: str) -> None:
    path, key = "2023/budget.yaml", written.partition(":")[0]
    lines = (workspace.folder / path).read_text(encoding="utf-8").splitlines()
    lines = [*(line for line in lines if not line.startswith(f"{key}:")), written]
    workspace.write(path, "\n".join([*lines, ""]))
    [found] = [one for one in workspace.findings() if one.code == "P051"]
    assert found.message == f"{said}写了，山西省部门预算公开表式（2023年）没有印它的地方"
    assert found.place.line == len(lines)
