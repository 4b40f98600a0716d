"""The workbench: a local web application on one record, with an API, views and review.

Reads parts of the record from the store, finds them through an index of its own, and writes only judgements and links.
Needs ``pip install 'dragoman[web]'``; nothing else of the package needs this folder.
"""
