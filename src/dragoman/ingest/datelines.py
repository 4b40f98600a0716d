"""Where a report says it comes from: the dateline and the agency before its first sentence, or its byline.

Reads only the beginning of a body and never changes it. It goes by the form alone: whether a dateline names a place,
and that the place is where the report was written and not where things happened, is for later stages to know.
"""

import functools
import re
from dataclasses import dataclass

from dragoman.ingest.tables import tables


@dataclass(frozen=True, slots=True)
class Origin:
    """``dateline``: its place and day as written ("MOSCOW, May 26"); ``agency``: its full name. "" where not given."""

    dateline: str = ""
    agency: str = ""


_CAPITALS = r"[A-ZÀ-ÖØ-Þ]"
# A place in capitals as style books set it ("KYIV", "UNITED NATIONS", "SHARM EL-SHEIKH"), or in small letters
_PLACE_IN_CAPITALS = rf"{_CAPITALS}(?:{_CAPITALS}|[ .'’/-](?={_CAPITALS})|\.(?=[,;\s]))+"
_PLACE = rf"{_CAPITALS}[\w.'’/-]*(?:[ ]{_CAPITALS}[\w.'’/-]*){{0,3}}"
# What may follow it before the agency: a country or state, a day ("Ukraine", "D.C.", "May 26", "26 May 2023")
_MORE = r"(?:[,.][ ]+[\w.'’ ]{1,25}?){0,3}"
_DASH = r"(?:--|[-–—])(?=\s)"


def origin(body: str) -> Origin:
    """The dateline and agency at the beginning of a body, or the agency of its byline; empty where there is none."""
    first, _, rest = body.lstrip().partition("\n")
    byline = re.match(r"By[ ](?P<names>.{3,120})$", first.strip())
    if byline:
        named = _of_body(rest.lstrip())
        return Origin(named.dateline, named.agency or _agency_in(byline["names"]))
    return _of_body(first)


def _of_body(line: str) -> Origin:
    """The same for a first line that is no byline."""
    line = line.strip()[:200]  # the longest dateline has 60 characters; a line may be a whole text
    for pattern in _patterns():
        if found := pattern.match(line):
            parts = found.groupdict(default="")
            agency = parts.get("agency", "")
            return Origin(_trimmed(parts.get("dateline", "")), tables().agencies.get(agency, agency))
    return Origin()


def _trimmed(dateline: str) -> str:
    """Without what only leads on to the agency; the full stop of "D.C." stays."""
    dateline = dateline.strip(" ,")
    return dateline if re.search(r"\b\w\.$", dateline) else dateline.removesuffix(".")


@functools.cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    """The forms a beginning can have, tried in this order."""
    names = "|".join(re.escape(name) for name in sorted(tables().agencies, key=len, reverse=True))
    return tuple(
        re.compile(form)
        for form in (
            # (Reuters) - ; (Bloomberg) --
            rf"\((?P<agency>{names})\)\s*{_DASH}",
            # KYIV, Ukraine (AP) — ; Moscow, May 26 (Reuters) -
            rf"(?P<dateline>{_PLACE}{_MORE})\s*\((?P<agency>{names})\)\s*{_DASH}",
            # MOSCOW, May 26. /TASS/.
            rf"(?P<dateline>{_PLACE}{_MORE})\s*/(?P<agency>{names})/",
            # ABUJA, May 3 (an agency that is not in the table) -
            rf"(?P<dateline>{_PLACE_IN_CAPITALS}{_MORE})\s*\((?P<agency>[\w .&-]{{2,40}})\)\s*{_DASH}",
            # BRUSSELS — ; TEHRAN, Iran -- ; not a mere hyphen, which "EU - Mercosur" also has
            rf"(?P<dateline>{_PLACE_IN_CAPITALS}{_MORE})\s+(?:--|[–—])(?=\s)",
        )
    )


def _agency_in(names: str) -> str:
    """The agency among the names of a byline: ``Reuters``, ``Jane Doe, Associated Press``, ``Jane Doe | AP``."""
    for part in re.split(r"\s*(?:[,|/;]|\band\b|\bfor\b)\s*", names):
        if part in tables().agencies:
            return tables().agencies[part]
    return ""
