"""Any sequence of writing, imports, edits, moves, splits and merges keeps places and pedigree."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from itertools import count

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from consultazione.core.actor import Actor, Role
from consultazione.core.errors import Conflict, Invalid
from consultazione.plan.blocks.commands.arranging import merge_blocks, move_block, split_block
from consultazione.plan.blocks.commands.editing import edit_block
from consultazione.plan.blocks.commands.removing import remove_block, restore_block
from consultazione.plan.blocks.lineage import files_behind, sentence_origins
from consultazione.plan.blocks.models import Block
from consultazione.plan.blocks.parts import sentences
from consultazione.plan.commands.answering import take_in
from consultazione.plan.commands.writing import write_paragraph
from consultazione.plan.importing.commands import import_blocks
from consultazione.plan.importing.reading.found import FoundBlock, Kind
from consultazione.zones.queries import chapters
from tests.support.factories import Factory

ACTS = ["write", "import", "edit", "shorten", "move", "split", "merge", "remove", "restore"]
STEPS = st.lists(
    st.tuples(st.sampled_from(ACTS), st.integers(0, 9), st.integers(0, 9)), max_size=14
)


class Text:
    """A plan in work: its blocks, and what each sentence is known to come from.

    known: by sentence, the contribution or the file; None for the office's own.
    """

    def __init__(self, make: Factory) -> None:
        self.make = make
        self.office: Actor = make.holder(Role.PLAN_OFFICE)
        self.numbers = count(1)
        self.known: dict[str, int | str | None] = {}
        self.dropped: set[str] = set()
        with make.session() as session:
            self.chapter_ids = [row.id for row in chapters(session, make.cycle.id)[:2]]
        for contribution in make.contributions("Open a desk.", "Train the carers."):
            body = " ".join(self.sentence(contribution.id) for _ in range(3))
            self.act(take_in, contribution_id=contribution.id, body=body, reason="Serve.")
        for chapter_id in self.chapter_ids:
            self.act(write_paragraph, chapter_id=chapter_id, body=self.sentence(None))

    def sentence(self, origin: int | str | None) -> str:
        """A sentence like no other, which comes from a contribution or a file."""
        words = f"Frase {next(self.numbers)}."
        self.known[words] = origin
        return words

    def point(self, origin: int | str | None) -> str:
        """Such a sentence as a point of a list."""
        words = self.sentence(origin)
        self.known[f"- {words}"] = self.known.pop(words)
        return f"- {words}"

    def act(self, command: Callable[..., object], **values: object) -> None:
        """Run a command; what it refuses changes nothing."""
        with suppress(Conflict, Invalid), self.make.database.transaction(self.office) as tx:
            command(tx, **values)

    def blocks(self) -> list[Block]:
        """All blocks that there ever were, the removed ones too."""
        with self.make.session() as session:
            query = select(Block).where(Block.chapter_id.in_(self.chapter_ids)).order_by(Block.id)
            return list(session.scalars(query))

    def step(self, act: str, which: int, where: int) -> None:
        """Do one thing to one of the blocks."""
        blocks = self.blocks()
        block = blocks[which % len(blocks)]
        at: dict[str, object] = {"block_id": block.id, "version": block.version}
        if act == "write":
            chapter_id = self.chapter_ids[where % 2]
            self.act(write_paragraph, chapter_id=chapter_id, body=self.sentence(None))
        elif act == "import":
            self._import(self.chapter_ids[where % 2], f"Parte {which}.docx")
        elif act == "edit" and block.rank:
            added = self.point(None) if block.kind == Kind.LIST else self.sentence(None)
            body = _joined(block.kind, [block.body, added])
            self.act(edit_block, **at, body=body, reason="Manca.")
        elif act == "shorten" and block.rank:
            *kept, last = sentences(block.kind, block.body)
            self.dropped |= {last} if kept else set()
            self.act(edit_block, **at, body=_joined(block.kind, kept), reason="Troppo.")
        else:
            self._arrange(act, block, where, at)

    def _import(self, chapter_id: int, file: str) -> None:
        """Take a paragraph of two sentences and a list of two points from a file."""
        paragraph = f"{self.sentence(file)} {self.sentence(file)}"
        points = [self.point(file) for _ in range(2)]
        blocks = [
            FoundBlock(kind=Kind.PARAGRAPH, body=paragraph, place=1),
            FoundBlock(kind=Kind.LIST, body="\n".join(points), place=2),
        ]
        self.act(import_blocks, chapter_id=chapter_id, file=file, sha256="0" * 64, blocks=blocks)

    def _arrange(self, act: str, block: Block, where: int, at: dict[str, object]) -> None:
        following = [
            one.version
            for one in self.blocks()
            if one.chapter_id == block.chapter_id and one.rank == (block.rank or 0) + 1
        ]
        arranged: dict[str, tuple[Callable[..., object], dict[str, object]]] = {
            "move": (move_block, {"chapter_id": self.chapter_ids[where % 2], "rank": where}),
            "split": (split_block, {**at, "after": where}),
            "merge": (merge_blocks, {**at, "next_version": (following or [1])[0]}),
            "remove": (remove_block, {**at, "reason": "Doppione."}),
            "restore": (restore_block, {}),
        }
        if act in arranged:
            command, values = arranged[act]
            self.act(command, **{"block_id": block.id, **values})

    def check(self) -> None:
        """Places without gaps; no sentence lost, doubled or without its pedigree."""
        standing = [block for block in self.blocks() if block.rank is not None]
        for chapter_id in self.chapter_ids:
            places = sorted(b.rank or 0 for b in standing if b.chapter_id == chapter_id)
            assert places == list(range(1, len(places) + 1))
        removed = [b for b in self.blocks() if b.rank is None and b.merged_into_id is None]
        found = [s for b in [*standing, *removed] for s in sentences(b.kind, b.body)]
        assert sorted(found) == sorted(self.known.keys() - self.dropped)
        for block in standing:
            self._check_origins(block.id)

    def _check_origins(self, block_id: int) -> None:
        with self.make.session() as session:
            block = session.get_one(Block, block_id)
            found = sentence_origins(session, block)
            traced = {o.text: o.version.contribution_id or o.version.file for o in found}
            assert traced == {text: self.known[text] for text in traced}
            origins = {contribution.id for contribution in block.contributions}
            assert {one for one in traced.values() if isinstance(one, int)} <= origins
            files = {one for one in traced.values() if isinstance(one, str)}
            assert {version.file for version in files_behind(found)} == files


def _joined(kind: str, parts: list[str]) -> str:
    """Sentences as a block of a kind holds them: points of a list each on its line."""
    return ("\n" if kind == Kind.LIST else " ").join(parts)


@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=STEPS)
def test_any_sequence_keeps_places_and_pedigree(
    make: Factory, steps: list[tuple[str, int, int]]
) -> None:
    text = Text(Factory(make.database))
    for step in steps:
        text.step(*step)
        text.check()
