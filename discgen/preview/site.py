"""What the preview answers to a path: pages, their parts, and the files they are shown with."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from http import HTTPStatus
from pathlib import Path
from threading import Lock
from typing import Any
from urllib.parse import quote

from msgspec import Struct

from discgen.characters import encodable
from discgen.diagnostics import Severity
from discgen.gather.departments import Departments
from discgen.load.target import Target
from discgen.load.workspace import Workspace
from discgen.preview.change_signal import ChangeSignal
from discgen.preview.editor import Editor
from discgen.preview.live_document import LiveDocument
from discgen.preview.overview import Overview
from discgen.preview.page import paper_styles
from discgen.preview.panel import view_number
from discgen.reference.folders import data_folder
from discgen.reference.vocabulary import name_of
from discgen.render.html import environment

_HTML, _JSON = "text/html; charset=utf-8", "application/json; charset=utf-8"
_STATIC = {
    "preview.js": "text/javascript; charset=utf-8",
    "preview.css": "text/css; charset=utf-8",
    "icon.svg": "image/svg+xml",
}


class Answer(Struct, frozen=True):
    """A body with its type. With `changes` there is no body: the connection stays open and sends an event for each."""

    body: bytes
    type: str = _HTML
    status: HTTPStatus = HTTPStatus.OK
    changes: ChangeSignal | None = None


def address(target: Target) -> str:
    """The path of a document's page, below the token; the unit, if it is of one, stands behind the kind."""
    return "/".join(
        (quote(os.fsencode(target.department)), str(target.year), quote(os.fsencode(_last_step(target))), "")
    )


def _last_step(target: Target) -> str:
    return ".".join(filter(None, (target.kind, target.unit)))


class Site:
    """The start page of a workspace, and the pages of its documents, made when somebody asks."""

    def __init__(self, workspace: Workspace, chosen: Sequence[Target] = (), editor: Editor | None = None) -> None:
        self.workspace = workspace
        self._editor = editor or Editor()
        self._at_work = Lock()
        self._documents: dict[Target, LiveDocument] = {}
        self._departments = Departments(workspace)
        self._overview = Overview(
            workspace, lambda: list(chosen) or workspace.targets(), self._at_work, lambda: self._departments
        )
        self.home = address(chosen[0]) if len(chosen) == 1 else ""
        """Where the printed address leads, below the token."""

    def answer(self, path: str) -> Answer:
        """The answer to a path below the token, unquoted."""
        steps = path.split("/")
        if len(steps) == 1:
            return self._start(steps[0])
        if steps[0] == "static":
            return _static("/".join(steps[1:]))
        if len(steps) < _PAGE_DEEP:
            return _missing()
        document = self._document_at(*steps[:3])
        return self._document(document, "/".join(steps[3:])) if document else _missing()

    def changed(self, paths: Iterable[Path]) -> None:
        """Files have changed: of departments, or what ships with the program."""
        self._departments = Departments(self.workspace)
        departments = {_department(path, self.workspace) for path in paths}
        for document in list(self._documents.values()):
            document.changed()
        self._overview.changed(None if None in departments else {name for name in departments if name})

    def _document_at(self, department: str, year: str, last: str) -> LiveDocument | None:
        """The document, if the workspace has one of this name."""
        named = {
            (target.department, str(target.year), _last_step(target)): target
            for target in [*self._documents, *self.workspace.targets()]
        }
        target = named.get((department, year, last))
        if target is None:
            return None
        document = LiveDocument(self.workspace, target, self._editor, self._at_work, lambda: self._departments)
        return self._documents.setdefault(target, document)

    def _start(self, part: str) -> Answer:
        if part == "":
            self._overview.look()
            return _page("start.html.j2", rows=self._rows())
        if part == "rows":
            return _page("rows.html.j2", rows=self._rows())
        return Answer(b"", changes=self._overview.changes) if part == "events" else _missing()

    def _rows(self) -> list[dict[str, Any]]:
        return [
            {
                "address": address(target),
                "department": target.department,
                "document": " ".join(filter(None, (f"{target.year}年{name_of('kind', target.kind)}", target.unit))),
                "counted": counted,
                "counts": [
                    (severity.value, counted.findings[severity], name_of("severity", severity))
                    for severity in Severity
                    if counted and counted.findings.get(severity)
                ],
            }
            for target, counted in self._overview.rows()
        ]

    def _document(self, document: LiveDocument, part: str) -> Answer:
        answers: Mapping[str, Callable[[], Answer]] = {
            "": lambda: _page("page.html.j2", target=document.target, kind=name_of("kind", document.target.kind)),
            "state": lambda: _state(document),
            "events": lambda: Answer(b"", changes=document.changes),
            "paper.css": lambda: _styles(document),
        }
        if part in answers:
            return answers[part]()
        page = document.state().page
        folder, _, name = part.partition("/")
        if page and folder == "numbers" and name in page.numbers:
            return _page("number.html.j2", number=view_number(name, page, document.sources(page)))
        return _missing()


_PAGE_DEEP = 4
"""A document's page is three folders deep, and has a name."""


def _state(document: LiveDocument) -> Answer:
    """Everything that changes on a document's page."""
    version, state = document.changes.version, document.state()
    state_now = {
        "version": max(version, document.changes.version),
        "title": state.page.title if state.page else "",
        "department": state.page.department if state.page else "",
        "isOld": state.is_old,
        "failure": state.failure,
        "papers": [
            {"kind": paper.kind, "digest": paper.digest, "html": paper.html}
            for paper in (state.page.papers if state.page else ())
        ],
        "summary": state.summary,
        "findings": _rendered("findings.html.j2", findings=state.findings),
    }
    return Answer(encodable(json.dumps(state_now, ensure_ascii=False)).encode(), _JSON)


def _styles(document: LiveDocument) -> Answer:
    """The style sheet of a document's pages."""
    page = document.state().page
    return Answer(paper_styles(page.styles if page else "").encode(), _STATIC["preview.css"])


def _page(template: str, **names: Any) -> Answer:
    return Answer(encodable(_rendered(template, **names)).encode())


def _rendered(template: str, **names: Any) -> str:
    return environment("preview").get_template(template).render(names)


def _static(name: str) -> Answer:
    if name not in _STATIC:
        return _missing()
    return Answer((data_folder("templates") / "preview" / name).read_bytes(), _STATIC[name])


def _missing() -> Answer:
    message = "没有这一页。从运行discgen preview时印出的地址进去。"
    return Answer(_rendered("message.html.j2", message=message).encode(), status=HTTPStatus.NOT_FOUND)


def refused() -> Answer:
    """The answer to a request without the token."""
    message = "不能打开：地址里的口令不对，或不是从本机的预览页来的。用运行discgen preview时印出的地址。"
    return Answer(_rendered("message.html.j2", message=message).encode(), status=HTTPStatus.FORBIDDEN)


def _department(path: Path, workspace: Workspace) -> str | None:
    """The department whose file this is; None for a file of the program."""
    departments = workspace.departments.resolve()
    return path.relative_to(departments).parts[0] if departments in path.parents else None
