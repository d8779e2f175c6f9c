"""Seven hundred random changes, each alone, to an archive: all found, all named.

`test_thousand_database.py` has three hundred more; `make bench ONLY=mutations` does all in one run.
"""

from __future__ import annotations

import random
import shutil

import pytest

from consultazione.archive import verify
from tests.support.archive_attacks import ATTACKS, Attack
from tests.support.archives import Example
from tests.support.forging import Scene


@pytest.fixture(scope="module")
def scene(example: Example, tmp_path_factory: pytest.TempPathFactory) -> Scene:
    """The example, which every attack leaves as it was."""
    return Scene(shutil.copytree(example.folder, tmp_path_factory.mktemp("thousand") / "a"))


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.__name__.strip("_"))
def test_a_change_of_an_archive_is_named(example: Example, scene: Scene, attack: Attack) -> None:
    chance, missed = random.Random(attack.__name__), []
    for _each in range(ATTACKS[attack]):
        name = attack(scene, chance)
        faults = verify.verify(scene.folder, example.key).faults
        scene.undo()
        if not any(name in fault for fault in faults):
            missed.append((name, faults[:3]))
    assert missed == []
    assert verify.verify(scene.folder, example.key).faults == []
