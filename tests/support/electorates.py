"""Worked examples of electorates: who votes, on which base, with which result.

`tests/sittings/test_electorates.py` lets the product work each of them out; run as a program this
module writes them into docs/electorates.md, for whoever has to judge the rules.
"""

from __future__ import annotations

from dataclasses import dataclass

from consultazione.config import ROOT
from consultazione.people.models import Category
from consultazione.sittings.polls.rules import (
    Effect,
    Franchise,
    Majority,
    MajorityOf,
    QuorumOf,
    Rules,
)
from consultazione.sittings.polls.voters.arithmetic import arithmetic
from consultazione.sittings.polls.voters.entitlement import NoVote
from consultazione.tables.models import TableKind
from consultazione.tables.rules import Who
from tests.support.translated import reading

DOCUMENT = ROOT / "docs" / "electorates.md"
# Somebody else has cast the vote: the delegate, the substitute, or another delegate.
TAKEN = "taken"
CATEGORIES = {
    "Ponte": Category.VOLUNTEERING, "Filo": Category.APS, "Arca": Category.SOCIAL_COOP,
    "Nido": Category.FOUNDATION, "Rete": Category.VOLUNTEERING,
    "Sindacato A": Category.UNION, "Sindacato B": Category.UNION,
}  # fmt: skip
PERSONS, ORGANISATIONS = Franchise.PERSONS, Franchise.ORGANISATIONS


@dataclass(frozen=True, kw_only=True)
class Someone:
    """Who takes part in an example.

    organisation: for which they have a mandate. instead_of: the delegate whom they stand in for.
    ended: when their mandate was ended: before the poll, before or after they vote. where: online,
    hall, absent, gone (left before the poll), left (during it) or late (came during it).
    identified, accredited: also "late" or "ended". votes: what they try. refused: why they fail.
    to: who holds their proxy, and casts `votes` for them while they are absent.
    """

    name: str
    organisation: str = ""
    instead_of: str = ""
    ended: str = ""
    where: str = "online"
    identified: str = ""
    accredited: str = ""
    leads: bool = False
    votes: str = ""
    to: str = ""
    refused: NoVote | str = ""


@dataclass(frozen=True, kw_only=True)
class Example:
    """A poll, and what comes of it.

    entitled, present: the names of those who are, organisations or persons; entitled empty where
    whoever is present is. unregistered: how many more are counted in the hall. represented: how
    many of the votes present are held by proxy. needed: the least
    votes to pass, and of how many. grounds: why it passed or not. hall: by choice. too_many: the
    count of the hall is refused.
    """

    says: str
    vote: Who
    kind: TableKind = TableKind.THEMATIC
    franchise: Franchise = PERSONS
    seats: tuple[str, ...] = ()
    weights: tuple[int, ...] = ()
    people: tuple[Someone, ...] = ()
    hall: tuple[tuple[str, int], ...] = ()
    counts_hall: bool = True
    too_many: bool = False
    majority: Majority = Majority.SIMPLE
    of: MajorityOf = MajorityOf.VOTERS
    quorum: int = 0
    quorum_of: QuorumOf = QuorumOf.ENTITLED
    stated: int | None = None
    secret: bool = False
    entitled: tuple[str, ...] = ()
    present: tuple[str, ...] = ()
    unregistered: int = 0
    represented: int = 0
    needed: tuple[int, int] | None = None
    carried: bool = False
    grounds: str = "majority"

    @property
    def rules(self) -> Rules:
        """The rules of the poll."""
        return Rules(
            franchise=self.franchise,
            majority=self.majority,
            majority_of=self.of,
            quorum=self.quorum,
            quorum_of=self.quorum_of if self.quorum else QuorumOf.NUMBER,
            entitled=self.stated,
            secret=self.secret,
        )

    @property
    def cast(self) -> int:
        """The votes cast, online and in the hall."""
        online = [one for one in self.people if one.votes and not one.refused]
        room = 0 if self.too_many else sum(votes for _choice, votes in self.hall)
        return sum(self.votes_of(one.organisation) for one in online) + room

    @property
    def present_votes(self) -> int:
        """The votes of those present."""
        return sum(self.votes_of(name) for name in self.present) + self.unregistered

    @property
    def entitled_votes(self) -> int:
        """The votes of all entitled; of those present where nobody is entitled by name."""
        listed = sum(self.votes_of(name) for name in self.entitled)
        return max(self.stated or listed, self.present_votes)

    def votes_of(self, name: str) -> int:
        """The votes of an organisation or a person."""
        return dict(zip(self.seats, self.weights, strict=False)).get(name, 1)


