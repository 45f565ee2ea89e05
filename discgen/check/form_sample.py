"""A form to a PDF to look at: the document of a made-up department that has all the form has a place for."""

from __future__ import annotations

from discgen.cache import cache_of_user
from discgen.check.form_trial import tried_document
from discgen.errors import Refusal
from discgen.load.own_files import NOTHING, OwnFiles
from discgen.publish.build import render
from discgen.publish.layer import Failure
from discgen.publish.layout import Layout


def sample(name: str, own: OwnFiles = NOTHING) -> bytes:
    """The PDF. Raises ShippedDataError where the form is wrong, and Refusal where the machine cannot lay it out."""
    made = render(tried_document(name, own), layout=Layout(cache_of_user()))
    if isinstance(made, Failure):
        why = made.bugs[0].message if made.bugs else "字体里没有样本用到的字"
        raise Refusal(f"样本排不出来：{why}")
    return made.data
