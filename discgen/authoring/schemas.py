"""The schemas that files name in their first line, copied into a workspace for its editors.

Only editors read the copy: the program keeps to its own.
"""

from __future__ import annotations

from pathlib import Path

from discgen.authoring.new_files import RefusedError
from discgen.destinations import inside
from discgen.files import replace_file
from discgen.load.workspace import Workspace
from discgen.resources import data_folder
from discgen.validate.library import code_schema_files, schema_file, schema_names


def lacks_schemas(workspace: Workspace) -> bool:
    """Whether there is nothing where editors look for schemas."""
    folder = _folder(workspace)
    return not folder.exists() and not folder.is_symlink()


def write_schemas(workspace: Workspace) -> list[Path]:
    """Write the program's schemas into `schema/` of the workspace, over older ones; the files written.

    Other files there are left alone. Raises RefusedError for a `schema/` that is the program's own
    or leads out of the workspace, and UnwritableError.
    """
    source, folder = data_folder("schema"), _folder(workspace)
    if folder.resolve() == source.resolve():
        raise RefusedError("这里的schema/就是程序自己的，不用写")
    names = [*map(schema_file, schema_names()), *code_schema_files()]
    for name in names:
        inside(workspace, folder / name)
    for name in names:
        replace_file(folder / name, (source / name).read_bytes())
    return [folder / name for name in names]


def _folder(workspace: Workspace) -> Path:
    return workspace.root / "schema"
