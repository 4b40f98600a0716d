"""A rival's own tests of actor resolution, put to our look-up of phrases.

    python -m evals.rival_actors --tests FILE [--errors] [--json]

``FILE`` is ``NGEC/tests/test_actor_resolution.py`` of a clone of github.com/ahalterman/NGEC; it is not shipped. It is
parsed and never run: every function that asks the rival for a phrase is a test (one for each value of a parametrize
list), and what it asserts of an answer becomes checks of :func:`dragoman.phrases.look_up_actor`, asked for the same
phrase, day and country. No date, "" and "today" are 1 July 2022, the summer of their index. Checks by kind:

``country`` ISO 3166-1 alpha-3 or PLOVER's code; "" is met by nobody and by codes that are no country's.
``sector``  ``code_1``; a list, and several asserts on one answer, are met by any. ``code_2`` counts with it, as ours is
            one: defence ministers (GOV, MIL) are met by either. Where conventions differ ours is met: MIL for GOV
            where the phrase has "defence", ELI for CVL where it has "former", OPP for PTY (parties in opposition),
            GOV for "" of a country as such; and see ``OURS``.
``name``    the title of a page, folded, against the name and aliases of an actor of our tables; of a city, whose actor
            is its state, against the place of that name. "" (no page) is left out.
``nobody``  nonsense and people of no note: no actor of the tables.

A test passes where all its checks do. Left out and counted: tests marked skip or xfail, and asserts that we have
nothing to compare with (matched patterns, paragraphs, jobs in the rival's words).

Rows for names of these tests were added to our tables, so that the figure is one of coverage and not held out.
"""

import argparse
import ast
import datetime as dt
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from dragoman import knowledge
from dragoman.knowledge import fold
from dragoman.phrases import countries, look_up_actor, look_up_place
from dragoman.types import ActorKind, Party

TODAY = dt.date(2022, 7, 1)
KINDS = ("country", "sector", "name", "nobody")
# Their calls -> the parameters after the phrase, in order
CALLS: dict[str, tuple[str, ...]] = {
    "agent_to_code": ("context", "date", "country"),
    "query_wiki": ("country", "context"),
    "short_text_to_agent": (),
    "search_nat": (),
    "trf_agent_match": ("country",),
}
KEYWORDS = {"query_date": "date", "known_country": "country", "country": "country", "context": "context"}
FIELDS = {"country": "country", "code_1": "sector", "code_2": "sector", "wiki": "name", "title": "name"}
DATES = ("%Y-%m-%d", "%d %B %Y", "%B %d, %Y")
NO_COUNTRY = {"", "UNK", "NGO", "MNC", "ISM", "IMG"}
NO_SECTOR = {"", "UNK"}
# Their codes and ours: PRE is a second sector with us, beside GOV; the annotation guide knows no AGR, farmers are LAB
OURS = {"XKX": "KOS", "HLH": "MED", "BUD": "REL", "PRE": "GOV", "AGR": "LAB"}
_DEFENCE = re.compile(r"\bdefen[cs]e\b", re.IGNORECASE)
_FORMER = re.compile(r"\b(?:former|retired|ex)\b", re.IGNORECASE)
_BESIDE_NAME = re.compile(r"^the\s|\s*\([^)]*\)$", re.IGNORECASE)


class Asked(NamedTuple):
    """What a test asks for."""

    phrase: str
    on: dt.date = TODAY
    context: str = ""
    country: str = ""


class Field(NamedTuple):
    """A field of the answer to what was asked."""

    asked: Asked
    name: str


class Check(NamedTuple):
    """What one answer must be: any of the wanted, or with ``unlike`` none of them."""

    asked: Asked
    kind: str
    wanted: tuple[str, ...]
    unlike: bool = False


@dataclass(frozen=True, slots=True)
class Case:
    """One test; ``marked``: skipped or expected to fail; ``runs``: pytest would collect it."""

    name: str
    checks: tuple[Check, ...]
    marked: bool = False
    runs: bool = True


