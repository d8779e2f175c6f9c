// What the server sends to the room of a sitting, and what the room's modules pass to each
// other. Types only: no page loads this file. Modules name a type as
// `import("./types.js").Snapshot`; `make lint` checks them (tsconfig.json).
//
// The first half mirrors consultazione/sittings/*/types.py and consultazione/live/contract.py.
// Moments are ISO 8601 in UTC, days are YYYY-MM-DD, durations are seconds unless a name says
// otherwise; ids that are keys are text, as JSON has them.

import type { TemplateResult, nothing } from "lit-html";
import type { Acts } from "./acts.js";

export type Counts = Record<string, number>;

// ---- the snapshot --------------------------------------------------------------------------

export interface Person {
  name: string;
  organisation: string | null;
  category: string | null;
}
export type People = Record<string, Person>;

/** One entry of the sitting's stream; docs/events.md says what `data` holds for each kind. */
export interface Entry {
  number: number;
  kind: string;
  at: string;
  data: any;
  /** Whose hand it is about, where `data` holds only the hand's id. */
  person_id?: number;
  /** Of the end of an open poll: who voted what; null where they are too many. */
  votes?: VotesByName | null;
}

export interface VotesByName {
  choices: { choice: string; voices: NamedVoice[] }[];
  silent: NamedVoice[];
  others: number;
}

/** Somebody by name, with the organisation that sent them; `by_proxy` held their proxy. */
export interface NamedVoice {
  name: string;
  by_proxy: string | null;
}

/** An entry as a sentence in the reader's language, as REST sends it. */
export interface Line {
  number: number;
  kind: string;
  at: string;
  sentence: string;
}

export interface Sitting {
  id: number;
  title: string;
  place: string;
  state: "convened" | "open" | "closed" | "cancelled";
  starts_at: string;
  opened_at: string | null;
  closed_at: string | null;
  roll_called_at: string | null;
  presided_by: number | null;
  secretary: number | null;
  video_url: string | null;
  /** What becomes of the chat at the closing; null while it is not open. */
  chat: "forgotten" | "kept" | null;
  suspended: { since: string; reason: string } | null;
}

export interface Material {
  id: number;
  title: string;
  file_name: string;
}

export interface Point {
  id: number;
  rank: number;
  title: string;
  minutes_planned: number | null;
  proposal_id: number | null;
  materials: Material[];
  state: "pending" | "current" | "suspended" | "done" | "postponed" | "removed";
  started_at: string | null;
  ended_at: string | null;
  /** Seconds taken until `running_since`. */
  spent: number;
  running_since: string | null;
}

export type HandKind = "floor" | "point_of_order" | "reply";

export interface Hand {
  id: number;
  person_id: number;
  category: string;
  hand_kind: HandKind;
  reply_to: number | null;
  point_id: number | null;
  raised_at: string;
}

export interface Floor {
  hand_id: number;
  person_id: number;
  category: string;
  hand_kind: HandKind;
  point_id: number | null;
  since: string;
  /** The time allotted; null without a limit. */
  seconds: number | null;
}

export interface Speakers {
  ordering: "first_come" | "alternate" | "least_spoken" | "by_hand";
  /** Ids of hands, as the chair has placed them. */
  placed: number[];
  seconds: number | null;
  /** The category that spoke last. */
  last: string | null;
  /** Seconds that a category may speak in all. */
  quotas: Counts;
  quota_scope: "sitting" | "point";
  /** In seconds; `points` by the id of a point, and then by category. */
  spoken: { persons: Counts; categories: Counts; points: Record<string, Counts> };
}

export interface PollRules {
  majority: string;
  majority_of: string;
  quorum: number;
  quorum_of: string;
  franchise: string;
  /** How many are entitled, where the chair has said so. */
  entitled: number | null;
  secret: boolean;
  changeable: boolean;
  live: boolean;
  least: number;
  most: number;
  grades: number;
}

/** How a poll ended; all of it is null while the poll is open. */
export interface PollResult {
  electorate: number | null;
  entitled: number | null;
  cast: number | null;
  tally: Counts | null;
  room_tally: Counts | null;
  /** Why the votes of the room are believed: "hall" or "two". */
  room_confirmed: string | null;
  /** The least votes that carry, of so many; null where the most votes do. */
  needed: number | null;
  needed_of: number | null;
  /** How many votes it takes to be valid; 0 for any. */
  quorum_votes: number | null;
  /** How many of those present were counted in the hall without being registered. */
  unregistered: number | null;
  represented: number | null;
  /** Ids of organisations; who voted is null where the poll is secret. */
  present_organisations: number[] | null;
  voted_organisations: number[] | null;
  carried: boolean | null;
  grounds: string | null;
  numbers: Counts | null;
  /** Ranks of options, from 1. */
  winners: number[] | null;
}

