"""What a person says of a department to the files of its first year, with places to fill in.

The skeletons are in `templates/skeletons/`. They have no figure but 0 and no prose but 待补充,
which `discgen check` finds: it is the list of what to do next.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined
from msgspec import Struct
from msgspec.structs import asdict, replace

from discgen.authoring.new_files import NewFiles, formatted, plan_new
from discgen.diagnostics import Diagnostic
from discgen.errors import Refusal
from discgen.files import bytes_of
from discgen.form.files import form_names
from discgen.form.form import Form, Scope, load_form
from discgen.form.printed import printed_keys
from discgen.load.editing import edited_file
from discgen.load.own_files import NOTHING, OwnFiles, own_files
from discgen.load.target import DEPARTMENT_FILE, KINDS, Target
from discgen.load.workspace import Workspace
from discgen.load.year import DataFile, YearFiles
from discgen.model.assets import VEHICLE_USES
from discgen.model.department import Level
from discgen.reference.folders import data_folder
from discgen.reference.vocabulary import name_of
from discgen.sandbox import Sandbox
from discgen.validate.schema import validate
from discgen.validate.shipped import ShippedDataError
from discgen.yamltext.edit import EditedFile
from discgen.yamltext.nodes import UneditableError
from discgen.yamltext.read import read_yaml

_FOLDER_NAME = re.compile(r"[a-z0-9_][a-z0-9_-]{0,99}")
_PLAIN = re.compile(r"[0-9]+|[a-z][a-z0-9-]*|[\u4e00-\u9fff（）“”、·\w-]*[\u4e00-\u9fff][\u4e00-\u9fff（）“”、·\w-]*")
"""A scalar that needs no quotation marks whatever stands around it."""


class NewUnit(Struct, frozen=True):
    """A unit as it is asked for; `kind` as in `department.yaml`."""

    id: str
    name: str
    kind: str


class NewDepartment(Struct, frozen=True):
    """What `department.yaml` says; `code` is empty where it is not published."""

    name: str
    short_name: str
    code: str
    region: str
    level: str
    units: tuple[NewUnit, ...]


def forms_of(kind: str, own: OwnFiles = NOTHING) -> list[str]:
    """The forms of a kind of disclosure, by name; of the workspace's own those that are in order."""
    return [name for name in form_names(own) if _kind_of(name, own) == kind]


def _kind_of(name: str, own: OwnFiles) -> str:
    try:
        return load_form(name, own).kind
    except ShippedDataError:
        if name not in own.forms():
            raise
        return ""


def folder_name(name: str) -> str:
    """The name, if the folder of a department may have it. Raises Refusal."""
    if not _FOLDER_NAME.fullmatch(name):
        raise Refusal(f"文件夹名“{name}”只用小写字母、数字、连字符和下划线，例如 lvliang-xzsp")
    return name


def has_department(workspace: Workspace, name: str) -> bool:
    """Whether the department is there already. Raises Refusal for a name that its folder may not have."""
    return workspace.department_file(folder_name(name)).is_file()


def is_written(workspace: Workspace, name: str, department: NewDepartment) -> bool:
    """Whether the department's file is as these answers would write it."""
    file = workspace.department_file(name)
    text = formatted(_rendered("department", asdict(department)), workspace.name_of(file))
    return (bytes_of(file) or b"").replace(b"\r\n", b"\n") == text.encode()


def refuse_answer(**answer: Any) -> None:
    """Raises Refusal where `department.yaml` may not hold an answer, which is given by its name in NewDepartment."""
    text = _rendered("department", asdict(replace(_ANY, **answer)))
    _refuse_findings(text, DEPARTMENT_FILE, "department")


_ANY = NewDepartment("示范局", "示范局", "", "示范市", "市级", (NewUnit("agency", "示范局", "administrative"),))
"""A department of which nothing would be refused."""


def begin(workspace: Workspace, target: Target, form: str, department: NewDepartment | None) -> NewFiles:
    """The skeletons of a year, and of the department where it is new; nothing is written yet.

    `department` is None for one that is there: its file is left alone. Nothing that exists is
    changed. Raises Refusal for what cannot be, and UnwritableError.
    """
    if has_department(workspace, target.department) is bool(department):
        raise Refusal(f"部门“{target.department}”{'已经有了' if department else '还没有'}")
    own = own_files(workspace)
    loaded = load_form(form, own) if form in form_names(own) else None
    if loaded is None or loaded.kind != target.kind:
        raise Refusal(f"没有表式“{form}”，可用的有：{'、'.join(forms_of(target.kind, own))}")
    if loaded.scope is Scope.UNIT and department and len(department.units) > 1:
        raise Refusal(f"表式{form}是编一个单位的，写了{len(department.units)}个单位：换部门的表式，或只写这一个单位")
    given = _given(workspace, target, loaded, department)
    year = YearFiles(workspace, target)
    begun = [file for file in _files(year, loaded) if file.schema != "project" or _prints_projects(loaded)]
    texts = _texts(year, [*([year.department] if department else []), *begun], given)
    for file, text in texts.items():
        _refuse_findings(text, file.file, file.schema)
    return plan_new(workspace, target, texts)


