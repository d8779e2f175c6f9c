"""Files and bodies that are broken on purpose: refused with a reason, never a fault of ours."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from contextlib import suppress
from io import BytesIO

import pytest

from consultazione.core.errors import Invalid
from consultazione.core.incoming.uploads import MEDIA_TYPES, media_type_of
from consultazione.importing.yaml_lines import Unreadable, read

_METHODS = {"deflate": zipfile.ZIP_DEFLATED, "bzip2": zipfile.ZIP_BZIP2, "lzma": zipfile.ZIP_LZMA}


def _archive(method: int) -> bytearray:
    whole = BytesIO()
    with zipfile.ZipFile(whole, "w", method) as parts:
        parts.writestr("mimetype", MEDIA_TYPES["odt"])
        parts.writestr("content.xml", "<x/>" * 50)
    return bytearray(whole.getvalue())


def _broken_from(start: int) -> Callable[[bytearray], bytearray]:
    def spoil(whole: bytearray) -> bytearray:
        for place in range(start, start + 20):
            whole[place] ^= 0xFF
        return whole

    return spoil


@pytest.mark.parametrize("method", _METHODS)
@pytest.mark.parametrize("start", range(30, 90, 4))
def test_a_broken_archive_is_refused_or_read(method: str, start: int) -> None:
    content = bytes(_broken_from(start)(_archive(_METHODS[method])))
    with suppress(Invalid):
        assert media_type_of("testo.odt", content) == MEDIA_TYPES["odt"]


def test_the_first_part_in_broken_bzip2_is_refused() -> None:
    whole = _archive(zipfile.ZIP_BZIP2)
    whole[38:70] = bytes(32)  # behind the local header and the name, where the stream begins
    with pytest.raises(Invalid):
        media_type_of("testo.odt", bytes(whole))


def _nine_fold() -> str:
    """Nine names for the list above, seven levels deep: 9**7 values if they were written out."""
    levels = ["a0: &a0 [" + ", ".join(["x"] * 9) + "]"]
    levels += [f"a{n}: &a{n} [" + ", ".join([f"*a{n - 1}"] * 9) + "]" for n in range(1, 8)]
    return "\n".join(levels)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("zone: &z {a: *z}", id="a value inside itself"),
        pytest.param(_nine_fold(), id="aliases of aliases"),
        pytest.param("a: &a 1\nb: *a", id="one alias"),
        pytest.param("[" * 5000, id="deep and open"),
        pytest.param("[" * 5000 + "]" * 5000, id="deep and closed"),
        pytest.param("a: !!python/object:os.system x", id="an object of Python"),
        pytest.param("a: \x00", id="a character that YAML has not"),
        pytest.param("? [a]\n: b", id="a list as a key"),
        pytest.param("2018-13-45: x\nb: 2018-13-45", id="a day that does not exist"),
    ],
)
def test_a_hostile_zone_file_is_unreadable(text: str) -> None:
    with pytest.raises(Unreadable, match=r"line \d+"):
        read(text)
