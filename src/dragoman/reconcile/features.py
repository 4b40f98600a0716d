"""The named features by which two claims about acts are compared; each gives one level, or "" where it cannot tell.

A feature only observes. What a level weighs, and the reason it gives in words, stand in the weights table.
"""

import datetime as dt
import math
from collections.abc import Callable, Iterator

from rapidfuzz import fuzz

from dragoman.reconcile import names, tours
from dragoman.reconcile.traits import DONE, PLANS, Traits
from dragoman.reconcile.views import View
from dragoman.types import Basis, Party, Precision, Status

Feature = Callable[[View, View], str]

ALIKE = ((1, "nothing"), (9, "2"), (19, "10"), (29, "20"), (49, "30"), (69, "50"), (100, "70"))
"""The levels of "gist": upper end in hundredths, name."""
SPOKEN = ((30, "apart"), (45, "30"), (60, "45"), (80, "60"), (100, "80"))
"""The levels of "words": upper end of the ratio, name."""
DAYS = (0, 1, 2, 3, 7, 8, 30, 45, 60)
"""Numbers of days, either way, at which levels change: between two of them none does."""
_POINT = (Precision.SITE, Precision.CITY)


def mode(a: Traits, b: Traits) -> str:
    """Whether the codebook's modes of the acts agree."""
    left, right = a.modes, b.modes
    if left == right:
        return f"{a.kind.manner}_same" if left else "both_none"
    if not left or not right:
        return "one_none"
    return "overlap" if left & right else f"{a.kind.manner}_clash"


def _sides(left: frozenset[str], right: frozenset[str]) -> str:
    if left == right:
        return "same" if left else "both_unknown"
    if not left or not right:
        return "one_unknown"
    if left < right or right < left:
        return "part"
    return "overlap" if left & right else "differ"


def actors(a: Traits, b: Traits) -> str:
    """The codes on the acting side; for meetings and visits, whose sides reports turn round, of all who take part."""
    if a.kind.manner == "occasion":
        found = _sides(a.codes, b.codes)
        # A with B and B with C are two occasions, however alike they are told
        return "all_one_shared" if found == "overlap" and len(a.codes & b.codes) == 1 else f"all_{found}"
    return _sides(a.actor_codes, b.actor_codes)


def recipients(a: Traits, b: Traits) -> str:
    """The codes on the receiving side; not for meetings and visits."""
    if a.kind.manner == "occasion":
        return ""
    return _sides(a.recipient_codes, b.recipient_codes)


def direction(a: Traits, b: Traits) -> str:
    """Whether one act runs from B to A where the other runs from A to B; not for meetings and visits."""
    if a.kind.manner == "occasion" or not (a.actor_codes and a.recipient_codes and b.actor_codes and b.recipient_codes):
        return ""
    if a.actor_codes == b.recipient_codes and b.actor_codes == a.recipient_codes and a.actor_codes != b.actor_codes:
        return "reversed"
    return ""


def _detail(left: tuple[Party, ...], right: tuple[Party, ...]) -> str:
    """How the people named of one code agree: one person, several, named here only, nobody named."""
    if left and right:
        return "agree" if any(names.same_person(p, q) for p in left for q in right) else "clash"
    return "one_sided" if left or right else "general"


def _details(a: Traits, b: Traits) -> Iterator[str]:
    """The detail of every code that both claims have: on each side, of meetings and visits on either."""
    if a.kind.manner == "occasion":
        sides = [(a.taking_part, b.taking_part)]
    else:
        sides = [(a.acting, b.acting), (a.receiving, b.receiving)]
    return (_detail(left[code], right[code]) for left, right in sides for code in left if code in right)


def _count(a: Traits, b: Traits, what: str) -> str:
    if not (a.named or b.named):
        return ""
    number = sum(detail == what for detail in _details(a, b))
    return f"{min(number, 2)}" if number else ""


def people_agree(a: Traits, b: Traits) -> str:
    """For how many of the shared codes (on one side, where sides count) both claims name the same person."""
    return _count(a, b, "agree")


def people_clash(a: Traits, b: Traits) -> str:
    """For how many of the shared codes the claims name different people."""
    return _count(a, b, "clash")


def people_one_sided(a: Traits, b: Traits) -> str:
    """For how many of the shared codes one claim names a person where the other names the state or body."""
    if not _count(a, b, "one_sided"):
        return ""
    if a.kind.manner == "occasion" and _peers(a, b):
        return "peers"
    told = {a.aspect, b.aspect}
    return "meeting" if "meeting" in told else "visit" if "visit" in told else a.kind.manner


