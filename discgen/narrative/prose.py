"""An author's prose with its expressions worked out; what cannot be worked out is a finding at its line.

An expression is a fact's name and how to show it, `{{ change.income.total | 万元 }}`, and
nothing else: no arithmetic, no calls, no statements, no filters but ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any

from jinja2 import TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from discgen.diagnostics import Diagnostic, error
from discgen.model.prose import Prose
from discgen.narrative.expressions import MissingFactError, Words
from discgen.narrative.markup import as_prose

EXAMPLE = "例如 {{ change.income.total | 万元 }}"
_BRACE = re.compile(r"[{}]")
_ALLOWED = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Filter,
    nodes.Getattr,
    nodes.Name,
    nodes.Const,
)


class ProseReader:
    """Works out prose, collecting findings."""

    def __init__(self, sandbox: ImmutableSandboxedEnvironment, names: dict[str, Any], words: Words) -> None:
        self._sandbox = sandbox
        self._names = names
        self._filters = words.filters().keys() - {"below", "chinese", "prior", "approved", "adjusted"}
        self.findings: list[Diagnostic] = []

    def read(self, prose: Prose, **further: Any) -> str:
        """The text with amounts in place; empty, with a finding, where an expression is wrong.

        `further` are names that only this prose may use.
        """
        if not _BRACE.search(prose.text):
            return as_prose(prose.text)  # most prose cites nothing: there is nothing to compile
        names = self._names | further
        trouble = self._trouble(prose, names)
        if trouble is None:
            try:
                return as_prose(self._sandbox.from_string(prose.text).render(names))
            except MissingFactError as missing:
                trouble = ("P003", str(missing), "删去这个表达式，或补上它要的数")
            except (TypeError, AttributeError, KeyError):
                trouble = ("P001", "这种写法不能用在这个名称上", EXAMPLE)
        code, message, hint = trouble
        self.findings.append(error(code, message, prose.place, hint))
        return ""

    def _trouble(self, prose: Prose, names: dict[str, Any]) -> tuple[str, str, str] | None:
        """Code, message and hint of what can be told before anything is worked out."""
        if _BRACE.search(prose.typed):
            return "P001", "表达式要用两层花括号，成对书写", EXAMPLE
        try:
            template = self._sandbox.parse(prose.text)
        except (TemplateSyntaxError, RecursionError):
            return "P001", "表达式写得不对", f"检查花括号成对、名称和竖线；{EXAMPLE}"
        if not self._is_plain(template):
            return "P001", "表达式只能是“名称 | 写法”", f"写法有：{'、'.join(sorted(self._filters))}；{EXAMPLE}"
        unknown = [name for name in _names(template) if not _known(name, names)]
        return ("P002", f"表达式里有不认识的名称“{unknown[0]}”", _near(unknown[0], names)) if unknown else None

    def _is_plain(self, template: nodes.Template) -> bool:
        """Whether every expression is a name shown by one of our filters."""
        if not all(isinstance(node, _ALLOWED) for node in _walk(template)):
            return False
        if not all(_dotted(name) for name in template.find_all(nodes.Getattr)):
            return False
        shown = [part for output in template.find_all(nodes.Output) for part in output.nodes]
        if not all(isinstance(part, nodes.TemplateData | nodes.Filter) for part in shown):
            return False
        filters = list(template.find_all(nodes.Filter))
        return all(used.name in self._filters and used.node and _dotted(used.node) for used in filters)


def _walk(node: nodes.Node) -> Iterator[nodes.Node]:
    yield node
    for child in node.iter_child_nodes():
        yield from _walk(child)


def _names(node: nodes.Node) -> Iterator[str]:
    """The dotted names of a template, each whole."""
    dotted = _dotted(node)
    if dotted:
        yield dotted
        return
    for child in node.iter_child_nodes():
        yield from _names(child)


def _dotted(node: nodes.Node) -> str:
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr):
        above = _dotted(node.node)
        return f"{above}.{node.attr}" if above else ""
    return ""


def _known(name: str, names: dict[str, Any]) -> bool:
    first, *below = name.split(".")
    value = names.get(first)
    for step in below:
        value = vars(value).get(step) if hasattr(value, "__dict__") else None
    return value is not None


def _near(name: str, names: dict[str, Any]) -> str:
    near = get_close_matches(name, list(_all_names(names)), n=3, cutoff=0.3)
    return f"相近的有：{'、'.join(near)}" if near else EXAMPLE


def _all_names(names: dict[str, Any], above: str = "") -> Iterator[str]:
    for key, value in names.items():
        name = f"{above}{key}"
        if hasattr(value, "__dict__"):
            yield from _all_names(vars(value), f"{name}.")
        else:
            yield name
