"""Words of people that count: neither those taken back, nor those settled by another, nor those of blind coding.

All are kept for ever. A judgement is taken back by one of its own (``Decision.WITHDRAW``) that names it in ``value``, a
link by a link that names it in ``withdraws``; both are final: who changes their mind again says so again. A judgement
between differing ones names them in ``settles``; while it stands they do not count, and when it is taken back they do.
"""

from collections.abc import Iterable

from dragoman.ids import link_id
from dragoman.types import Decision, Judgement, Link


def said(judgements: Iterable[Judgement]) -> tuple[Judgement, ...]:
    """The judgements that people stand by, blind and settled ones too; no withdrawals nor what they take back."""
    known = tuple(judgements)
    gone = {one.value for one in known if one.decision is Decision.WITHDRAW}
    return tuple(one for one in known if one.decision is not Decision.WITHDRAW and one.id not in gone)


def standing(judgements: Iterable[Judgement]) -> tuple[Judgement, ...]:
    """The judgements that count for the record, in the order given."""
    meant = said(one for one in judgements if not one.blind)
    settled = {key for one in meant for key in one.settles}
    return tuple(one for one in meant if one.id not in settled)


def standing_links(links: Iterable[Link]) -> tuple[Link, ...]:
    """The links that count, in the order given: neither those that take back nor what they take back."""
    known = tuple(links)
    gone = {link.withdraws for link in known if link.withdraws}
    if not gone:
        return known
    return tuple(link for link in known if not link.withdraws and link_id(link) not in gone)
