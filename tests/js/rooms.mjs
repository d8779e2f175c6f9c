// A room to test with: a snapshot as the server sends it, and what panels are given.

export const AT = "2026-11-28T09:00:00+00:00";
export const LATER = "2026-11-28T09:05:00+00:00";

/** The snapshot of an open sitting with two points; `changes` replace what is in it. */
export function snapshot(changes = {}) {
  return {
    sitting: {
      id: 7, title: "Prima seduta", place: "Sala", state: "open", starts_at: AT, opened_at: AT,
      closed_at: null, roll_called_at: null, presided_by: 1, secretary: null, video_url: null, chat: null, suspended: null,
    },
    number: 10,
    agenda: [point(11, 1, { title: "Minutes" }), point(12, 2, { title: "Transport" })],
    hands: [],
    floor: null,
    speakers: { ordering: "first_come", placed: [], seconds: null, last: null, quotas: {}, quota_scope: "sitting", spoken: { persons: {}, categories: {}, points: {} } },
    polls: [],
    chronicle: [],
    people: {
      1: { name: "Carla Neri", organisation: null, category: null },
      2: { name: "Anna Bianchi", organisation: "Sindacato Alfa", category: "union" },
    },
    questions: [], more_questions: 0, unseen: 0, hidden: 0,
    record: { statements: [], count: 0, hidden: 0, commitments: [] },
    presence: { count: 1, present: [2], by_category: { union: 1 }, quorum: null },
    turnout: null,
    ...changes,
  };
}

export function point(id, rank, changes = {}) {
  return {
    id, rank, title: `Point ${id}`, minutes_planned: null, proposal_id: null, materials: [],
    state: "pending", started_at: null, ended_at: null, spent: 0, running_since: null, ...changes,
  };
}

export function hand(id, person_id, changes = {}) {
  return { id, person_id, category: "union", hand_kind: "floor", reply_to: null, point_id: null, raised_at: AT, ...changes };
}

export function poll(changes = {}) {
  return {
    id: 31, point_id: null, poll_kind: "yes_no_abstain", question: "Do we agree?", options: [], effect: "binding", weights: null,
    rules: {
      majority: "simple", majority_of: "voters", quorum: 0, quorum_of: "number", franchise: "persons",
      secret: false, changeable: true, live: false, least: 1, most: 1, grades: 5,
    },
    state: "open", opened_at: AT, closed_at: null, electorate: null, entitled: null, cast: null, tally: null,
    room_tally: null, room_confirmed: null, carried: null, grounds: null, numbers: null, winners: null,
    annulled_because: null, explanation: null, needed: null, needed_of: null, quorum_votes: null,
    unregistered: null, represented: null, present_organisations: null, voted_organisations: null, voters: null,
    level: null, hall: null, organisations: null,
    attendance_needed: null, attendance_there: null, ...changes,
  };
}

/** What panels are given: the reader is person 2, present, with the capabilities in `may`. */
export function room({ state = snapshot(), may = [], mine = {}, ...rest } = {}) {
  const sent = [];
  return {
    state,
    mine: { person_id: 2, now: AT, may, present: true, ballots: {}, clock_ahead: 0, ...mine },
    acts: { of: () => undefined, count: () => 0, send: (...act) => sent.push(act) },
    sent,
    urls: { proposal: "/proposte/0", material: "/materiali/0/-", minutes: "/verbale", video: "/video", polls: "/votazioni" },
    minutesDrafted: false, minutesProgress: null, wholeChronicle: false, earlier: { lines: [], isAll: false, fetch() {} }, chat: [], applause: null, leave() {}, showWholeChronicle() {},
    ownQuestions: { asked: [], upvoted: [] }, refreshQuestions() {},
    ownRecord: { own: [], hidden: [], organisations: [], phrases: [] }, refreshRecord() {},
    noteBallot() {}, noteRoomVotes() {}, ...rest,
  };
}
