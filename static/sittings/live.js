// @ts-check
// Keeps the room up to date: starts from a snapshot, applies the frames that follow, asks for
// missed entries by number and drops those it already has.
//
// Exports `Live`; used by room.js and screen.js, and under Node.js by tests/support/room_clients.mjs.

import { hasVote, heldFor } from "./entitled.js";
import { ask, whenMissed, whenRefused } from "../js/socket.js";
import { receive, withPresence, withQuestions, withRecord, withTurnout, withUpvotes } from "./state.js";

/** @import { Answer, Counts, Entered, EntriesFrame, Entry, Mine, Missed, ServersMine, Snapshot } from "./types.js" */

const TRY_AGAIN_AFTER = 2_000;

/**
 * @typedef {import("../js/socket.js").Socket} Socket
 */

/**
 * What the page is told.
 * @typedef {object} Tell
 * @property {() => void} changed the page should show something else
 * @property {(entries: Entry[], missed: boolean) => void} happened `missed` is true for entries
 *   that came late, after an interruption
 * @property {() => void} linked the room has been entered
 * @property {(count: number) => void} catching `count` entries are still to come, as far as known
 * @property {(ended: boolean) => void} lost `ended`: the server will not have this connection again
 * @property {(what: string) => void} elsewhere the reader has left, or goes on, in another window
 * @property {(answer: Answer) => void} refused the server does not let the reader in
 */

/** The room as it stands (`state`), and what it shows to this reader (`mine`). */
export class Live {
  linked = false;
  /** @type {import("./types.js").ApplauseFrame | null} the last number that was told */
  applause = null;
  #socket;
  #message;
  #tell;
  #resuming = false;
  /** @type {(() => void)[]} */
  #held = [];

  /**
   * @param {Socket} socket
   * @param {Snapshot} snapshot
   * @param {ServersMine} mine
   * @param {Tell} tell
   * @param {"enter" | "watch"} message how to come in; "watch" is without taking part
   */
  constructor(socket, snapshot, mine, tell, message = "enter") {
    this.#message = message;
    this.state = snapshot;
    this.mine = withClock(mine);
    this.#socket = socket;
    this.#tell = tell;
    whenMissed(socket, () => this.#resume());
    whenRefused(socket, (answer) => tell.refused({ ...answer, fields: {} }));
    socket.on("disconnect", (reason) => this.#lose(reason === "io server disconnect"));
    onRoom(socket, "elsewhere", snapshot.sitting.id, ({ what, by }) => {
      if (by !== socket.id) tell.elsewhere(what);
    });
    this.#listen("entries", (frame) => this.#frame(frame));
    this.#listen("head", ({ number }) => number > this.state.number && this.#resume(number));
    this.#listen("applause", (frame) => this.#applaud(frame));
    this.#listen("presence", (frame) => this.#show(withPresence(this.state, frame)));
    this.#listen("questions", (frame) => this.#show(withQuestions(this.state, frame)));
    this.#listen("record", (frame) => this.#show(withRecord(this.state, frame)));
    this.#listen("upvotes", (frame) => this.#show(withUpvotes(this.state, frame)));
    this.#listen("turnout", (frame) => this.#show(withTurnout(this.state, frame)));
  }

  /** Comes into the room again, as a connection that is open for the first time does. */
  comeBack() {
    if (this.#socket.connected) this.#resume();
    else this.#socket.connect();
  }

  /**
   * Notes what the server has acknowledged: the reader's own ballot, if they have a vote, and those
   * that they cast by proxy; of a secret poll only that they were cast.
   * @param {number} pollId
   * @param {string} cast
   */
  noteBallot(pollId, cast) {
    const poll = this.state.polls.find(({ id }) => id === pollId);
    if (!poll) return; // of long ago: the page shows nothing of it
    const { secret } = poll.rules;
    const otherwise = this.mine.otherwise?.[pollId] ?? {};
    const voting = heldFor(this.mine, poll);
    const proxies = (this.mine.proxies ?? []).map((proxy) => !voting.includes(proxy) ? proxy : {
      ...proxy, ballots: { ...proxy.ballots, [pollId]: secret ? null : otherwise[proxy.id] ?? cast },
    });
    const own = hasVote(this.mine, poll) ? { [pollId]: secret ? null : cast } : {};
    this.mine = { ...this.mine, proxies, ballots: { ...this.mine.ballots, ...own } };
  }

  /**
   * Notes what the reader will vote by a proxy with the next press; null: the same as themselves.
   * @param {number} pollId
   * @param {number} proxyId
   * @param {string | null} choice
   */
  voteOtherwise(pollId, proxyId, choice) {
    const chosen = { ...this.mine.otherwise?.[pollId] };
    if (choice === null) delete chosen[proxyId];
    else chosen[proxyId] = choice;
    this.mine = { ...this.mine, otherwise: { ...this.mine.otherwise, [pollId]: chosen } };
  }

  /**
   * Notes the votes of the room in the open poll as they stand.
   * @param {Counts} votes
   * @param {string[]} [waiting] the choices that a second person has to enter too
   */
  noteRoomVotes(votes, waiting = []) {
    this.mine = { ...this.mine, room_votes: votes, room_votes_waiting: waiting };
  }

  /**
   * A frame that comes while the room is being entered may be newer than the answer: it waits.
   * @param {string} event
   * @param {(frame: any) => void} handle
   */
  #listen(event, handle) {
    /** @param {any} frame */
    const take = (frame) => {
      if (this.#resuming) this.#held.push(() => take(frame));
      else handle(frame);
    };
    onRoom(this.#socket, event, this.state.sitting.id, take);
  }

  /** @param {Snapshot} state */
  #show(state) {
    this.state = state;
    this.#tell.changed();
  }

  /** @param {import("./types.js").ApplauseFrame} frame */
  #applaud(frame) {
    this.applause = frame;
    this.#tell.changed();
  }

  /** @param {boolean} ended */
  #lose(ended) {
    this.linked = false;
    this.#tell.lost(ended);
  }

  /** @param {EntriesFrame} frame */
  #frame(frame) {
    const { state, fresh, gap } = receive(this.state, frame);
    if (gap) {
      this.#resume(frame.entries.at(-1)?.number);
      return;
    }
    // The votes counted in the room belong to one poll; the next starts without any.
    if (fresh.some(({ kind }) => kind === "poll.opened")) this.noteRoomVotes({});
    this.#show(state);
    this.#tell.happened(fresh, false);
    // Attendance starts with the sitting: a reader who was waiting comes in now.
    if (fresh.some(({ kind }) => kind === "sitting.opened")) this.#resume();
  }

