"""What a workspace has of its own besides departments, forms in `forms/` and codes in `codes/`, read into memory at once.

All that is made of them is made of these bytes: one digest says whether anything has changed, no template reads a file,
and what two workspaces call alike is never mixed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path

from msgspec import Struct

from discgen.diagnostics import Diagnostic, Place, error
from discgen.load.folders import is_utf8, misnamed, name_below
from discgen.load.workspace import Workspace
from discgen.reference.folders import FORMS, SHIPPED_ENDINGS, data_folder
from discgen.yamltext.text import MAX_BYTES

CODES = "codes"
"""The folder of the workspace that holds its tables of codes, as `forms/` its forms."""
FORM_FILE = "form.yaml"
"""In the folder of a form, which it makes one."""
_DEEP = 4
"""`forms/putuo-budget-2025/narrative/situation/income.md.j2`: steps below `forms/`."""
_ESCAPE = b"\\"
"""What a name may be hidden behind in YAML: `"putuo\\x2dbudget"`."""
_TOO_MANY = "L033"
_MOST = 2_000
"""Files and folders: thirty forms that inherit nothing."""


class OwnFiles(Struct, frozen=True, eq=False):
    """The files by their paths below the workspace, and why others were not read. Equal where the digests are."""

    files: Mapping[str, bytes]
    unread: tuple[Diagnostic, ...]
    others: tuple[str, ...]
    """The paths of files that nothing reads."""
    digest: str
    """A sha256 of all names and contents, in hexadecimal; empty where there is nothing."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, OwnFiles) and self.digest == other.digest

    def __hash__(self) -> int:
        return hash(self.digest)

    def forms(self) -> list[str]:
        """The names of the forms, also of one whose files may not be read."""
        readable = {path.split("/")[1] for path in self.files if path.startswith(f"{FORMS}/") and _is_form(path)}
        return sorted(readable | {place[1] for place in self._unread_steps() if place[0] == FORMS and len(place) > 1})

    def of_form(self, name: str) -> dict[str, bytes]:
        """The files of a form by their names below its folder."""
        above = f"{FORMS}/{name}/"
        return {path.removeprefix(above): data for path, data in self.files.items() if path.startswith(above)}

    def others_of_form(self, name: str) -> list[str]:
        """The files in the folder of a form that nothing reads, by their names below it."""
        above = f"{FORMS}/{name}/"
        return [path.removeprefix(above) for path in self.others if path.startswith(above)]

    def digest_for(self, facts: bytes) -> str:
        """A sha256 of what a year may rest on whose file of facts this is, in hexadecimal; empty where there is nothing.

        That is more than it does, and never less: the codes, what the forms are called, and all of those that it names and
        that their ancestors are.
        """
        if not self.digest:
            return ""
        forms = self.forms()
        named = self._named(facts, forms)
        left = list(named)
        while left:
            more = self._named(self.files.get(f"{FORMS}/{left.pop()}/{FORM_FILE}", b""), forms) - named
            named |= more
            left += more
        used = {
            name: data
            for name, data in self.files.items()
            if not name.startswith(f"{FORMS}/") or name.split("/")[1] in named
        }
        return _digest(used, self.unread, forms)

    def _named(self, data: bytes, forms: Iterable[str]) -> set[str]:
        """The forms that a file may name; one that stands before a shipped form may be named by a shipped one too."""
        shipped = data_folder("templates") / FORMS
        return {name for name in forms if name.encode() in data or _ESCAPE in data or (shipped / name).is_dir()}

    def unlisted_forms(self) -> list[Diagnostic]:
        """Why it is not known which forms there are; nothing where that is known."""
        return [finding for finding in self.unread if finding.place.file == FORMS or finding.code == _TOO_MANY]

    def unread_of(self, *steps: str) -> list[Diagnostic]:
        """What could not be read at or below a path, or above it."""
        pairs = zip(self.unread, self._unread_steps(), strict=True)
        return [finding for finding, place in pairs if all(a == b for a, b in zip(place, steps, strict=False))]

    def _unread_steps(self) -> list[list[str]]:
        return [finding.place.file.split("/") for finding in self.unread]


def _is_form(path: str) -> bool:
    return path.endswith(f"/{FORM_FILE}") and path.count("/") == 2  # noqa: PLR2004 - forms, the form, its file


NOTHING = OwnFiles({}, (), (), "")
"""What a workspace without forms and codes of its own has."""


def own_files(workspace: Workspace) -> OwnFiles:
    """The forms and codes of a workspace as they are now. Of what a link leads to outside of it, nothing is read."""
    reading = _Reading(workspace)
    for name, deep in ((FORMS, _DEEP), (CODES, 1)):
        reading.read(workspace.root / name, deep)
    return reading.done()


class _Reading:
    """Reads folder by folder, and counts."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._files: dict[str, bytes] = {}
        self._unread: list[Diagnostic] = []
        self._others: list[str] = []
        self._left = _MOST

    def read(self, folder: Path, deep: int) -> None:
        """Take what is in a folder and, as many steps `deep`, below it."""
        inside, unlisted = self._workspace.listed(folder)
        self._unread += unlisted
        for path in inside:
            self._left -= 1
            if self._left == 0:
                self._unread.append(_too_many(Place(self._workspace.name_of(path))))
            if self._left <= 0:
                return
            if not is_utf8(path.name):
                self._unread.append(misnamed(path, self._workspace.root))
            elif path.suffix in SHIPPED_ENDINGS:
                self._take(path)
            elif path.is_dir():
                if deep > 1:
                    self.read(path, deep - 1)
            else:
                self._others.append(self._workspace.name_of(path))

    def _take(self, path: Path) -> None:
        data = self._workspace.data(path)
        if isinstance(data, bytes) and len(data) > MAX_BYTES:
            place = Place(self._workspace.name_of(path))
            message = f"文件有{len(data):,}字节，最多{MAX_BYTES:,}字节"
            data = error("L001", message, place, "检查是否放错了文件")
        if isinstance(data, bytes):
            self._files[name_below(path, self._workspace.root)] = data
        else:
            self._unread.append(data)

    def done(self) -> OwnFiles:
        """All that was read."""
        if not self._files and not self._unread:
            return NOTHING
        return OwnFiles(self._files, tuple(self._unread), tuple(self._others), _digest(self._files, self._unread))


def _digest(files: Mapping[str, bytes], unread: Iterable[Diagnostic], names: Iterable[str] = ()) -> str:
    parts = [part for name, data in files.items() for part in (name, sha256(data).hexdigest())]
    parts += [f"{finding.place} {finding.message}" for finding in unread]
    return sha256("\0".join((*parts, *names)).encode()).hexdigest()


def _too_many(place: Place) -> Diagnostic:
    hint = "核对是不是放错了文件夹；不用的表式移走"
    return error(_TOO_MANY, f"{FORMS}/和{CODES}/里的文件多于{_MOST}个，从这个起没有读", place, hint)
