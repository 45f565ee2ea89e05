"""Styles of a page's elements, worked out once for elements alike and kept for the pages that follow under the same sheets.

WeasyPrint matches each element against each selector, cascades what matched, and makes five pseudo-elements for each
element whether it shows them or not. Here elements with the same tag, attributes and ancestors are matched once; only
selectors that look at anything else (a place among siblings, what is inside) are tried on each element. Elements with
the same cascade and the same parent style share one style, also between pages, with all that is computed from it.

A page is styled by WeasyPrint's own way where presentational hints count or a pseudo-element is an anchor. Nothing is
shared with the next page once WeasyPrint has complained (each page complains for itself) or a length in units of the
page was used.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from math import inf
from types import CodeType
from typing import Any

from cssselect2 import Matcher
from weasyprint import css
from weasyprint.layout import page

from discgen.render.layout.replacement import replacement

_find_stylesheets = css.find_stylesheets
_set_page_styles = page.set_page_type_computed_styles

_PLAIN_READS = frozenset(
    {"local_name", "namespace_url", "classes", "id", "etree_element", "tag", "attrib", "get", "in_html_document"}
    | {"parent", "ancestors", "any", "next", "lower", "startswith", "endswith", "split_whitespace", "ascii_lower"}
)
"""What the test of a selector names in its code while it looks at tags, attributes and ancestors only."""
_OWN_ATTRIBUTES = ("style", "lang", "id", "name", "width", "height")
"""Attributes that are declarations themselves; see `find_style_attributes`."""
_SHARED_PSEUDO = frozenset({"before", "after", "marker", "first-line", "first-letter"})
"""Pseudo-elements whose styles nothing changes after they are made: those of notes get anchors."""
_MOST = 20_000
"""Styles kept: a few hundred bytes to a few kB each."""


class _Complaints(logging.Handler):
    """How often WeasyPrint has complained."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.count = 0

    def emit(self, record: logging.LogRecord) -> None:  # noqa: ARG002 - theirs
        self.count += 1


_complaints = _Complaints()
logging.getLogger("weasyprint").addHandler(_complaints)


class _PageSizes(dict[str, Any]):
    """The size of the first page, for lengths in its units, and whether one was asked for."""

    was_read = False

    def __getitem__(self, key: str) -> Any:
        self.was_read = True
        return super().__getitem__(key)


class _Place:
    """What is known of all elements with the same tag, attributes and ancestors."""

    __slots__ = ("cascades", "matches", "tested")

    def __init__(self, matches: list[Any], tested: list[Any]) -> None:
        self.matches = matches
        """(index of the sheet, specificity, order, pseudo-element, declarations, layer) that match."""
        self.tested = tested
        """The same, of those that match some of them, each with its test at the end."""
        self.cascades: dict[tuple[bool, ...], _Cascade] = {}


class _Cascade:
    """Declarations that win, by property: of the element, and of each of its pseudo-elements."""

    __slots__ = ("element", "pseudo")

    def __init__(self) -> None:
        self.element: dict[str, Any] = {}
        self.pseudo: dict[str, dict[str, Any]] = {}


class _Kept:
    """What pages under the same style sheets and fonts share."""

    def __init__(self, sheets: list[Any], font_config: Any) -> None:
        self.sheets = sheets
        self.font_config = font_config
        self.complaints = _complaints.count
        self.sizes = _PageSizes(box=None, area=None)
        self.places: dict[Any, _Place] = {}
        self.declared: dict[Any, dict[str, Any]] = {}
        self.styles: dict[Any, Any] = {}
        self.pages: dict[Any, dict[Any, Any]] = {}
        self.matchers = [_Candidates(sheet.matcher) for sheet, _, _ in sheets]
        self.attributes = frozenset().union(*(matcher.attributes for matcher in self.matchers))

    def serves(self, sheets: list[Any], font_config: Any) -> bool:
        return (
            self.font_config is font_config
            and len(self.sheets) == len(sheets)
            and all(
                mine[0] is other[0] and mine[1:] == other[1:] for mine, other in zip(self.sheets, sheets, strict=True)
            )
            and self.complaints == _complaints.count
            and not self.sizes.was_read
            and len(self.styles) < _MOST
        )


