"""Tours: whether two claims of one text announce one journey, and whether one claim is a stop of the other's tour.

Two meetings of one visitor with two hosts are two acts, but two announcements in one text that somebody is to travel,
here to some states and there to others, are one journey, unless their stated days exclude each other. A tour that is
planned and the visit to one of its hosts, done, are two events (bench GUIDE). Knows views only.
"""

from dragoman.reconcile import names
from dragoman.reconcile.traits import DONE, Traits
from dragoman.reconcile.views import View
from dragoman.types import ActorKind, Says, Status


def _announced(view: View) -> bool:
    """A planned journey to states: a named host is a meeting, an event of its own beside the tour."""
    return (
        view.kind.manner == "occasion"
        and view.status is Status.PLANNED
        and view.claim.says is Says.AFFIRMS
        and bool(view.hosts)
        and all(host.kind is ActorKind.STATE for host in view.hosts)
    )


def _same_visitor(a: Traits, b: Traits) -> bool:
    """The same person travels in both; where either names nobody, somebody of the same state."""
    left, right = a.visitors, b.visitors
    people = [p for p in left if names.is_person(p)], [p for p in right if names.is_person(p)]
    if people[0] and people[1]:
        return any(names.same_person(p, q) for p in people[0] for q in people[1])
    codes = ({p.code for p in left}, {p.code for p in right})
    return bool((codes[0] & codes[1]) - set(names.UNKNOWN))


def one_tour(a: View, b: View) -> bool:
    """Whether two claims are announcements of one tour in one text."""
    if a.claim.text != b.claim.text or not (_announced(a) and _announced(b) and _same_visitor(a, b)):
        return False
    return a.days is None or b.days is None or (a.days[0] <= b.days[1] and b.days[0] <= a.days[1])


def stop(a: Traits, b: Traits) -> bool:
    """Whether one claim tells of a visit done to one of the several hosts of the tour that the other announces."""
    tour, visit = (a, b) if a.status is Status.PLANNED else (b, a)
    if tour.status is not Status.PLANNED or visit.status not in DONE or a.kind.manner != "occasion":
        return False
    hosts, host = ({party.code for party in view.hosts} for view in (tour, visit))
    return len(host) == 1 < len(hosts) and host <= hosts and _same_visitor(a, b)
