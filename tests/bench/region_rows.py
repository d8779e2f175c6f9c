"""The rows of an installation: zones of one size, as many as asked, with all that they plan.

They are written in plain SQL by the role that owns the tables, under every constraint and trigger;
by the product's commands it would take half an hour. Each statement finds the zones in `place`,
numbered from 0, and all their cycles in `span`.
"""

from __future__ import annotations

# Beside the current cycle, which the zone was set up with.
PAST = (2009, 2012, 2015)
CYCLES = f"""
CREATE TEMP TABLE place AS
    SELECT row_number() OVER (ORDER BY zone_id) - 1 AS n, zone_id, id AS cycle_id FROM cycle;
INSERT INTO cycle (zone_id, first_year, last_year, opened_at)
    SELECT zone_id, year, year + 2, now() FROM place, unnest(ARRAY{list(PAST)}) year;
CREATE TEMP TABLE span AS
    SELECT n, c.zone_id, c.id AS cycle_id, first_year FROM cycle c JOIN place USING (zone_id);
"""

# Five territories, the larger ones with eight zones, as many as any in Emilia-Romagna.
TERRITORIES = """
INSERT INTO territory (slug, name, kind, region, lead_body, presentation, demo, created_at)
    SELECT 'area-' || k, 'Area ' || k, 'ctss', 'Regione', 'Area ' || k, '', true, now()
    FROM generate_series(0, 4) k WHERE k < (SELECT count(*) FROM place);
UPDATE zone z SET territory_id = t.id
    FROM place p JOIN territory t ON t.slug = 'area-' || p.n %% 5 WHERE p.zone_id = z.id;
INSERT INTO provincial_programme (territory_id, first_year, last_year, opened_at, demo)
    SELECT id, 2018, 2020, now(), true FROM territory WHERE slug LIKE 'area-%%';
INSERT INTO provincial_table (territory_id, section, name, remit, demo)
    SELECT territory_id, s, 'Tavolo ' || s, '', true FROM provincial_programme,
        unnest(ARRAY['system_actions', 'childhood_adolescence', 'immigration']) s;
INSERT INTO provincial_project
    (territory_id, programme_id, table_id, section, title, body, amount, written_at, demo)
    SELECT t.territory_id, p.id, t.id, t.section, t.section || ' ' || k, 'Un progetto.', 10000,
        now(), true
    FROM provincial_table t JOIN provincial_programme p USING (territory_id),
        generate_series(1, 4) k;
INSERT INTO project_forward (project_id, zone_id, cycle_id, state, forwarded_at)
    SELECT j.id, p.zone_id, p.cycle_id, 'waiting', now() FROM place p
    JOIN zone z ON z.id = p.zone_id JOIN provincial_project j USING (territory_id);
"""

# 264 municipalities in 38 zones; the first zone has 11, most have 7.
BODIES = """
INSERT INTO body (zone_id, name, kind)
    SELECT zone_id, 'Comune ' || k, 'municipality' FROM place, generate_series(1, CASE
        WHEN n = 0 AND %(alone)s = 0 THEN 11 WHEN n > 31 THEN 6 ELSE 7 END) k;
INSERT INTO body (zone_id, name, kind)
    SELECT zone_id, 'Unione', 'union_of_municipalities' FROM place
    UNION ALL SELECT zone_id, 'Azienda USL', 'health_authority' FROM place;
INSERT INTO body_figures (body_id, year, version, population, users, source, recorded_at, demo)
    SELECT b.id, year, 1, 2000 + b.id * 37 %% 9000, 100 + b.id %% 90, 'Istat', now(), true
    FROM body b, generate_series(2017, 2020) year WHERE b.kind = 'municipality';
"""

PATH = """
INSERT INTO chapter (cycle_id, zone_id, number, title, description, mandatory)
    SELECT cycle_id, zone_id, k, 'Capitolo ' || k, '', true FROM span, generate_series(1, 7) k
    WHERE first_year < 2018;
INSERT INTO phase (cycle_id, zone_id, kind, rank, title, description, starts_on, version, demo)
    SELECT cycle_id, zone_id, kind, rank, 'Fase ' || rank, '', make_date(first_year, 1, 1), 1, true
    FROM span, unnest(ARRAY['information', 'participation', 'definition', 'approval'])
        WITH ORDINALITY k (kind, rank) WHERE first_year < 2018;
INSERT INTO priority (cycle_id, zone_id, rank, title, is_need, source)
    SELECT cycle_id, zone_id, k, 'Bisogno ' || k, k %% 2 = 0, 'Profilo di comunità'
    FROM span, generate_series(1, 12) k;
INSERT INTO act (cycle_id, zone_id, kind, title, number, on_day, body, source, version, demo)
    SELECT cycle_id, zone_id,
        (ARRAY['programme_agreement', 'convocation', 'council_vote', 'deliberation'])[k %% 4 + 1],
        'Atto ' || k, k || '/' || first_year, make_date(first_year, k, 1), 'Unione', 'albo', 1, true
    FROM span, generate_series(1, 8) k;
INSERT INTO gathering
    (cycle_id, zone_id, kind, title, description, starts_at, place, revision, demo)
    SELECT cycle_id, zone_id, 'seminar', 'Seminario ' || k, '', make_date(first_year, k, 9),
        'Sala del Consiglio', 0, true
    FROM span, generate_series(1, 6) k;
INSERT INTO citation (zone_id, norm_type, number, on_day, title, demo)
    SELECT zone_id, 'regional_law', k::text, make_date(2000, 1, k), 'Legge ' || k, true
    FROM place, generate_series(1, 25) k;
"""