@dataclass(slots=True)
class _Body:
    """Follows the statements of a function, holding what its names stand for."""

    names: dict[str, object]
    left: Counter[str]
    wanted: dict[tuple[Asked, str, bool], dict[str, None]] = field(default_factory=dict)

    def follow(self, statements: Iterable[ast.stmt]) -> None:
        for one in statements:
            if isinstance(one, ast.Assign):
                self.bind(one.targets[0], self.value(one.value))
            elif isinstance(one, ast.For):
                items = self.value(one.iter)
                for item in items if isinstance(items, list) else ():
                    self.bind(one.target, item)
                    self.follow(one.body)
            elif isinstance(one, ast.Assert):
                self.asserted(one.test)

    def bind(self, target: ast.expr, value: object) -> None:
        """A name; "cc, text" are the country found in a phrase and the rest of it."""
        if isinstance(target, ast.Name):
            self.names[target.id] = value
        elif isinstance(target, ast.Tuple) and isinstance(value, Asked):
            for part, name in zip(target.elts, ("country", "text"), strict=False):
                self.bind(part, Field(value, name))

    def value(self, node: ast.expr) -> object:
        """What an expression stands for: a constant, list or dict of such, what is asked, or a field of its answer."""
        found: object = None
        match node:
            case ast.Constant():
                found = node.value
            case ast.Name():
                found = self.names.get(node.id)
            case ast.List() | ast.Tuple():
                found = [self.value(one) for one in node.elts]
            case ast.Dict():
                pairs = zip(node.keys, node.values, strict=True)
                found = {str(self.value(key)): self.value(value) for key, value in pairs if key}
            case ast.Subscript():
                found = self.item(self.value(node.value), str(self.value(node.slice)))
            case ast.Call():
                found = self.called(node)
        return found

    def item(self, whole: object, key: str) -> object:
        if isinstance(whole, Asked):
            return Field(whole, key)
        return whole.get(key) if isinstance(whole, dict) else None

    def called(self, call: ast.Call) -> object:
        """What is asked; of any other call, as of ``len(...)``, what its first argument stands for."""
        if isinstance(call.func, ast.Attribute) and call.func.attr in CALLS:
            return self.asked(call.func.attr, call)
        return self.value(call.args[0]) if call.args else None

    def asked(self, name: str, call: ast.Call) -> Asked | None:
        phrase, *rest = [self.value(one) for one in call.args] or [None]
        given = dict(zip(CALLS[name], rest, strict=False))
        given |= {KEYWORDS[one.arg]: self.value(one.value) for one in call.keywords if one.arg in KEYWORDS}
        context, country = str(given.get("context") or ""), str(given.get("country") or "")
        code = code_of(country)
        context = context if code or not country else f"{context} {country}".strip()
        return Asked(phrase, day(str(given.get("date") or "")), context, code) if isinstance(phrase, str) else None

    def asserted(self, test: ast.expr) -> None:
        """An assert: what is wanted of a field, or that there is no answer."""
        right: object = None
        comparison: ast.cmpop = ast.Is()
        if isinstance(test, ast.Compare):
            left, right, comparison = self.value(test.left), self.value(test.comparators[0]), test.ops[0]
        else:
            left = self.value(test.operand) if isinstance(test, ast.UnaryOp) else None
        if isinstance(left, Asked) and right is None and isinstance(comparison, ast.Is | ast.Eq):
            self.wanted[left, "nobody", False] = {}
            return
        kind = FIELDS.get(left.name) if isinstance(left, Field) else None
        if not isinstance(left, Field) or kind is None or (kind, right) == ("name", ""):
            self.left[left.name if isinstance(left, Field) else "other"] += 1
            return
        values = right if isinstance(right, list) else [right]
        unlike = isinstance(comparison, ast.NotEq | ast.NotIn)
        self.wanted.setdefault((left.asked, kind, unlike), {}).update(dict.fromkeys(map(str, values)))

    def checks(self) -> tuple[Check, ...]:
        return tuple(Check(asked, kind, tuple(w), unlike) for (asked, kind, unlike), w in self.wanted.items())


def day(text: str) -> dt.date:
    """A date in one of their ways of writing it; "" and "today" are the day of their index."""
    for form in DATES:
        try:
            return dt.datetime.strptime(text.strip(), form).date()
        except ValueError:
            continue
    return TODAY


def code_of(country: str) -> str:
    """The code of a country that a test names in words, "" for none."""
    if country in countries():
        return country
    party = look_up_actor(country, TODAY).value if country else None
    return party.code if party and party.kind is ActorKind.STATE else ""


def cases(source: str, left: Counter[str]) -> Iterator[Case]:
    """The tests of a module in its order; what is left out of them is counted in ``left``."""
    module = ast.parse(source)
    functions = [one for one in module.body if isinstance(one, ast.FunctionDef) and asks(one)]
    last = {one.name: one for one in functions}
    top = _Body({}, Counter())
    for one in module.body:
        top.follow([one] if isinstance(one, ast.Assign) else [])
        if isinstance(one, ast.FunctionDef) and asks(one):
            runs = one.name.startswith("test") and last[one.name] is one
            marked = any(mark in ast.unparse(deco) for deco in one.decorator_list for mark in (".skip", ".xfail"))
            for bound in parameters(one, top):
                body = _Body(top.names | bound, Counter())
                body.follow(one.body)
                label = ":".join([one.name, str(one.lineno), *map(str, bound.values())])
                yield Case(label, body.checks(), marked, runs)
                left.update(Counter() if marked else body.left)


def asks(function: ast.FunctionDef) -> bool:
    """Whether a function asks the rival for anything."""
    return any(isinstance(one, ast.Attribute) and one.attr in CALLS for one in ast.walk(function))


