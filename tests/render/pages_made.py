"""Made-up pages: the elements of our templates, and style sheets with any kind of selector."""

from __future__ import annotations

from hypothesis import strategies as st

_SIMPLE = [
    "td",
    "th",
    "tr",
    "p",
    "li",
    "section",
    ".a",
    ".b",
    "p.a",
    "#one",
    "*",
    "[class]",
    "[data-x=y]",
    "h2",
    "table",
    "span",
]
_PSEUDO_CLASSES = [
    *("", ":first-child", ":last-child", ":nth-child(2n+1)", ":nth-last-child(-n+2)", ":only-child", ":empty", ":root"),
    *(
        ":first-of-type",
        ":nth-of-type(2)",
        ":not(.a)",
        ":is(.a, td)",
        ":has(.b)",
        ":has(+ .a)",
        ":lang(zh)",
        ":nth-child(1 of .a)",
    ),
]
_PSEUDO_ELEMENTS = ["", "", "", "::before", "::after", "::first-line", "::first-letter", "::marker"]
_DECLARATIONS = [
    *(
        "color: #c00",
        "color: blue !important",
        "font-size: 12px",
        "font-size: 150%",
        "font-weight: bold",
        "line-height: 1.5",
    ),
    *(
        "margin: 3px",
        "margin-left: 10%",
        "padding: 2px 5%",
        "width: 50%",
        "width: 120px",
        "min-width: 30%",
        "max-width: 40%",
    ),
    *(
        "height: 30px",
        "min-height: 20px",
        "border: 2px solid red",
        "border-top: 1px dotted",
        "background: #eee",
        "text-indent: 2em",
    ),
    *(
        "border-radius: 4px",
        "box-sizing: border-box",
        "border-collapse: collapse",
        "table-layout: fixed",
        "float: left",
    ),
    *(
        "display: inline-block",
        "display: block",
        "visibility: hidden",
        "text-align: center",
        "position: relative; top: 3px",
    ),
    *(
        "overflow: hidden",
        "break-before: page",
        "page: wide",
        "content: '附'",
        "counter-increment: c",
        "content: counter(c)",
    ),
    *(
        "--x: 9px",
        "font-size: var(--x, 11px)",
        "width: calc(50% - 4px)",
        "letter-spacing: 1px",
        "text-decoration: underline",
    ),
    *(
        "position: absolute; left: 5px",
        "display: flex",
        "position: fixed; bottom: 0",
        "column-count: 2",
        "float: footnote",
    ),
    *("vertical-align: middle", "padding: inherit", "white-space: nowrap", "list-style-position: inside"),
]
_PAGES = [
    "@page { size: 400px 300px; margin: 20px; @bottom-center { content: counter(page); border-top: 1px solid } }",
    "@page wide { size: 600px 250px; @top-left { content: string(s); width: 30%; vertical-align: bottom } }",
    "@page :first { margin-top: 40px } @page :nth(2) { background: #ff0 }",
    "@page :left { padding: 2% } @media screen { p { color: red } } h2 { string-set: s content() }",
    "@page { margin: 10%; @right-middle { content: '右'; height: 20px } @left-top { content: element(r) } } h2.b { position: running(r) }",
]

_selectors = st.tuples(
    st.lists(
        st.tuples(
            st.sampled_from(_SIMPLE), st.sampled_from(_PSEUDO_CLASSES), st.sampled_from([" ", " > ", " + ", " ~ "])
        ),
        min_size=1,
        max_size=3,
    ),
    st.sampled_from(_PSEUDO_ELEMENTS),
).map(lambda made: "".join(a + b + c for a, b, c in made[0]).rstrip(" >+~") + made[1])
_rules = st.tuples(_selectors, st.lists(st.sampled_from(_DECLARATIONS), min_size=1, max_size=3)).map(
    lambda made: f"{made[0]} {{ {'; '.join(made[1])} }}"
)
sheets = st.tuples(st.lists(_rules, max_size=8), st.lists(st.sampled_from(_PAGES), max_size=2)).map(
    lambda made: "\n".join([*made[1], *made[0]])
)
"""Texts of style sheets."""

_texts = st.sampled_from(["合计", "一般公共预算", "1,234.50", "", "甲 乙", "2024年度部门决算公开说明"])
_attributes = st.sampled_from(
    [
        "",
        "",
        ' class="a"',
        ' class="b a"',
        ' data-x="y"',
        ' style="width: 30%"',
        ' style="color: green; margin: 1px"',
        ' lang="en"',
    ]
)
_inline = st.tuples(_attributes, _texts).map(lambda made: f"<span{made[0]}>{made[1]}</span>") | _texts
_paragraphs = st.tuples(st.sampled_from(["p", "h2", "div"]), _attributes, st.lists(_inline, max_size=3)).map(
    lambda made: f"<{made[0]}{made[1]}>{''.join(made[2])}</{made[0]}>"
)
_cells = st.tuples(
    st.sampled_from(["td", "td", "th"]), _attributes, st.sampled_from(["", "", ' colspan="2"', ' rowspan="2"']), _texts
).map(lambda made: f"<{made[0]}{made[1]}{made[2]}>{made[3]}</{made[0]}>")
_rows = st.tuples(_attributes, st.lists(_cells, min_size=1, max_size=3)).map(
    lambda made: f"<tr{made[0]}>{''.join(made[1])}</tr>"
)
_tables = st.tuples(_attributes, st.lists(_rows, min_size=1, max_size=5)).map(
    lambda made: (
        f'<table{made[0]}>\n<colgroup>\n<col style="width: 40%">\n<col>\n</colgroup>\n<tbody>\n{chr(10).join(made[1])}\n</tbody>\n</table>'
    )
)
_items = st.tuples(_attributes, _texts).map(lambda made: f"<li{made[0]}>{made[1]}</li>")
_lists = st.tuples(st.sampled_from(["ul", "ol"]), st.lists(_items, max_size=3)).map(
    lambda made: f"<{made[0]}>{''.join(made[1])}</{made[0]}>"
)
_image = st.just(
    '<img alt="图" src="data:image/svg+xml;base64,PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciIHdpZHRoPSI0MCIgaGVpZ2h0PSIyMCIvPg==">'
)
_blocks = st.lists(_paragraphs | _tables | _lists | _image, max_size=5)
_bodies = st.lists(st.tuples(_attributes, _blocks), min_size=1, max_size=3).map(
    lambda made: "\n".join(f"<section{attributes}>\n{chr(10).join(blocks)}\n</section>" for attributes, blocks in made)
)


def whole(sheet: str, body: str) -> str:
    """A page."""
    return (
        f'<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n<title>题</title>\n<style>\n{sheet}\n</style>\n</head>\n'
        f'<body>\n{body}\n<p id="one">一</p>\n</body>\n</html>\n'
    )


bodies = _bodies
pages = st.builds(whole, sheets, bodies)
