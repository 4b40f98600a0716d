"""Random samples of claims: drawing one, judging it in its random order, and what it tells of all claims so far."""

from dataclasses import replace

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from dragoman import audit, samples
from dragoman.lookup import Lookup
from dragoman.types import Sample
from dragoman.web import asked as asking
from dragoman.web import decide, render, search
from dragoman.web.api import At
from dragoman.web.decide import MOST_NAME, DecisionError
from dragoman.web.desk import Desk, NotHereError
from dragoman.web.forms import Fields, done, first
from dragoman.web.pages_events import told
from dragoman.web.pages_review import WHY, sitting

router = APIRouter()


@router.get("/review/samples")
def listed(request: Request, desk: At) -> HTMLResponse:
    """All samples with their estimates, and the form that draws one."""
    found = [(one, samples.told(one, _look(desk, one))[1]) for one in reversed(samples.kept(desk.store))]
    claims = desk.index.one("SELECT count(*) FROM claims")
    return render.page(request, "samples.html", tab="samples", found=found, claims=claims, per=audit.PER)


def _look(desk: Desk, sample: Sample) -> Lookup:
    """The whole texts of the drawn claims with all their claims, so that each is found again after re-coding."""
    texts = sorted({one.text for one in sample.drawn})
    marks = ", ".join("?" * len(texts))
    ids = [row[0] for row in desk.index.all(f"SELECT id FROM claims WHERE text IN ({marks})", texts)]
    return desk.part(texts=texts, claims=ids)


@router.get("/review/samples/{key}")
def one(request: Request, key: str, desk: At) -> HTMLResponse:
    """One sample: the estimate, and its claims, those that nobody judged first."""
    sample = next((one for one in samples.kept(desk.store) if one.id == key), None)
    if sample is None:
        raise NotHereError(f"no sample {key!r}")
    wanted = sitting(request)
    look = _look(desk, sample)
    said, estimate = samples.told(sample, look)
    drawn = [(one, *said[one.claim]) for one in sample.drawn if said[one.claim][0]]
    drawn.sort(key=lambda item: item[2] is not None)
    page = search.paged(drawn, wanted)
    items = [(told(look.claims[now], look), one, right) for one, now, right, _ in page.rows]
    return render.page(
        request,
        "sample.html",
        tab="samples",
        asked=wanted,
        sample=sample,
        estimate=estimate,
        found=replace(page, rows=items),
        why=WHY,
    )


@router.post("/review/samples")
async def draw(request: Request) -> Response:
    """Draw a sample and keep it."""

    def decision(desk: Desk, fields: Fields, by: str) -> str:
        size = asking.number("size", first(fields, "size").strip(), samples.MOST)
        seed = first(fields, "seed").strip() or "1"
        if len(seed) > MOST_NAME or not seed.isprintable():
            raise DecisionError(f"seed: at most {MOST_NAME} letters that can be printed")
        by = decide.saying(desk, by, "", "drawn").by
        with desk.writing:
            try:
                made = samples.draw(desk.store, desk.store.read(), size, seed=seed, per=first(fields, "per"), by=by)
            except audit.AuditError as problem:
                raise DecisionError(str(problem)) from problem
        request.state.to = render.path_of("review", "samples", made.id)
        return f"a sample of {size} claims is drawn"

    return await done(request, decision)