def _peers(a: Traits, b: Traits) -> bool:
    """One claim names the leaders of both sides: a leader's visit to a state is the meeting with its leader."""
    shared = a.codes & b.codes
    return any(len(view.leaders & shared) > 1 for view in (a, b))


def _aspects(a: Traits, b: Traits) -> str:
    if not a.aspect or not b.aspect:
        return ""
    return f"both_{a.aspect}" if a.aspect == b.aspect else "_".join(sorted((a.aspect, b.aspect)))


def aspect(a: Traits, b: Traits) -> str:
    """Whether both claims tell of a journey, of a meeting, of a call; for meetings and visits only."""
    return _aspects(a, b)


def groups(a: Traits, b: Traits) -> str:
    """Whether groups and parties without a state's code ("victims", "protesters") are the same."""
    return _alike(a.unaligned, b.unaligned)


def bodies(a: Traits, b: Traits) -> str:
    """Whether bodies whose code many share (an organisation, a company) are the same."""
    return _alike(a.bodies, b.bodies) or ("one" if a.bodies or b.bodies else "")


def _alike(left: tuple[Party, ...], right: tuple[Party, ...]) -> str:
    if not left or not right:
        return ""
    return "agree" if any(names.same_group(p, q) for p in left for q in right) else "clash"


def _gap(a: tuple[dt.date, dt.date], b: tuple[dt.date, dt.date]) -> int:
    return max((b[0] - a[1]).days, (a[0] - b[1]).days, 0)


def _width(days: tuple[dt.date, dt.date]) -> int:
    return (days[1] - days[0]).days + 1


def _step(number: int, steps: tuple[tuple[int, str], ...], beyond: str) -> str:
    return next((name for most, name in steps if number <= most), beyond)


def _both_dated(a: Traits, b: Traits, first: tuple[dt.date, dt.date], second: tuple[dt.date, dt.date]) -> str:
    gap = _gap(first, second)
    if not gap:
        return f"{a.kind.manner}_" + _step(
            max(_width(first), _width(second)), ((2, "same_day"), (8, "same_week")), "overlap"
        )
    plan, done = (a, b) if a.status in PLANS and b.status in DONE else (b, a)
    if plan.status in PLANS and done.status in DONE and plan.days and done.days and done.days[0] > plan.days[1]:
        # 45 days: as grace_days and reach_days of the settings table, levels of a feature are part of the fitted model
        return "plan_then_done" if gap <= 45 else "plan_long_past"
    # A day that is only the report's own says less of the act's: "fresh" gaps are weaker than stated ones
    told = "fresh" if Basis.PUBLICATION in (a.basis, b.basis) else "gap"
    return f"{a.kind.manner}_" + _step(gap, ((1, f"{told}_1"), (3, f"{told}_3"), (7, f"{told}_7")), f"{told}_more")


def _one_dated(dated: tuple[dt.date, dt.date], a: Traits, undated: Traits) -> str:
    if undated.published is None:
        return ""
    if undated.status in PLANS:
        ahead = (dated[1] - undated.published).days
        return "plan_ahead" if -3 <= ahead <= 60 else "plan_elsewhere"  # plans reach 60 days forward
    since = (undated.published - dated[1]).days
    if (dated[0] - undated.published).days > 0:
        return "after_report"
    return f"{a.kind.manner}_" + _step(since, ((2, "since_2"), (7, "since_7"), (30, "since_30")), "since_more")


def when(a: Traits, b: Traits) -> str:
    """How the days of the acts agree; where a day is not stated, how near the reports were published."""
    if a.days and b.days:
        return _both_dated(a, b, a.days, b.days)
    if a.days or b.days:
        return _one_dated(a.days, a, b) if a.days else _one_dated(b.days or (dt.date.min, dt.date.min), a, a)
    if a.published is None or b.published is None:
        return ""
    apart = abs((a.published - b.published).days)
    return f"{a.kind.manner}_reports_" + _step(apart, ((1, "1"), (3, "3"), (7, "7"), (30, "30")), "more")


def _rests(view: Traits) -> str:
    if view.days is None:
        return "none"
    return {Basis.PUBLICATION: "fresh", Basis.BACKGROUND: "known"}.get(view.basis, "told")


def basis(a: Traits, b: Traits) -> str:
    """What the two days rest on: stated, the report's own, known from elsewhere, none."""
    return f"{a.kind.manner}_" + "_".join(sorted((_rests(a), _rests(b))))