def one(name: str, organisation: str = "", **values: object) -> Someone:
    """Somebody with a mandate for an organisation, or without."""
    return Someone(name=name, organisation=organisation, **values)  # type: ignore[arg-type]


def away(name: str, organisation: str = "", **values: object) -> Someone:
    """Somebody who stays away and has given their proxy."""
    return one(name, organisation, where="absent", **values)


UNIONS = ("Sindacato A", "Sindacato B")
WITH_PONTE = (*UNIONS, "Ponte")
THREE = ("Ponte", "Filo", "Arca")
A_YES, B_YES = one("Anna", "Sindacato A", votes="yes"), one("Bruno", "Sindacato B", votes="yes")
PONTE_YES, FILO_YES = one("Piera", "Ponte", votes="yes"), one("Fabio", "Filo", votes="yes")
FILO_NO, ARCA_YES = one("Fabio", "Filo", votes="no"), one("Agata", "Arca", votes="yes")
PONTE_THERE, FILO_THERE = one("Piera", "Ponte"), one("Fabio", "Filo")


def _union(says: str, **values: object) -> Example:
    given = {"seats": WITH_PONTE, "franchise": ORGANISATIONS, "entitled": UNIONS} | values
    kind = TableKind.UNION_CONSULTATION
    return Example(says=says, vote=Who.UNIONS, kind=kind, **given)  # type: ignore[arg-type]


def _seats(says: str, **values: object) -> Example:
    given = {"seats": THREE, "franchise": ORGANISATIONS, "entitled": THREE} | values
    return Example(says=says, vote=Who.ORGANISATIONS, **given)  # type: ignore[arg-type]


def _weighed(says: str, **values: object) -> Example:
    given = {
        "seats": THREE,
        "weights": (5, 2, 4),
        "franchise": Franchise.WEIGHTS,
        "entitled": THREE,
    } | values
    return Example(says=says, vote=Who.ORGANISATIONS, **given)  # type: ignore[arg-type]


def _admitted(says: str, **values: object) -> Example:
    given = {"seats": ("Ponte",)} | values
    return Example(says=says, vote=Who.ACCREDITED, **given)  # type: ignore[arg-type]


def _plenary(says: str, who: Who = Who.IDENTIFIED, **values: object) -> Example:
    return Example(says=says, vote=who, kind=TableKind.PLENARY, **values)  # type: ignore[arg-type]


def _online(count: int, **first: object) -> tuple[Someone, ...]:
    return (one("P1", **first), *(one(f"P{n}") for n in range(2, count + 1)))


SEVEN = tuple(f"P{n}" for n in range(1, 8))

