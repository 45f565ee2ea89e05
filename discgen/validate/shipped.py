"""The YAML that ships with the program, held to the same reader and schemas as a department's."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from discgen.load.yaml_reader import read_yaml
from discgen.validate.schema import validate


class ShippedDataError(ValueError):
    """A shipped file is not as its schema asks; `str()` gives each finding with its place."""


def read_shipped(folder: Path, name: str, schema: str) -> dict[str, Any]:
    """The mapping in `<folder>/<name>`. Raises ShippedDataError."""
    tree, findings = read_yaml((folder / name).read_bytes(), f"{folder.name}/{name}")
    findings = findings or (validate(tree, schema) if tree else [])
    if tree is None or findings:
        raise ShippedDataError("\n".join(f"{finding.place} {finding.message} {finding.hint}" for finding in findings))
    assert isinstance(tree.root, dict)
    return tree.root