def parameters(function: ast.FunctionDef, top: _Body) -> Sequence[dict[str, object]]:
    """The values of a function's parametrized argument; one empty set where it has none."""
    for one in function.decorator_list:
        if isinstance(one, ast.Call) and ast.unparse(one.func).endswith(".parametrize"):
            name, values = (top.value(arg) for arg in one.args[:2])
            return [{str(name): value} for value in values] if isinstance(values, list) else [{}]
    return [{}]


def forms(asked: Asked, party: Party) -> set[str]:
    """The folded names of an actor of the tables, and of the place where a state was found by one of its places."""
    try:
        found = [party.name, *knowledge.load().actor(party.id).aliases]
    except knowledge.KnowledgeError:  # no more than the words of the phrase
        return set()
    if party.kind is ActorKind.STATE and (place := look_up_place(asked.phrase).value):
        found.append(place.name)
    return {bare(one) for one in found}


def bare(name: str) -> str:
    """A name without article and what a page's title adds in brackets, folded."""
    return fold(_BESIDE_NAME.sub("", name))


def sectors(check: Check, party: Party | None) -> set[str]:
    """The sectors of ours that meet a check."""
    wanted = {OURS.get(one, one) for one in check.wanted}
    if wanted & {"", "UNK", "JNK"}:
        wanted |= NO_SECTOR
    if "" in wanted and party and party.kind is ActorKind.STATE:
        wanted.add("GOV")
    if "PTY" in wanted:
        wanted.add("OPP")
    if "GOV" in wanted and _DEFENCE.search(check.asked.phrase):
        wanted.add("MIL")
    if "CVL" in wanted and _FORMER.search(check.asked.phrase):
        wanted.add(knowledge.FORMER)
    return wanted


def judged(check: Check) -> tuple[bool, str]:
    """Whether a check passes, and what was found."""
    asked = check.asked
    party = look_up_actor(asked.phrase, asked.on, context=asked.context, country=asked.country).value
    code, sector = (party.code, party.sector) if party else ("", "")
    if check.kind == "nobody":
        good = code in ("", "UNK") and sector in NO_SECTOR
    elif check.kind == "country":
        wanted = {OURS.get(one, one) for one in check.wanted}
        good = code in (wanted | NO_COUNTRY if "" in wanted else wanted)
    elif check.kind == "sector":
        good = sector in sectors(check, party)
    else:
        good = bool(party) and not {bare(one) for one in check.wanted}.isdisjoint(forms(asked, party) if party else ())
    return good != check.unlike, f"{code or '-'} {sector or '-'} {party.name if party else 'nobody'}"


def figures(source: str) -> tuple[dict[str, list[int]], dict[str, int], list[list[str]]]:
    """What passes, [passing, all] by kind; what is left out; and the failing checks with what was found."""
    left: Counter[str] = Counter()
    shares = {kind: [0, 0] for kind in ("tests", "tests_run", *KINDS, "checks")}
    failing: list[list[str]] = []
    for case in cases(source, left):
        if case.marked or not case.checks:
            left["tests marked skip or xfail" if case.marked else "tests of nothing that we have"] += 1
            continue
        whole = True
        for check in case.checks:
            good, found = judged(check)
            whole = whole and good
            for kind in (check.kind, "checks"):
                shares[kind][0] += good
                shares[kind][1] += 1
            if not good:
                wanted = ("not " if check.unlike else "") + (" or ".join(map(repr, check.wanted)) or "nobody")
                failing.append([case.name, check.kind, check.asked.phrase, str(check.asked.on), wanted, found])
        for kind in ("tests", "tests_run") if case.runs else ("tests",):
            shares[kind][0] += whole
            shares[kind][1] += 1
    return shares, dict(left.most_common()), failing


def main(argv: list[str] | None = None) -> int:
    """Print the figures; 0 also where the tests are absent, which is said."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tests", type=Path, required=True, help="test_actor_resolution.py of a clone of NGEC")
    parser.add_argument("--errors", action="store_true", help="list the checks that fail")
    parser.add_argument("--json", action="store_true", help="one object instead of lines")
    chosen = parser.parse_args(argv)
    if not chosen.tests.is_file():
        print(f"{chosen.tests}: absent, nothing is measured (clone github.com/ahalterman/NGEC)", file=sys.stderr)
        return 0
    shares, left, failing = figures(chosen.tests.read_text(encoding="utf-8"))
    if chosen.json:
        rows = {"failing": failing} if chosen.errors else {}
        print(json.dumps({"shares": shares, "left_out": left} | rows, ensure_ascii=False))
        return 0
    for kind, (passing, number) in shares.items():
        print(f"{kind:10} {passing / max(number, 1):.3f}  ({passing} of {number})")
    print("left out: " + ", ".join(f"{name} {number}" for name, number in left.items()))
    for row in failing if chosen.errors else ():
        print("{} {}: {!r} on {} wants {}, found {}".format(*row))
    return 0


if __name__ == "__main__":
    sys.exit(main())
