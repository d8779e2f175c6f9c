"""Set up what the pages load: `python -m consultazione.web.assets`.

`--dev` also installs what linting and testing need; `--reduce` leaves the packages as they are and
only reduces anew, after a change of a template, a style or a script.
"""

from __future__ import annotations

import sys

from consultazione.config import ROOT
from consultazione.web.assets.packages import (
    AssetMissing,
    copy_assets,
    install_packages,
    join_components,
    reduce_assets,
)

STATIC = ROOT / "static"
VENDOR = STATIC / "vendor"


def main(options: list[str]) -> None:
    """Install the packages, copy what the pages need, and reduce it."""
    if "--reduce" not in options:
        install_packages(ROOT, dev="--dev" in options)
        try:
            count = copy_assets(ROOT / "node_modules", VENDOR)
        except AssetMissing as missing:
            raise SystemExit(str(missing)) from None
        join_components(ROOT / "node_modules", VENDOR)
        sys.stdout.write(f"{count} files copied into {VENDOR.relative_to(ROOT)}\n")
    reduce_assets(STATIC, ROOT / "templates")


main(sys.argv[1:])