TABLES = """
INSERT INTO thematic_table (cycle_id, zone_id, slug, rank, name, kind, remit, rule)
    SELECT cycle_id, zone_id, 'tavolo-' || k, k, 'Tavolo ' || k, 'thematic', 'Di che si occupa.',
        '{"attend": "anybody", "speak": "anybody", "propose": "anybody", "vote": "anybody"}'
    FROM span, generate_series(1, 6) k;
INSERT INTO organisation (zone_id, name, category, demo)
    SELECT zone_id, 'Associazione ' || k, 'volunteering', true FROM place, generate_series(1, 30) k;
INSERT INTO seat (table_id, organisation_id)
    SELECT t.id, o.id FROM thematic_table t JOIN organisation o USING (zone_id)
    WHERE t.slug LIKE 'tavolo-%%' AND (o.id + t.id) %% 4 = 0;
INSERT INTO proposal
    (table_id, author_id, category, title, body, state, submitted_at, demo, supports)
    SELECT t.id, (SELECT min(id) FROM person), 'citizen', 'Proposta ' || k,
        repeat('Uno sportello in **ogni** comune, aperto anche di sera. ', 8), 'admitted',
        make_date(first_year, 3, k), true, 0
    FROM thematic_table t JOIN span USING (cycle_id),
        generate_series(1, CASE WHEN first_year = 2018 THEN 25 ELSE 6 END) k
    WHERE t.slug LIKE 'tavolo-%%';
INSERT INTO proposal_version (proposal_id, number, title, body, at)
    SELECT q.id, q.version, q.title, q.body, q.submitted_at FROM proposal q
    WHERE NOT EXISTS (SELECT FROM proposal_version v WHERE v.proposal_id = q.id);
INSERT INTO proposal_need (proposal_id, need_id)
    SELECT q.id, n.id FROM proposal q JOIN thematic_table t ON t.id = q.table_id
    JOIN priority n ON n.cycle_id = t.cycle_id AND n.is_need AND n.rank = 2 * (q.id %% 6 + 1);
"""

# Minutes and outcomes have the words of one sitting that was held, again and again.
SITTINGS = """
INSERT INTO sitting
    (table_id, title, place, starts_at, state, revision, convened_at, opened_at, closed_at, demo)
    SELECT t.id, 'Seduta ' || k, 'Municipio', day, 'closed', 0, day, day, day, true
    FROM thematic_table t JOIN span USING (cycle_id), generate_series(1, 4) k,
        make_date(first_year, k, 15) day
    WHERE t.slug LIKE 'tavolo-%%';
INSERT INTO agenda_point (sitting_id, rank, title, state, spent)
    SELECT s.id, k, 'Punto ' || k, 'done', 600 FROM sitting s, generate_series(1, 3) k
    WHERE s.title LIKE 'Seduta %%';
INSERT INTO minutes (sitting_id, state, facts, document, version, composed_at, approved_at,
        published_at, digest)
    SELECT s.id, 'published', m.facts, m.document, 1, s.closed_at, s.closed_at, s.closed_at,
        m.digest
    FROM sitting s, (SELECT * FROM minutes WHERE state = 'published' ORDER BY id LIMIT 1) m
    WHERE s.title = 'Seduta 1';
INSERT INTO conclusion (minutes_id, rank, point_id, chapter_id, body, held)
    SELECT m.id, k, a.id, c.id, 'Si apre uno sportello.', false
    FROM minutes m JOIN sitting s ON s.id = m.sitting_id JOIN agenda_point a
        ON a.sitting_id = s.id AND a.rank = 1 JOIN thematic_table t ON t.id = s.table_id,
        generate_series(1, 4) k, chapter c
    WHERE s.title = 'Seduta 1' AND c.cycle_id = t.cycle_id AND c.number = (t.rank + k) %% 7 + 1;
INSERT INTO outcome
    (table_id, minutes_id, state, rule, document, digest, opened_at, closed_at, closed_by)
    SELECT s.table_id, m.id, 'closed', o.rule, o.document || (
            SELECT jsonb_build_object('items', jsonb_agg(
                o.document->'items'->0 || jsonb_build_object('id', c.id, 'rank', c.rank)))
            FROM conclusion c WHERE c.minutes_id = m.id), o.digest, s.closed_at, s.closed_at,
        'rule'
    FROM minutes m JOIN sitting s ON s.id = m.sitting_id,
        (SELECT * FROM outcome ORDER BY id LIMIT 1) o
    WHERE s.title = 'Seduta 1';
INSERT INTO outcome_item (outcome_id, rank, conclusion_id, chapter_id, body)
    SELECT o.id, c.rank, c.id, c.chapter_id, c.body
    FROM conclusion c JOIN outcome o USING (minutes_id) LEFT JOIN outcome_item i
        ON i.conclusion_id = c.id
    WHERE i.id IS NULL;
INSERT INTO contribution (chapter_id, item_id, state, reason, forwarded_at, answered_at)
    SELECT i.chapter_id, i.id, 'taken_in', 'Giusto.', now(), now()
    FROM outcome_item i LEFT JOIN contribution c ON c.item_id = i.id WHERE c.id IS NULL;
"""

