"""The reader's own files: one style sheet, two scripts, an icon. They are small, and their addresses change with them."""

import hashlib
from functools import cache
from importlib.resources import files

from fastapi import APIRouter, HTTPException, Response

router = APIRouter()
_TYPES = {
    "wortlaut.css": "text/css",
    "wortlaut.js": "text/javascript",
    "htmx.min.js": "text/javascript",
    "icon.svg": "image/svg+xml",
}


@cache
def _file(name: str) -> bytes:
    return files("wortlaut.web").joinpath("static", name).read_bytes()


@cache
def address(name: str) -> str:
    """Return the address of a file, with a mark of what is in it."""
    return f"/static/{name}?{hashlib.sha256(_file(name)).hexdigest()[:8]}"


@router.get("/static/{name}")
def serve(name: str) -> Response:
    """Send a file, to be kept for a year."""
    if name not in _TYPES:
        raise HTTPException(404)
    caching = {"cache-control": "public, max-age=31536000, immutable"}
    return Response(_file(name), media_type=_TYPES[name], headers=caching)


@router.get("/favicon.ico")
def icon() -> Response:
    """Send the icon to browsers that ask by habit."""
    return serve("icon.svg")
