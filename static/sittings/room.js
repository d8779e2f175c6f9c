// @ts-check
// The room of a sitting: draws the state, sends the reader's acts, announces what happens.
//
// templates/sittings/room.html loads this module; it wires the others together.

import { announce } from "../js/announce.js";
import { follow, open } from "../js/socket.js";
import { render } from "../vendor/lit-html/lit-html.js";
import { Acts } from "./acts.js";
import { startCalls } from "./calls.js";
import { pollForm } from "./poll_form.js";
import { Earlier } from "./earlier.js";
import { Chat } from "./chat.js";
import { connectionWords, showConnection } from "./connection.js";
import { keepFocus } from "./focus.js";
import { drawFolds, startFolds } from "./folds.js";
import { pendingActs } from "./pending_acts.js";
import { startKeys } from "./keys.js";
import { Live } from "./live.js";
import { runningNotes } from "./notes.js";
import { privatePart, QUESTIONS, RECORD } from "./private_parts.js";
import { isPresent } from "./presence.js";
import { PANELS } from "./panels/index.js";
import { chronicle, isAnnounced, older, sentence } from "./chronicle.js";
import { drawTabs, startTabs } from "./tabs.js";
import { startTimer } from "./timer.js";
import { offerPolls } from "./statement.js";
import { textForm } from "./text_form.js";
import { say, time } from "./i18n.js";

/** @import { Drawn, Entry, Room } from "./types.js" */

/** @type {Record<string, (room: Room) => Drawn>} */
const DRAWN = {
  ...Object.fromEntries(Object.entries(PANELS).map(([name, panel]) => [`panel-${name}`, panel])),
  stream: chronicle,
  older,
};
const HERE_EVERY = 20_000;
// After these who watches comes in, or comes in again.
const COMING_IN = new Set(["sitting.roll_called", "sitting.opened", "sitting.reopened"]);

const root = /** @type {HTMLElement} */ (document.getElementById("room"));
const connection = /** @type {HTMLElement} */ (document.getElementById("connection"));
const urls = /** @type {Record<string, string>} */ (root.dataset);
const socket = open();
/** @param {string} id */
const read = (id) => JSON.parse(document.getElementById(id)?.textContent ?? "");
const live = new Live(socket, read("snapshot"), read("mine"), {
  changed, happened, linked, catching, lost, elsewhere, refused,
});
const acts = new Acts(
  socket, { changed, refused: announce, done: noted }, pendingActs(live.state.sitting.id, live.mine.person_id),
);
const earlier = new Earlier(urls.chronicle, live.state, changed);
const ownQuestions = privatePart(socket, live, changed, QUESTIONS);
const ownRecord = privatePart(socket, live, changed, RECORD);
const chat = new Chat(socket, live, changed);
const bySitting = () => ({ sitting: live.state.sitting.id });
const suspendForm = textForm(acts, "panel-suspend", {
  message: "sitting.suspend", data: bySitting,
  shown: ({ state, mine }) => state.sitting.state === "open" && !state.sitting.suspended
    && mine.may.includes("suspend_sitting"),
});
const questionForm = textForm(acts, "panel-question", {
  message: "question.ask", data: bySitting, done: () => ownQuestions.again(),
  shown: ({ state, mine }) => state.sitting.state === "open" && mine.may.includes("ask_question"),
});
const chatForm = textForm(acts, "panel-chat-form", {
  message: "chat.write", data: bySitting,
  shown: ({ state, mine }) => state.sitting.state === "open" && state.sitting.chat !== null
    && mine.may.includes("write_chat_message") && isPresent({ state, mine }),
});
const statementForm = textForm(acts, "panel-statement", {
  message: "statement.make", data: bySitting, done: () => ownRecord.again(),
  shown: ({ state, mine }) => state.sitting.state === "open" && mine.may.includes("make_statement"),
});
const notes = runningNotes(socket, live, acts, ownRecord, changed);
const videoForm = textForm(acts, "panel-set-video", {
  message: "sitting.set_video", data: bySitting,
  shown: ({ state, mine }) => ["convened", "open"].includes(state.sitting.state) && mine.may.includes("set_video"),
});
const drawPollForm = pollForm(acts, live.state.sitting.id);
const drawCalls = startCalls(/** @type {HTMLElement} */ (document.getElementById("calls")));
const wall = document.getElementById("wall");

const wasClosed = live.state.sitting.state === "closed";
let followsMinutes = false;
let minutesDrafted = false;
/** @type {Room["minutesProgress"]} */
let minutesProgress = null;
let drawing = false;
let wasLost = false;
/** @type {import("./connection.js").Standing} */
let standing = { state: "connecting" }; // with the server
let wholeChronicle = false; // or its newest lines alone

// Many changes within one frame of the screen are drawn once.
function changed() {
  if (drawing) return;
  drawing = true;
  requestAnimationFrame(() => {
    drawing = false;
    keepFocus(draw);
  });
}

