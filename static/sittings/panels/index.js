// @ts-check
// The panels of the room. A new panel is a line in PANELS, a section in room.html or in one of the
// folds of room_console.html, and, if something in it waits for the reader, a line in COUNTS.
//
// Exports `PANELS`, which room.js draws, and `COUNTS`, which folds.js shows.

import { agendaPanel } from "./agenda.js";
import { chatCount, chatPanel } from "./chat.js";
import { commitmentsCount, commitmentsPanel } from "./commitments.js";
import { handsPanel } from "./hands.js";
import { nowPanel } from "./now.js";
import { pollPanel } from "./poll.js";
import { presentCount, presentPanel } from "./present.js";
import { quorumPanel } from "./quorum.js";
import { questionsCount, questionsPanel } from "./questions.js";
import { recordCount, recordPanel } from "./record.js";
import { sharesPanel } from "./shares.js";
import { sittingPanel } from "./sitting.js";
import { videoPanel } from "./video.js";

/** @import { Drawn, Room } from "../types.js" */

/**
 * What draws the section `panel-NAME`: a function of the room; `nothing` hides the section.
 * @type {Record<string, (room: Room) => Drawn>}
 */
export const PANELS = {
  now: nowPanel,
  poll: pollPanel,
  hands: handsPanel,
  video: videoPanel,
  questions: questionsPanel,
  record: recordPanel,
  commitments: commitmentsPanel,
  chat: chatPanel,
  agenda: agendaPanel,
  quorum: quorumPanel,
  present: presentPanel,
  shares: sharesPanel,
  sitting: sittingPanel,
};

/**
 * What stands beside the title of the fold `fold-NAME`: how many, and how many of them wait.
 * @type {Record<string, (room: Room) => {count: number, waits?: number}>}
 */
export const COUNTS = {
  questions: questionsCount,
  record: recordCount,
  commitments: commitmentsCount,
  chat: chatCount,
  present: presentCount,
};
