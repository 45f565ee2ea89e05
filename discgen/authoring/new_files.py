"""New files of a department: nothing that exists is changed, nothing lands outside the workspace."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from discgen.errors import Refusal
from discgen.files import bytes_of, replace_file
from discgen.fmt.canonical import canonical
from discgen.load.destinations import inside
from discgen.load.target import Target
from discgen.load.workspace import Workspace
from discgen.load.year import DataFile, YearFiles
from discgen.yamltext.nodes import UneditableError
from discgen.yamltext.text import with_line_ends


class NewFiles(Struct, frozen=True):
    """What is to be written, by file and in this order; and the names of other files that are there and stay."""

    contents: Mapping[Path, bytes]
    taken: tuple[str, ...]

    def write(self) -> list[Path]:
        """Write them; the files written. Raises UnwritableError."""
        for path, data in self.contents.items():
            replace_file(path, data)
        return sorted(self.contents)


def refuse_existing(workspace: Workspace, target: Target) -> None:
    """Raises Refusal where the target is there: the file that makes one is written last."""
    facts = YearFiles(workspace, target).facts
    if facts.is_there():
        raise Refusal(f"{target.folder}里已经有{facts.name}，不覆盖")


def plan_new(workspace: Workspace, target: Target, texts: Mapping[DataFile, str]) -> NewFiles:
    """What is missing of the texts.

    A run that was broken off left some of them: those are as they would be written, and the rest follows. Texts
    are put into the form of `discgen fmt`, with the line ends of the department's own file. Raises Refusal
    where the target is there, or has files that say something else, and UnwritableError.
    """
    refuse_existing(workspace, target)
    files = YearFiles(workspace, target)
    department = bytes_of(files.department.path)
    contents = {file.path: with_line_ends(formatted(text, file.file), department) for file, text in texts.items()}
    there = [file.path for file in texts if file.is_there()]
    changed = [path for path in there if bytes_of(path) != contents[path]]
    own = set(_own(files))
    _refuse_changed(files, sorted({*(own - contents.keys()), *own.intersection(changed)}))
    # The file that makes a target of the folder comes last: what is broken off is not taken for a year.
    missing = sorted(contents.keys() - set(there), key=lambda path: (path == files.facts.path, path))
    for path in missing:
        inside(workspace, path)
    others = tuple(path.relative_to(files.folder.parent).as_posix() for path in changed)
    return NewFiles({path: contents[path] for path in missing}, others)


def _own(files: YearFiles) -> Iterator[Path]:
    """What there is of the target alone: its prose, and whatever lies in its folders."""
    if files.narrative.is_there():
        yield files.narrative.path
    for folder in files.kind.folders:
        yield from files.workspace.listed(files.folder / folder)[0]


def _refuse_changed(files: YearFiles, changed: Sequence[Path]) -> None:
    if changed:
        names = "、".join(path.relative_to(files.folder).as_posix() for path in changed)
        hint = f"上次没有写完的，移走再运行；自己写的，补上{files.facts.name}就行"
        raise Refusal(f"{files.target.folder}里已经有{names}，与要写的不同，不覆盖：{hint}")


def formatted(text: str, file: str) -> str:
    """The text as `discgen fmt` would write it; as it is where it cannot be put in order."""
    try:
        return canonical(text, file)
    except UneditableError:
        return text
