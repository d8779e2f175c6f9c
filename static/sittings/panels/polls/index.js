// @ts-check
// The kinds of poll in the room: how to vote, what was voted, how it ended. A new kind is a module
// that exports `ballot`, `said` and `result` (PollKind in types.d.ts), and a line here.
//
// Exports `KINDS`; used by panels/poll.js.

import * as consensus from "./consensus.js";
import * as multiple_choice from "./multiple_choice.js";
import * as ranked_choice from "./ranked_choice.js";
import * as rating from "./rating.js";
import * as single_choice from "./single_choice.js";
import * as yes_no_abstain from "./yes_no_abstain.js";

/** @import { PollKind } from "../../types.js" */

/** @type {Record<string, PollKind>} */
export const KINDS = {
  consensus, multiple_choice, ranked_choice, rating, single_choice, yes_no_abstain,
};
