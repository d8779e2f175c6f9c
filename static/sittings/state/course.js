// @ts-check
// Applies the entries about breaks, the agenda, the video and the chat to the state.
//
// Exports `COURSE`, one change per kind of entry; used by ../state.js.

/** @import { Changes, Entry, Point, Snapshot } from "../types.js" */

/**
 * A change for each kind of entry, as in ../state.js.
 * @type {Changes}
 */
export const COURSE = {
  "sitting.suspended": suspended,
  "sitting.resumed": resumed,
  "sitting.secretary_named": (state, { person_id }) => ({ ...state, sitting: { ...state.sitting, secretary: person_id } }),
  "sitting.video_set": (state, { video_url }) => ({ ...state, sitting: { ...state.sitting, video_url } }),
  "chat.opened": (state, { kept }) => ({ ...state, sitting: { ...state.sitting, chat: kept ? "kept" : "forgotten" } }),
  "chat.closed": (state) => ({ ...state, sitting: { ...state.sitting, chat: null } }),
  "agenda.point_started": (state, { point_id }, at) => point(state, point_id, ({ started_at }) =>
    ({ state: "current", started_at: started_at ?? at, running_since: at })),
  "agenda.point_suspended": (state, { point_id, spent }) =>
    point(state, point_id, () => ({ state: "suspended", spent, running_since: null })),
  "agenda.point_closed": (state, { point_id, spent }, at) =>
    point(state, point_id, () => ({ state: "done", ended_at: at, spent, running_since: null })),
  "agenda.point_corrected": (state, { point_id, title, minutes_planned }) =>
    point(state, point_id, () => ({ title, minutes_planned })),
  "agenda.point_removed": (state, { point_id }) => point(state, point_id, () => ({ state: "removed" })),
  "agenda.point_postponed": (state, { point_id }) => point(state, point_id, () => ({ state: "postponed" })),
  "agenda.reordered": reordered,
  "agenda.material_attached": (state, { point_id, material_id, title, file_name }) =>
    point(state, point_id, ({ materials }) =>
      ({ materials: [...materials, { id: material_id, title, file_name }].sort((a, b) => a.id - b.id) })),
  "agenda.material_detached": (state, { point_id, material_id }) =>
    point(state, point_id, ({ materials }) => ({ materials: materials.filter(({ id }) => id !== material_id) })),
};

/** @param {Snapshot} state @param {Entry["data"]} data @param {string} at */
function suspended(state, { reason, point_id, spent }, at) {
  const paused = point(state, point_id, () => ({ spent, running_since: null }));
  return { ...paused, sitting: { ...state.sitting, suspended: { since: at, reason } } };
}

/** @param {Snapshot} state @param {Entry["data"]} data @param {string} at */
function resumed(state, { point_id }, at) {
  const running = point(state, point_id, () => ({ running_since: at }));
  return { ...running, sitting: { ...state.sitting, suspended: null } };
}

/**
 * @param {Snapshot} state
 * @param {number | null} id
 * @param {(row: Point) => Partial<Point>} changes
 */
function point(state, id, changes) {
  const agenda = state.agenda.map((row) => (row.id === id ? { ...row, ...changes(row) } : row));
  return { ...state, agenda };
}

/** @param {Snapshot} state @param {Entry["data"]} data */
function reordered(state, { point_ids }) {
  const byId = new Map(state.agenda.map((row) => [row.id, row]));
  /** @param {number} id @param {number} place */
  const placed = (id, place) => ({ .../** @type {Point} */ (byId.get(id)), rank: place + 1 });
  return { ...state, agenda: point_ids.map(placed) };
}
