/** Follows a call's server-sent events over fetch, so that a bearer token can travel in a header. */

const WAITS_MS = [1000, 2000, 5000, 10_000, 30_000];

export class CallStream {
  /** @type {AbortController|null} */
  #stop = null;
  #last = "";

  /**
   * @param {import("./transport.js").Transport} transport
   * @param {(kind: string, data: any) => void} heard
   */
  constructor(transport, heard) {
    this.transport = transport;
    this.heard = heard;
  }

  /** Follow a call until `close`. @param {string} callId @param {number} after index of the last turn known */
  async follow(callId, after) {
    this.close();
    const stop = new AbortController();
    this.#stop = stop;
    this.#last = after >= 0 ? String(after) : "";
    for (let failures = 0; !stop.signal.aborted; failures += 1) {
      try {
        const body = await this.transport.stream(
          `/calls/${encodeURIComponent(callId)}/stream`,
          stop.signal,
          this.#last ? { "Last-Event-ID": this.#last } : {},
        );
        failures = 0;
        await this.#read(body);
      } catch (error) {
        const status = /** @type {any} */ (error).status;
        if ([401, 403, 404].includes(status)) return;
      }
      await pause(WAITS_MS[Math.min(failures, WAITS_MS.length - 1)], stop.signal);
    }
  }

  /** Stop following. */
  close() {
    this.#stop?.abort();
    this.#stop = null;
  }

  /** @param {ReadableStream<Uint8Array>} body */
  async #read(body) {
    const reader = body.pipeThrough(/** @type {any} */ (new TextDecoderStream())).getReader();
    let rest = "";
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      const blocks = (rest + part.value).replace(/\r\n?/g, "\n").split("\n\n");
      rest = blocks.pop() ?? "";
      for (const block of blocks) this.#block(block);
    }
  }

  /** @param {string} block one event */
  #block(block) {
    let kind = "message";
    const data = [];
    for (const line of block.split("\n")) {
      const [, name, value] = /^(\w+): ?(.*)$/.exec(line) ?? [];
      if (name === "event") kind = value;
      else if (name === "id") this.#last = value;
      else if (name === "data") data.push(value);
    }
    if (data.length) this.heard(kind, parsed(data.join("\n")));
  }
}

/** @param {string} text */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** @param {number} ms @param {AbortSignal} signal @returns {Promise<void>} */
function pause(ms, signal) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => (clearTimeout(timer), resolve()), { once: true });
  });
}