EXAMPLES: tuple[Example, ...] = (
    # the union consultation: seated unions alone
    _union("Both unions vote in favour.", people=(A_YES, B_YES), present=UNIONS, needed=(2, 2),
           carried=True),
    _union("An association with a seat tries to vote.",
           people=(A_YES, one("Piera", "Ponte", votes="yes", refused=NoVote.NO_SEAT)),
           present=UNIONS[:1], needed=(1, 1), carried=True),
    _union("A union without a seat tries to vote.", seats=("Sindacato A",),
           entitled=("Sindacato A",), people=(A_YES, one("Bruno", "Sindacato B", votes="no",
                                                        refused=NoVote.NO_SEAT)),
           present=("Sindacato A",), needed=(1, 1), carried=True),
    _union("Absolute majority of those entitled; one union is absent.", people=(A_YES,),
           majority=Majority.ABSOLUTE, of=MajorityOf.ENTITLED, present=UNIONS[:1], needed=(2, 2),
           grounds="not_reached"),
    _union("All entitled must vote; one union is absent.", people=(A_YES,), quorum=100,
           present=UNIONS[:1], needed=(1, 1), grounds="no_quorum"),
    _union("A substitute votes for a union.",
           people=(one("Anna", "Sindacato A", where="absent"),
                   one("Sara", organisation="Sindacato A", instead_of="Anna", votes="yes")),
           present=UNIONS[:1], needed=(1, 1), carried=True),
    _union("The mandate had ended before the sitting: its holder comes as a citizen.",
           people=(A_YES, one("Bruno", "Sindacato B", ended="before sitting", votes="no",
                              refused=NoVote.NO_ORGANISATION)),
           present=UNIONS[:1], needed=(1, 1), carried=True),
    _union("Persons vote: the delegates of seated unions, each for themselves.", franchise=PERSONS,
           people=(A_YES, one("Aldo", "Sindacato A", votes="no"), B_YES),
           entitled=("Anna", "Aldo", "Bruno"), present=("Anna", "Aldo", "Bruno"), needed=(2, 3),
           carried=True),
    _union("Persons vote: neither an association's delegate nor a citizen does.", franchise=PERSONS,
           people=(A_YES, one("Piera", "Ponte", votes="no", refused=NoVote.UNIONS),
                   one("Carla", votes="no", refused=NoVote.UNIONS)),
           entitled=("Anna",), present=("Anna",), needed=(1, 1), carried=True),
    # seated organisations
    _seats("The only organisation with a seat is absent; one without a seat tries to decide.",
           seats=("Ponte",), entitled=("Ponte",),
           people=(one("Fabio", "Filo", votes="yes", refused=NoVote.NO_SEAT),),
           grounds="no_ballots"),
    _seats("Two delegates of one organisation: the second is refused.",
           people=(PONTE_YES, one("Paolo", "Ponte", votes="no", refused=TAKEN)),
           present=("Ponte",), needed=(1, 1), carried=True),
    _seats("Delegate and substitute side by side: the substitute has voted.",
           people=(one("Sara", organisation="Ponte", instead_of="Piera", votes="yes"),
                   one("Piera", "Ponte", votes="no", refused=TAKEN)),
           present=("Ponte",), needed=(1, 1), carried=True),
    _seats("An organisation comes while the poll is open.",
           people=(PONTE_YES, one("Fabio", "Filo", where="late", votes="no")),
           present=("Ponte", "Filo"), needed=(2, 2), grounds="tie"),
    _seats("An organisation leaves while the poll is open, without a vote.",
           people=(PONTE_YES, one("Fabio", "Filo", where="left")),
           present=("Ponte", "Filo"), needed=(1, 1), carried=True),
    _seats("An organisation has left before the poll is opened.",
           people=(PONTE_YES, one("Fabio", "Filo", where="gone")),
           present=("Ponte",), needed=(1, 1), carried=True),
    _seats("A mandate is ended in the room, before the poll is opened.",
           people=(PONTE_YES, one("Fabio", "Filo", ended="before poll", votes="no",
                                  refused=NoVote.ENDED)),
           present=("Ponte",), needed=(1, 1), carried=True),
    _seats("A mandate is ended while the poll is open, before its holder votes.",
           people=(PONTE_YES, one("Fabio", "Filo", ended="before vote", votes="no",
                                  refused=NoVote.ENDED)),
           present=("Ponte", "Filo"), needed=(1, 1), carried=True),
    _seats("A mandate is ended after its holder has voted: the vote stays.",
           people=(PONTE_YES, one("Fabio", "Filo", ended="after vote", votes="no")),
           present=("Ponte", "Filo"), needed=(2, 2), grounds="tie"),
    _seats("One for, one against.", people=(PONTE_YES, FILO_NO), present=("Ponte", "Filo"),
           needed=(2, 2), grounds="tie"),
    _seats("Who abstains takes no side.",
           people=(PONTE_YES, one("Fabio", "Filo", votes="abstain")),
           present=("Ponte", "Filo"), needed=(1, 1), carried=True),
    _seats("Absolute majority of those present; two abstain.",
           people=(PONTE_YES, one("Fabio", "Filo", votes="abstain"),
                   one("Agata", "Arca", votes="abstain")),
           majority=Majority.ABSOLUTE, of=MajorityOf.PRESENT, present=THREE, needed=(2, 3),
           grounds="not_reached"),
    _seats("Two thirds of those who vote.", people=(PONTE_YES, ARCA_YES, FILO_NO),
           majority=Majority.TWO_THIRDS, present=THREE, needed=(2, 3), carried=True,
           grounds="reached"),
    _seats("Four fifths of those entitled; the fifth is absent.",
           seats=(*THREE, "Nido", "Rete"), entitled=(*THREE, "Nido", "Rete"),
           people=(PONTE_YES, FILO_YES, ARCA_YES, one("Nora", "Nido", votes="yes")),
           majority=Majority.FOUR_FIFTHS, of=MajorityOf.ENTITLED, present=(*THREE, "Nido"),
           needed=(4, 5), carried=True, grounds="reached"),
    _seats("Half of those entitled must vote: two of three do.", people=(PONTE_YES, FILO_YES),
           quorum=50, present=("Ponte", "Filo"), needed=(2, 2), carried=True),
    _seats("A hand is counted in the hall of an organisation that is not registered.",
           people=(PONTE_YES,), hall=(("yes", 1),), present=("Ponte",), unregistered=1,
           needed=(2, 2), carried=True),
    _seats("A hand is counted in the hall of an organisation that is registered there.",
           people=(PONTE_YES, one("Fabio", "Filo", where="hall")), hall=(("no", 1),),
           present=("Ponte", "Filo"), needed=(2, 2), grounds="tie"),
    _seats("More hands are counted than organisations are left: refused.",
           people=(PONTE_YES,), hall=(("yes", 3),), too_many=True, present=("Ponte",),
           needed=(1, 1), carried=True),
    _seats("The facilitator is the delegate of a seated organisation, and votes for it.",
           people=(one("Piera", "Ponte", leads=True, votes="yes"),), present=("Ponte",),
           needed=(1, 1), carried=True),
    _seats("The facilitator has no mandate and tries to vote.",
           people=(PONTE_YES, one("Gino", leads=True, votes="no", refused=NoVote.IN_CHARGE)),
           present=("Ponte",), needed=(1, 1), carried=True),
    _seats("A citizen tries to vote where organisations do.",
           people=(PONTE_YES, one("Carla", votes="no", refused=NoVote.NO_ORGANISATION)),
           present=("Ponte",), needed=(1, 1), carried=True),
    _seats("A secret poll: who voted is not shown, the numbers are the same.", secret=True,
           people=(PONTE_YES, FILO_YES), present=("Ponte", "Filo"), needed=(2, 2), carried=True),
    _seats("Persons vote: two delegates of one organisation have a vote each.", franchise=PERSONS,
           people=(PONTE_YES, one("Paolo", "Ponte", votes="yes"), FILO_NO),
           entitled=("Piera", "Paolo", "Fabio"), present=("Piera", "Paolo", "Fabio"),
           needed=(2, 3), carried=True),
    _seats("Persons vote: a delegate and their substitute are one; the substitute has voted.",
           franchise=PERSONS,
           people=(one("Sara", organisation="Ponte", instead_of="Piera", votes="yes"),
                   one("Piera", "Ponte", votes="yes", refused=TAKEN), FILO_NO),
           entitled=("Piera", "Fabio"), present=("Piera", "Fabio"), needed=(2, 2), grounds="tie"),
    _seats("Persons vote: a delegate and their substitute are one; the delegate has voted.",
           franchise=PERSONS,
           people=(PONTE_YES, one("Sara", organisation="Ponte", instead_of="Piera", votes="yes",
                                  refused=TAKEN)),
           entitled=("Piera",), present=("Piera",), needed=(1, 1), carried=True),
    _seats("Persons vote: a delegate and their substitute are there, and neither votes.",
           franchise=PERSONS,
           people=(PONTE_THERE, one("Sara", organisation="Ponte", instead_of="Piera"), FILO_YES),
           entitled=("Piera", "Fabio"), present=("Piera", "Fabio"), needed=(1, 1), carried=True),
    _seats("Persons vote: an absent delegate is entitled too.", franchise=PERSONS,
           people=(PONTE_YES, one("Paolo", "Ponte", where="absent"), FILO_YES),
           majority=Majority.ABSOLUTE, of=MajorityOf.ENTITLED,
           entitled=("Piera", "Paolo", "Fabio"), present=("Piera", "Fabio"), needed=(2, 3),
           carried=True, grounds="reached"),
    # proxies, where the rule of the table allows them
    _seats("An absent organisation has given its proxy to another: one gesture for both.",
           people=(PONTE_YES, away("Fabio", "Filo", to="Piera", votes="yes")),
           present=("Ponte", "Filo"), represented=1, needed=(2, 2), carried=True),
    _seats("The holder of a proxy votes otherwise for who gave it.",
           people=(PONTE_YES, away("Fabio", "Filo", to="Piera", votes="no")),
           present=("Ponte", "Filo"), represented=1, needed=(2, 2), grounds="tie"),
    _seats("The holder of a proxy is absent too: it represents nobody.",
           people=(ARCA_YES, one("Piera", "Ponte", where="absent"), away("Fabio", "Filo",
                                                                        to="Piera")),
           present=("Arca",), needed=(1, 1), carried=True),
    _seats("Who gave a proxy comes in before the poll: they vote themselves, the holder does not.",
           people=(PONTE_YES, one("Fabio", "Filo", to="Piera", votes="no")),
           present=("Ponte", "Filo"), needed=(2, 2), grounds="tie"),
    _seats("Another delegate comes for the organisation that gave a proxy: it has ended.",
           people=(PONTE_YES, away("Fabio", "Filo", to="Piera"), one("Fausta", "Filo", votes="no")),
           present=("Ponte", "Filo"), needed=(2, 2), grounds="tie"),
    _seats("The holder does not vote: who is represented was present without voting.",
           people=(ARCA_YES, PONTE_THERE, away("Fabio", "Filo", to="Piera")),
           majority=Majority.ABSOLUTE, of=MajorityOf.PRESENT, present=THREE, represented=1,
           needed=(2, 3), grounds="not_reached"),
    _seats("The mandate of who gave the proxy is ended before the vote: the holder votes alone.",
           people=(away("Fabio", "Filo", to="Piera", ended="before vote"), PONTE_YES),
           present=("Ponte", "Filo"), represented=1, needed=(1, 1), carried=True),
    _seats("A proxy makes up the quorum of a secret poll.", secret=True, quorum=60,
           people=(PONTE_YES, away("Fabio", "Filo", to="Piera", votes="yes")),
           present=("Ponte", "Filo"), represented=1, needed=(2, 2), carried=True),
    _weighed("The holder casts the weight of who gave the proxy.",
             people=(FILO_NO, away("Piera", "Ponte", to="Fabio", votes="yes")),
             present=("Ponte", "Filo"), represented=5, needed=(4, 7), carried=True),
    _admitted("Persons vote: somebody admitted holds the proxy of an absent delegate.",
              people=(one("Dario", accredited="yes", votes="yes"),
                      away("Piera", "Ponte", to="Dario", votes="yes")),
              entitled=("Piera", "Dario"), present=("Piera", "Dario"), represented=1,
              needed=(2, 2), carried=True),
    _admitted("Organisations vote: who has no organisation casts the proxy alone.",
              franchise=ORGANISATIONS,
              people=(one("Dario", accredited="yes", votes="yes",
                          refused=NoVote.NO_ORGANISATION),
                      away("Piera", "Ponte", to="Dario", votes="yes")),
              entitled=("Ponte",), present=("Ponte",), represented=1, needed=(1, 1),
              carried=True),
    # organisations by weight
    _weighed("Weights 5, 2 and 4; the third is absent; absolute majority of those entitled.",
             people=(PONTE_YES, FILO_NO), majority=Majority.ABSOLUTE, of=MajorityOf.ENTITLED,
             present=("Ponte", "Filo"), needed=(6, 11), grounds="not_reached"),
    _weighed("An organisation with a seat but without a weight tries to vote.",
             seats=(*THREE, "Nido"),
             people=(PONTE_YES, one("Nora", "Nido", votes="no", refused=NoVote.NO_WEIGHT)),
             present=("Ponte",), needed=(3, 5), carried=True),
    _weighed("Half of all weights must vote: 7 of 11 do.", people=(PONTE_YES, FILO_YES),
             quorum=50, present=("Ponte", "Filo"), needed=(4, 7), carried=True),
    _weighed("The heavy one is registered in the hall, and its votes are counted by hand.",
             people=(one("Piera", "Ponte", where="hall"), FILO_NO), hall=(("yes", 5),),
             present=("Ponte", "Filo"), needed=(4, 7), carried=True),
    # persons admitted by act
    _admitted("A delegate and a person admitted vote, a citizen does not.",
              people=(PONTE_YES, one("Dario", accredited="yes", votes="yes"),
                      one("Carla", votes="no", refused=NoVote.ACCREDITED)),
              entitled=("Piera", "Dario"), present=("Piera", "Dario"), needed=(2, 2),
              carried=True),
    _admitted("A person admitted is absent, and entitled all the same.",
              people=(PONTE_YES, one("Dario", accredited="yes", where="absent")),
              majority=Majority.ABSOLUTE, of=MajorityOf.ENTITLED,
              entitled=("Piera", "Dario"), present=("Piera",), needed=(2, 2),
              grounds="not_reached"),
    _admitted("The admission has ended.",
              people=(PONTE_YES, one("Dario", accredited="ended", votes="no",
                                     refused=NoVote.ACCREDITED)),
              entitled=("Piera",), present=("Piera",), needed=(1, 1), carried=True),
    _admitted("To be identified does not replace an admission.",
              people=(PONTE_YES, one("Carla", identified="yes", votes="no",
                                     refused=NoVote.ACCREDITED)),
              entitled=("Piera",), present=("Piera",), needed=(1, 1), carried=True),
    # whoever is identified
    _plenary("Who has only registered does not vote; who was identified does.",
             people=(one("Carla", identified="yes", votes="yes"),
                     one("Ignoto", votes="no", refused=NoVote.IDENTIFIED)),
             present=("Carla",), needed=(1, 1), carried=True),
    _plenary("A delegate of a seated organisation needs no identification.", seats=("Ponte",),
             people=(PONTE_YES, one("Carla", identified="yes", votes="no")),
             present=("Piera", "Carla"), needed=(2, 2), grounds="tie"),
    _plenary("A delegate of an organisation without a seat counts as a person.",
             people=(one("Fabio", "Filo", votes="no", refused=NoVote.IDENTIFIED),
                     one("Carla", identified="yes", votes="yes")),
             present=("Carla",), needed=(1, 1), carried=True),
    _plenary("Somebody is identified at the desk while the poll is open, and votes.",
             people=(one("Carla", identified="yes", votes="yes"),
                     one("Mario", identified="late", votes="no")),
             present=("Carla", "Mario"), needed=(2, 2), grounds="tie"),
    _plenary("Who leads the table is identified, and still has no vote.",
             people=(one("Carla", identified="yes", votes="yes"),
                     one("Gino", leads=True, identified="yes", votes="no",
                         refused=NoVote.IN_CHARGE)),
             present=("Carla",), needed=(1, 1), carried=True),
    # whoever has an account
    _plenary("Seven online, of whom one votes, and 50 hands in the hall: 57 present, 51 votes.",
             Who.ANYBODY, people=_online(7, votes="no"), hall=(("yes", 50),), quorum=100,
             present=SEVEN, unregistered=50, needed=(26, 51), grounds="no_quorum"),
    _plenary("Two online who vote; three registered in the hall; five hands are counted there.",
             Who.ANYBODY,
             people=(*_online(2, votes="no"), *(one(f"S{n}", where="hall") for n in (1, 2, 3))),
             hall=(("yes", 5),), present=("P1", "P2", "S1", "S2", "S3"), unregistered=2,
             needed=(4, 6), carried=True),
    _plenary("The table counts registered persons alone: two are in the hall, five hands refused.",
             Who.ANYBODY, counts_hall=False,
             people=(one("P1", votes="no"), *(one(f"S{n}", where="hall") for n in (1, 2))),
             hall=(("yes", 5),), too_many=True, present=("P1", "S1", "S2"), needed=(1, 1),
             grounds="minority"),
    _plenary("The rules of the poll state that 10 are entitled.", Who.ANYBODY, stated=10,
             people=_online(2, votes="yes"), majority=Majority.ABSOLUTE, of=MajorityOf.ENTITLED,
             present=("P1", "P2"), needed=(6, 10), grounds="not_reached"),
    _plenary("Who leads is not counted among those present.", Who.ANYBODY,
             people=(one("P1", votes="yes"), one("P2", votes="no"), one("Gino", leads=True)),
             majority=Majority.ABSOLUTE, of=MajorityOf.PRESENT, present=("P1", "P2"),
             needed=(2, 2), grounds="not_reached"),
)  # fmt: skip


