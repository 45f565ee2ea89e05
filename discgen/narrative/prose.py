"""An author's prose with its expressions worked out; what cannot be worked out is a finding at its line.

An expression is a fact's name and how to show it, `{{ change.income.total | 万元 }}`, and
nothing else: no arithmetic, no calls, no statements, no filters but ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from jinja2 import TemplateSyntaxError, nodes

from discgen.diagnostics import Diagnostic, error, nearest, short
from discgen.model.prose import EXPRESSION, Prose
from discgen.narrative.blocks import Paragraph
from discgen.narrative.expressions import MissingFactError, nested
from discgen.narrative.markup import Marker, as_prose
from discgen.phrases import few
from discgen.sandbox import Sandbox

EXAMPLE = "例如 {{ change.income.total | 万元 }}"
_BRACE = re.compile(r"[{}]")
_WIDE_BRACES = re.compile(r"[{｛]\s*｛|｛\s*[{｛]")
_WIDE_SIGN = re.compile("[｜．。，、“”‘’（）]")
_ALLOWED = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Filter,
    nodes.Getattr,
    nodes.Name,
    nodes.Const,
)
_SHOWING = frozenset({"amount", "万元", "元", "share", "versus_prior", "names", "listed", "listed_with_share"})
"""The filters that show a fact, or several; the others are for templates."""
_NAMED = 5
"""How many names a hint names."""
_LONGEST = 200
"""Signs of an expression; the longest name there is has some 60."""


class _ExpressionError(ValueError):
    """An expression that cannot be worked out; `str()` says why. `offset` is where in the text it begins."""

    def __init__(self, code: str, message: str, hint: str, offset: int = 0) -> None:
        super().__init__(message)
        self.code = code
        self.hint = hint
        self.offset = offset

    def at(self, offset: int) -> _ExpressionError:
        """The same, of an expression that begins there."""
        return _ExpressionError(self.code, str(self), self.hint, offset)


def _stray(text: str, offset: int) -> _ExpressionError:
    """The finding for a brace that belongs to no expression."""
    message = f"“{short(text[offset:].partition(chr(10))[0])}”的花括号不成对，或只有一层"
    return _ExpressionError("P001", message, f"表达式要用两层花括号；{EXAMPLE}", offset)


def _wide(text: str, offset: int) -> _ExpressionError:
    """The finding for braces of the Chinese keyboard, which would be printed as they are."""
    message = f"“{short(text[offset:].partition(chr(10))[0])}”用了全角的花括号"
    return _ExpressionError("P001", message, f"改成英文的两层花括号；{EXAMPLE}", offset)


class ProseReader:
    """Works out prose, collecting findings."""

    def __init__(self, sandbox: Sandbox, facts: Mapping[str, Any], marker: Marker) -> None:
        self._sandbox = sandbox
        self._facts = facts
        self._marker = marker
        self.findings: list[Diagnostic] = []

    def read(self, prose: Prose, **further: Any) -> str:
        """The text with amounts in place; empty, with a finding for each, where expressions are wrong.

        `further` are names that only this prose may use.
        """
        wide = _WIDE_BRACES.search(prose.text)
        if not wide and not _BRACE.search(prose.text):
            return as_prose(prose.text)  # most prose cites nothing: there is nothing to compile
        facts = {**self._facts, **further}
        outside = EXPRESSION.sub(lambda match: " " * len(match[0]), prose.text)
        stray = _BRACE.search(outside)
        problems = [_stray(prose.text, stray.start())] if stray else []
        problems = [_wide(prose.text, wide.start())] if wide else problems
        shown: list[str] = []
        end = 0
        for match in EXPRESSION.finditer(prose.text):
            try:
                shown += prose.text[end : match.start()], self._worked_out(match[0], facts)
            except _ExpressionError as exception:
                problems.append(exception.at(match.start()))
            end = match.end()
        self.findings += [
            error(problem.code, str(problem), prose.at(problem.offset), problem.hint) for problem in problems
        ]
        return "" if problems else as_prose("".join(shown) + prose.text[end:])

    def paragraph(self, prose: Prose, **further: Any) -> Paragraph:
        """The same as a paragraph of its own, whose figures keep their facts."""
        return Paragraph(self._marker.spans(self.read(prose, **further)))

    def marked(self, prose: Prose, text: str) -> str:
        """The text that became of `prose`, marked with where that is written."""
        return self._marker.written(prose.place, text)

    def _worked_out(self, expression: str, facts: Mapping[str, Any]) -> str:
        """What one expression, braces and all, becomes. Raises _ExpressionError."""
        if len(expression) > _LONGEST:
            message = f"表达式“{short(expression)}”有{len(expression)}个字，最多{_LONGEST}个"
            raise _ExpressionError("P001", message, f"一个表达式只写一个名称；{EXAMPLE}")
        try:
            template = self._sandbox.parse(expression)
        except (TemplateSyntaxError, RecursionError):
            signs = "".join(dict.fromkeys(_WIDE_SIGN.findall(expression)))
            hint = f"里面的“{signs}”要用英文的，名称用事实的名称" if signs else "检查花括号成对、名称和竖线"
            hint = f"{hint}；{EXAMPLE}"
            raise _ExpressionError("P001", f"表达式“{short(expression)}”写得不对", hint) from None
        if not self._is_plain(template):
            hint = f"写法有：{'、'.join(sorted(_SHOWING))}；{EXAMPLE}"
            raise _ExpressionError("P001", f"表达式“{short(expression)}”不是“名称 | 写法”", hint)
        used: dict[str, Any] = {}
        for name in _names(template):
            meant = _at_or_below(name, facts)
            if not meant:
                raise _ExpressionError("P002", f"表达式里有不认识的名称“{name}”", _nearest_names(name, facts))
            used |= meant
        try:
            return self._sandbox.from_string(expression).render(nested(used))
        except MissingFactError as missing:
            raise _ExpressionError("P003", str(missing), "删去这个表达式，或补上它要的数") from missing
        except (TypeError, AttributeError, KeyError) as exception:
            message = f"表达式“{short(expression)}”的写法不能用在这个名称上"
            raise _ExpressionError("P001", message, _names_below(next(_names(template)), facts)) from exception

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
        return all(used.name in _SHOWING and used.node and _dotted(used.node) for used in filters)


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


def _at_or_below(name: str, facts: Mapping[str, Any]) -> dict[str, Any]:
    """The fact of this name, or all those below it; nothing for a name there is none of."""
    return {other: value for other, value in facts.items() if other == name or other.startswith(f"{name}.")}


def _steps_below(name: str, facts: Mapping[str, Any]) -> list[str]:
    """The next steps of names that begin with this one."""
    below = (other.removeprefix(f"{name}.") for other in facts if other.startswith(f"{name}."))
    return list(dict.fromkeys(rest.partition(".")[0] for rest in below))


def _nearest_names(name: str, facts: Mapping[str, Any]) -> str:
    """What may be meant by a name there is none of: those below its known beginning, the nearest first."""
    above, _, _ = name.rpartition(".")
    siblings = [f"{above}.{step}" for step in _steps_below(above, facts)] if above else []
    near = nearest(name, siblings, n=_NAMED, cutoff=0) or nearest(name, list(facts), n=3, cutoff=0.3)
    return f"相近的有：{'、'.join(near)}" if near else EXAMPLE


def _names_below(name: str, facts: Mapping[str, Any]) -> str:
    names = few([f"{name}.{step}" for step in _steps_below(name, facts)], _NAMED)
    return f"{name}下面有：{names}" if names else f"一组数用names、listed，一个数用万元、元、amount；{EXAMPLE}"
