"""What a codebook says: rules of types, modes and CAMEO codes, and the questions a stage may ask of them.

It knows no files (see :mod:`dragoman.codebook.files`) and trusts its tables, which
:mod:`dragoman.codebook.check` has checked.
"""

import itertools
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

DONE = "done"  # the class of statuses (table `when`) of acts that took place


class CodebookError(ValueError):
    """A codebook that cannot be used, or a code that it does not have; one line, naming file and key."""


@dataclass(frozen=True, slots=True)
class ModeRule:
    """A mode of a type. ``contexts`` come with it without being said (COERCE cyber is always about cyber)."""

    code: str
    definition: str
    score: float
    contexts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TypeRule:
    """A type of act. ``quad``: 1 verbal, 2 material cooperation, 3 verbal, 4 material conflict."""

    code: str
    quad: int
    definition: str
    recipient_required: bool
    score: float
    modes: Mapping[str, ModeRule]
    cameo_default: str = ""
    decisions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CameoRule:
    """A CAMEO code and what it is in PLOVER ("" for a statement, which PLOVER does not have)."""

    code: str
    label: str
    plover: str = ""
    mode: str = ""
    contexts: tuple[str, ...] = ()
    decision: str = ""


@dataclass(frozen=True, slots=True)
class CameoChoice:
    """A row from PLOVER to CAMEO: an act of this type, mode and context ("" fits any) has this code."""

    when: str
    type: str
    mode: str
    context: str
    code: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class PloverChoice:
    """A row from an act to PLOVER's own type for it: "" stays what it is and takes no auxiliary mode."""

    when: str
    types: tuple[str, ...]
    becomes: str
    mode: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Codebook:
    """A whole codebook. Definitions are keyed by code, in the file's order.

    ``hash`` is the SHA-256 (hex) of the file, chained with that of the book it extends. ``when`` maps a status to
    the class of statuses that the choices speak of; ``auxiliary`` a status or date basis to a PLOVER auxiliary mode;
    ``hosting`` the CAMEO code of a visit to the same visit's code from the host's side; ``says`` an attitude of a
    voice to the CAMEO code of that statement.
    """

    name: str
    version: str
    hash: str
    types: Mapping[str, TypeRule]
    contexts: Mapping[str, str]
    sectors: Mapping[str, str]
    nonstate: Mapping[str, str]
    issue_definitions: Mapping[str, str]
    stance_definitions: Mapping[str, str]
    cameo: Mapping[str, CameoRule]
    when: Mapping[str, str]
    auxiliary: Mapping[str, str]
    cameo_choices: Mapping[tuple[str, str], tuple[CameoChoice, ...]]
    plover_choices: Mapping[tuple[str, str], PloverChoice]
    hosting: Mapping[str, str]
    says: Mapping[str, str]

    def __hash__(self) -> int:
        """Equal books have equal hashes, so that a book can key a cache."""
        return hash((self.name, self.version, self.hash))

    @property
    def issues(self) -> tuple[str, ...]:
        """The codes of the issues that parties take positions on."""
        return tuple(self.issue_definitions)

    @property
    def stances(self) -> tuple[str, ...]:
        """The codes of the stances that parties take."""
        return tuple(self.stance_definitions)

    def type_rule(self, type: str) -> TypeRule:  # noqa: A002  # the field's name everywhere
        """The rule of a type; raises :class:`CodebookError` where there is none."""
        if type not in self.types:
            raise CodebookError(f"{self.name} has no type {type!r}: one of {', '.join(self.types)}")
        return self.types[type]

    def check_act(self, type: str, modes: Iterable[str], contexts: Iterable[str] = ()) -> list[str]:  # noqa: A002
        """What is wrong with an act's codes, each in a few words; [] if nothing is."""
        modes, contexts = list(modes), list(contexts)
        twice = [f"{code!r} is given twice" for part in (modes, contexts) for code, n in Counter(part).items() if n > 1]
        wrong = [f"no context {code!r}" for code in contexts if code not in self.contexts]
        if type not in self.types:
            return [f"no type {type!r}", *wrong, *twice]
        known = self.types[type].modes
        return [*(f"{type} has no mode {code!r}" for code in modes if code not in known), *wrong, *twice]

    def check_stance(self, issue: str, stance: str) -> list[str]:
        """What is wrong with a stance's codes, each in a few words; [] if nothing is."""
        wrong = [] if issue in self.issue_definitions else [f"no issue {issue!r}"]
        return wrong if stance in self.stance_definitions else [*wrong, f"no stance {stance!r}"]

    def score(self, type: str, modes: Iterable[str] = ()) -> float:  # noqa: A002
        """PLOVER score, -10 (conflict) to 10 (cooperation): of several modes the one farthest from 0, the lower first.

        The manual (§2.5) gives a score per mode and does not say what several make; an act is as strong as its
        strongest part. Without a known mode: the type's. Raises :class:`CodebookError` for an unknown type.
        """
        rule = self.type_rule(type)
        scores = [rule.modes[code].score for code in modes if code in rule.modes]
        return min(scores, key=lambda score: (-abs(score), score), default=rule.score)

    def implied_contexts(self, type: str, modes: Iterable[str]) -> tuple[str, ...]:  # noqa: A002
        """The contexts that an act's modes bring with them, in the order of the modes (§3.15)."""
        known = self.type_rule(type).modes
        return tuple(
            dict.fromkeys(itertools.chain.from_iterable(known[code].contexts for code in modes if code in known))
        )

    def to_cameo(
        self,
        type: str,  # noqa: A002
        modes: Iterable[str],
        status: str,
        contexts: Iterable[str] = (),
        *,
        hosting: bool = False,
    ) -> str:
        """The best CAMEO code of an act, "" where CAMEO has none (called for, supposed, denied, most cancelled acts).

        ``hosting`` gives the code of a row that starts from the host of a visit. A mode weighs more than a context,
        and the earlier row wins, so the order of ``modes`` and ``contexts`` is of no effect.
        """
        rule, when = self.type_rule(type), self.when.get(status, "")
        modes, contexts = {"", *modes}, {"", *contexts}
        rows = [
            row for row in self.cameo_choices.get((when, type), ()) if row.mode in modes and row.context in contexts
        ]
        if rows:
            code = max(rows, key=lambda row: (bool(row.mode), bool(row.context))).code
        else:
            code = rule.cameo_default if when == DONE else ""
        return self.hosting.get(code, code) if hosting else code

    def to_plover(
        self,
        type: str,  # noqa: A002
        modes: Iterable[str],
        status: str,
    ) -> tuple[str, tuple[str, ...], str]:
        """Type, modes and auxiliary mode as PLOVER itself codes the act: a visit to come is AGREE, without modes.

        The auxiliary mode is "" where none applies or the type already says it (§2.3). Acts with ``negation`` are
        left out of PLOVER data.
        """
        self.type_rule(type)
        choice = self.plover_choices.get((self.when.get(status, ""), type))
        if choice is None:
            return type, tuple(modes), self.auxiliary.get(status, "")
        if not choice.becomes:
            return type, tuple(modes), ""
        return choice.becomes, (choice.mode,) if choice.mode else (), ""