def document() -> str:
    """The examples as a document in Markdown."""
    with reading("it"):
        rows = [_row(number, example) for number, example in enumerate(EXAMPLES, start=1)]
    return "\n".join([*_HEAD.splitlines(), *rows, ""])


_HEAD = """# Who counts: worked examples

Written from the cases of `tests/sittings/test_electorates.py`, each of which the product works out
(`make docs`). Organisations and persons are invented.

**The rule of a table** says who votes: unions with a seat; organisations with a seat; these and
persons admitted by act; these and persons identified; whoever has an account. An organisation has
one vote, or its weight, whoever casts it. A delegate and who stands in for them are one person.
Who leads the table votes only as the delegate of an organisation that may. A seat makes an
organisation entitled, present or not; a mandate must be valid when the poll is opened, and when
the vote is cast. What was voted before a mandate ended stays.

**Present** is who was there at any time while the poll was open, whose hand was counted in the
hall, and for whom somebody there holds a proxy: a written act for one sitting, where the rule of
the table allows it. A proxy ends when who gave it, or anybody for their organisation, comes in.
Who is entitled but unknown by name, where any person may come, is whoever is present.

| n. | situation | votes | entitled | present | cast | needed | result | page and minutes say |
|---|---|---|---|---|---|---|---|---|"""
_RESULTS = {
    "majority": "passes", "minority": "does not pass", "reached": "passes",
    "not_reached": "does not pass", "tie": "does not pass: a tie", "no_ballots": "nobody voted",
    "no_quorum": "not valid: too few voted",
}  # fmt: skip


