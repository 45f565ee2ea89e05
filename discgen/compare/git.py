"""A revision of a git repository as a workspace in a temporary folder."""

from __future__ import annotations

import io
import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from discgen.load.workspace import Workspace


class RevisionError(ValueError):
    """A revision that cannot be read; `str()` says so in Chinese."""


def resolve(root: Path, revision: str) -> str | None:
    """The commit that a revision stands for; None where it stands for none, or the folder is in no repository."""
    done = _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    return done.stdout.decode().strip() if done.returncode == 0 else None


@contextmanager
def checked_out(root: Path, revision: str) -> Iterator[Workspace]:
    """The departments of the workspace at `root` as they were; the folder goes when the block is left.

    Raises RevisionError where git does not know the revision or it held no departments.
    """
    commit = resolve(root, revision)
    if commit is None:
        raise RevisionError(f"git里没有版本“{revision}”，或{root}不在git仓库里。看有哪些版本：git log --oneline")
    archive = _git(root, "archive", "--format=tar", commit, "--", "departments")
    if archive.returncode:
        raise RevisionError(f"版本“{revision}”里没有departments/，没有可比的")
    with TemporaryDirectory(prefix="discgen-diff-") as folder:
        try:
            with tarfile.open(fileobj=io.BytesIO(archive.stdout)) as tar:
                tar.extractall(folder, filter="data")
        except tarfile.TarError as trouble:
            raise RevisionError(f"版本“{revision}”里有指到文件夹之外的链接，没有读：{trouble}") from trouble
        yield Workspace(Path(folder))


def _git(root: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(["git", "-C", str(root), *arguments], capture_output=True, check=False)  # noqa: S603, S607 - arguments are ours, git is the user's
    except FileNotFoundError as trouble:
        raise RevisionError("没有装git：装上，或比较两个文件夹") from trouble
