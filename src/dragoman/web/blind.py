"""Blind second coding: a reviewer who does not see what others decided, and whose words are kept apart.

While a browser codes blind (a cookie of ours), it gets the pages under ``/second`` and no other: every other view
shows, or is computed from, what others said. A blind word is a judgement like any, but nothing is computed from it;
``dragoman agreement`` and the page of differences read it.
"""

import dataclasses

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from dragoman import said
from dragoman.lookup import Lookup, look_up
from dragoman.reconcile import judgements as judging
from dragoman.said import PERSON
from dragoman.types import Claim, Decision, Judgement
from dragoman.web import decide, render
from dragoman.web.coders import Coded, coded
from dragoman.web.decide import DecisionError
from dragoman.web.desk import Desk
from dragoman.withdrawn import said as meant

# Writes of the API that a browser which codes blind may make, as blind words.
_WRITES = ("/api/v1/judgements", "/api/v1/undo")


def is_blind(request: Request) -> bool:
    """Whether this browser codes blind."""
    return render.BLIND_COOKIE in request.cookies


class Screen:
    """ASGI middleware that keeps from a blind coder what would show other people's words."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a refusal, or hand on."""
        if scope["type"] == "http" and render.BLIND_COOKIE in Headers(scope=scope).get("cookie", ""):
            request = Request(scope, receive)
            path = request.url.path
            may = path == "/second" or path.startswith(("/second/", "/static/"))
            may = may or (request.method == "POST" and path in _WRITES)
            if is_blind(request) and not may:
                await render.refused(request, 403, "you code blind: this would show what others decided")(
                    scope, receive, send
                )
                return
        await self.app(scope, receive, send)


def as_read(look: Lookup, mine: tuple[Claim, ...] = ()) -> Lookup:
    """The look-ups without anybody's words, and without the claims that others added."""
    claims = [claim for claim in look.record.claims if not claim.origin.startswith(PERSON)]
    held = {claim.id: claim for claim in (*claims, *mine)}
    ordered = tuple(sorted(held.values(), key=lambda one: (one.text, one.evidence.start, one.id)))
    return look_up(dataclasses.replace(look.record, claims=ordered, judgements=(), links=(), events=()))


def own_words(desk: Desk, by: str) -> dict[str, Coded]:
    """Claim -> what this person said of it, blind."""
    words, _ = desk.store.words_of_people()
    blind = [one for one in words if one.blind]
    return {claim: said_[by] for claim, said_ in coded(blind, desk.store.targets(blind)).items() if by in said_}


def coded_texts(desk: Desk, by: str) -> set[str]:
    """The texts in which anybody else decided anything, blind or not."""
    words, _ = desk.store.words_of_people()
    return {one.text for one in meant(words) if one.by != by}


def judge(desk: Desk, claim: str, decision: Decision, *, cell: str = "", value: str = "", by: str, why: str) -> str:
    """Keep a blind word on a claim as it was read; the id of the judgement.

    Raises :class:`DecisionError` and :class:`~dragoman.web.desk.NotHereError`.
    """
    cell, value = decide.checked(decision, cell, value)
    word = dataclasses.replace(decide.saying(desk, by, why, f"{decision.value} in blind coding"), blind=True)
    with desk.writing:
        look = desk.part(claims=[desk.find("claims", claim)])
        target = next(iter(look.claims.values()))
        last = own_words(desk, word.by).get(target.id)
        if last and decision is not Decision.SET and last.decision is decision and not last.cells:
            return last.ids[-1]
        made = said.judgement(target, look.words(target.evidence), decision, word, cell=cell, value=value)
        _fits(desk, target, made)
        desk.store.add_words([made])
    return made.id


def _fits(desk: Desk, claim: Claim, word: Judgement) -> None:
    """Refuse a value that its cell cannot take."""
    try:
        judging.apply([claim], [dataclasses.replace(word, blind=False)], {}, desk.actors)
    except ValueError as problem:
        raise DecisionError(" ".join(str(problem).split())) from problem
