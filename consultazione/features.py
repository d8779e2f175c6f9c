"""Every module with routes, by feature: a module that is not listed here is not served.

Each feature declares its blueprints in one `blueprint.py`. The modules listed below add
routes to them, and `blueprints` imports each by its name, so that no route depends on an
import that looks unused. `tests/architecture/test_routes.py` fails if a listed module has no
routes, or an unlisted one has some.
"""

from __future__ import annotations

from importlib import import_module

from flask import Blueprint as Pages
from flask_smorest import Blueprint as Resources

ROUTES: dict[str, tuple[str, ...]] = {
    "web": ("views",),
    "zones": (
        "views",
        "api",
        "acts.views",
        "acts.signing_views",
        "acts.api",
        "papers.views",
        "gatherings.views",
        "gatherings.api",
        "library.views",
        "library.api",
        "calendar.views",
        "phases.views",
        "feedback.views",
        "territory_views",
    ),
    "people": (
        "views",
        "admin_views",
        "register_views",
        "account_views",
        "directory.views",
        "invitations.views",
        "invitations.file_views",
        "password_views",
        "own_data.address_views",
        "own_data.views",
        "passkeys.views",
        "second_step.views",
        "second_step.sign_in_views",
        "second_step.link_views",
        "second_step.rule_views",
        "gateway.views",
        "api",
    ),
    "documents": ("views", "file_views", "api", "easy.views", "easy.api"),
    "tables": (
        "views",
        "rights.views",
        "material_views",
        "seats.views",
        "materials.views",
        "accrediting.views",
        "api",
    ),
    "proposals": (
        "views",
        "writing_views",
        "version_views",
        "file_views",
        "need_views",
        "api",
        "drafts.views",
        "drafts.api",
        "amendments.views",
        "amendments.api",
        "cosigners.views",
        "cosigners.api",
        "lineage.views",
        "lineage.api",
        "referrals.views",
        "referrals.api",
        "answers.views",
        "answers.public_views",
        "answers.api",
    ),
    "comments": ("views", "api", "digests.api"),
    "opinions": ("views", "office_views", "api"),
    "surveys": ("views", "office_views", "api"),
    "sittings": (
        "views",
        "api",
        "lifecycle.views",
        "lifecycle.revising_views",
        "lifecycle.secretary_views",
        "lifecycle.notice_views",
        "lifecycle.rehearsal_views",
        "lifecycle.api",
        "agenda.views",
        "agenda.point_views",
        "agenda.api",
        "attendance.views",
        "attendance.excuse_views",
        "attendance.desk_views",
        "attendance.hall_views",
        "attendance.api",
        "places.views",
        "places.api",
        "chat.views",
        "quorums.views",
        "quorums.api",
        "floor.api",
        "polls.views",
        "delegating.views",
        "doubles.views",
        "delegating.api",
        "polls.api",
        "questions.api",
        "record.views",
        "record.phrase_views",
        "record.api",
        "video.views",
        "video.api",
        "room.views",
        "room.screen_views",
        "room.api",
    ),
    "moderation": ("views", "ruling_views", "register_views", "held_views", "on_paper.views"),
    "live": ("noscript_views", "api"),
    "minutes": (
        "views",
        "text_views",
        "gist_views",
        "corrections.views",
        "corrections.version_views",
        "papers.series_views",
        "papers.xml_views",
        "dossier.views",
        "signing.views",
        "api",
    ),
    "outcomes": ("views", "answer_views", "board.views", "ending_views", "api"),
    "plan": (
        "views",
        "api",
        "blocks.views",
        "blocks.figure_views",
        "blocks.arranging_views",
        "discussion.views",
        "approval.views",
        "needs.views",
        "decisions.views",
        "decisions.form_views",
        "decisions.api",
        "importing.views",
        "answer_views",
        "papers.views",
        "certificates.views",
    ),
    "programme": ("views", "intervention_views", "fund_views", "api"),
    "sharing": ("views", "whatif_views", "budgets.views"),
    "memory": ("views", "office_views", "promise_views", "api"),
    "provincial": ("views", "office_views", "api"),
    "setup": (
        "first_start_views",
        "draft_views",
        "logo_views",
        "settings_views",
        "table_views",
        "chapter_views",
        "cycle_views",
    ),
    "importing": ("api", "views"),
    "archive": ("views",),
    "notices": ("views", "settings_views", "stop_views", "api"),
    "search": ("views", "api"),
    # Before home: of two rules of equal weight the first counts, and a cycle is any word.
    "site": (
        "pages.views",
        "calendars.views",
        "feeds.views",
        "guide.views",
        "embeds.views",
        "translating.views",
    ),
    "home": ("views", "moved_views", "territory_views", "known.views"),
    "erasure": ("views",),
    "privacy": ("views", "office_views"),
    "transparency": ("views",),
    "verification": ("views",),
    "operations": ("views", "security_views", "mail_views"),
    "exchange": ("import_views", "export_views", "api"),
}


def blueprints() -> tuple[list[Pages], list[Resources]]:
    """The blueprints of all features with every route on them: pages, and REST resources."""
    pages: list[Pages] = []
    resources: list[Resources] = []
    for feature, modules in ROUTES.items():
        for module in modules:
            import_module(f"consultazione.{feature}.{module}")
        for declared in vars(import_module(f"consultazione.{feature}.blueprint")).values():
            if isinstance(declared, Resources):
                resources.append(declared)
            elif isinstance(declared, Pages):
                pages.append(declared)
    return pages, resources
