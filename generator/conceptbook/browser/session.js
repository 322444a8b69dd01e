/**
 * One worker from its birth to its end. It answers, or it is ended: nobody waits for ever.
 * @module
 */

import { isWorkerMessage } from "./messages.js";

/** @import { BootOrder, Progress, RunOrder, Versions, Wheel, WorkerMessage } from "./messages.js" */

/** A worker, or what a test puts in its place.
 * @typedef {Pick<Worker, "postMessage" | "terminate" | "addEventListener">} WorkerLike */

/** @typedef {{resolve: (value: any) => void, reject: (error: Error) => void}} Waiting */

/** Who hears of a run while it is under way.
 * @typedef {{onStdout: (text: string) => void,
 *   onGlimpse: (plots: Record<string, string>) => void}} Listener */

/** @type {Listener} */
const NOBODY = { onStdout() {}, onGlimpse() {} };

export class Session {
  /** @type {Promise<Versions>} */
  ready;
  /** @type {Versions | null} */
  versions = null;
  /** @type {Progress | null} */
  progress = null;
  /** @type {(progress: Progress) => void} */
  onProgress = () => {};

  #worker;
  #silenceMs;
  #ended = false;
  #runs = 0;
  /** @type {Waiting | null} */
  #waiting = null;
  /** @type {Listener} */
  #listener = NOBODY;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #silence;
  /** Hashes of the wheels that the worker has. @type {Set<string>} */
  #wheels = new Set();

  /**
   * @param {WorkerLike} worker
   * @param {BootOrder} order
   * @param {number} silenceMs longest silence while it boots
   */
  constructor(worker, order, silenceMs) {
    this.#worker = worker;
    this.fromSnapshot = order.snapshot;
    this.#silenceMs = silenceMs;
    worker.addEventListener("message", (event) => {
      this.#receive(/** @type {MessageEvent} */ (event).data);
    });
    worker.addEventListener("error", (event) => {
      event.preventDefault();
      const { message } = /** @type {ErrorEvent} */ (event);
      this.#fail(message || "the worker could not start");
    });
    worker.addEventListener("messageerror", () => this.#fail("the worker sent no readable message"));
    this.ready = this.#expect();
    this.ready.catch(() => {}); // a runtime that was loaded ahead of need may fail unheard
    this.#listen();
    worker.postMessage(order);
  }

  /**
   * Runs one request; the session must be ready and idle.
   * @param {string} request JSON for conceptbook_kit.page.perform
   * @param {number} memoryMb
   * @param {Listener} listener
   * @param {Wheel[]} wheels that the witness imports
   * @returns {Promise<string>} its answer, JSON
   */
  run(request, memoryMb, listener, wheels = []) {
    this.#runs += 1;
    this.#listener = listener;
    const answer = this.#expect();
    const lacking = wheels.filter(({ sha256 }) => !this.#wheels.has(sha256));
    for (const { sha256 } of lacking) this.#wheels.add(sha256);
    /** @type {RunOrder} */
    const order = { type: "run", run: this.#runs, memory_mb: memoryMb, request, wheels: lacking };
    this.#worker.postMessage(order);
    return answer;
  }

  /** Ends the worker at once, whatever it does; who waits for it hears so. */
  end() {
    this.#fail("the runtime was ended");
  }

  /** @returns {Promise<any>} */
  #expect() {
    if (this.#ended) return Promise.reject(new Error("the runtime was ended"));
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
    });
  }

  /** @param {unknown} value */
  #answer(value) {
    this.#waiting?.resolve(value);
    this.#waiting = null;
    this.#listener = NOBODY; // it holds the page that asked
  }

  /** @param {string} message */
  #fail(message) {
    if (this.#ended) return;
    this.#ended = true;
    clearTimeout(this.#silence);
    this.#worker.terminate();
    this.#waiting?.reject(new Error(message));
    this.#waiting = null;
  }

  /** Starts the count of silence anew. */
  #listen() {
    clearTimeout(this.#silence);
    const seconds = Math.round(this.#silenceMs / 1000);
    this.#silence = setTimeout(
      () => this.#fail(`the runtime gave no sign of life for ${seconds} s`),
      this.#silenceMs,
    );
  }

  /** @param {unknown} data */
  #receive(data) {
    if (this.#ended) return;
    if (!isWorkerMessage(data)) {
      this.#fail("the worker sent something that is no message");
    } else if (data.type === "violation") {
      tell(data);
    } else if (this.versions === null) {
      this.#receiveBooting(data);
    } else {
      this.#receiveRunning(data);
    }
  }

  /** @param {WorkerMessage} message */
  #receiveBooting(message) {
    this.#listen();
    if (message.type === "progress") {
      this.progress = message;
      this.onProgress(message);
    } else if (message.type === "ready") {
      clearTimeout(this.#silence);
      this.versions = message.versions;
      this.#answer(message.versions);
    } else if (message.type === "failed") {
      this.#fail(message.message);
    }
  }

  /** A message about another run than the present one comes too late and is dropped.
   * @param {WorkerMessage} message */
  #receiveRunning(message) {
    if (!("run" in message) || message.run !== this.#runs || this.#waiting === null) return;
    if (message.type === "stdout") this.#listener.onStdout(message.text);
    else if (message.type === "glimpse") this.#listener.onGlimpse(message.plots);
    else if (message.type === "result") this.#answer(message.json);
    else this.#fail(message.message);
  }
}

/** A breach of the policy in the worker, announced as one of the page's own.
 * @param {import("./messages.js").Violation} violation */
function tell({ directive, uri }) {
  const how = { effectiveDirective: directive, violatedDirective: directive, blockedURI: uri };
  dispatchEvent(new SecurityPolicyViolationEvent("securitypolicyviolation", how));
}
