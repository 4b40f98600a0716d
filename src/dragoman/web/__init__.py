"""The workbench: a local web application on one record, with an API, views and review.

Reads parts of the record from the store, finds them through an index of its own, and writes only judgements and links.
Needs ``pip install 'dragoman[web]'``; of the rest of the package only the format ``html``,
one page to hand on (:mod:`dragoman.web.sheet`), needs this folder.
"""
