"""Chinese punctuation in place of YAML's own, and blanks left out.

A file that has them may read as something else: a key that is one long word, a text where a
mapping was meant. What is in quotation marks or in remarks is not looked at; what else looks like
a slip may be text, so it is a finding only where the file cannot be read or is not of its shape.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from discgen.diagnostics import Diagnostic, Place, error

_KEY = r"[a-z_][a-z_0-9]*"
_START = r"^\s*(?:[-－—]\s*)*"
_CHINESE_COLON = re.compile(rf"(?:{_START}|[{{,｛，]\s*){_KEY}\s*(?P<sign>：)")
_CHINESE_COMMA = re.compile(rf"(?P<sign>，)\s*{_KEY}\s*[:：]")
_CHINESE_BRACE = re.compile(rf"(?:{_START}|:\s+)(?P<sign>｛|［)")
_CHINESE_END = re.compile(r"^(?=[^#]*[{｛\[［])[^}\]]*(?P<sign>｝|］)\s*$")
_CHINESE_DASH = re.compile(r"^\s*(?P<sign>－|—)\s*(?=[{｛A-Za-z_])")
_CHINESE_QUOTE = re.compile(
    rf"(?:{_START}|[{{,]\s*)(?P<sign>[“”‘’]){_KEY}[“”‘’]\s*[:：]|:\s+(?P<value>[“”])[A-Za-z0-9_.-]+[“”]\s*(?:[,}}]|$)"
)
_NO_BLANK = re.compile(rf"(?:{_START}\{{?|[{{,，]\s*){_KEY}(?P<sign>:)(?=[^\s/\\:])")
_NO_BLANK_AFTER_DASH = re.compile(rf"^\s*(?P<sign>-)(?=\{{|{_KEY}: )")
_WIDE_BLANK = re.compile(rf"^ *(?P<sign>[\u3000\u00a0])\s*(?:-\s|{_KEY}\s*:)")
_ENGLISH = {
    "：": ("冒号", "英文冒号加一个空格“: ”"),
    "，": ("逗号", "英文逗号加一个空格“, ”"),
    "｛": ("花括号", "英文的“{”"),
    "｝": ("花括号", "英文的“}”"),
    "［": ("方括号", "英文的“[”"),
    "］": ("方括号", "英文的“]”"),
    "－": ("减号", "英文减号加一个空格“- ”"),
    "—": ("破折号", "英文减号加一个空格“- ”"),
}
_REMARK = re.compile(r"(?:^|\s)#.*")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")


def wrong_punctuation(lines: Sequence[str], file: str) -> list[Diagnostic]:
    """L004, L017: what is written otherwise than YAML has it, line by line."""
    return [finding for number, line in enumerate(lines, start=1) for finding in _in_line(_bare(line), file, number)]


def with_causes(findings: Sequence[Diagnostic], lines: Sequence[str]) -> list[Diagnostic]:
    """Findings about the shape of a file of these lines; those of a line with a slip give way to the slip."""
    if not findings:
        return []
    wrong = {finding.place.line for finding in findings}
    causes = [cause for cause in wrong_punctuation(lines, findings[0].place.file) if cause.place.line in wrong]
    explained = {cause.place.line for cause in causes}
    return [*causes, *(finding for finding in findings if finding.place.line not in explained)]


def _bare(line: str) -> str:
    """The line without what is quoted or remarked, columns as they are."""
    return _REMARK.sub("", _QUOTED.sub(lambda match: '"' + "x" * (len(match[0]) - 2) + '"', line))


def _in_line(line: str, file: str, number: int) -> Iterator[Diagnostic]:
    for pattern in (_CHINESE_COLON, _CHINESE_COMMA, _CHINESE_BRACE, _CHINESE_END, _CHINESE_DASH):
        for match in pattern.finditer(line):
            sign, column = match["sign"], match.start("sign") + 1
            name, right = _ENGLISH[sign]
            yield error("L004", f"第{column}列用了中文{name}“{sign}”", Place(file, number, column), f"改成{right}")
    for match in _WIDE_BLANK.finditer(line):
        column = match.start("sign") + 1
        yield error(
            "L004", f"第{column}列是全角空格，不是缩进", Place(file, number, column), "改成半角空格，每级缩进两个空格"
        )
    for match in _CHINESE_QUOTE.finditer(line):
        sign = match["sign"] or match["value"]
        column = match.start("sign" if match["sign"] else "value") + 1
        yield error(
            "L004", f"第{column}列用了中文引号{sign}", Place(file, number, column), "删去引号，键和编码都不用引号"
        )
    for match in _NO_BLANK.finditer(line):
        column = match.start("sign") + 1
        yield error("L017", f"第{column}列的冒号后面缺少空格", Place(file, number, column), "在冒号后面空一格")
    for match in _NO_BLANK_AFTER_DASH.finditer(line):
        column = match.start("sign") + 1
        yield error("L017", f"第{column}列的“-”后面缺少空格", Place(file, number, column), "在“-”后面空一格")