def _prints_projects(form: Form) -> bool:
    """Whether projects, or what is said of them, are in the document."""
    return not printed_keys(form).isdisjoint({"project", "statement", "goal_sheet"})


def year_skeletons(workspace: Workspace, target: Target, form: Form) -> dict[DataFile, str]:
    """The skeletons of a year of a department that is there.

    Raises Refusal where `department.yaml` cannot be read.
    """
    year = YearFiles(workspace, target)
    return _texts(year, _files(year, form), _given(workspace, target, form, None))


EXAMPLE = "01-example.yaml"
"""What the file is called that stands in a folder for those to come."""


def _files(year: YearFiles, form: Form) -> list[DataFile]:
    """The files that a year begins with; the skeleton of each bears the name of its schema."""
    if year.target.kind == "budget":
        examples = [year.file_in("projects", EXAMPLE)]
    else:
        examples = [year.file_in("evaluations", EXAMPLE)] if form.evaluation else []
    return [year.facts, year.narrative, *examples]


def _texts(year: YearFiles, files: Sequence[DataFile], given: Mapping[str, object]) -> dict[DataFile, str]:
    texts = {file: _rendered(file.schema, given) for file in files}
    narrative = with_overview(texts[year.narrative], year.narrative.file, year.workspace, year.target)
    return texts | {year.narrative: narrative}


def _given(workspace: Workspace, target: Target, form: Form, department: NewDepartment | None) -> dict[str, object]:
    """What skeletons may show."""
    about = asdict(department) if department else {}
    unit, level = (department.units[0].id, department.level) if department else _known(workspace, target)
    weights = _weights(form) if form.evaluation else []
    return {
        "form": form,
        "prints": printed_keys(form),
        "reasons": [*form.reasons, *form.large_changes],
        "uses": VEHICLE_USES,
        "year": target.year,
        "kind": target.kind,
        "unit": unit,
        "fund_level": Level(level).fund_level.value,
        "weights": weights,
        **about,
    }


def _known(workspace: Workspace, target: Target) -> tuple[str, str]:
    """The id of the first unit and the level of a department that is there."""
    path = workspace.department_file(target.department)
    tree, findings = workspace.read(path)
    findings = findings or (validate(tree, "department") if tree else [])
    if tree is None or findings:
        raise Refusal(f"department.yaml还有写法问题，先改好：{_with_hint(findings[0])}")
    file = edited_file(workspace, path)
    return str(file.value("units", 0, "id")), str(file.value("region", "level"))


def _weights(form: Form) -> list[int]:
    """The points of the form's indicators, as even as whole numbers can be, one for each 一级指标."""
    assert form.evaluation is not None
    points, count = int(form.evaluation.indicator_weight), len(form.evaluation.dimensions)
    return [points // count + (number < points % count) for number in range(count)]


def _rendered(name: str, given: Mapping[str, object]) -> str:
    folder = data_folder("templates") / "skeletons"
    environment = Sandbox(
        loader=FileSystemLoader(folder),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # this is YAML, in which the filter `yaml` quotes
    )
    environment.filters["yaml"] = yaml_scalar
    environment.globals["name_of"] = name_of
    return environment.get_template(f"{name}.yaml.j2").render(given)


def yaml_scalar(text: str) -> str:
    """The text as a YAML scalar, in quotation marks where it needs them."""
    return text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)


def _refuse_findings(text: str, name: str, schema: str) -> None:
    """An answer that no file may hold, such as a name with a line break, is refused before anything is written."""
    tree, findings = read_yaml(text.encode(), name)
    findings = findings or (validate(tree, schema) if tree else [])
    if findings:
        raise Refusal(_with_hint(findings[0]))


def _with_hint(finding: Diagnostic) -> str:
    return f"{finding.message}（{finding.hint}）" if finding.hint else finding.message


_OVERVIEW = "overview"


def with_overview(text: str, file: str, workspace: Workspace, target: Target) -> str:
    """The narrative with the overview of the same year's budget or accounts, to be confirmed; as it is where there is none."""
    for other in _other_narratives(workspace, target):
        edited = EditedFile(text, file)
        edited.put(_OVERVIEW, other.section(_OVERVIEW))
        if not edited.tree.unconfirmed:
            edited.mark((_OVERVIEW,))
        return edited.text
    return text


def _other_narratives(workspace: Workspace, target: Target) -> Iterator[EditedFile]:
    """The narratives of the year's other kinds that can be read and have an overview."""
    for name, kind in KINDS.items():
        path = workspace.folder(target) / kind.narrative
        if name == target.kind or not path.is_file():
            continue
        try:
            edited = edited_file(workspace, path)
        except UneditableError:
            continue
        if _OVERVIEW in edited.keys:
            yield edited