export interface Poll extends PollResult {
  id: number;
  point_id: number | null;
  poll_kind: string;
  question: string;
  options: string[];
  /** Whether it decides, or only gathers opinions. */
  effect: "binding" | "consultative";
  rules: PollRules;
  weights: Counts | null;
  /** Who votes, by the rule of the table when the poll was opened; null of older polls. */
  voters: string | null;
  level: number | null;
  hall: boolean | null;
  /** The votes of each organisation that is entitled, by its id; null where persons vote. */
  organisations: Counts | null;
  state: "open" | "closed" | "annulled";
  /** Why it has no result, where it was annulled. */
  annulled_because: string | null;
  /** Why the chair annulled it, where they did. */
  explanation: string | null;
  opened_at: string;
  closed_at: string | null;
  attendance_needed: Counts | null;
  attendance_there: Counts | null;
}

export interface Turnout {
  poll_id: number;
  cast: number;
  electorate: number;
  /** The counts so far, where the rules of the poll show them. */
  tally: Counts | null;
}

export interface Presence {
  count: number;
  /** Ids of those present; of a crowd the first only. */
  present: number[];
  by_category: Counts;
  quorum: { needed: Counts; there: Counts; met: boolean } | null;
}

export interface Question {
  id: number;
  person_id: number;
  body: string;
  state: "shown" | "answered";
  answer: string | null;
  upvotes: number;
}

export interface Statement {
  id: number;
  kind: "note" | "vote";
  person_id: number;
  point_id: number | null;
  poll_id: number | null;
  body: string;
}

export interface Commitment {
  id: number;
  point_id: number | null;
  body: string;
  person_id: number | null;
  organisation_id: number | null;
  organisation: string | null;
  due_on: string;
}

/** What is on the record; `statements` holds the newest, `count` counts all. */
export interface SittingRecord {
  statements: Statement[];
  count: number;
  hidden: number;
  commitments: Commitment[];
}

/** What an entry makes of the room: the new state, by its `data` and its moment. */
export type Change = (state: Snapshot, data: any, at: string) => Snapshot;
export type Changes = Record<string, Change>;

/** The room as all see it, up to the entry `number`; of chronicle, polls and questions the newest. */
export interface Snapshot {
  sitting: Sitting;
  number: number;
  agenda: Point[];
  hands: Hand[];
  floor: Floor | null;
  speakers: Speakers;
  polls: Poll[];
  chronicle: Entry[];
  people: People;
  questions: Question[];
  /** How many more are shown, older than these. */
  more_questions: number;
  /** How many questions are not shown, and how many of these were hidden. */
  unseen: number;
  hidden: number;
  record: SittingRecord;
  presence: Presence;
  turnout: Turnout | null;
}

// ---- the frames ----------------------------------------------------------------------------

// A frame names its room: `entries` by their stream, all others by the sitting. What `enter` is
// answered with holds the same parts, without their room.

interface OfRoom {
  sitting?: number;
}

export interface EntriesFrame {
  stream?: string;
  entries: Entry[];
  people?: People;
}
export type PresenceFrame = OfRoom & Presence & { people?: People };
export type QuestionsFrame = OfRoom & Pick<Snapshot, "questions" | "more_questions" | "unseen" | "hidden"> & { people: People };
export interface RecordFrame extends OfRoom {
  record: SittingRecord;
  people: People;
}
/** How much applause a speech has got, or a point; one of the two is null. */
export interface ApplauseFrame extends OfRoom {
  hand_id: number | null;
  point_id: number | null;
  count: number;
}

/** A message of the chat; of a hidden one the text is for who moderates alone. */
export interface ChatMessage {
  id: number;
  person_id: number;
  body: string | null;
  written_at: string;
  hidden_reason: string | null;
}

export interface ChatPart {
  version: number;
  messages: ChatMessage[];
  people: People;
}
export type ChatFrame = OfRoom & ChatPart;

export type TurnoutFrame = OfRoom & Turnout;
export interface UpvotesFrame extends OfRoom {
  /** By the question's id; a question without upvotes is not in it. */
  upvotes: Counts;
}

/** What has happened since a number. */
export interface Missed extends EntriesFrame {
  number: number;
  presence: PresenceFrame;
  questions: QuestionsFrame;
  record: RecordFrame;
  turnout: Turnout | null;
}

/** What `enter` and `watch` are answered with: the whole room, or what was missed of it. */
export type Entered = { mine: ServersMine } & ({ snapshot: Snapshot } | ({ snapshot?: undefined } & Missed));

/** Every message is answered so; what an accepted one adds depends on the message. */
export interface Answer {
  ok: boolean;
  error?: string;
  detail?: string;
  fields?: FieldErrors;
  /** In so many seconds the message may be sent again. */
  retry_after?: number;
  [more: string]: any;
}
export type FieldErrors = Record<string, string[]>;

// ---- what is shown to one reader -----------------------------------------------------------

/** For which organisation a reader who is present speaks, and why they have no vote, if so. */
export interface Standing {
  organisation_id: number | null;
  persons: string | null;
  organisations: string | null;
  opinion: string | null;
}

/** A proxy that the reader holds, with what was voted by it, by the poll's id; null if secret. */
export interface HeldProxy {
  id: number;
  name: string;
  organisation_id: number | null;
  ballots: Record<string, string | null>;
}

