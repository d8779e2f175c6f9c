// The room's reducer as a program: each line of input is {snapshot, frames}, each line of
// output the state that they make, with the numbers of the frames that left a gap and the
// order in which the floor is to be given.

import { createInterface } from "node:readline";
import { receive, withPresence, withQuestions, withRecord, withTurnout, withUpvotes } from "../../static/sittings/state.js";
import { queue } from "../../static/sittings/state/queue.js";

for await (const line of createInterface({ input: process.stdin })) {
  const { snapshot, frames } = JSON.parse(line);
  let state = snapshot;
  const gaps = [];
  for (const { event, payload } of frames) {
    if (event === "presence") state = withPresence(state, payload);
    else if (event === "questions") state = withQuestions(state, payload);
    else if (event === "record") state = withRecord(state, payload);
    else if (event === "upvotes") state = withUpvotes(state, payload);
    else if (event === "turnout") state = withTurnout(state, payload);
    else {
      const received = receive(state, payload);
      if (received.gap) gaps.push(payload.entries[0].number);
      state = received.state;
    }
  }
  console.log(JSON.stringify({ state, gaps, queue: queue(state).map(({ id }) => id) }));
}
