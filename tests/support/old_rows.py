"""A sitting as the first release stored it, by plain SQL: what every later migration carries."""

from __future__ import annotations

from tests.support.scratch_database import Scratch

WHEN = "'2018-03-05 16:00+00'"
_ZEROS = "repeat('0', 64)"
# One row of each thing that a later migration adds to, or refers to.
_STATEMENTS = (
    f"""INSERT INTO person (id, email, display_name, demo, created_at) VALUES
        (1, 'franca@example.org', 'Franca Neri', false, {WHEN}),
        (2, 'anna@example.org', 'Anna Rossi', false, {WHEN})""",
    f"""INSERT INTO zone (id, slug, name, kind, lead_body, cycle_start, cycle_end, presentation,
        sign_off_rule, demo, created_at)
        VALUES (1, 'reno', 'Unione', 'union', 'Unione', 2018, 2020, '', 'all_answered', false,
        {WHEN})""",
    """INSERT INTO chapter (id, zone_id, number, title, description, mandatory)
        VALUES (1, 1, 1, 'Domiciliarità', '', true)""",
    """INSERT INTO organisation (id, zone_id, name, category, demo)
        VALUES (1, 1, 'Auser', 'volunteering', false)""",
    f"""INSERT INTO mandate (id, person_id, organisation_id, act, starts_on, given_at)
        VALUES (1, 2, 1, 'delibera 1', '2018-01-01', {WHEN})""",
    """INSERT INTO thematic_table (id, zone_id, slug, rank, name, kind, remit)
        VALUES (1, 1, 'cura', 1, 'Cura', 'thematic', '')""",
    f"""INSERT INTO proposal (id, table_id, author_id, mandate_id, category, title, body, state,
        submitted_at, demo)
        VALUES (1, 1, 2, 1, 'volunteering', 'Uno sportello', 'Un testo', 'admitted', {WHEN}, false)
    """,
    f"""INSERT INTO sitting (id, table_id, title, place, starts_at, state, convened_at, opened_at,
        presided_by, demo)
        VALUES (1, 1, 'Primo incontro', 'Sala', {WHEN}, 'open', {WHEN}, {WHEN}, 1, false)""",
    """INSERT INTO agenda_point (id, sitting_id, rank, title, proposal_id, state, spent)
        VALUES (1, 1, 1, 'Caregiver', 1, 'current', 0)""",
    f"""INSERT INTO material (id, table_id, sitting_id, title, file_name, media_type, size, sha256,
        uploaded_at, demo)
        VALUES (1, 1, 1, 'Sintesi', 'sintesi.txt', 'text/plain', 10, {_ZEROS}, {WHEN}, false)""",
    f"""INSERT INTO attendance (id, sitting_id, person_id, mandate_id, category, entered_at,
        in_hall) VALUES (1, 1, 2, 1, 'volunteering', {WHEN}, false)""",
    f"""INSERT INTO hand (id, sitting_id, point_id, person_id, mandate_id, category, kind, state,
        raised_at)
        VALUES (1, 1, 1, 2, 1, 'volunteering', 'floor', 'raised', {WHEN})""",
    f"""INSERT INTO poll (id, sitting_id, point_id, kind, question, state, opened_at, rules)
        VALUES (1, 1, 1, 'yes_no_abstain', 'Si approva?', 'open', {WHEN}, '{{}}')""",
    f"""INSERT INTO ballot (poll_id, person_id, mandate_id, organisation_id, category, choice,
        cast_at) VALUES (1, 2, 1, 1, 'volunteering', 'yes', {WHEN})""",
    f"""INSERT INTO minutes (id, sitting_id, state, facts, version, composed_at)
        VALUES (1, 1, 'draft', '{{}}', 1, {WHEN})""",
    """INSERT INTO conclusion (id, minutes_id, rank, point_id, proposal_id, chapter_id, body)
        VALUES (1, 1, 1, 1, 1, 1, 'Si apra uno sportello.')""",
    f"""INSERT INTO done_act (person_id, key, content, answer, done_at)
        VALUES (2, gen_random_uuid(), sha256('act'), '{{"ok": true}}', {WHEN})""",
    f"""INSERT INTO log_entry (stream, number, kind, data, at, salt, digest, prev_digest)
        VALUES ('sitting:1', 1, 'sitting.opened', '{{"sitting_id": 1, "presided_by": 1}}', {WHEN},
        decode(repeat('00', 16), 'hex'), sha256('entry'), decode(repeat('00', 32), 'hex'))""",
    "INSERT INTO log_stream (name, number, digest) VALUES ('sitting:1', 1, sha256('entry'))",
)


def store_an_old_sitting(scratch: Scratch) -> None:
    """Store the sitting in a database that is at revision 0001."""
    scratch.run(*_STATEMENTS)
