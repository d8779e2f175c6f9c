// Stands for the connection to the server: a test answers what is asked and sends what it likes.
// page.mjs puts it in the place of static/vendor/socket.io.

export class Wire {
  id = "here";
  asked = [];
  emitted = [];
  #handlers = [];

  constructor({ connected = true } = {}) {
    this.connected = connected;
  }

  on(event, handle) {
    this.#handlers.push([event, handle]);
  }

  emit(message, data) {
    this.emitted.push({ message, data });
  }

  timeout() {
    return {
      emitWithAck: (message, data) => new Promise((resolve, reject) => {
        this.asked.push({ message, data, resolve, reject });
      }),
    };
  }

  connect() {
    this.connected = true;
    this.hear("connect");
  }

  disconnect() {
    this.connected = false;
  }

  /** Lets something arrive. */
  hear(event, payload) {
    for (const [name, handle] of this.#handlers) if (name === event) handle(payload);
  }

  /** The message that was asked last. */
  get last() {
    return this.asked.at(-1);
  }

  /** Answers the message that was asked last, and lets it be heard. */
  async answer(payload) {
    this.last.resolve(payload);
    await settled();
  }

  /** Leaves the message that was asked last without an answer. */
  async fail() {
    this.last.reject(new Error("timeout"));
    await settled();
  }
}

/** Whatever waits for a promise has happened. */
export async function settled() {
  for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
}

export const opened = [];

export function io() {
  const wire = new Wire({ connected: false });
  opened.push(wire);
  return wire;
}
