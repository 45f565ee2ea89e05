"""Findings as SARIF 2.1.0 (OASIS), which code hosts and editors read. Rules take their text from the catalogue."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import Any
from urllib.parse import quote

from discgen import __version__
from discgen.check.listing import LineReader, listed, no_lines
from discgen.diagnostics import Diagnostic, Place, Severity
from discgen.model.waiver import Waived, Waiver
from discgen.rules.catalogue import Rule, load_rules

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
FINGERPRINT = "discgen/v1"
"""The name of our fingerprint; another number when it is made differently."""


def as_sarif(findings: Sequence[Diagnostic], line_at: LineReader = no_lines, waived: Sequence[Waived] = ()) -> str:
    """A log of one run. The severities of the two are the same words; what is waived is a suppressed result."""
    pages = load_rules()
    findings = listed(findings)
    waivers: list[Waiver | None] = [*(None for _ in findings), *(item.waiver for item in waived)]
    findings = [*findings, *(item.finding for item in waived)]
    found_codes = {finding.code for finding in findings}
    codes = [*(code for code in pages if code in found_codes), *sorted(found_codes - pages.keys())]
    log = {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "discgen",
                        "version": __version__,
                        "language": "zh-CN",
                        "rules": [_rule(code, pages.get(code)) for code in codes],
                    }
                },
                "language": "zh-CN",
                "columnKind": "unicodeCodePoints",
                "results": [
                    _result(finding, codes.index(finding.code), fingerprint) | _suppressed(waiver)
                    for finding, fingerprint, waiver in zip(
                        findings, fingerprints(findings, line_at), waivers, strict=True
                    )
                ],
            }
        ],
    }
    return json.dumps(log, ensure_ascii=False, indent=2)


def _rule(code: str, page: Rule | None) -> dict[str, Any]:
    if page is None:
        return {"id": code}
    texts = {"检查什么": page.checks, "为什么": page.reason, "怎么改": page.mend}
    return {
        "id": code,
        "shortDescription": {"text": page.title},
        "fullDescription": {"text": page.checks},
        "help": {
            "text": "\n".join(f"{head}：{text}" for head, text in texts.items()),
            "markdown": "\n\n".join(f"**{head}**：{text}" for head, text in texts.items()),
        },
        "defaultConfiguration": {"level": _gravest(page)},
        "properties": {"tags": [page.family]},
    }


def _gravest(page: Rule) -> str:
    return next(severity for severity in Severity if severity in page.severities)


def _suppressed(waiver: Waiver | None) -> dict[str, Any]:
    """`suppressions` (SARIF 2.1.0, section 3.27.23): all results of a run have them, or none; empty: not suppressed."""
    if waiver is None:
        return {"suppressions": []}
    justification = f"{waiver.reason}（到{waiver.until}年）"
    location = {"physicalLocation": _physical(waiver.place)}
    return {
        "suppressions": [
            {"kind": "external", "status": "accepted", "justification": justification, "location": location}
        ]
    }


def _physical(place: Place) -> dict[str, Any]:
    return {
        "artifactLocation": {"uri": quote(place.file)},
        "region": {"startLine": place.line, "startColumn": place.column},
    }


def _result(finding: Diagnostic, rule: int, fingerprint: str) -> dict[str, Any]:
    text = f"{finding.message}\n{finding.hint}" if finding.hint else finding.message
    return {
        "ruleId": finding.code,
        "ruleIndex": rule,
        "level": finding.severity,
        "message": {"text": text},
        "locations": [{"physicalLocation": _physical(finding.place)}],
        "partialFingerprints": {FINGERPRINT: fingerprint},
    }


def fingerprints(findings: Sequence[Diagnostic], line_at: LineReader) -> Iterator[str]:
    """Fingerprints that stay the same when lines are inserted above: of code, file, keys and the line's text.

    Findings alike in all of these are distinguished by their order.
    """
    seen: Counter[tuple[str, ...]] = Counter()
    for finding in findings:
        keys = ".".join(step for step in finding.place.path if isinstance(step, str))
        alike = (finding.code, finding.place.file, keys, (line_at(finding.place) or "").strip())
        seen[alike] += 1
        yield sha256("\0".join((*alike, str(seen[alike]))).encode()).hexdigest()
