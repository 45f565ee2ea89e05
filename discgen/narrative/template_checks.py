"""Checks of a form's templates, in branches too that a document seldom takes: names, filters and figures that do not exist."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from jinja2 import Environment, TemplateNotFound, TemplateSyntaxError, meta, nodes
from msgspec import Struct

from discgen.diagnostics import Diagnostic, Place, did_you_mean, error
from discgen.form.form import Form
from discgen.form.printed import reached_templates
from discgen.narrative.blocks import INSERTIONS
from discgen.narrative.templates import UNREADABLE, Templates

_SEPARATOR = "、"
_GROUPED = "chart"
"""The directive that names a group of facts."""
_DIRECTIVE = re.compile(r"\s*!(\S+)\s*(\S*)")


class _Template(Struct, frozen=True):
    """A template of the form: its file as it is shown, its lines, and its syntax."""

    file: str
    lines: tuple[str, ...]
    syntax: nodes.Template

    def place(self, line: int, word: str) -> Place:
        """Where a word stands in a line; where the line begins, if it is not there."""
        text = self.lines[line - 1] if line <= len(self.lines) else ""
        match = re.search(rf"\b{re.escape(word)}\b", text)
        return Place(self.file, line, match.start() + 1 if match else 1)


def template_findings(
    form: Form, templates: Templates, names: Mapping[str, Any], groups: list[str]
) -> Iterator[Diagnostic]:
    """M020, M016: syntax, names, filters, styles and phrases that there are none of.

    `names` are what templates see, with something in each.
    """
    parsed, unreadable = _parsed(form, templates)
    yield from unreadable
    environment = templates.environment
    for template in parsed:
        yield from _unknown_names(template, names)
        yield from _unknown_below(template, names)
        yield from _unknown_words(template, form, environment)
        yield from _unknown_directives(template, groups)


def used_wording(form: Form, templates: Templates) -> set[str]:
    """The words of `wording` that a template uses."""
    parsed, _ = _parsed(form, templates)
    return {
        node.attr
        for template in parsed
        for node in template.syntax.find_all(nodes.Getattr)
        if isinstance(node.node, nodes.Name) and node.node.name == "wording"
    }


def used_templates(form: Form, templates: Templates) -> set[str]:
    """The files of the templates that the document is made of, as they are shown, those among them that cannot be read."""
    parsed, unreadable = _parsed(form, templates)
    return {template.file for template in parsed} | {finding.place.file for finding in unreadable}


def _parsed(form: Form, templates: Templates) -> tuple[list[_Template], list[Diagnostic]]:
    """The templates that the document is made of; M020 for each that cannot be read."""
    parsed: list[_Template] = []
    findings: list[Diagnostic] = []

    def parse(name: str) -> nodes.Template | None:
        try:
            source, file = templates.source(name)
            syntax = templates.environment.parse(source, filename=file)
        except TemplateNotFound:  # reported where it is named, when that is rendered
            return None
        except TemplateSyntaxError as exception:
            place = Place(exception.filename or name, exception.lineno)
            findings.append(error("M020", UNREADABLE, place, "核对这一行和它前面的"))
            return None
        parsed.append(_Template(file, tuple(source.splitlines()), syntax))
        return syntax

    list(reached_templates(form.parts, form.sections, parse))
    return parsed, findings


def _unknown_names(template: _Template, names: Mapping[str, Any]) -> Iterator[Diagnostic]:
    for name in sorted(meta.find_undeclared_variables(template.syntax) - set(names) - _own_names(template)):
        used = next((node for node in template.syntax.find_all(nodes.Name) if node.name == name), None)
        place = template.place(used.lineno if used else 1, name)
        yield error(
            "M020", f"没有“{name}”这个名称", place, did_you_mean(name, sorted(names), "能用的名称见CONTRIBUTING.md")
        )


def _own_names(template: _Template) -> set[str]:
    """The names that a template gives something to, in a branch perhaps."""
    return {node.name for node in template.syntax.find_all(nodes.Name) if node.ctx != "load"}


def _unknown_below(template: _Template, names: Mapping[str, Any]) -> Iterator[Diagnostic]:
    """Steps below a name that it does not have: `income.totl`."""
    own = _own_names(template)
    reported: set[tuple[int, str]] = set()
    for node in template.syntax.find_all(nodes.Getattr):
        value = _value(node.node, {name: value for name, value in names.items() if name not in own})
        if value is None or _has(value, node.attr) or (node.lineno, node.attr) in reported:
            continue
        reported.add((node.lineno, node.attr))
        there = sorted(
            map(str, value) if isinstance(value, Mapping) else vars(value) if hasattr(value, "__dict__") else ()
        )
        hint = did_you_mean(node.attr, there, f"有：{_SEPARATOR.join(there)}" if there else "")
        yield error("M020", f"没有“{node.attr}”这一项", template.place(node.lineno, node.attr), hint)


def _value(node: nodes.Node, names: Mapping[str, Any]) -> Any:
    """What a chain of names stands for; None where that is not known."""
    if isinstance(node, nodes.Name):
        return names.get(node.name)
    if isinstance(node, nodes.Getattr):
        above = _value(node.node, names)
        if isinstance(above, Mapping) and node.attr in above:
            return above[node.attr]
        return getattr(above, node.attr, None)
    return None


def _has(value: object, attr: str) -> bool:
    if isinstance(value, Mapping):
        return isinstance(value, defaultdict) or attr in value or hasattr(value, attr)
    return hasattr(value, attr)


def _unknown_words(template: _Template, form: Form, environment: Environment) -> Iterator[Diagnostic]:
    """Filters and tests, and the number styles and phrases that are asked for by name."""
    choices = {"amount": ("数字写法", form.numbers), "versus_prior": ("增减说法", form.phrases)}
    for node in template.syntax.find_all((nodes.Filter, nodes.Test)):
        known = environment.filters if isinstance(node, nodes.Filter) else environment.tests
        if node.name not in known:
            hint = did_you_mean(node.name, sorted(known), "")
            yield error("M020", f"没有“{node.name}”这种写法", template.place(node.lineno, node.name), hint)
        elif node.name in choices and node.args and isinstance(node.args[0], nodes.Const):
            what, there = choices[node.name]
            if node.args[0].value not in there:
                hint = did_you_mean(str(node.args[0].value), list(there), f"有：{_SEPARATOR.join(there)}")
                place = template.place(node.lineno, str(node.args[0].value))
                yield error("M016", f"没有叫“{node.args[0].value}”的{what}", place, hint)


def _unknown_directives(template: _Template, groups: list[str]) -> Iterator[Diagnostic]:
    for number, line in enumerate(template.lines, start=1):
        match = _DIRECTIVE.match(line)
        if match is None:
            continue
        place = Place(template.file, number, line.index("!") + 1)
        if match[1] not in (_GROUPED, *INSERTIONS):
            yield error("M020", f"没有“!{match[1]}”这种图表", place, f"有：!{_GROUPED}、!{'、!'.join(INSERTIONS)}")
        elif match[1] == _GROUPED and "{" not in match[2] and match[2] not in groups:
            hint = did_you_mean(match[2], groups, f"有：{_SEPARATOR.join(groups)}")
            yield error("M016", f"没有叫“{match[2]}”的一组数", place, hint)