  /** @param {number} upTo */
  async #resume(upTo = 0) {
    if (this.#resuming) return;
    this.#resuming = true;
    this.#tell.catching(Math.max(upTo - this.state.number, 0));
    const message = { sitting: this.state.sitting.id, after: this.state.number };
    const answer = await ask(this.#socket, this.#message, message).catch(() => null);
    this.#resuming = false;
    if (answer?.ok) {
      this.#enter(answer);
      return;
    }
    this.#held = []; // the next answer holds all of it, and frames that come before it are newer
    if (answer?.retry_after) setTimeout(() => this.#resume(), answer.retry_after * 1000);
    else if (answer) this.#tell.refused(answer);
    else if (this.#socket.connected) setTimeout(() => this.#resume(), TRY_AGAIN_AFTER);
  }

  /** @param {Entered} answer */
  #enter(answer) {
    const known = this.state.number;
    this.mine = { ...withClock(answer.mine), otherwise: this.mine.otherwise };
    this.#show(answer.snapshot ?? this.#caughtUp(answer));
    const missed = this.state.chronicle.filter((entry) => entry.number > known);
    this.#tell.happened(missed, true);
    this.linked = true;
    this.#tell.linked();
    for (const take of this.#held.splice(0)) take();
  }

  /** @param {Missed} answer */
  #caughtUp(answer) {
    const { state } = receive(this.state, answer);
    const written = withRecord(withQuestions(state, answer.questions), answer.record);
    return withTurnout(withPresence(written, answer.presence), answer.turnout);
  }
}

// By how many milliseconds the server's clock is ahead of this device's.
/** @param {ServersMine} mine @returns {Mine} */
function withClock(mine) {
  return { ...mine, clock_ahead: Date.parse(mine.now) - Date.now() };
}

/**
 * Frames name their room by its stream, or by the sitting's number.
 * @param {Socket} socket
 * @param {string} event
 * @param {number} sittingId
 * @param {(frame: any) => void} take
 */
function onRoom(socket, event, sittingId, take) {
  socket.on(event, (frame) => {
    if (frame.sitting === sittingId || frame.stream === `sitting:${sittingId}`) take(frame);
  });
}