def _row(number: int, example: Example) -> str:
    listed = ", ".join(example.entitled)
    entitled = f"{example.entitled_votes}: {listed}" if listed else str(example.entitled_votes)
    there = [*example.present]
    there += [f"{example.unregistered} in the hall"] if example.unregistered else []
    needed = "–" if example.needed is None else f"{example.needed[0]} of {example.needed[1]}"
    cells = (
        str(number), f"{_TABLES[example.vote]}. {example.says}", _votes(example), entitled,
        f"{example.present_votes}: {', '.join(there)}".removesuffix(": "), str(example.cast),
        needed, _RESULTS[example.grounds], said(example),
    )  # fmt: skip
    return f"| {' | '.join(cells)} |"


_TABLES = {
    Who.UNIONS: "Unions with a seat",
    Who.ORGANISATIONS: "Organisations with a seat",
    Who.ACCREDITED: "Seats and persons admitted",
    Who.IDENTIFIED: "Seats and persons identified",
    Who.ANYBODY: "Whoever has an account",
}


def _votes(example: Example) -> str:
    tried = [
        f"{one.name} {one.votes}{' (refused)' if one.refused else ''}{_by_proxy(one)}"
        for one in example.people
        if one.votes
    ]
    hall = [f"hall {choice} {votes}" for choice, votes in example.hall]
    return ", ".join(tried + [f"{text} (refused)" if example.too_many else text for text in hall])


def _by_proxy(one: Someone) -> str:
    return f" (by proxy: {one.to})" if one.to and one.where == "absent" else ""


def said(example: Example) -> str:
    """The sentence of page and minutes, from the numbers that are expected."""
    base = example.entitled_votes if example.quorum else 0
    needed, of = example.needed or (None, None)
    return arithmetic(
        {
            "rules": {"franchise": example.franchise},
            "effect": Effect.BINDING,
            "options": (),
            "cast": example.cast,
            "electorate": example.present_votes,
            "entitled": example.entitled_votes,
            "unregistered": example.unregistered,
            "represented": example.represented,
            "quorum_votes": -(-example.quorum * base // 100),
            "needed": needed,
            "needed_of": of,
        }
    )


if __name__ == "__main__":
    DOCUMENT.write_text(document())
