"""Sections that an earlier import of other files wrote: they are replaced, and what those files had is no longer there."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from discgen.authoring.origin import origins_in

_FILES = ("/budget.yaml", "/accounts.yaml")
"""The files whose sections an import writes as a whole; a project has a file of its own."""


def replaced_imports(base: Mapping[str, str], texts: Mapping[str, str], files: Collection[str]) -> Iterator[str]:
    """What to say, in Chinese, of sections that came from other files than these (by their names) and do so no more.

    `base` and `texts` are the files before and after, by path.
    """
    for file, text in texts.items():
        if file in base and file.endswith(_FILES):
            now = origins_in(text)
            gone = [name for key, name in origins_in(base[file]).items() if now.get(key) != name]
            others = [one for name in gone for one in name.split("、") if not one.startswith(tuple(files))]
            if others:
                named = "、".join(dict.fromkeys(others))
                said = "那里的钱这次没有的，就没有了；都要的，把几个文件写在一条命令里一起导入"
                yield f"注意：{file} 里从{named}导入的，换成这次的：{said}"