def ongoing(a: Traits, b: Traits) -> str:
    """Whether one or both acts are told as going on, and how their days lie then: what lasts has no one day."""
    if not {a.status, b.status} <= DONE or Status.ONGOING not in (a.status, b.status):
        return ""
    both = "both" if a.status is b.status else "one"
    return f"{a.kind.manner}_{both}_{_apart(a, b)}"


def _apart(a: Traits, b: Traits) -> str:
    if a.days is None or b.days is None:
        return "half_dated" if a.days or b.days else "undated"
    gap = _gap(a.days, b.days)
    if not gap:
        return "within" if max(_width(a.days), _width(b.days)) > 8 else "same"
    return _step(gap, ((1, "next"), (7, "week")), "far")


def reported(a: Traits, b: Traits) -> str:
    """How many days lie between the reports."""
    if a.published is None or b.published is None:
        return ""
    return _step(abs((a.published - b.published).days), ((1, "1"), (3, "3"), (7, "7"), (30, "30")), "more")


def place(a: Traits, b: Traits) -> str:
    """Whether the acts are told of one place."""
    left, right = a.place, b.place
    if left is None or right is None:
        return ""
    if left.country and right.country and left.country != right.country:
        return "countries_clash"
    if (left.geonameid is not None and left.geonameid == right.geonameid) or left.name == right.name:
        return "same_point" if left.precision in _POINT else "same_area"
    if left.precision in _POINT and right.precision in _POINT:
        return "points_clash"
    return "same_country" if left.country == right.country else ""


def status(a: Traits, b: Traits) -> str:
    """Whether the acts are told as equally far: both done, both planned, a plan and a deed."""
    pair = {a.status, b.status}
    if pair <= DONE:
        return "both_done"
    if pair <= PLANS:
        return "both_planned"
    if pair & PLANS and pair & DONE:
        return f"{a.kind.manner}_plan_and_done"
    return "one_denied" if Status.DENIED in pair else "unconfirmed"


def words(a: Traits, b: Traits) -> str:
    """How alike the words are that state the acts, names of those who take part left out."""
    if not a.words or not b.words:
        return ""
    ratio = fuzz.token_set_ratio(a.words, b.words)
    return f"{a.kind.manner}_" + _step(int(ratio), SPOKEN[:-1], SPOKEN[-1][1])


def gist(a: Traits, b: Traits) -> str:
    """How much of what is rare in the words that state the acts they have in common: the cosine of rarities."""
    if not a.gist or not b.gist:
        return ""
    common = sum(a.gist[stem] ** 2 for stem in a.gist.keys() & b.gist.keys())
    alike = int(100 * common / math.sqrt(a.size * b.size))
    return f"{a.kind.manner}_" + _step(alike, ALIKE[:-1], ALIKE[-1][1])


def same_text(a: View, b: View) -> str:
    """Two claims of one text: the headline's act again in the body, or a visit of days and a meeting on one of them."""
    if a.claim.text != b.claim.text:
        return ""
    if a.lasts != b.lasts:
        return "part"
    return "retold" if a.headline != b.headline else "beside"


def tour(a: View, b: View) -> str:
    """Two announcements, in one text, of one visitor's journey to states; or a tour planned and one of its stops."""
    if tours.one_tour(a, b):
        return "one_text"
    return "stop" if tours.stop(a, b) else ""


def shared(a: Traits, b: Traits) -> str:
    """How many codes the claims share at all."""
    return f"{min(len(a.codes & b.codes), 3)}"


FEATURES: dict[str, Feature] = {
    feature.__name__: feature
    for feature in (
        mode,
        actors,
        recipients,
        direction,
        people_agree,
        people_clash,
        people_one_sided,
        groups,
        bodies,
        when,
        basis,
        ongoing,
        reported,
        place,
        status,
        words,
        gist,
        aspect,
        same_text,
        tour,
        shared,
    )
}
"""Every feature by its name in the weights table, in a fixed order."""


def observe(a: View, b: View) -> tuple[tuple[str, str], ...]:
    """(feature, level) of every feature that can tell something of this pair; the same for (b, a)."""
    a, b = in_order(a, b)
    levels = ((name, feature(a, b)) for name, feature in FEATURES.items())
    return tuple((name, level) for name, level in levels if level)


def in_order(a: View, b: View) -> tuple[View, View]:
    """Two views in the order in which features look at them."""
    return (b, a) if (a.claim.id, a.claim.text) > (b.claim.id, b.claim.text) else (a, b)