/** What the server shows to this reader alone. */
export interface ServersMine {
  person_id: number | null;
  /** The server's time when it was read. */
  now: string;
  /** The commands that the reader may use here. */
  may: string[];
  present?: boolean;
  /** What was voted, by the poll's id; null where the poll is secret. */
  ballots: Record<string, string | null>;
  /** Null while they are not present. */
  standing: Standing | null;
  /** The step of the table's rule that keeps them out of its sittings, if one does. */
  outside: string | null;
  /** The proxies that they hold, while they are present. */
  proxies?: HeldProxy[];
  /** The votes of the room in the open poll, by choice; for the chair and the desk. */
  room_votes?: Counts;
  /** Those of them that a second person has to enter too. */
  room_votes_waiting?: string[];
}

export interface Mine extends ServersMine {
  /** By how many milliseconds the server's clock is ahead of this device's. */
  clock_ahead: number;
  /** What the reader means to vote otherwise by proxy, by the ids of poll and proxy. */
  otherwise?: Record<string, Record<string, string>>;
}

export interface OwnQuestion {
  id: number;
  body: string;
  state: string;
  reason: string | null;
}

/** The answer to `questions.mine`; `moderated` is for the chair. */
export interface QuestionsPart {
  asked: OwnQuestion[];
  upvoted: number[];
  moderated?: (OwnQuestion & { person_id: number })[];
}

export interface OwnStatement {
  id: number;
  kind: "note" | "vote";
  person_id: number;
  poll_id: number | null;
  body: string;
  state: string;
  reason: string | null;
}

export interface RunningNote {
  body: string;
  version: number;
}

/** The answer to `record.mine`; all but `own` is for the chair. */
export interface RecordPart {
  own: OwnStatement[];
  hidden: OwnStatement[];
  organisations: { id: number; name: string }[];
  phrases: { id: number | null; body: string }[];
  notes?: Record<string, RunningNote>;
}

// ---- acts ----------------------------------------------------------------------------------

export type ActStatus = "waiting" | "sending" | "sent" | "refused";

/** One thing that the reader does: a message on its way, with the key that tells a repeat. */
export interface Act {
  message: string;
  data: Record<string, any>;
  key: string;
  /** When it was done, in milliseconds since 1970. */
  at: number;
  status: ActStatus;
  done?: (answer: Answer) => void;
  detail?: string;
  fields?: FieldErrors;
}

/** What of an act outlives a reload. */
export type PendingAct = Pick<Act, "message" | "data" | "key" | "at">;

// ---- drawing -------------------------------------------------------------------------------

export type Drawn = TemplateResult | typeof nothing;

/** What every panel is given each time the room is drawn. */
export interface Room {
  state: Snapshot;
  mine: Mine;
  acts: Acts;
  /** The addresses in the page's data attributes. */
  urls: Record<string, string>;
  /** Whether the minutes are there, once the sitting is closed; until then how far they have come. */
  minutesDrafted: boolean;
  minutesProgress: { step: number; of: number; label: string } | null;
  /** Whether the reader wants the whole chronicle, or as much of it as the page holds. */
  wholeChronicle: boolean;
  /** The part of the chronicle that is too old for the state. */
  earlier: { lines: Line[]; isAll: boolean; fetch: () => void };
  /** The newest messages of the chat, and the last number of applause that was told. */
  chat: ChatMessage[];
  applause: ApplauseFrame | null;
  leave(): void;
  showWholeChronicle(): void;
  /** What is this reader's alone, and how to have it read again. */
  ownQuestions: QuestionsPart;
  refreshQuestions(): void;
  ownRecord: RecordPart;
  refreshRecord(): void;
  /** Keep what the server has acknowledged: the reader's ballot, the votes counted in the room. */
  noteBallot(pollId: number, choice: string): void;
  /** Choose otherwise for a proxy, with the next press; null: as the reader. */
  voteOtherwise(pollId: number, proxyId: number, choice: string | null): void;
  noteRoomVotes(votes: Counts, waiting?: string[]): void;
}

/** What a kind of poll needs to draw a ballot. */
export interface BallotOptions {
  poll: Poll;
  /** What the reader has voted, if the page knows it. */
  chosen?: string | null;
  cast: (choice: string) => void;
  /** A button that casts a ballot at once. */
  press?: (value: string, label: string) => Drawn;
  label: string;
  /** Tells the fields of two forms of the same poll apart. */
  scope: string;
}

/** The form of a ballot that is more than one press. */
export interface FormOptions {
  poll: Poll;
  /** How to fill it in. */
  hint: string;
  parts: unknown;
  /** The choice, from the elements of the form. */
  read: (form: HTMLFormElement) => string;
  cast: (choice: string) => void;
  /** Of the button that casts. */
  label: string;
  /** Whether a blank ballot is offered. */
  blank?: boolean;
}

/** A kind of poll as the room shows it. */
export interface PollKind {
  ballot(options: BallotOptions): Drawn;
  said(poll: Poll, choice: string): string;
  result(poll: Poll, tally: Counts, cast: number | null): Drawn;
}
