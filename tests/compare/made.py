"""Two copies of the small department, and what a comparison of them says, in short."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from discgen.compare.change import Change, Comparison
from discgen.compare.run import compare_target
from tests.conftest import Demo


def copy_of(demo: Demo, folder: Path) -> Demo:
    """The same department in another workspace, free to be changed."""
    copy = Demo(folder)
    shutil.rmtree(copy.folder)
    shutil.copytree(demo.folder, copy.folder)
    copy.target = demo.target
    return copy


def compared(old: Demo, new: Demo) -> Comparison:
    done, _, _ = compare_target((old.workspace, old.target), (new.workspace, new.target))
    return done


def told(changes: tuple[Change, ...]) -> list[str]:
    """`改 支出（按功能分类）/2010301 行政运行，基本支出 61 → 62`."""
    return [f"{one.mark} {one.topic}/{one.title} {one.before} → {one.after}" for one in changes]


def git(folder: Path, *arguments: str) -> str:
    """What git says; names and mail are none of anybody's."""
    settings = ["-c", "user.name=test", "-c", "user.email=test@example.invalid", "-c", "commit.gpgsign=false"]
    done = subprocess.run(["git", *settings, *arguments], cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout


def committed(demo: Demo) -> Path:
    """The workspace as a repository with one commit."""
    root = demo.workspace.root
    git(root, "init", "--quiet")
    git(root, "add", "departments")
    git(root, "commit", "--quiet", "-m", "first")
    return root