class _Candidates(Matcher):
    """The selectors of a style sheet, those of them that may match an element by its id, class or tag not yet tested."""

    def __init__(self, matcher: Matcher) -> None:
        self.__dict__.update(matcher.__dict__)
        self.attributes: set[str] = set()
        """Whatever may be the name of an attribute that a selector looks at."""
        self.is_plain: dict[Any, bool] = {}
        if self.lang_attr_selectors:
            self.attributes.add("lang")
        by_key = (self.id_selectors, self.class_selectors, self.lower_local_name_selectors, self.namespace_selectors)
        entries = [entry for found in by_key for group in found.values() for entry in group]
        for test, *_ in [*entries, *self.lang_attr_selectors, *self.other_selectors]:
            names, strings = _read(test.__code__)
            self.is_plain[test] = names <= _PLAIN_READS
            self.attributes |= strings | (names & {"id"}) | ({"class"} if "classes" in names else set())

    @staticmethod
    def add_relevant_selectors(_element: Any, selectors: list[Any], found: list[Any]) -> None:
        found.extend((specificity, order, *rest, test) for test, specificity, order, *rest in selectors)


def _read(code: CodeType) -> tuple[set[str], set[str]]:
    """Names and strings of a compiled selector and of what is nested in it."""
    names, strings = set(code.co_names), {value for value in code.co_consts if isinstance(value, str)}
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            more = _read(inner)
            names |= more[0]
            strings |= more[1]
    return names, strings


class _Elements(dict[Any, Any]):
    """Elements as selectors are tried on them: made, with all beside them, when one is asked for."""

    def __init__(self, root: Any) -> None:
        super().__init__({root.etree_element: root})
        self._parents: dict[Any, Any] = {}

    def walk(self, root: Any) -> Iterator[tuple[Any, Any]]:
        """Each element of the tree in their order, with the one that it is in."""
        waiting = [(root, None)]
        while waiting:
            node, parent = waiting.pop()
            self._parents[node] = parent
            yield node, parent
            waiting += [(child, node) for child in reversed(node)]

    def __missing__(self, node: Any) -> Any:
        around = self[self._parents[node]]
        self.update({child.etree_element: child for child in around.iter_children()})
        return self[node]


class _Unusual(Exception):  # noqa: N818 - no error
    """Something here has to be styled WeasyPrint's way."""


