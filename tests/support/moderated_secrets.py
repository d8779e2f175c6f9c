"""Secrets of what people write and others read first, hide or decide on."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from consultazione.comments.anchors import Anchor
from consultazione.core.actor import SYSTEM
from consultazione.core.incoming.uploads import store
from consultazione.moderation.commands.appealing import appeal_ruling
from consultazione.moderation.commands.reporting import report_text
from consultazione.moderation.commands.ruling import rule_on_text
from consultazione.moderation.models import Action, TextKind
from consultazione.notices.models import SubjectKind
from consultazione.opinions.commands.opinions import propose_opinion, refuse_opinion
from consultazione.proposals.amendments.commands import accept_amendment, propose_amendment
from consultazione.proposals.amendments.models import Part
from consultazione.proposals.commands.handing_in import hand_in_proposal
from consultazione.proposals.commands.lifecycle import admit_proposal
from consultazione.proposals.drafts.commands import begin_proposal_draft
from consultazione.proposals.models import Proposal, ProposalFile
from consultazione.tables.holding.models import ReadFirst
from tests.support.leaks import MODERATORS, SHARED, Planting, Secret
from tests.support.opinion_things import opened_map

NOBODY: frozenset[str] = frozenset()


def moderated_secrets(planting: Planting) -> dict[str, Secret]:
    """All of them by their names."""
    return {
        **_HiddenProposal(planting).secrets(),
        **_waiting(planting),
        "draft of a proposal": _draft(planting),
        **_opinions(planting),
    }


class _HiddenProposal:
    """A proposal that was amended, discussed and told of, and then hidden; with the appeal."""

    def __init__(self, planting: Planting) -> None:
        self.planting, self.make = planting, planting.make
        self.author, self.reader = self.make.citizen(), self.make.citizen()
        file = store(planting.directory, "allegato.txt", f"{SHARED} zqallegato".encode())
        self.proposal: Proposal = self.make.proposal(
            planting.table, self.author, title=f"{SHARED} zqtitolo", body=f"{SHARED} zqprima",
            need=f"{SHARED} zqmanca", effect=f"{SHARED} zqeffetto", files=[file],
        )  # fmt: skip
        self.at: dict[str, Any] = {"proposal_id": self.proposal.id}

    def secrets(self) -> dict[str, Secret]:
        """What it says and said, what others would have it say, and what was said of hiding it."""
        self._discuss()
        self.planting.spread()
        self._hide()
        desk = Secret("", MODERATORS, self.at)
        return {
            "title of a hidden proposal": replace(desk, word="zqtitolo"),
            "text of a hidden proposal": replace(desk, word="zqcorpo"),
            "need of a hidden proposal": replace(desk, word="zqmanca"),
            "effect of a hidden proposal": replace(desk, word="zqeffetto"),
            "earlier text of a hidden proposal": Secret("zqprima", NOBODY, self.at),
            "file of a hidden proposal": Secret("zqallegato", NOBODY, self.at),
            "amendment to a hidden proposal": Secret("zqemendamento", NOBODY, self.at),
            "note of a report": replace(desk, word="zqsegnalata"),
            "words of an appeal": replace(desk, word="zqricorso"),
        }

    def _discuss(self) -> None:
        run, at = self.planting.run, {"proposal_id": self.proposal.id}
        self.planting.follow(SubjectKind.PROPOSAL, self.proposal.id)
        run(self.planting.facilitator, admit_proposal, **at, version=1)
        comment = self.make.comment(self.proposal, anchor=Anchor(Part.NEED, 1, 1))
        change = {"part": Part.BODY, "reason": "Più chiaro."}
        taken = run(
            self.reader, propose_amendment, **at, version=1, old=f"{SHARED} zqprima",
            new=f"{SHARED} zqcorpo", **change,
        )  # fmt: skip
        run(self.author, accept_amendment, amendment_id=taken.id, version=1)
        pending = run(
            self.reader, propose_amendment, **at, version=2, old=f"{SHARED} zqcorpo",
            new=f"{SHARED} zqemendamento", **change,
        )  # fmt: skip
        with self.make.session() as session:
            file = session.query(ProposalFile).filter_by(**at).one()
        self.at |= {
            "comment_id": comment.id,
            "amendment_id": pending.id,
            "proposal_file_id": file.id,
            "file_name": "allegato.txt",
        }

    def _hide(self) -> None:
        run, text = self.planting.run, {"kind": TextKind.PROPOSAL, "text_id": self.proposal.id}
        run(self.reader, report_text, **text, rule="insult", words=f"{SHARED} zqsegnalata")
        ruling = run(
            self.planting.facilitator, rule_on_text,
            **text, action=Action.HIDE, rule="insult", reason="Offende.",
        )  # fmt: skip
        run(self.author, appeal_ruling, ruling_id=ruling.id, words=f"{SHARED} zqricorso")
        self.at["ruling_id"] = ruling.id


def _waiting(planting: Planting) -> dict[str, Secret]:
    """A proposal at a table where texts are read first."""
    make, table = planting.make, planting.make.table(name="Tavolo che legge prima")
    with make.database.transaction(SYSTEM) as tx:
        tx.session.add(ReadFirst(table_id=table.id, since=tx.now))
    secret = Secret("zqattesa", MODERATORS, {"table_id": table.id, "slug": table.slug})
    held = planting.run(
        make.citizen(), hand_in_proposal,
        table_id=table.id, title=secret.text, body=secret.text,
    )  # fmt: skip
    return {"text that waits": replace(secret, things={**secret.things, "held_id": held.id})}


def _draft(planting: Planting) -> Secret:
    word = "zqabbozzo"
    answers = {"title": f"{SHARED} {word}", "body": word}
    draft = planting.run(
        planting.make.citizen(), begin_proposal_draft,
        cycle_id=planting.make.cycle.id, answers=answers,
    )  # fmt: skip
    return Secret(word, NOBODY, {"proposal_draft_id": draft.id})


def _opinions(planting: Planting) -> dict[str, Secret]:
    """A statement that waits, and one that was refused, with the reason."""
    make, table = planting.make, planting.make.table(name="Tavolo delle opinioni")
    opened, author = opened_map(make, table), make.citizen()
    at = {"opinion_map_id": opened.id, "slug": table.slug}

    def proposed(word: str) -> int:
        body = f"{SHARED} {word}"
        return int(planting.run(author, propose_opinion, map_id=opened.id, body=body).id)

    waiting, refused = proposed("zqaspetta"), proposed("zqrespinta")
    planting.run(
        planting.facilitator, refuse_opinion,
        opinion_id=refused, reason=f"{SHARED} zqperche",
    )  # fmt: skip
    of_refused = {**at, "opinion_id": refused}
    return {
        "statement that waits": Secret("zqaspetta", MODERATORS, {**at, "opinion_id": waiting}),
        "refused statement": Secret("zqrespinta", MODERATORS, of_refused),
        "reason against a statement": Secret("zqperche", NOBODY, of_refused),
    }
