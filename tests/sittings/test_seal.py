"""The seal of secret polls: what it hides, which envelopes it refuses, which key opens one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultazione.sittings.polls.envelopes import LENGTH, BrokenSeal, PollSeal, Sealed, key_id

SALT = b"s" * 32
SECRET, LATER, UNKNOWN = "the server's first secret", "the one after it", "of another server"
IDS = st.integers(min_value=1, max_value=2**63 - 1)
# Receipt and choice share 508 bytes; one character of a text takes four at most.
BALLOTS = st.builds(Sealed, choice=st.text(max_size=90), receipt=st.text(max_size=35))
# An envelope of version 1 as databases hold it; it must stay readable whatever changes.
STORED = bytes.fromhex(
    "017392eaf0a7e3a7d1356c46c67dffbdd070ccf23119225b676c07dc0240f30b3b8a2e7f1c45394403b369f418"
    "41a6835041e75a65a5c26abaecd94d8ebd8318440cbaf15d00362c81f74415e5aa562b16425ab8bccf84db3482"
    "32301337d104642f5e8230576cea2968e1685b40420844684851111915af55a9dcad99dd3f831659da5df9a8ed"
    "57754c1da750b2140594740e85b7724c84cddb727c1f77289710e07547c8ed3854a2cf85f210ea7ce61ee82116"
    "dcbb41ed1a2c6cddb270372a53c08a20a32f79dbde87ae0cce3e5f0ee02fe2eca962ab2215b1f94c67ba3340db"
    "a7093a50ea93a149faa5caecf7af170de0213e2e9bc7165f27ac4abcfc789ed917738047451b7808f8b86cb285"
    "ac5918098854c22bec1ecff766098299991f25d3d75bd6f3104065c9d6e0207f38234c3ddee53675dea9be51fb"
    "c8a148085496130af3bd6ba0be50b832c8a65116ec4f550087477a180a4cea2b905dabdee282161abbd12c9c5f"
    "d0a20bddaa88023203cc8939b04a56728c15ac10625535dc9253680802582c9ee83637c0128ea70715dbac4b37"
    "2432e15c87f0a701f0891bf536809c9b41bbbc0872aa963902a3c08d867a6911e1a1eae49a07708d1166b6ea2c"
    "938010bdfa8626c4a718719cdfa5a3c2da79d6845ecc038ce476b32f02899164c5cdcdf24f84fd6bec86dec18f"
    "7df8e42a6867bafcaa9b5f1d78711866a8764022718bfa749a5de56871c09ea5c9d7dac6478ae79c155e2d2725"
    "2ec4a72567"
)


@given(poll=IDS, voter=IDS, ballot=BALLOTS)
def test_what_is_sealed_comes_out_again(poll: int, voter: int, ballot: Sealed) -> None:
    seal = PollSeal(poll, SALT, SECRET)
    assert seal.unseal(voter, seal.seal(voter, ballot)) == ballot


@given(one=BALLOTS, other=BALLOTS)
def test_envelopes_tell_nothing_by_their_length_nor_by_being_equal(
    one: Sealed, other: Sealed
) -> None:
    seal = PollSeal(1, SALT, SECRET)
    envelopes = [seal.seal(2, ballot) for ballot in (one, one, other)]
    assert {len(envelope) for envelope in envelopes} == {LENGTH}
    assert len(set(envelopes)) == 3


@given(poll=IDS, voter=IDS, other_poll=IDS, other_voter=IDS, ballot=BALLOTS)
def test_an_envelope_opens_for_its_poll_and_voter_alone(
    poll: int, voter: int, other_poll: int, other_voter: int, ballot: Sealed
) -> None:
    envelope = PollSeal(poll, SALT, SECRET).seal(voter, ballot)
    for claimed in {(other_poll, voter), (poll, other_voter), (voter, poll)} - {(poll, voter)}:
        with pytest.raises(BrokenSeal):
            PollSeal(claimed[0], SALT, SECRET).unseal(claimed[1], envelope)


def test_every_changed_bit_is_refused() -> None:
    seal = PollSeal(1, SALT, SECRET)
    envelope = seal.seal(2, Sealed("yes", "receipt"))
    for bit in range(LENGTH * 8):
        changed = bytearray(envelope)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises(BrokenSeal):
            seal.unseal(2, bytes(changed))


@given(envelope=st.binary(max_size=2 * LENGTH))
def test_bytes_that_are_no_envelope_are_refused(envelope: bytes) -> None:
    with pytest.raises(BrokenSeal):
        PollSeal(1, SALT, SECRET).unseal(2, envelope)


@pytest.mark.parametrize("change", [-1, 1])
def test_an_envelope_of_another_length_is_refused(change: int) -> None:
    seal = PollSeal(1, SALT, SECRET)
    envelope = seal.seal(2, Sealed("yes", "receipt"))
    with pytest.raises(BrokenSeal):
        seal.unseal(2, (envelope + b"\0")[: LENGTH + change])


def test_another_salt_does_not_open_it() -> None:
    envelope = PollSeal(1, SALT, SECRET).seal(2, Sealed("yes", "receipt"))
    with pytest.raises(BrokenSeal):
        PollSeal(1, b"t" * 32, SECRET).unseal(2, envelope)


def test_a_text_that_does_not_fit_is_refused_and_not_cut() -> None:
    seal = PollSeal(1, SALT, SECRET)
    full = Sealed("c" * 476, "r" * 32)
    assert seal.unseal(2, seal.seal(2, full)) == full
    with pytest.raises(ValueError, match="too long"):
        seal.seal(2, Sealed("c" * 477, "r" * 32))


def test_after_a_rotation_the_earlier_secret_opens_and_the_new_one_seals() -> None:
    ballot = Sealed("yes", "receipt")
    before, after = PollSeal(1, SALT, SECRET), PollSeal(1, SALT, LATER, [UNKNOWN, SECRET])
    assert after.unseal(2, before.seal(2, ballot)) == ballot
    sealed_anew = after.seal(2, ballot)
    assert sealed_anew[1:5] == key_id(LATER) != key_id(SECRET)
    assert PollSeal(1, SALT, LATER).unseal(2, sealed_anew) == ballot
    with pytest.raises(BrokenSeal, match=key_id(LATER).hex()):
        before.unseal(2, sealed_anew)


def test_an_envelope_under_another_key_id_is_refused_even_if_that_secret_is_known() -> None:
    seal = PollSeal(1, SALT, SECRET, [LATER])
    envelope = seal.seal(2, Sealed("yes", "receipt"))
    with pytest.raises(BrokenSeal):
        seal.unseal(2, envelope[:1] + key_id(LATER) + envelope[5:])


def test_a_stored_envelope_of_version_1_stays_readable() -> None:
    seal = PollSeal(7001, SALT, "a key for tests only")
    receipt = "00112233445566778899aabbccddeeff"
    assert STORED[:1] == b"\x01"
    assert seal.unseal(9001, STORED) == Sealed("3>1>2", receipt)
