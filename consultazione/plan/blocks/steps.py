"""What several commands on blocks share: taking one in hand, and giving it its next version."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from flask_babel import lazy_gettext as _
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm.attributes import set_committed_value

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, Invalid, NotFound
from consultazione.core.permissions import Permission, require
from consultazione.core.revisions import require_unchanged
from consultazione.plan.blocks.models import Block, BlockOrigin, BlockVersion, ChangeKind
from consultazione.plan.blocks.ranks import lock_chapters
from consultazione.plan.models import Contribution
from consultazione.plan.standing import require_open_text
from consultazione.zones.models import Chapter
from consultazione.zones.phases.when import require_when


class VersionConflict(Conflict):
    """Somebody else has changed the block since this form was opened; nothing was changed."""


def chapter_in_reach(tx: Transaction, chapter_id: int, permission: Permission) -> Chapter:
    """A chapter that the actor may write in.

    NotFound if there is none; NotAllowed without the permission in its zone; Conflict if it is
    not the time for it.
    """
    chapter = tx.session.get(Chapter, chapter_id)
    if chapter is None:
        raise NotFound(_("The plan has no such chapter."))
    require(tx.actor, permission, zone_id=chapter.zone_id)
    require_when(tx, permission, chapter.cycle_id)
    return chapter


def block_in_hand(
    tx: Transaction, block_id: int, permission: Permission, *, chapter_ids: Iterable[int] = ()
) -> Block:
    """A block, locked FOR UPDATE after its chapter and those given; its text may be changed.

    NotFound if there is none; NotAllowed without the permission in its zone; Conflict if the
    plan is ready or approved.
    """
    block = tx.session.get(Block, block_id)
    if block is None:
        raise NotFound(_("The plan has no such block."))
    require(tx.actor, permission, zone_id=block.chapter.zone_id)
    require_when(tx, permission, block.chapter.cycle_id)
    require_open_text(tx, block.chapter.cycle_id)
    lock_chapters(tx.session, {block.chapter_id, *chapter_ids})
    query = select(Block).where(Block.id == block_id).with_for_update(of=Block)
    return tx.session.scalars(query.execution_options(populate_existing=True)).one()


def block_to_link(tx: Transaction, block_id: int, permission: Permission) -> Block:
    """A block that stands in the plan, locked FOR UPDATE; what it serves may be said.

    NotFound if there is none; NotAllowed without the permission in its zone; Conflict if it has
    been taken out.
    """
    block = tx.session.get(Block, block_id, with_for_update={"of": Block})
    if block is None:
        raise NotFound(_("The plan has no such block."))
    require(tx.actor, permission, zone_id=block.chapter.zone_id)
    require_standing(block)
    return block


def require_standing(block: Block) -> None:
    """Conflict if the block has been taken out of the plan."""
    if block.removed_at is not None:
        raise Conflict(_("This block has been taken out of the plan: restore it first."))


def require_by_hand(block: Block) -> None:
    """Conflict if the platform writes the block from its own records."""
    if block.generated_at is not None:
        raise Conflict(
            _("The platform writes this block from its records: have it written anew instead.")
        )


def require_version(block: Block, version: int) -> None:
    """VersionConflict on the field `version` if the block has been changed since that version."""
    told = _(
        "Somebody has changed this block since you opened it. Nothing of yours is lost: "
        "both texts are below. Put together what should stand, and save again."
    )
    require_unchanged(read=version, version=block.version, told=told, refusal=VersionConflict)


def require_reason(reason: str) -> None:
    """Invalid on the field `reason` if it is empty."""
    if not reason.strip():
        raise Invalid.at("reason", _("Write the reason: everybody can read it."))


def require_words(alt: str) -> None:
    """Invalid on the field `alt` if nothing says what a figure shows."""
    if not alt.strip():
        raise Invalid.at(
            "alt", _("Say in words what the figure shows, for those who cannot see it.")
        )


def add_version(
    tx: Transaction,
    block: Block,
    change: ChangeKind,
    body: str,
    *,
    alt: str | None = None,
    reason: str | None = None,
    source: BlockVersion | None = None,
) -> BlockVersion:
    """Give a block its next version; the number of a new block's first one is its own.

    source: the version of another block that some of the text comes from.
    """
    version = version_of(tx, block, change, body, alt=alt, reason=reason, source=source)
    tx.session.add(version)
    tx.flush()
    set_committed_value(block, "current", version)
    return version


def version_of(
    tx: Transaction,
    block: Block,
    change: ChangeKind,
    body: str,
    *,
    alt: str | None = None,
    reason: str | None = None,
    source: BlockVersion | None = None,
    contribution: Contribution | None = None,
) -> BlockVersion:
    """A version with the block's number, which is not stored yet."""
    return BlockVersion(
        block_id=block.id,
        number=block.version,
        change=change,
        body=body,
        alt=alt,
        reason=reason,
        author_id=tx.actor.person_id,
        at=tx.now,
        from_block_id=source.block_id if source else None,
        from_number=source.number if source else None,
        contribution_id=contribution.id if contribution else None,
    )


def keep_origins(tx: Transaction, block_id: int, contribution_ids: Sequence[int]) -> None:
    """Note that a block holds text of contributions; what is noted already stays."""
    if contribution_ids:
        rows = [{"block_id": block_id, "contribution_id": one} for one in contribution_ids]
        tx.session.execute(insert(BlockOrigin).values(rows).on_conflict_do_nothing())


def origins_of(tx: Transaction, block_id: int) -> Sequence[int]:
    """The ids of the contributions that a block comes from."""
    query = select(BlockOrigin.contribution_id).where(BlockOrigin.block_id == block_id)
    return tx.session.scalars(query).all()
