"""The money of an installation's zones as rows: programmes, shares, indicators, what is shared.

`%(yearly)s` interventions in each of three years are dealt out to the zones one after the other,
and so are all shares and indicators to the interventions.
"""

from __future__ import annotations

PROGRAMMES = """
INSERT INTO fund (zone_id, code, name, source, demo)
    SELECT zone_id, 'F' || k, 'Fondo ' || k, 'Regione', true FROM place, generate_series(1, 4) k;
INSERT INTO annual_programme (cycle_id, zone_id, year, state, act_id, opened_at, demo)
    SELECT cycle_id, zone_id, year, 'approved',
        (SELECT min(id) FROM act a WHERE a.cycle_id = p.cycle_id), now(), true
    FROM place p, generate_series(2018, 2020) year;
CREATE TEMP TABLE purse AS
    SELECT p.n, p.zone_id, g.id AS programme_id, g.year,
        ARRAY(SELECT id FROM body b WHERE b.zone_id = p.zone_id ORDER BY id) AS bodies,
        ARRAY(SELECT id FROM fund f WHERE f.zone_id = p.zone_id ORDER BY id) AS funds,
        (SELECT count(*) FROM place) AS zones
    FROM place p JOIN annual_programme g USING (cycle_id);
"""

# The first year's interventions go on in the second's, and those in the third's.
INTERVENTIONS = """
CREATE TEMP TABLE task AS
    SELECT row_number() OVER (ORDER BY year, k) - 1 AS t, k, k / zones AS own, year,
        programme_id, bodies, funds
    FROM purse, generate_series(0, %(yearly)s - 1) k WHERE k %% zones = n;
INSERT INTO intervention (programme_id, kind, title, scheda, regional_area, level, area, policies,
        lead_body_id, objectives, actions, recipients, integration, total, updated_at, demo)
    SELECT programme_id, 'service', 'Intervento ' || t, 'Scheda ' || t %% 40, 'Area A',
        (ARRAY['access', 'home', 'community', 'residential', 'inclusion'])[own %% 5 + 1],
        (ARRAY['families', 'disability', 'poverty'])[own %% 3 + 1], '{housing,work}',
        bodies[own %% 6 + 1], repeat('Ascoltare chi abita lontano. ', 5), 'Uno sportello.',
        'Famiglie', '', 0, now(), true
    FROM task ORDER BY t;
ALTER TABLE task ADD id bigint;
UPDATE task SET id = i.id FROM intervention i WHERE i.title = 'Intervento ' || t;
UPDATE intervention i SET continues_id = b.id FROM task a JOIN task b
    ON b.k = a.k AND b.year = a.year - 1 WHERE a.id = i.id;
INSERT INTO intervention_body (intervention_id, body_id)
    SELECT id, unnest(bodies[1:4]) FROM task;
INSERT INTO intervention_priority (intervention_id, priority_id)
    SELECT t.id, p.id FROM task t JOIN annual_programme g ON g.id = t.programme_id
    JOIN priority p ON p.cycle_id = g.cycle_id AND p.rank IN (own %% 12 + 1, (own + 5) %% 12 + 1);
"""

# Six payers a fund, since the smallest zones have no more municipalities: 24 shares at most.
SHARES = """
INSERT INTO share
    (intervention_id, programme_id, body_id, fund_id, amount, spent, activated_by_consultation)
    SELECT id, programme_id, bodies[part.k %% 6 + 1], funds[part.k / 6 + 1], 1000 + s %% 997 + 0.25,
        1000 + s %% 900, false
    FROM generate_series(0, %(shares)s - 1) s
    CROSS JOIN LATERAL (SELECT s / (SELECT count(*) FROM task) AS k) part
    JOIN task ON t = s %% (SELECT count(*) FROM task);
UPDATE intervention i SET total = s.sum
    FROM (SELECT intervention_id, sum(amount) FROM share GROUP BY 1) s
    WHERE s.intervention_id = i.id;
INSERT INTO fund_amount (programme_id, fund_id, amount)
    SELECT programme_id, fund_id, sum(amount) + 500 FROM share GROUP BY 1, 2;
INSERT INTO earmark (fund_id, purpose, area, percent, source)
    SELECT id, 'Famiglie e minori', 'families', 20, 'Regione' FROM fund WHERE code = 'F1';
INSERT INTO indicator
    (intervention_id, name, unit, target, measured, measured_on, evidence, source, responsible)
    SELECT id, 'Accessi', 'persone', 100, 90, '2019-12-31', 'Relazione', 'Registro', 'Ufficio'
    FROM generate_series(0, %(indicators)s - 1) s JOIN task ON t = s %% (SELECT count(*) FROM task);
INSERT INTO resource
    (intervention_id, kind, description, quantity, unit, activated_by_consultation)
    SELECT id, 'professional', 'Assistente sociale', 2, 'persone', t %% 5 = 0 FROM task;
INSERT INTO correction (programme_id, intervention_id, reason, corrected_on)
    SELECT programme_id, id, 'Una somma scritta male.', '2019-05-02' FROM task WHERE t %% 20 = 0;
"""

SHARING = """
INSERT INTO sharing_criterion (cycle_id, zone_id, written_at)
    SELECT cycle_id, zone_id, now() FROM place, generate_series(1, 3);
INSERT INTO criterion_version
    (criterion_id, version, name, kind, figures_year, percentages, parts, reason, written_at)
    SELECT id, 1, 'Criterio ' || id, (ARRAY['population', 'users', 'mixed'])[id %% 3 + 1], 2018,
        CASE id %% 3 WHEN 2 THEN '{"population": "60", "users": "40"}'::jsonb ELSE '{}' END,
        '{}', '', now()
    FROM sharing_criterion;
INSERT INTO shared_item (cycle_id, zone_id, year, title, amount, criterion_id, written_at, demo)
    SELECT p.cycle_id, p.zone_id, year, 'Voce ' || k, 10000 + k * 37.11,
        (SELECT (array_agg(id ORDER BY id))[k %% 3 + 1] FROM sharing_criterion c
            WHERE c.cycle_id = p.cycle_id), now(), true
    FROM place p, generate_series(2018, 2020) year,
        generate_series(1, CASE WHEN n = 0 AND %(alone)s = 0 THEN 50 ELSE 12 END) k;
INSERT INTO participatory_budget (cycle_id, zone_id, year, title, description, method, funds,
        points, state, opened_at, closes_at, written_at, demo)
    SELECT cycle_id, zone_id, 2018, 'Bilancio partecipativo', '', 'knapsack', 1000, 10, 'open',
        now(), now() + interval '1 hour', now(), true
    FROM place;
INSERT INTO budget_item (budget_id, number, title, description, cost)
    SELECT id, k, 'Scelta ' || k, '', 300 FROM participatory_budget, generate_series(1, 5) k;
"""

STATEMENTS = (PROGRAMMES, INTERVENTIONS, SHARES, SHARING)
