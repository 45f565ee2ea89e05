"""A file that somebody gives to its sheets, by what it is called and what it really is."""

from __future__ import annotations

from pathlib import Path

from discgen.authoring.new_files import RefusedError
from discgen.files import reason
from discgen.importing.read_csv import read_csv
from discgen.importing.read_xlsx import read_xlsx
from discgen.importing.sheet import Sheet
from discgen.importing.trouble import ImportTroubleError

_MAX_BYTES = 50_000_000
"""More than a ledger of some hundred thousand rows; a larger file is a mistake or an attack."""
_WORKBOOKS = (".xlsx", ".xlsm")
_TEXTS = (".csv", ".txt", ".tsv")
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
"""The part of an Office file in which a workbook with a password lies."""
_IS_LOCKED = "有打开密码，用表格软件去掉密码，另存一份再导入"
_IS_OLD = "是老的.xls，只改后缀不行，用表格软件打开，另存为.xlsx"
_ZIP = b"PK\x03\x04"


def read_sheets(path: Path) -> list[Sheet]:
    """The sheets of a workbook, or the one of a CSV file.

    Raises RefusedError for a file that cannot be read, and ImportTroubleError for one that is not what it is called.
    """
    suffix = path.suffix.lower()
    if suffix not in (*_WORKBOOKS, *_TEXTS):
        raise RefusedError(f"{path.name} 不是.xlsx或.csv；老的.xls用表格软件另存为.xlsx")
    data = _bytes(path)
    wrong = _wrong_kind(data, is_text=suffix in _TEXTS)
    if wrong:
        raise ImportTroubleError([f"{path.name} {wrong}"])
    if suffix in _TEXTS:
        return [read_csv(data, path.name)]
    return read_xlsx(data, path.name)


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(_MAX_BYTES + 1)
    except OSError as trouble:
        raise RefusedError(f"{path} 读不出来：{reason(trouble)}") from trouble
    if len(data) > _MAX_BYTES:
        raise RefusedError(f"{path} 超过{_MAX_BYTES // 1_000_000}MB，检查是否放错了文件，或分成几个导入")
    return data


def _wrong_kind(data: bytes, *, is_text: bool) -> str:
    """What a file is that is not what its name says, and what to do; '' where it may be."""
    if not data.strip():
        return "是空文件，重新导出一次"
    if data.startswith(_OLD_OFFICE):
        return _IS_LOCKED if _ENCRYPTED in data else _IS_OLD
    if data[:512].lstrip(b"\xef\xbb\xbf \r\n\t").lower().startswith((b"<html", b"<!doctype html", b"<table", b"<meta")):
        return "是网页，不是表格文件，用表格软件打开，另存为.xlsx"
    if is_text and data.startswith(_ZIP):
        return "是Excel工作簿，不是CSV文本，后缀改成.xlsx"
    if not is_text and not data.startswith(_ZIP):
        return "不是Excel工作簿：是CSV文本的，后缀改成.csv；不是的，用表格软件打开，另存为.xlsx"
    return ""
