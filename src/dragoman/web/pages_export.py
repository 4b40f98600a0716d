"""Exports of what a list shows: the page of all formats, each as a file, and every list as a table of commas."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, HTMLResponse, Response, StreamingResponse

from dragoman import plugins
from dragoman.export.forms import ExportError, Format
from dragoman.web import asked as asking
from dragoman.web import lists, prepared, render
from dragoman.web.api import At
from dragoman.web.desk import Desk, NotHereError
from dragoman.web.selection import FORMATS, Selection, number, selection

router = APIRouter()

# With more than this many events (claims, positions; of the whole record claims) a process of its own writes an export.
MOST_AT_ONCE = 400
# Seconds that a request waits for one before it says that it is being written, and that a browser waits to ask again.
_PATIENCE, _AGAIN = 1.5, 3
# Parameters that say how, not what.
_HOW = ("text_free", "as_it_is")


def _what(request: Request, form: str) -> Selection:
    return selection(form, [pair for pair in request.query_params.multi_items() if pair[0] not in _HOW])


@router.get("/export")
def export(request: Request, desk: At) -> HTMLResponse:
    """What the record, or the part that the filter leaves, can be written out as."""
    selected = _what(request, "")
    forms = {}
    for name in plugins.registered(plugins.EXPORTERS):
        if name in FORMATS.get(selected.of, (name,)):
            exporter = plugins.loaded(plugins.EXPORTERS, name)
            about = exporter.about if isinstance(exporter, Format) else exporter.__doc__ or ""
            forms[name] = about.strip().split("\n")[0].replace("needs -o DIRECTORY", "as a ZIP archive")
    count = number(desk.index, selected)
    return render.page(request, "export.html", forms=forms, asked=selected.asked, of=selected.of, number=count)


@router.get("/export/{name}")
def exported(request: Request, name: str, desk: At, text_free: bool = False, as_it_is: bool = False) -> Response:
    """What the filter leaves in one format: a file, or those of a format of several as a ZIP archive.

    While words of people are being computed with, and while a large one is written, a page says so and asks again;
    with ``as_it_is`` the events are taken as they were before those words.
    """
    if name not in plugins.registered(plugins.EXPORTERS):
        raise NotHereError(f"no format {name!r}")
    wanted = prepared.Export(name, _what(request, name), text_free)
    if desk.pending and not as_it_is:
        return _wait(request, name, "decisions")
    try:
        if not _large(wanted.selected, desk):
            title, content = prepared.made(desk.store, desk.index, wanted)
            return StreamingResponse(iter(content), media_type=_KIND, headers=_named(title))
        return _prepared(request, wanted, desk)
    except ExportError as problem:
        raise NotHereError(str(problem)) from problem


_KIND = "application/octet-stream"


def _large(selected: Selection, desk: Desk) -> bool:
    """Whether an export would keep a person waiting; of the whole record all claims are read, whatever it is of."""
    if selected.whole:
        return bool(desk.index.one("SELECT count(*) > ? FROM claims", (MOST_AT_ONCE,)))
    return number(desk.index, selected) > MOST_AT_ONCE


def _prepared(request: Request, wanted: prepared.Export, desk: Desk) -> Response:
    try:
        state = "|".join(f"{key}={value}" for key, value in sorted(desk.store.state().items()))
        file = desk.prepared.file(wanted, state, _PATIENCE)
    except prepared.BusyError:
        return _wait(request, wanted.form, "busy")
    if file is None:
        return _wait(request, wanted.form, "writing")
    return FileResponse(file, media_type=_KIND, headers=_named(file.name))


def _wait(request: Request, name: str, why: str) -> Response:
    """Not yet: 202 for a file that is being written, 503 for one that cannot be begun; a browser asks again itself."""
    rest = request.url.query
    answer = render.page(
        request,
        "export_wait.html",
        status=202 if why == "writing" else 503,
        name=name,
        why=why,
        again=_AGAIN,
        as_it_is=f"{request.url.path}?{rest + '&' if rest else ''}as_it_is=1",
    )
    answer.headers["retry-after"] = str(_AGAIN)
    return answer


def _named(name: str) -> dict[str, str]:
    return {"content-disposition": f'attachment; filename="{name}"'}


def _table(name: str) -> Any:
    def table(request: Request, desk: At) -> Response:
        orders = asking.EVENT_ORDERS if name == "events" else ("date",)
        wanted = asking.asked(request.query_params.multi_items(), lists.LISTS[name].filters, orders)
        content = lists.table(desk.index, name, wanted)
        return StreamingResponse(content, media_type="text/csv; charset=utf-8", headers=_named(f"{name}.csv"))

    return table


for _name in lists.LISTS:
    router.add_api_route(f"/{_name}.csv", _table(_name), methods=["GET"])