# Eight blocks a chapter; in the second zone of a region as many as are asked for, in the third one
# or two. All come from the contributions to their chapter.
PLAN = """
INSERT INTO plan (cycle_id, state, since)
    SELECT cycle_id, 'public_draft', now() FROM span
    ON CONFLICT (cycle_id) DO UPDATE SET state = 'public_draft';
CREATE TEMP TABLE fresh AS
    SELECT c.id AS chapter_id, s.n, s.first_year, c.number,
        (SELECT coalesce(max(rank), 0) FROM block b WHERE b.chapter_id = c.id) AS last
    FROM chapter c JOIN span s USING (cycle_id);
INSERT INTO block (chapter_id, kind, rank, version, written_at, demo)
    SELECT chapter_id, 'paragraph', last + k, 1, now(), true
    FROM fresh, generate_series(1, CASE
        WHEN %(alone)s = 0 AND n = 1 AND first_year = 2018
            THEN %(blocks)s / 7 + (number <= %(blocks)s %% 7)::int
        WHEN %(alone)s = 0 AND n = 2 AND first_year = 2018 THEN 2 + (number <= 6)::int
        ELSE 8 END) k;
INSERT INTO block_version (block_id, number, change, body, at, contribution_id)
    SELECT b.id, 1, 'written', 'Nasce uno sportello in ogni comune, numero ' || b.id || '. '
        || repeat('Lo sportello è aperto ogni giorno, anche di sera, per chi lavora. ', 4),
        now(), c.id
    FROM block b LEFT JOIN block_version v ON v.block_id = b.id CROSS JOIN LATERAL (
        SELECT id FROM contribution c WHERE c.chapter_id = b.chapter_id
        ORDER BY (c.id + b.id) %% 7 LIMIT 1) c
    WHERE v.id IS NULL;
INSERT INTO block_origin (block_id, contribution_id)
    SELECT block_id, contribution_id FROM block_version WHERE contribution_id IS NOT NULL
    ON CONFLICT DO NOTHING;
INSERT INTO block_priority (block_id, priority_id)
    SELECT b.id, p.id FROM block b JOIN chapter c ON c.id = b.chapter_id
    JOIN priority p ON p.cycle_id = c.cycle_id AND p.rank = b.id %% 12 + 1;
INSERT INTO block_purpose (block_id, purpose)
    SELECT id,
        (ARRAY['local_systems', 'qualify_spending', 'spend_sharing', 'training'])[id %% 4 + 1]
    FROM block;
"""

MEMORY = """
INSERT INTO archive_document (zone_id, first_year, last_year, title, kind, body, source,
        found_at, text_state, recorded_at, demo)
    SELECT zone_id, first_year, first_year + 2, 'Documento ' || k, 'report', 'Unione', 'Archivio',
        'Ufficio di piano', 'no_file', now(), true
    FROM span, generate_series(1, 10) k WHERE first_year < 2018;
INSERT INTO priority_link
    (zone_id, cycle_id, earlier_cycle_id, priority_id, earlier_id, kind, note, linked_at, demo)
    SELECT s.zone_id, s.cycle_id, e.cycle_id, p.id, q.id, 'continued', '', now(), true
    FROM span s JOIN span e ON e.zone_id = s.zone_id
        AND s.first_year = 2018 AND e.first_year = 2015
    JOIN priority p ON p.cycle_id = s.cycle_id
    JOIN priority q ON q.cycle_id = e.cycle_id AND q.rank = p.rank;
INSERT INTO promise_assessment
    (zone_id, cycle_id, priority_id, fulfilment, evidence, source, assessed_at, demo)
    SELECT s.zone_id, s.cycle_id, p.id, 'done', 'Lo sportello è aperto.', 'Relazione', now(), true
    FROM span s JOIN priority p USING (cycle_id) WHERE s.first_year = 2015;
"""

STATEMENTS = (CYCLES, TERRITORIES, BODIES, PATH, TABLES, SITTINGS, PLAN, MEMORY)