class _SharedStyles(css.StyleFor):
    """Replaces `StyleFor`, which it is but for how it comes by its styles."""

    _kept: _Kept | None = None

    def __init__(self, html: Any, sheets: list[Any], hints: bool, font_config: Any, targets: Any) -> None:  # noqa: FBT001 - theirs
        global _last  # noqa: PLW0603 - one for the process
        if not _last or not _last.serves(sheets, font_config):
            _last = _Kept(sheets, font_config)
        if not hints:
            try:
                self._share(html, _last, targets)
            except _Unusual:
                self._kept = None
            else:
                return
        super().__init__(html, sheets, hints, font_config, targets)

    def _share(self, html: Any, kept: _Kept, targets: Any) -> None:
        self._kept = kept
        self._sheets, self.font_config, self._base_url = kept.sheets, kept.font_config, html.base_url
        self._cascaded_styles: dict[Any, Any] = {}
        self._computed_styles: dict[Any, Any] = {}
        self._cascades: dict[Any, _Cascade] = {}
        self.initial_page_sizes = kept.sizes
        kept.sizes.update(box=None, area=None)
        places: dict[Any, Any] = {None: None}
        self._root = root = html.etree_element
        elements = _Elements(html.wrapper_element)
        for node, parent in elements.walk(root):
            attributes = node.attrib
            key = (
                places[parent],
                node.tag,
                tuple([item for item in attributes.items() if item[0] in kept.attributes]) if attributes else (),
            )
            place = kept.places.get(key)
            if place is None:
                place = self._placed(kept, key, elements[node])
            places[node] = place
            hits = tuple([bool(entry[5](elements[node])) for entry in place.tested])
            cascade = self._cascades[node] = place.cascades.get(hits) or self._cascade(kept, place, hits)
            own = (node.tag, *map(attributes.get, _OWN_ATTRIBUTES)) if attributes else ()
            declared = own if any(own[1:]) and self._declared(kept, own, node, html.base_url) else None
            style = self._styled(kept, node, parent, cascade, declared)
            if declared and targets and style["anchor"]:
                targets.collect_anchor(style["anchor"])
        if self._computed_styles[root, None]["display"] == ("none",):
            raise _Unusual  # WeasyPrint then changes the display of each element
        # WeasyPrint takes the overflow from the root or the body, and leaves `visible` there: see `set_viewport_overflow`.
        for node in (root, *root):
            self._computed_styles[node, None].pop("overflow", None)

    def _placed(self, kept: _Kept, key: Any, element: Any) -> _Place:
        matches, tested = [], []
        for number, matcher in enumerate(kept.matchers):
            for specificity, order, pseudo, payload, test in matcher.match(element):
                if not matcher.is_plain[test]:
                    tested.append((number, specificity, order, pseudo, payload, test))
                elif test(element):
                    matches.append((number, specificity, order, pseudo, payload))
        place = kept.places[key] = _Place(matches, tested)
        return place

    def _cascade(self, kept: _Kept, place: _Place, hits: tuple[bool, ...]) -> _Cascade:
        cascade = _Cascade()
        more = [entry[:5] for entry, hit in zip(place.tested, hits, strict=True) if hit]
        for number, specificity, _, pseudo, (declarations, layer) in sorted([*place.matches, *more], key=_order):
            sheet, origin, sheet_specificity = kept.sheets[number]
            layer_order = inf if layer is None else sheet.layers.index(layer)
            style = cascade.element if pseudo is None else cascade.pseudo.setdefault(pseudo, {})
            _declare(style, declarations, origin, layer_order, sheet_specificity or specificity)
        if any("anchor" in style for style in (cascade.element, *cascade.pseudo.values())):
            raise _Unusual  # collected when a style is made, so styles are not to be shared
        place.cascades[hits] = cascade
        return cascade

    def _declared(self, kept: _Kept, own: tuple[Any, ...], node: Any, base_url: Any) -> dict[str, Any]:
        """What the attributes of an element declare."""
        style = kept.declared.get(own)
        if style is None:
            style = kept.declared[own] = {}
            for specificity, _, declarations, url in css.find_style_attributes(_Alone(node), base_url=base_url):
                _declare(style, css.preprocess_declarations(url, declarations), "author", inf, specificity)
        return style

    def _styled(self, kept: _Kept, node: Any, parent: Any, cascade: _Cascade, declared: Any) -> Any:
        parent_style = None if parent is None else self._computed_styles[parent, None]
        key = (id(parent_style), id(cascade), declared)
        style = kept.styles.get(key)
        if style is None:
            cascaded = cascade.element
            if declared:
                cascaded = dict(kept.declared[declared])
                for name, (values, weight) in cascade.element.items():
                    _win(cascaded, name, values, weight)
            style = kept.styles[key] = self._computed(parent_style, cascaded, None)
        self._computed_styles[node, None] = style
        return style

    def _computed(self, parent_style: Any, cascaded: dict[str, Any], pseudo: str | None) -> Any:
        kept = self._kept
        assert kept
        root_style = css.InitialStyle(kept.font_config)
        if parent_style is not None:
            root_style = parent_style if parent_style.is_root_element else parent_style.root_style
        style = css.ComputedStyle(
            parent_style, cascaded, pseudo, root_style, self._base_url, kept.font_config, kept.sizes
        )
        style.is_kept, style.is_used = True, False
        return style

    def __call__(self, element: Any, pseudo_type: str | None = None) -> Any:
        kept = self._kept
        if kept is None:
            return super().__call__(element, pseudo_type)
        style = self._computed_styles.get((element, pseudo_type))
        if style is None and pseudo_type and element in self._cascades:
            style = self._pseudo_style(kept, element, pseudo_type)
        if style is not None and not style.is_used:
            style.is_used = True
            style["display"]  # WeasyPrint takes a style without a value for none
            super().__call__(element, pseudo_type)
        return style

    def _pseudo_style(self, kept: _Kept, element: Any, pseudo_type: str) -> Any:
        cascaded = self._cascades[element].pseudo.get(pseudo_type)
        if cascaded is None:
            return None
        parent_style = self._computed_styles[element, None]
        key = (id(parent_style), id(cascaded))
        style = kept.styles.get(key)
        if style is None:
            style = self._computed(parent_style, cascaded, pseudo_type)
            if pseudo_type in _SHARED_PSEUDO:
                kept.styles[key] = style
        self._computed_styles[element, pseudo_type] = style
        return style

    def page_key(self, page_type: Any) -> Any:
        """What the styles of a page rest on: the rules for it, and what they inherit from."""
        matching = tuple(
            [
                (number, at)
                for number, (sheet, _, _) in enumerate(self._sheets)
                for at, (_, selectors, _) in enumerate(sheet.page_rules)
                if any(self._page_type_match(selector[2], page_type) for selector in selectors)
            ]
        )
        above = [id(self._computed_styles[node, None]) for node in (self._root, *self._root)]
        return matching, tuple(above)


