"""The closed vocabularies of a record: statuses, roles, kinds, verdicts, the axes of standing."""

import enum


class Status(enum.StrEnum):
    """What became of the act, as its words tell it (bench GUIDE v1.1; PLOVER 2.0 section 2.3, refined)."""

    HAPPENED = "happened"
    ONGOING = "ongoing"
    PLANNED = "planned"
    CALLED_FOR = "called_for"
    HYPOTHETICAL = "hypothetical"
    DENIED = "denied"
    CANCELLED = "cancelled"
    POSTPONED = "postponed"
    UNCONFIRMED = "unconfirmed"


class Says(enum.StrEnum):
    """The voice's attitude to the act; ``Status`` is the act's own."""

    AFFIRMS = "affirms"
    DENIES = "denies"
    SILENT = "is_silent"
    DECLINES = "declines_comment"


class Basis(enum.StrEnum):
    """What an Interval was read from (bench GUIDE v1.1)."""

    EXPLICIT = "explicit"
    RELATIVE = "relative"
    PUBLICATION = "publication"
    BACKGROUND = "background"
    NONE = "none"


class Role(enum.StrEnum):
    """What a participant is in an act; the first two carry PLOVER's direction."""

    ACTOR = "actor"
    RECIPIENT = "recipient"
    VISITOR = "visitor"
    HOST = "host"
    MEDIATOR = "mediator"
    SIGNATORY = "signatory"
    GUARANTOR = "guarantor"
    OBSERVER = "observer"
    SPOKESPERSON = "spokesperson"


class ActorKind(enum.StrEnum):
    """What sort of thing an actor is."""

    STATE = "state"
    BODY = "body"
    OFFICE = "office"
    PERSON = "person"
    GROUP = "group"
    COLLECTIVE = "collective"
    OUTLET = "outlet"


class Kind(enum.StrEnum):
    """What a mention points at."""

    ACTOR = "actor"
    PLACE = "place"
    TIME = "time"
    ISSUE = "issue"


class Precision(enum.StrEnum):
    """How fine a place is known, finest first."""

    SITE = "site"
    CITY = "city"
    ADMIN1 = "admin1"
    REGION = "region"
    WATER = "water"
    COUNTRY = "country"


class Medium(enum.StrEnum):
    """By what means a voice reached the outlet."""

    READOUT = "readout"
    STATEMENT = "statement"
    BRIEFING = "briefing"
    INTERVIEW = "interview"
    WIRE = "wire"
    SOCIAL = "social"
    LEAK = "leak"
    STATE_MEDIA = "state_media"
    SPEECH = "speech"
    UNKNOWN = "unknown"


class Verdict(enum.StrEnum):
    """A judgement whether two claims tell of one act."""

    SAME = "same"
    NOT_SAME = "not_same"
    UNSURE = "unsure"


class Decision(enum.StrEnum):
    """A person's word on a claim."""

    ACCEPT = "accept"
    REJECT = "reject"
    SET = "set"
    OWN = "own"
    WITHDRAW = "withdraw"  # takes an earlier judgement back: ``value`` is its id


class RelationKind(enum.StrEnum):
    """How one event stands to another."""

    PART_OF = "part_of"
    FULFILS = "fulfils"
    RESCHEDULES = "reschedules"
    CANCELS = "cancels"
    RESPONDS_TO = "responds_to"
    OUTCOME_OF = "outcome_of"
    AMENDS = "amends"
    VIOLATES = "violates"


class Course(enum.StrEnum):
    """Standing, first axis: how far the act has come (one value)."""

    OPEN = "open"  # only called for, supposed or denied: neither a plan nor a deed is on record
    REPORTED_PLAN = "reported_plan"
    ANNOUNCED = "announced"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"
    DONE_AS_ANNOUNCED = "done_as_announced"
    DONE_CHANGED = "done_changed"
    DONE_LATE = "done_late"
    DONE_UNANNOUNCED = "done_unannounced"
    LAPSED = "lapsed"


class Support(enum.StrEnum):
    """Standing, second axis: on how many independent words a cell rests."""

    UNATTRIBUTED = "unattributed"
    ONE_VOICE = "one_voice"
    CORROBORATED = "corroborated"


class Dispute(enum.StrEnum):
    """Standing, third axis: who stands against it (a set)."""

    CONTESTED = "contested"
    DENIED = "denied_by"
    REVISED = "revised"
    UNACKNOWLEDGED = "unacknowledged_by"
    DECLINED = "declined_comment_by"
