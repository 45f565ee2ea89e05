"""The YAML that ships with the program, held to the same reader and schemas as a department's."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Self

from discgen.diagnostics import Diagnostic, in_order
from discgen.errors import Refusal
from discgen.validate.schema import validate
from discgen.yamltext.read import read_yaml
from discgen.yamltext.tree import Tree


class ShippedDataError(Refusal):
    """A shipped file is wrong, or a form of a workspace, which is read like one.

    `findings` are what is wrong where, `str()` lists them in Chinese, a line each.
    """

    findings: tuple[Diagnostic, ...] = ()

    @classmethod
    def of(cls, findings: Iterable[Diagnostic]) -> Self:
        """The error with these findings."""
        ordered = tuple(in_order(findings))
        raised = cls("\n".join(f"{finding.place} {finding.message} {finding.hint}".rstrip() for finding in ordered))
        raised.findings = ordered
        return raised


def read_shipped_tree(folder: Path, name: str, schema: str) -> Tree:
    """The tree of `<folder>/<name>`; places begin with the folder's name.

    Raises ShippedDataError where there is no such file, or it is not as its schema asks.
    """
    if not (folder / name).is_file():
        raise ShippedDataError(f"没有{folder.name}/{name}这个文件，要有它")
    tree, findings = read_yaml((folder / name).read_bytes(), f"{folder.name}/{name}")
    findings = findings or (validate(tree, schema) if tree else [])
    if tree is None or findings:
        raise ShippedDataError.of(findings)
    return tree
