"""What the server sends, held against the types of the browser's modules."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

from consultazione.config import ROOT
from tests.support.node_process import node

TSC = ROOT / "node_modules" / "typescript" / "bin" / "tsc"
TYPES = ROOT / "static" / "sittings" / "types.js"


def faults_of(sent: dict[str, list[Any]], place: Path) -> list[str]:
    """What the type checker says of values that were sent, by the name of their type.

    A field that the type lacks is a fault, and so is one that the type has and the value has
    not. `place` is an empty folder for the module that is checked.
    """
    names = ", ".join(sorted(sent))
    lines = [f'import type {{ {names} }} from "{TYPES}";']
    lines += [
        f"export const of{name}: {name}[] = {json.dumps(values, indent=1)};"
        for name, values in sorted(sent.items())
    ]
    module = place / "sent.ts"
    module.write_text("\n".join(lines))
    options = ["--noEmit", "--strict", "--skipLibCheck", "--module", "esnext",
               "--moduleResolution", "bundler", "--ignoreConfig"]  # fmt: skip
    run = subprocess.run(
        [node(), str(TSC), *options, str(module)],
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    return run.stdout.splitlines()
