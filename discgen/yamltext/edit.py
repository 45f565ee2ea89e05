"""Edits of a YAML file where it is written: what is not edited stays as it is, byte for byte.

Each edit changes the nodes of the file and nothing is read again until the text or the tree is asked for. Then it is
proved that the text says what the nodes say, with all their remarks. An edit for which the file is not laid out changes
nothing and says so.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence

from discgen.diagnostics import Diagnostic, DocumentPath, Place
from discgen.yamltext.compose import compose
from discgen.yamltext.nodes import (
    Collection,
    Entry,
    Leaf,
    Scalar,
    TextNode,
    UneditableError,
    entries_of,
    entry_at,
    first_leaf,
    leaves_of,
    node_at,
    text_of,
)
from discgen.yamltext.proof import remarks
from discgen.yamltext.read import examine_text, plain
from discgen.yamltext.tree import Node, Tree

MARK = "# 待确认"
_REMARK = re.compile(r"\s+#.*")
_BLOCK_STYLES = ("|", ">")


def refuse_errors(findings: Sequence[Diagnostic]) -> None:
    """Raise UneditableError where anything was found in the reading of a file, which then cannot be edited."""
    for finding in findings:
        raise UneditableError(f"{finding.place} {finding.code} {finding.message}")


class EditedFile:
    """A file as nodes, edit by edit. Raises UneditableError for a text that has errors."""

    def __init__(self, text: str, file: str) -> None:
        self.file = file
        self._document, tree, findings = examine_text(text, file)
        refuse_errors(findings)
        assert tree is not None
        self._proved: tuple[str, Tree] | None = (text, tree)

    @property
    def text(self) -> str:
        """The text as it is now. Raises UneditableError where it would not say what the nodes say."""
        return self._prove()[0]

    @property
    def tree(self) -> Tree:
        """What the text says now. Raises UneditableError as `text` does."""
        return self._prove()[1]

    def _prove(self) -> tuple[str, Tree]:
        if self._proved is None:
            text = self._document.written()
            document, tree, findings = examine_text(text, self.file)
            same = tree is not None and not findings and tree.root == self.value()
            if tree is None or not same or remarks(document) != remarks(self._document):
                raise UneditableError(f"{self.file} 改过以后，读出来的和要写的不一样")
            self._proved = (text, tree)
        return self._proved

    def value(self, *path: str | int) -> Node:
        """What stands at a path; None where nothing does."""
        node = self._node(path)
        return plain(node) if node else None

    def place(self, path: DocumentPath) -> Place:
        """Where the value at a path, else the value that would hold it, stands in the file as it was read."""
        while path and not self._entry(path):
            path = path[:-1]
        node = self._node(path)
        return Place(self.file, node.line, node.column, path) if node else Place(self.file)

    def key_place(self, path: DocumentPath) -> Place:
        """Where the key that ends a path stands in the file as it was read."""
        entry = self._entry(path)
        return Place(self.file, entry.key.line, entry.key.column, path) if entry and entry.key else self.place(path)

    @property
    def keys(self) -> list[str]:
        """The keys of the file, in order."""
        root = self._document.root
        return [entry.name for entry in root.entries] if isinstance(root, Collection) and root.is_mapping else []

    def scalars(self) -> list[DocumentPath]:
        """The paths of all scalars that are not empty, in order."""
        entries = entries_of(self._document)
        return [path for path, entry in entries if isinstance(entry.node, Scalar) and plain(entry.node) is not None]

    def set(self, path: DocumentPath, value: str) -> bool:
        """Let a scalar have another value, quoted as it was where that will do; whether that could be done."""
        node = self._node(path)
        return isinstance(node, Scalar) and self._write(path, node, _spellings(value, node.style), value)

    def rewrite(self, path: DocumentPath, change: Callable[[str], str]) -> bool:
        """Change a scalar line by line as it is written; whether that could be done. `change` leaves quotation marks alone."""
        node, old = self._node(path), self.value(*path)
        if not isinstance(node, Scalar) or not isinstance(old, str) or change(old) == old:
            return False
        first, *others = node.raw.split("\n")
        first = first if node.style in _BLOCK_STYLES else change(first)
        return self._write(path, node, ["\n".join([first, *map(change, others)])], change(old))

    def _write(self, path: DocumentPath, node: Scalar, spellings: Sequence[str], value: str) -> bool:
        """Write a scalar in the first of the ways in which it reads as its value."""
        holder = self._node(path[:-1])
        is_flow = isinstance(holder, Collection) and holder.flow
        for raw in spellings:
            alone = compose(f"[{raw}]" if is_flow else f"a: {raw}\n").root
            entries = alone.entries if isinstance(alone, Collection) else []
            read = entries[0].value if len(entries) == 1 else None
            # How many line breaks end a text in lines of its own depends on what follows.
            ignored = "\n" if node.style in _BLOCK_STYLES else ""
            if (
                isinstance(read, Scalar)
                and read.raw == raw
                and str(plain(read)).rstrip(ignored) == value.rstrip(ignored)
            ):
                if not node.raw:
                    node.before = f"{node.before.rstrip(' ')} "
                node.raw, node.value, node.style = raw, value, read.style
                self._proved = None
                return True
        return False

    def drop(self, path: DocumentPath) -> bool:
        """Take out a key or an item that has lines of its own and is not the only one; whether that could be done.

        Remarks that stand after it, no deeper than it does, belong to what follows and stay.
        """
        holder, entry = self._node(path[:-1]), self._entry(path)
        if not isinstance(holder, Collection) or holder.flow or not entry or len(holder.entries) == 1:
            return False
        head, line = _line_of(entry)
        following = self._following(entry)
        if not _begins_line(entry, line) or not (following is self._document.end or "\n" in following.before):
            return False
        _, rest = self._split(following, len(line) - len(line.lstrip()))
        rest = rest.removeprefix("\n")
        is_first = next(self._document.leaves()) is first_leaf(entry)
        # One empty line is enough, and a file begins without any.
        if head.endswith("\n\n") or (is_first and head in ("", "\n")):
            rest = rest.lstrip("\n")
        self._set_before(following, f"{head}{rest}")
        holder.entries.remove(entry)
        return True

    def insert(self, path: DocumentPath, text: str) -> None:
        """Put an item into a list that has an item a line, where the path says, written as this text after its dash.

        Raises UneditableError where the list is not written so, or the text cannot be read.
        """
        holder, index = self._node(path[:-1]), path[-1]
        is_block_list = isinstance(holder, Collection) and not holder.is_mapping and not holder.flow
        if not isinstance(holder, Collection) or not is_block_list or index not in range(len(holder.entries) + 1):
            raise UneditableError(f"{self.place(path)} 这里不是一行一条的写法")
        assert isinstance(index, int)
        indentation = holder.column - 1
        self._put(holder, slice(index, index), [f"{' ' * indentation}- {text}"], indentation, "")

    def section(self, key: str) -> list[str]:
        """The lines of a key of the file, without empty lines and remarks after it that belong to what follows."""
        entry = self._entry((key,))
        assert entry
        own, _ = self._split(self._following(entry), 0)
        return f"{_line_of(entry)[1]}{text_of(entry)}{own}".split("\n")

    def put(self, key: str, lines: Sequence[str], after: str = "") -> None:
        """Let these lines stand for a key of the file: for those it has, or `after` another key, else at the end.

        Raises UneditableError where they cannot be read, or are not that key and no other.
        """
        root = self._document.root
        if not isinstance(root, Collection) or root.flow or root.column > 1:
            raise UneditableError(f"{self.file} “{key}”写不进去")
        if key in self.keys:
            index = self.keys.index(key)
            self._put(root, slice(index, index + 1), lines, 0, key)
        else:
            index = self.keys.index(after) + 1 if after else len(root.entries)
            self._put(root, slice(index, index), lines if after else ["", *lines], 0, key)
        assert root.entries[index].name == key

    def _put(self, holder: Collection, where: slice, lines: Sequence[str], indentation: int, name: str) -> None:
        """Let what these lines hold stand for some entries of a collection that is not in brackets."""
        alone, tree, findings = examine_text("\n".join([*lines, ""]), self.file)
        if tree is None or findings:
            raise UneditableError(f"{self.file} “{name}”写不进去：{findings[0].message}")
        new, old = alone.root, holder.entries[where]
        is_alike = isinstance(new, Collection) and not new.flow and new.is_mapping == holder.is_mapping
        if not isinstance(new, Collection) or not is_alike or [entry.name for entry in new.entries] != [name]:
            raise UneditableError(f"{self.file} “{name}”写不进去")
        if where.stop:
            following = self._following(holder.entries[where.stop - 1])
            own, rest = self._split(following, indentation)
        else:
            following = first_leaf(holder)
            own, line_end, others = following.before.partition("\n")
            rest = f"{line_end}{others}"
        head = _line_of(old[0])[0] if old else f"{own}\n"
        first = first_leaf(new)
        first.before = f"{head}{first.before}"
        self._set_before(following, f"{alone.end.before.rstrip()}{rest}")
        holder.entries[where] = new.entries

    def mark(self, path: DocumentPath) -> None:
        """Say in a remark that what stands at a path is to be confirmed: at the end of its line, else above it."""
        entry = self._entry(path)
        begin = first_leaf(entry) if entry else None
        if begin is None:
            raise UneditableError(f"{self.place(path)} 这里加不上备注")
        end, is_before = self._line_end(begin)
        if is_before:
            end.before = _with_line(end.before, lambda line: f"{line}  {MARK}")
        elif isinstance(end, Scalar) and end.style in _BLOCK_STYLES:
            end.raw = _with_line(end.raw, lambda line: f"{line}  {MARK}")
        else:
            self._mark_above(path, begin)
        self._proved = None

    def _mark_above(self, path: DocumentPath, begin: Leaf) -> None:
        leaves = list(self._document.leaves())
        index = next(index for index, leaf in enumerate(leaves) if leaf is begin)
        while index and "\n" not in leaves[index].before:
            index -= 1
            if "\n" in leaves[index].raw:
                raise UneditableError(f"{self.place(path)} 这里加不上备注")
        leaf = leaves[index]
        head, line_end, line = leaf.before.rpartition("\n")
        indentation = line[: len(line) - len(line.lstrip())]
        leaf.before = f"{head}{line_end}{indentation}{MARK}\n{line}"

    def remark(self, key: str) -> str:
        """What stands at the end of the first line of a key of the file, blanks before it included; empty for nothing."""
        entry = self._entry((key,))
        assert entry
        end, is_before = self._line_end(first_leaf(entry))
        match = _REMARK.search(end.before.partition("\n")[0]) if is_before else None
        return match[0] if match else ""

    def set_remark(self, key: str, remark: str, column: int) -> None:
        """Let the first line of a key of the file, whose value stands below, end in this remark, from a column (from 0) on."""
        entry = self._entry((key,))
        assert entry
        end, _ = self._line_end(first_leaf(entry))
        line = end.before.partition("\n")[0]
        bare = _REMARK.sub("", line).rstrip()
        length = len(text_of(entry).partition("\n")[0]) - len(line) + len(bare)
        end.before = _with_line(end.before, lambda _: f"{bare}{' ' * max(0, column - length)}{remark}")
        self._proved = None

    def drop_remarks(self, pattern: re.Pattern[str]) -> None:
        """Take out what a pattern matches between scalars."""
        for leaf in self._document.leaves():
            leaf.before = pattern.sub("", leaf.before)
        self._proved = None

    def _set_before(self, leaf: Leaf, before: str) -> None:
        """Let this stand before a leaf where entries were put in or taken out; a file ends with one line break."""
        leaf.before = before.rstrip("\n") + "\n" if leaf is self._document.end else before
        self._proved = None

    def _node(self, path: DocumentPath) -> TextNode | None:
        return node_at(self._document.root, path)

    def _entry(self, path: DocumentPath) -> Entry | None:
        return entry_at(self._document.root, path)

    def _following(self, entry: Entry) -> Leaf:
        """The leaf after an entry."""
        *_, last = leaves_of(entry)
        leaves = self._document.leaves()
        while next(leaves) is not last:
            pass
        return next(leaves)

    def _line_end(self, begin: Leaf) -> tuple[Leaf, bool]:
        """The leaf at which the line that `begin` stands on ends, and whether that is before it, not within."""
        leaves = self._document.leaves()
        leaf = next(leaf for leaf in leaves if leaf is begin)
        while "\n" not in leaf.raw:
            leaf = next(leaves)
            if "\n" in leaf.before or leaf is self._document.end:
                return leaf, True
        return leaf, False

    def _split(self, following: Leaf, column: int) -> tuple[str, str]:
        """What stands before a leaf: what belongs to the entry before it, which begins at a column (from 0), and the rest.

        Empty lines and remarks no deeper than the entry belong to what follows.
        """
        lines = following.before.split("\n")
        end = len(lines) if following is self._document.end else len(lines) - 1
        while end > 1 and _stays(lines[end - 1], column):
            end -= 1
        rest = lines[end:]
        return "\n".join(lines[:end]), "\n".join(["", *rest]) if rest else ""


def _stays(line: str, column: int) -> bool:
    """Whether a line is empty, or a remark no deeper than the column."""
    bare = line.lstrip()
    return not bare or (bare.startswith("#") and len(line) - len(bare) <= column)


def _line_of(entry: Entry) -> tuple[str, str]:
    """What stands before an entry: up to the line that it begins on, and on that line."""
    head, line_end, line = first_leaf(entry).before.rpartition("\n")
    return head + line_end, line


def _begins_line(entry: Entry, line: str) -> bool:
    """Whether nothing but the dashes of an item, and of lists that begin with it, stands before it on its line."""
    dashes, node = 0, entry.value
    if entry.key is None:
        dashes = 1
        while isinstance(node, Collection) and not node.flow and not node.is_mapping:
            dashes, node = dashes + 1, node.entries[0].value
    return line.split() == ["-"] * dashes


def _with_line(text: str, change: Callable[[str], str]) -> str:
    """A text with its first line changed."""
    line, line_end, rest = text.partition("\n")
    return f"{change(line)}{line_end}{rest}"


def _spellings(value: str, style: str) -> list[str]:
    """How a text may be written, as the style has it first."""
    quoted = json.dumps(value, ensure_ascii=False)
    single = "'" + value.replace("'", "''") + "'"
    return {'"': [quoted], "'": [single, quoted]}.get(style, [value, quoted])
