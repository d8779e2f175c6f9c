"""The pictures of figures, for documents: read from the folder of uploads."""

from __future__ import annotations

from base64 import b64encode
from pathlib import Path

from consultazione.core.incoming.uploads import path_of
from consultazione.plan.papers.model import PlanPaper


def picture_files(paper: PlanPaper, uploads: Path) -> dict[str, Path]:
    """The files of the figures that are there, by digest."""
    wanted = {block["picture"] for row in paper["chapters"] for block in row["blocks"]} - {""}
    found = {sha256: path_of(uploads, sha256) for sha256 in sorted(wanted)}
    return {sha256: path for sha256, path in found.items() if path.exists()}


def as_svg(path: Path, media_type: str) -> str:
    """A picture inside of an SVG: the typesetter reads no files, and takes text alone.

    A picture that is broken leaves its place empty, and the document is made all the same.
    """
    data = b64encode(path.read_bytes()).decode()
    return (
        '<svg xmlns="http://www.w3.org/2000/svg">'
        f'<image href="data:{media_type};base64,{data}"/></svg>'
    )
