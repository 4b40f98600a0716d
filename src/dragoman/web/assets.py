"""The static files of the workbench: one style sheet, one script, an icon."""

from importlib import resources

from fastapi import APIRouter, Response

from dragoman.web.desk import NotHereError

router = APIRouter()

_KINDS = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}
# A page names them with a hash of their content, so that they may be kept for ever.
_FOR_EVER = "public, max-age=31536000, immutable"


@router.get("/static/{name}")
def static(name: str) -> Response:
    """A file of the folder ``static``, and no other."""
    folder = resources.files("dragoman.web") / "static"
    known = {one.name: one for one in folder.iterdir()}
    if name not in known or name.rpartition(".")[2] not in _KINDS:
        raise NotHereError(f"no file {name!r}")
    kind = _KINDS[name.rpartition(".")[2]]
    return Response(known[name].read_bytes(), media_type=kind, headers={"cache-control": _FOR_EVER})
