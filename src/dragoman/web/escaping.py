"""The templates of the workbench and of the page to hand on: always escaped, a name they do not know is an error.

Imports jinja2, of the extra ``web``; knows no page.
"""

import jinja2

from dragoman.terminal.plain import plain


def environment(*folders: str) -> jinja2.Environment:
    """Templates of these folders of ``dragoman.web``, with the filter ``plain``; compiled once per environment."""
    made = jinja2.Environment(
        loader=jinja2.ChoiceLoader([jinja2.PackageLoader("dragoman.web", folder) for folder in folders]),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["plain"] = plain
    return made