_last: _Kept | None = None


def _order(match: tuple[Any, ...]) -> tuple[Any, ...]:
    return match[:3]


class _Alone:
    """An element without what is in it."""

    def __init__(self, element: Any) -> None:
        self._element = element

    def iter(self) -> Iterator[Any]:
        yield self._element


def _declare(style: dict[str, Any], declarations: Any, origin: str, layer_order: Any, specificity: Any) -> None:
    for name, values, importance in declarations:
        _win(style, name, values, (css.declaration_precedence(origin, importance), layer_order, specificity))


def _win(style: dict[str, Any], name: str, values: Any, weight: Any) -> None:
    """Declare a property, unless what is declared weighs more."""
    old = style.get(name)
    if old is None or old[1] <= weight:
        style[name] = values, weight


def _page_styles(page_type: Any, html: Any, style_for: Any) -> None:
    """Replaces `set_page_type_computed_styles`: a page has seventeen styles, its own and those of its margins."""
    kept = getattr(style_for, "_kept", None)
    if kept is None:
        _set_page_styles(page_type, html, style_for)
        return
    key = style_for.page_key(page_type)
    computed = style_for.get_computed_styles()
    styles = kept.pages.get(key)
    if styles is None:
        _set_page_styles(page_type, html, style_for)
        style_for.get_cascaded_styles().clear()
        styles = {pseudo: style for (element, pseudo), style in computed.items() if element == page_type}
        for style in styles.values():
            style.is_kept = style.is_used = True
        kept.pages[key] = styles
    computed.update({(page_type, pseudo): style for pseudo, style in styles.items()})


_sheets: dict[str, tuple[Any, Any]] = {}
"""Style sheets by their text, each with what would fetch others for it."""
_MOST_SHEETS = 16


def _stylesheets(wrapper: Any, media: str, fetcher: Any, base_url: Any, *rest: Any) -> Iterator[Any]:
    """Replaces `find_stylesheets`: a page's only style sheet is read once for all pages that have it.

    WeasyPrint's own way takes pages with several, sheets that it complains about, and those that have more in them than
    rules: fonts, counter styles, colour profiles.
    """
    tree = wrapper.etree_element
    found = [*tree.iter("style"), *tree.iter("link")]
    is_usual = (
        len(found) == 1 and found[0].tag == "style" and not found[0].attrib and (media, base_url) == ("print", None)
    )
    text = css.get_child_text(found[0]) if is_usual else ""
    kept = _sheets.get(text)
    if kept and kept[0] is fetcher:
        yield kept[1]
        return
    fonts, counters, profiles, *_ = rest
    before = _complaints.count, dict(counters), dict(profiles or {}), fonts._folder
    sheets = list(_find_stylesheets(wrapper, media, fetcher, base_url, *rest))
    if is_usual and before == (_complaints.count, counters, profiles or {}, fonts._folder):
        if len(_sheets) >= _MOST_SHEETS:
            _sheets.clear()
        _sheets[text] = fetcher, sheets[0]
    yield from sheets


REPLACEMENTS = (
    replacement(css, "StyleFor", _SharedStyles),
    replacement(css, "find_stylesheets", _stylesheets),
    replacement(page, "set_page_type_computed_styles", _page_styles),
)
