"""How long a check of many departments takes, beside reading their YAML with PyYAML alone: a ratio of one run.

Makes `count` departments in a temporary workspace, each a copy of an example with its amounts
moved, and checks them all in one process.

    python benchmarks/check.py [count]
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from pathlib import Path

import yaml

from discgen.load.workspace import Workspace
from discgen.pipeline import check

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = ("lvliang-xzsp/2024", "shanxi-zgq-xzsp/2025", "xiaoyi-xzsp/2024", "wanli-street/2025")
"""Department-years to copy, in turn."""


def make(root: Path, count: int) -> None:
    """`count` departments, each with one year of an example."""
    for number in range(count):
        department, year = EXAMPLES[number % len(EXAMPLES)].split("/")
        source, target = ROOT / "departments" / department, root / "departments" / f"d{number:05d}"
        shutil.copytree(source / year, target / year)
        shutil.copy(source / "department.yaml", target / "department.yaml")


def main(count: int) -> None:
    """Print seconds for both ways, their ratio, and departments a second."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        make(root, count)
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        started = time.perf_counter()
        for path in sorted(root.rglob("*.yaml")):
            yaml.load(path.read_bytes(), Loader=loader)
        plain = time.perf_counter() - started
        workspace = Workspace(root)
        started = time.perf_counter()
        findings = check(workspace, workspace.targets())
        checked = time.perf_counter() - started
        files = sum(1 for _ in root.rglob("*.yaml"))
    print(f"{count} departments, {files} files, {len(findings)} findings")
    print(f"PyYAML alone {plain:.1f} s; check {checked:.1f} s, {checked / plain:.1f} times as long")
    print(f"{count / checked:.1f} departments a second in one process")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100)
