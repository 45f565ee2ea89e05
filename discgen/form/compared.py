"""Which facts the templates of a form compare with last year's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from jinja2 import nodes

_FILTERS = {"versus_prior", "prior"}
_TESTS = {"comparable", "changed"}
_LAST_YEAR = ("prior.", "change.")


def dotted(node: nodes.Node) -> str:
    """`assets.office_area`; empty where something else than a name stands before the first step."""
    if isinstance(node, nodes.Name):
        return node.name
    before = dotted(node.node) if isinstance(node, nodes.Getattr) else ""
    return f"{before}.{node.attr}" if before and isinstance(node, nodes.Getattr) else ""


def names_in(node: nodes.Node) -> Iterator[str]:
    """All names in a piece of a template, with those before each step."""
    for one in (node, *node.find_all((nodes.Name, nodes.Getattr))):
        name = dotted(one)
        if name:
            yield name


def compared_names(templates: Sequence[nodes.Template]) -> Iterator[str]:
    """The names of facts and groups that are compared: by a filter, a test or a macro that does so, one by one or in a loop."""
    macros = {
        macro.name for template in templates for macro in template.find_all(nodes.Macro) if _compares(macro, set())
    }
    for template in templates:
        for loop in template.find_all(nodes.For):
            if any(_compares(one, macros) for one in loop.body):
                yield from names_in(loop.iter)
        for step in template.find_all(nodes.Getattr):
            if dotted(step).startswith(_LAST_YEAR):
                yield dotted(step).partition(".")[2]
        for node in template.find_all((nodes.Filter, nodes.Test, nodes.Call)):
            if _is_comparison(node, macros):
                for part in node.args if isinstance(node, nodes.Call) else node.iter_child_nodes(only=("node",)):
                    yield from names_in(part)


def _compares(node: nodes.Node, macros: set[str]) -> bool:
    """Whether anything is compared in a piece of a template."""
    return any(_is_comparison(one, macros) for one in (node, *node.find_all((nodes.Filter, nodes.Test, nodes.Call))))


def _is_comparison(node: nodes.Node, macros: set[str]) -> bool:
    if isinstance(node, nodes.Call):
        return isinstance(node.node, nodes.Name) and node.node.name in macros
    return (isinstance(node, nodes.Filter) and node.name in _FILTERS) or (
        isinstance(node, nodes.Test) and node.name in _TESTS
    )