function draw() {
  earlier.note(live.state);
  /** @type {Room} */
  const room = {
    state: live.state, mine: live.mine, acts, urls, leave,
    minutesDrafted, minutesProgress, wholeChronicle, showWholeChronicle, earlier,
    ownQuestions: ownQuestions.own, refreshQuestions: ownQuestions.again,
    chat: chat.messages, applause: live.applause,
    ownRecord: ownRecord.own, refreshRecord: ownRecord.again,
    noteBallot: (pollId, choice) => live.noteBallot(pollId, choice),
    voteOtherwise: (...chosen) => {
      live.voteOtherwise(...chosen);
      changed();
    },
    noteRoomVotes: (votes, waiting) => live.noteRoomVotes(votes, waiting),
  };
  for (const [id, panel] of Object.entries(DRAWN)) {
    const section = /** @type {HTMLElement} */ (document.getElementById(id));
    render(panel(room), section);
    section.hidden = !section.firstElementChild;
  }
  drawPollForm(room);
  suspendForm(room);
  questionForm(room);
  statementForm(room);
  chatForm(room);
  offerPolls(room);
  notes.show(room);
  videoForm(room);
  drawFolds(room);
  drawTabs(room);
  drawCalls(room);
  ownQuestions.follow();
  ownRecord.follow();
  chat.follow();
  tick();
  followMinutes();
  showConnection(connection, { ...standing, acts });
}

// Of a long interruption only the number of novelties is read out, and the last that matters.
/** @param {Entry[]} entries @param {boolean} missed */
function happened(entries, missed) {
  const sentences = entries.filter(isAnnounced).map((entry) => sentence(live.state, entry));
  const many = missed && sentences.length > 2;
  if (many) announce(say("missed", { count: entries.length }));
  for (const words of many ? sentences.slice(-1) : sentences) announce(words);
  // Readers who waited come in now, spread over a second.
  if (entries.some(({ kind }) => COMING_IN.has(kind))) setTimeout(here, 1000 * Math.random());
}

function linked() {
  stand({ state: "live" });
  if (wasLost) announce(connectionWords("live"));
  wasLost = false;
  acts.flush();
  notes.flush();
}

/** @param {number} count */
function catching(count) {
  stand({ state: live.linked || wasLost ? "catching" : "connecting", count });
}

/** @param {boolean} ended */
function lost(ended) {
  if (standing.comeBack || standing.state === "over") return; // the reader knows
  wasLost = true;
  stand({ state: ended ? "signed_out" : "lost" });
  announce(connectionWords(standing.state));
}

// The reader has left in another window, or goes on there: this one says so and stands aside.
/** @param {string} what */
function elsewhere(what) {
  stand({ state: what, comeBack });
  announce(connectionWords(what));
  socket.disconnect();
}

function comeBack() {
  stand({ state: "connecting" });
  live.comeBack();
}

/** @param {import("./types.js").Answer} answer */
function refused({ error, detail = "" }) {
  if (error === "not_found") { // a rehearsal that was ended: nothing here can be pressed any more
    root.dataset.over = "";
    stand({ state: "over" });
    announce(connectionWords("over"));
    socket.disconnect();
    return;
  }
  stand({ state: "lost", detail });
  announce(detail);
}

/** @param {import("./connection.js").Standing} now */
function stand(now) {
  standing = now;
  changed();
}

// An act from before a reload is known to the page only by what it was.
/** @param {string} message @param {Record<string, any>} data */
function noted(message, { poll, choice }) {
  if (message === "ballot.cast" && choice) live.noteBallot(poll, choice);
}

function showWholeChronicle() {
  wholeChronicle = true;
  changed();
}

function leave() {
  socket.disconnect();
  location.assign(urls.sittingPage);
}

// Once the sitting is closed a job drafts its minutes; readers who saw it close hear when it is done.
function followMinutes() {
  const { id, state } = live.state.sitting;
  if (followsMinutes || state !== "closed") return;
  followsMinutes = true;
  const news = () => {
    if (!minutesDrafted && !wasClosed) announce(say("minutes_news"));
    minutesDrafted = true;
    changed();
  };
  /** @param {import("../js/socket.js").Progress} report */
  const working = (report) => {
    minutesProgress = report;
    changed();
  };
  follow(socket, `minutes:${id}`, 0, { news, progress: working });
}

// Says that the reader is still there: a connection can be gone without anybody noticing.
function here() {
  const { id, state } = live.state.sitting;
  if (live.linked && live.mine.person_id && ["convened", "open"].includes(state)) socket.emit("here", { sitting: id });
}

// The hour, by the clock of the server, where the page shows one.
function showHour() {
  if (wall) wall.textContent = time(new Date(Date.now() + live.mine.clock_ahead).toISOString());
}

setInterval(here, HERE_EVERY);
setInterval(showHour, 1000);
setInterval(changed, HERE_EVERY); // the minutes that the point at hand has taken
const tick = startTimer(/** @type {HTMLElement} */ (document.getElementById("timer")), () => live);

connection.textContent = "";
startFolds();
startTabs();
startKeys();
showHour();
document.body.classList.toggle("console", "console" in root.dataset);
root.hidden = false;
changed();
