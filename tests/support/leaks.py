"""A zone in which things are kept from readers: each holds a word that stands nowhere else.

Whoever adds something that not everybody may read adds a secret here: where it stands, and who may
read it. `tests/security/test_leaks.py` then looks for its word in every answer of the site.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from consultazione.comments.commands.moderating import erase_comment, hide_comment
from consultazione.comments.commands.writing import withdraw_comment
from consultazione.comments.digests.keeping import LEAST_COMMENTS, keep_digest
from consultazione.comments.digests.queries import digest_of
from consultazione.comments.models import Position
from consultazione.core.actor import SYSTEM, VISITOR, Actor, Role
from consultazione.minutes.commands.editing import write_note
from consultazione.notices.models import SubjectKind
from consultazione.people.commands.password_links import ask_for_password_link
from consultazione.plan.blocks.commands.removing import remove_block
from consultazione.plan.commands.batching import draft_answer
from consultazione.plan.commands.writing import write_paragraph
from consultazione.plan.models import ContributionState
from consultazione.search.indexing.following import follow
from consultazione.sittings.attendance.commands.presence import enter_sitting
from consultazione.sittings.lifecycle.commands.opening import open_sitting
from consultazione.sittings.lifecycle.commands.rehearsals import start_rehearsal
from consultazione.sittings.record.commands.notes import write_running_note
from consultazione.sittings.record.commands.statements import make_statement
from consultazione.tables.materials.commands import withdraw_material
from consultazione.zones.feedback.commands import give_feedback
from consultazione.zones.feedback.models import Useful
from consultazione.zones.queries import chapters
from tests.support.factories import Factory
from tests.support.told import Told

# Stands beside each secret word, so that a search for it comes upon all of them.
SHARED = "frantumaglia"
# Who reads: the participant follows everything that is planted.
READERS: dict[str, Callable[[Planting], Actor]] = {
    "visitor": lambda planting: VISITOR,
    "participant": lambda planting: planting.follower,
    "facilitator": lambda planting: planting.make.holder(Role.FACILITATOR),
    "plan_office": lambda planting: planting.make.holder(Role.PLAN_OFFICE),
    "administrator": lambda planting: planting.make.holder(Role.ADMINISTRATOR),
}
DESK = frozenset({"facilitator", "administrator"})
MODERATORS = DESK | {"plan_office"}


@dataclass(frozen=True)
class Secret:
    """Something with a word of its own.

    may: the readers who may come upon it. things: the parameters of addresses that lead to it.
    open_at: how the rules of addresses begin at which everybody may read it, and nowhere else.
    """

    word: str
    may: frozenset[str] = frozenset()
    things: dict[str, Any] = field(default_factory=dict)
    open_at: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """What is written where the secret stands."""
        return f"{SHARED} {self.word}"


class Planting:
    """Plants secrets in the zone of one factory; `other` is another zone."""

    def __init__(self, make: Factory, other: Factory, directory: Path) -> None:
        self.make, self.other, self.directory = make, other, directory
        self.table = make.table(name="Tavolo dei segreti")
        self.proposal = make.proposal(self.table, title=f"{SHARED} pubblica", body="Da leggere.")
        self.facilitator = make.holder(Role.FACILITATOR)
        self.office = make.holder(Role.PLAN_OFFICE)
        self.follower, self._told = make.citizen(), Told(make.database)
        self.follow(SubjectKind.TABLE, self.table.id)
        self.follow(SubjectKind.PROPOSAL, self.proposal.id)

    def run(self, who: Actor, command: Callable[..., Any], **fields: Any) -> Any:
        """What a command answers."""
        with self.make.database.transaction(who) as tx:
            return command(tx, **fields)

    def follow(self, kind: SubjectKind, subject_id: int) -> None:
        """Have the participant told of something from now on."""
        self._told.follow(self.follower, kind, subject_id)

    def spread(self) -> None:
        """Have the search know everything as it is now, and followers be told of it."""
        self._told.tell()
        with self.make.database.transaction(SYSTEM) as tx:
            while follow(tx.session, at=tx.now, limit=500):
                pass

    def secrets(self) -> dict[str, Secret]:
        """All secrets by their names. What was public is spread first, and hidden after that."""
        return {
            "public comment": self._public(),
            **self._comments(),
            "removed block": self._block(),
            "withdrawn document": self._document(),
            "note of a draft": self._draft_minutes(),
            "running note": self._running_note(),
            **self._rehearsal(),
            "prepared answer": self._answer(),
            "opinion on a page": self._opinion(),
            "address of an account": self._address(),
            "hidden in another zone": self._elsewhere(),
        }

    def _public(self) -> Secret:
        """No secret: without it the others would prove nothing."""
        secret = Secret("zqpubblico", frozenset(READERS), {"proposal_id": self.proposal.id})
        self.make.comment(self.proposal, body=secret.text)
        return secret

    def _comments(self) -> dict[str, Secret]:
        author, at = self.make.citizen(), {"proposal_id": self.proposal.id}
        made = {
            name: self.make.comment(
                self.proposal, author, position=position,
                body=f"{SHARED} {word} negli sportelli dei Comuni, con orari lunghi.",
            )
            for name, word, position in (
                ("hidden", "zqnascosta", Position.IN_FAVOUR),
                ("withdrawn", "zqritirata", Position.AGAINST),
                ("erased", "zqcancellata", Position.NEUTRAL),
            )
        }  # fmt: skip
        self._digest([comment.id for comment in made.values()])
        self.spread()
        ids = {name: {**at, "comment_id": comment.id} for name, comment in made.items()}
        self.run(
            self.facilitator, hide_comment, comment_id=made["hidden"].id, reason="Fuori luogo."
        )
        self.run(author, withdraw_comment, comment_id=made["withdrawn"].id, reason="Ripensato.")
        self.run(
            self.make.holder(Role.ADMINISTRATOR), erase_comment,
            comment_id=made["erased"].id, ground="Dati personali.",
        )  # fmt: skip
        return {
            "hidden comment": Secret("zqnascosta", MODERATORS, ids["hidden"]),
            "withdrawn comment": Secret("zqritirata", MODERATORS, ids["withdrawn"]),
            "erased comment": Secret("zqcancellata", frozenset(), ids["erased"]),
        }

    def _digest(self, cited: list[int]) -> None:
        """Have a digest of the discussion cite these comments while everybody reads them."""
        for _comment in range(LEAST_COMMENTS):
            self.make.comment(self.proposal, self.follower)
        self.run(
            SYSTEM, keep_digest, proposal_id=self.proposal.id, table_id=self.table.id,
            number=10**6, is_new=True,
        )  # fmt: skip
        with self.make.session() as session:
            digest = digest_of(session, self.proposal.id)
        assert digest is not None
        assert {quoted.comment.id for quoted in digest.sentences} >= set(cited)

    def _block(self) -> Secret:
        with self.make.session() as session:
            chapter_id = chapters(session, self.make.cycle.id)[1].id
        word = "zqrimosso"
        body = f"{SHARED} {word}"
        block = self.run(self.office, write_paragraph, chapter_id=chapter_id, body=body)
        self.spread()
        self.run(
            self.office, remove_block, block_id=block.id, version=block.version, reason="Doppio."
        )
        office = frozenset({"plan_office", "administrator"})
        # Its address stays for ever, and says why it was removed: no list leads there.
        things = {"block_id": block.id, "paragraph_id": block.id}
        return Secret(word, office, things, open_at=("/piano/paragrafi/",))

    def _document(self) -> Secret:
        word = "zqritirato"
        made = self.make.material(
            self.table, self.directory, content=f"{SHARED} {word}".encode(), title=f"{SHARED} carta"
        )
        self.spread()
        self.run(self.facilitator, withdraw_material, material_id=made.id, reason="Errato.")
        return Secret(word, frozenset(), {"material_id": made.id, "file_name": "sintesi.txt"})

    def _draft_minutes(self) -> Secret:
        minutes = self.make.minutes(self.make.held(self.make.sitting(self.table)))
        secret = Secret(
            "zqbozza", frozenset({*DESK, "plan_office"}),
            {"minutes_id": minutes.id, "sitting_id": minutes.sitting_id},
        )  # fmt: skip
        point_id = minutes.facts["agenda"][0]["id"]
        self.run(
            self.facilitator, write_note,
            minutes_id=minutes.id, point_id=point_id, body=secret.text, version=0,
        )  # fmt: skip
        return secret

    def _running_note(self) -> Secret:
        sitting = self.make.sitting(self.table)
        chair = self.make.presided(sitting)
        secret = Secret("zqappunto", frozenset(), {"sitting_id": sitting.id})
        self.run(
            chair, write_running_note,
            point_id=sitting.agenda[0].id, body=secret.text, version=0,
        )  # fmt: skip
        return secret

    def _rehearsal(self) -> dict[str, Secret]:
        """Its address, drawn at random, is all that a guest needs: nothing else may tell it."""
        sitting = self.make.sitting(self.make.table(name="Tavolo della prova"))
        chair = self.make.holder(Role.FACILITATOR)
        rehearsal = self.run(chair, start_rehearsal, sitting_id=sitting.id)
        things = {"sitting_id": rehearsal.id}
        at = ("/sedute/<int:sitting_id>", "/api/v1/sittings/<int:sitting_id>")
        secret = Secret("zqprova", DESK, things, at)
        self.run(chair, open_sitting, sitting_id=rehearsal.id)
        self.run(chair, enter_sitting, sitting_id=rehearsal.id)
        self.run(chair, make_statement, sitting_id=rehearsal.id, body=secret.text)
        return {
            "statement of a rehearsal": secret,
            # Where it is asked for in vain, the way to sign in leads back there.
            "address of a rehearsal": Secret(
                str(rehearsal.id), DESK, things, (*at, "/incorpora/sedute/<int:sitting_id>")
            ),
        }

    def _answer(self) -> Secret:
        (contribution,) = self.make.contributions("Uno sportello unico.")
        office = frozenset({"plan_office", "administrator"})
        secret = Secret("zqrisposta", office, {"contribution_id": contribution.id})
        self.run(
            self.office, draft_answer, contribution_id=contribution.id,
            answer=ContributionState.REFUSED, reason=secret.text,
        )  # fmt: skip
        return secret

    def _opinion(self) -> Secret:
        secret = Secret("zqopinione", frozenset({"plan_office", "administrator"}))
        self.run(
            VISITOR, give_feedback, zone_id=self.make.zone.id, path="/percorso",
            useful=Useful.NO, words=secret.text,
        )  # fmt: skip
        return secret

    def _address(self) -> Secret:
        person = self.make.person(email="zqindirizzo@example.org")
        self.make.comment(self.proposal, self.make.actor(person), body="Sono d’accordo.")
        self.run(VISITOR, ask_for_password_link, email=person.email)
        return Secret("zqindirizzo")

    def _elsewhere(self) -> Secret:
        secret = Secret("zqaltrove")
        comment = self.other.comment(body=secret.text)
        self.spread()
        with self.other.database.transaction(self.other.holder(Role.FACILITATOR)) as tx:
            hide_comment(tx, comment_id=comment.id, reason="Fuori luogo.")
        return secret
