// The browser's whole client of a room as a program, with a wire that the caller holds: each
// line of input is one thing that happens to one client, each line of output what its client
// has asked since then and, if wanted, its state.

import { createInterface } from "node:readline";
import { Live } from "../../static/sittings/live.js";

const timers = [];
globalThis.setTimeout = (call) => timers.push(call);

class Wire {
  connected = false;
  id = null;
  asked = [];
  #handlers = [];
  #waiting = new Map();

  on(event, handle) {
    this.#handlers.push([event, handle]);
  }

  timeout() {
    return this;
  }

  emitWithAck(message, data) {
    const number = this.asked.push({ message, data, number: this.#waiting.size });
    return new Promise((resolve, reject) => this.#waiting.set(number - 1, { resolve, reject }));
  }

  hear(event, payload) {
    for (const [name, handle] of this.#handlers) if (name === event) handle(payload);
  }

  answer(number, payload) {
    this.#waiting.get(number).resolve(payload);
  }

  // As the library does: what waits for an answer will get none.
  cut(reason) {
    this.connected = false;
    for (const { reject } of this.#waiting.values()) reject(new Error("disconnected"));
    this.hear("disconnect", reason);
  }
}

const clients = new Map();
const quiet = new Proxy({}, { get: () => () => {} });

const STEPS = {
  come({ client, snapshot }) {
    const wire = new Wire();
    clients.set(client, { wire, live: new Live(wire, snapshot, { now: "2026-01-01T00:00:00Z" }, quiet) });
  },
  connect: ({ client }) => {
    const { wire } = clients.get(client);
    wire.connected = true;
    wire.hear("connect");
  },
  cut: ({ client }) => clients.get(client).wire.cut("transport close"),
  frame: ({ client, event, payload }) => clients.get(client).wire.hear(event, payload),
  answer: ({ client, number, payload }) => clients.get(client).wire.answer(number, payload),
  wake: () => timers.splice(0).forEach((call) => call()),
  look: () => {},
};

for await (const line of createInterface({ input: process.stdin })) {
  const step = JSON.parse(line);
  STEPS[step.step](step);
  await new Promise(setImmediate);
  const { wire, live } = clients.get(step.client);
  console.log(JSON.stringify({ asked: wire.asked.length, last: wire.asked.at(-1), state: live.state }));
}
