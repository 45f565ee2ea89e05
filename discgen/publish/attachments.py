"""What travels inside a published PDF: the files it was made from, its tables for a spreadsheet, its data for programs.

From the files the same bytes can be made again, each put where its description says. They are published with the
document, so nothing is in them that was not written for it: remarks are emptied, and waivers.yaml, of which nothing is
printed, stays at home (docs/decisions/0038-valid-by-anothers-word.md).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from discgen.document import Document, disclosure_data
from discgen.export.as_csv import LINES_FILE, as_csv
from discgen.export.names import fit_for_names, kind_name
from discgen.form.form import Scope
from discgen.load.target import DEPARTMENT_FILE, KINDS, UNITS, WAIVERS_FILE, schema_of
from discgen.model.disclosure import Disclosure
from discgen.reference.folders import cache_shipped
from discgen.render.pdf.attachments import AttachedFile, Relationship
from discgen.validate.library import load_schema
from discgen.yamltext.remarks import without_remarks
from discgen.yamltext.tree import Tree

_MADE_FROM = "编成本文件的数据，备注已略去，原在"
_MOST_CHARACTERS = 40
"""Of what a project is called within the name of its file."""


def attached_files(document: Document) -> tuple[AttachedFile, ...]:
    """All that is attached to a document, each file once."""
    return (*_sources(document), *_tables(document), _data(document))


def origin_of(description: str) -> str:
    """Where a file that the document was made from belongs below the workspace, by its description; empty for others."""
    return description.partition(_MADE_FROM)[2]


def _sources(document: Document) -> Iterator[AttachedFile]:
    done = set[str]()
    for disclosure in (document.disclosure, *document.others):
        for tree in disclosure.files:
            if tree.file not in done and PurePosixPath(tree.file).name != WAIVERS_FILE:
                done.add(tree.file)
                name = fit_for_names(_called(tree, disclosure, document.disclosure))
                text = without_remarks("\n".join(tree.lines))
                described = f"{_MADE_FROM}{tree.file}"
                yield AttachedFile(f"{name}.yaml", described, text.encode(), "application/yaml", Relationship.SOURCE)


def _called(tree: Tree, disclosure: Disclosure, printed: Disclosure) -> str:
    """`2023年部门预算 项目 01-hall 大厅运行费`; of another department, its name before."""
    path, target, schema = PurePosixPath(tree.file), disclosure.target, schema_of(tree.file)
    of_unit = f"/{UNITS}/" in tree.file
    steps = [] if target.department == printed.target.department else [disclosure.department.name]
    if path.name != DEPARTMENT_FILE:
        steps.append(kind_name(disclosure, (Scope.UNIT if of_unit else Scope.DEPARTMENT).label))
    if path.name != KINDS[target.kind].facts:
        steps.append(_title(schema))
    if path.parent.name in KINDS[target.kind].folders:
        steps += [path.stem, _name_in(tree)[:_MOST_CHARACTERS]]
    return " ".join(filter(None, steps))


@cache_shipped
def _title(schema: str) -> str:
    return str(load_schema(schema)["title"])


def _name_in(tree: Tree) -> str:
    root = tree.root if isinstance(tree.root, dict) else {}
    return " ".join(str(root.get("name") or "").split())


def _tables(document: Document) -> Iterator[AttachedFile]:
    for file, data in as_csv(document).items():
        if file == LINES_FILE:
            name, about = "全部明细", "编报的全部明细，一行一笔，金额以元为单位"
        else:
            name = file.removesuffix(".csv")
            about = f"本文件的“{name}”，可以用电子表格打开"
        yield AttachedFile(f"{name}.csv", about, data, "text/csv", Relationship.DATA)


def _data(document: Document) -> AttachedFile:
    data = disclosure_data(document).encode()
    return AttachedFile("discgen.json", "本文件的全部数据，供程序读取", data, "application/json", Relationship.DATA)
