/**
 * The runtime, whose modules are fetched when a reader first seems about to run something.
 * @module
 */

/** @import { Job, Outcome, Runtime, Task } from "./runtime.js" */

/**
 * What a witness needs of a runtime and of what it submitted.
 * @typedef {Pick<Job, "done" | "stop" | "leave">} RunJob
 * @typedef {{idle: boolean, busy: boolean, warm: () => void, submit: (task: Task) => RunJob}} RuntimeLike
 */

export class RuntimeLater {
  /** @type {Runtime | null} */
  #runtime = null;
  /** @type {Promise<Runtime> | null} */
  #fetched = null;

  /** Whether a run would start at once. */
  get idle() {
    return this.#runtime?.idle ?? false;
  }

  /** Whether a run would wait for another to end. */
  get busy() {
    return this.#runtime?.busy ?? false;
  }

  warm() {
    this.#fetch().then(
      (runtime) => runtime.warm(),
      () => {}, // told when it is needed
    );
  }

  /** @param {Task} task @returns {RunJob} */
  submit(task) {
    return this.#runtime?.submit(task) ?? this.#await(task);
  }

  /** A job that may end before there is a runtime to give it to. @param {Task} task @returns {RunJob} */
  #await(task) {
    /** @type {RunJob | null} */
    let job = null;
    let over = false;
    let resolve = (/** @type {Outcome} */ _outcome) => {};
    /** @type {Promise<Outcome>} */
    const ended = new Promise((found) => (resolve = found));
    const end = (/** @type {"stop" | "leave"} */ how) => {
      over = true;
      job?.[how]();
      resolve({ kind: "stopped" });
    };
    const submitted = this.#fetch().then(
      (runtime) => {
        if (over) return ended;
        job = runtime.submit(task);
        return job.done;
      },
      () => /** @type {Outcome} */ ({ kind: "lost", message: "the runtime cannot be fetched" }),
    );
    return {
      done: Promise.race([submitted, ended]),
      stop: () => end("stop"),
      leave: () => end("leave"),
    };
  }

  #fetch() {
    this.#fetched ??= import("./runtime.js").then(
      ({ Runtime }) => (this.#runtime = new Runtime()),
      (error) => {
        this.#fetched = null; // the next need tries again
        throw error;
      },
    );
    return this.#fetched;
  }
}
