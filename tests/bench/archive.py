"""The archive of a cycle with 100 sittings and 2,000 proposals, and of so many entries its proof.

The baseline is the limit: 60 s for the archive, 30 s for a million entries in `verify.py`.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import time
import zipfile
from pathlib import Path

from consultazione import archive_cli
from consultazione.archive import bag, verify
from consultazione.archive.data import FOLDER
from consultazione.config import read_settings
from consultazione.core.canonical import canonical_json
from consultazione.core.db import open_database
from consultazione.core.text_keys import TextKeys
from consultazione.embedded import schema
from consultazione.embedded.postgres import Postgres
from tests.bench.measure import directory
from tests.bench.report import Figures, Limit, Report
from tests.support.factories import Factory

_STREAM = "table:1"
_MEMORY = (
    "import re, runpy, sys; sys.argv = ['verify.py']\n"
    "try: runpy.run_path('verify.py', run_name='__main__')\n"
    "finally: print(int(re.search('VmHWM:(.*)kB', open('/proc/self/status').read())[1]) // 1024)"
)


def run(*, quick: bool) -> Report:
    """An archive is made of a real cycle, and entries of another are verified."""
    sittings, proposals, entries = (5, 40, 20_000) if quick else (100, 2_000, 1_000_000)
    with directory("archive-") as here:
        ours: dict[str, Figures] = {
            "export": _exported(here, sittings, proposals),
            "verify": _verified(here / "bag", entries),
        }
    baseline = {"export": {"s": 60.0}, "verify": {"s": 30.0, "MB": 300.0}}
    return Report(
        name="archive",
        work=f"{sittings} sittings, {proposals} proposals; {entries} entries in verify.py",
        ours=ours,
        baseline=baseline,
        ratio={case: round(baseline[case]["s"] / ours[case]["s"], 2) for case in ours},
        limits={"export": Limit("s", 60), "verify": Limit("s", 30)},
    )


def _exported(here: Path, sittings: int, proposals: int) -> Figures:
    """The seconds that `consultazione export` takes, and the size of what it writes."""
    with Postgres(here / "pg") as server:
        settings = read_settings(
            {
                "DATA_DIR": str(here / "data"),
                "SECRETS_DIR": str(here / "secrets"),
                "DATABASE_URL": server.url,
            }
        )
        schema.migrate(server.owner_url, server.url, settings.secrets_dir)
        make = Factory(open_database(server.url, text_keys=TextKeys(settings.secrets_dir)))
        table, author = make.table(), make.citizen()
        for _each in range(proposals):
            make.comment(make.proposal(table, author), author)
        for _each in range(sittings):
            make.held(make.sitting(table))
        to, begun = here / "a.zip", time.perf_counter()
        zone, years = make.zone.slug, make.cycle.years
        assert archive_cli.main(settings, zone, years, to, "archivio", False) == 0
        taken = time.perf_counter() - begun
    files = len(zipfile.ZipFile(to).namelist())
    return {"s": round(taken, 2), "MB": round(to.stat().st_size / 2**20, 2), "files": files}


def _verified(folder: Path, entries: int) -> Figures:
    """The seconds and the memory of `verify.py` over so many open entries of one stream."""
    folder.mkdir()
    content = bag.Bag(folder)
    head = _write_entries(content, entries)
    said = {"streams": {_STREAM: [entries, head]}}
    content.write("data/archivio.json", json.dumps(said).encode())
    for name in ("documenti.json", "dati/proposte.json", "dati/osservazioni.json"):
        content.write(f"data/{name}", b"[]")
    assert FOLDER == "data/dati"
    content.write("verify.py", Path(verify.__file__).read_bytes())
    content.close({})
    begun = time.perf_counter()
    command = [sys.executable, "-I", "-c", _MEMORY]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    taken = time.perf_counter() - begun
    whole, memory = done.stdout.split("\n")[:2]
    assert whole.startswith(f"whole: {entries} entries"), done.stdout[:400] + done.stderr
    return {"s": round(taken, 2), "MB": int(memory)}


def _write_entries(content: bag.Bag, count: int) -> str:
    """Write a stream of entries; the digest of the last one."""
    digest = bytes(32)
    with content.opened("data/registro/voci/table-1.jsonl") as file:
        for number in range(1, count + 1):
            entry = {
                "actor_id": 7,
                "at": "2018-03-05T16:00:00.000000+00:00",
                "data": {"proposal_id": number, "table_id": 1, "version": 1},
                "kind": "proposal.admitted",
                "number": number,
                "salt": f"{number:032x}",
                "stream": _STREAM,
            }
            before, digest = digest, hashlib.sha256(digest + canonical_json(entry)).digest()
            beside = {
                "digest": digest.hex(),
                "position": number,
                "prev_digest": before.hex(),
                "texts": {},
            }
            file.write(canonical_json({**entry, **beside}) + b"\n")
    return digest.hex()
