/**
 * The one runtime of a page: loaded on intent, shared by every witness, replaced when it is
 * stopped, when it breaks, or when a run may have left traces in it.
 * @module
 */

import { isManifest, isReply } from "./messages.js";
import { Session } from "./session.js";

/** @import { Declaration, Manifest, Progress, Reply, Versions } from "./messages.js" */
/** @import { WorkerLike } from "./session.js" */

/**
 * @typedef {object} Task
 * @property {Declaration} declaration
 * @property {() => string} request  asked for when the run starts: the latest settings count
 * @property {(progress: Progress) => void} onLoading
 * @property {(versions: Versions) => void} onRunning
 * @property {(text: string) => void} onStdout
 */

/**
 * How a task ended. `lost`: the runtime broke or could not be loaded.
 * @typedef {{kind: "reply", reply: Reply} | {kind: "stopped"} | {kind: "timeout"}
 *   | {kind: "lost", message: string}} Outcome
 */

/** One task in the queue. */
class Job {
  over = false;
  /** @type {(outcome: Outcome) => void} */
  #resolve = () => {};
  /** @type {Promise<Outcome>} */
  done = new Promise((resolve) => {
    this.#resolve = resolve;
  });

  /** @param {Task} task @param {(job: Job) => void} stop */
  constructor(task, stop) {
    this.task = task;
    this.stop = () => stop(this);
  }

  /** @param {Outcome} outcome */
  finish(outcome) {
    this.over = true;
    this.#resolve(outcome);
  }
}

export class Runtime {
  #ready = false;
  #fetchManifest;
  #createWorker;
  #silenceMs;
  /** @type {Promise<Session> | null} */
  #session = null;
  /** @type {Job[]} */
  #queue = [];
  /** @type {Job | null} */
  #active = null;

  /**
   * @param {object} [parts] replaced by tests
   * @param {() => Promise<Manifest>} [parts.fetchManifest] with an absolute base
   * @param {() => Promise<WorkerLike>} [parts.createWorker]
   * @param {number} [parts.silenceMs]
   */
  constructor(parts = {}) {
    this.#fetchManifest = parts.fetchManifest ?? fetchManifest;
    this.#createWorker = parts.createWorker ?? createBlobWorker;
    this.#silenceMs = parts.silenceMs ?? 60_000;
  }

  /** Whether a run would start at once. */
  get idle() {
    return this.#ready && this.#active === null;
  }

  /** Begins to load, because the reader seems about to run something. */
  warm() {
    this.#load().catch(() => {}); // told when it is needed
  }

  /**
   * Queues a task; tasks run one after the other. `stop` ends it wherever it stands.
   * @param {Task} task
   * @returns {{done: Promise<Outcome>, stop: () => void}}
   */
  submit(task) {
    const job = new Job(task, (stopped) => this.#stop(stopped));
    this.#queue.push(job);
    this.#advance();
    return job;
  }

  /** @param {Job} job */
  #stop(job) {
    if (job.over) return;
    job.finish({ kind: "stopped" });
    this.#queue = this.#queue.filter((queued) => queued !== job);
    if (this.#active === job) this.#discard();
  }

  async #advance() {
    if (this.#active !== null) return;
    const job = this.#queue.shift();
    if (job === undefined) return;
    this.#active = job;
    job.finish(await Promise.race([this.#serve(job), job.done]));
    this.#active = null;
    this.#advance();
  }

  /** @param {Job} job @returns {Promise<Outcome>} */
  async #serve(job) {
    try {
      const session = await this.#load();
      if (session.progress !== null) job.task.onLoading(session.progress);
      const versions = await session.ready;
      if (job.over) return { kind: "stopped" };
      job.task.onRunning(versions);
      return await this.#run(session, job.task);
    } catch (error) {
      if (!job.over) this.#discard();
      return { kind: "lost", message: error instanceof Error ? error.message : String(error) };
    }
  }

  /** @param {Session} session @param {Task} task @returns {Promise<Outcome>} */
  async #run(session, task) {
    const { declaration } = task;
    const answer = session.run(task.request(), declaration.memory_mb, task.onStdout);
    const json = await within(answer, declaration.seconds);
    if (json === null) {
      this.#discard();
      return { kind: "timeout" };
    }
    const reply = parsed(json);
    if (!isReply(reply, declaration)) throw new Error("the runtime's answer is no verdict");
    if (reply.fresh_runtime) this.#discard();
    return { kind: "reply", reply };
  }

  /** @returns {Promise<Session>} not yet ready */
  #load() {
    if (this.#session !== null) return this.#session;
    const session = this.#begin();
    this.#session = session;
    session
      .then(({ ready }) => ready)
      .then(
        () => {
          if (this.#session === session) this.#ready = true;
        },
        () => {
          if (this.#session === session) this.#session = null; // the next need tries again
        },
      );
    return session;
  }

  async #begin() {
    const [manifest, worker] = await Promise.all([this.#fetchManifest(), this.#createWorker()]);
    const session = new Session(worker, { type: "boot", ...manifest }, this.#silenceMs);
    session.onProgress = (progress) => this.#active?.task.onLoading(progress);
    return session;
  }

  /** Ends the worker; the next need starts another. */
  #discard() {
    this.#session?.then(
      (session) => session.end(),
      () => {},
    );
    this.#session = null;
    this.#ready = false;
  }
}

/**
 * @param {Promise<string>} answer
 * @param {number} seconds
 * @returns {Promise<string | null>} null when the time was up first
 */
async function within(answer, seconds) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const timeout = new Promise((resolve) => {
    timer = setTimeout(() => resolve(null), seconds * 1000);
  });
  answer.catch(() => {}); // a worker that is ended late has nobody left to tell
  try {
    return await Promise.race([answer, timeout]);
  } finally {
    clearTimeout(timer);
  }
}

/** @param {string} json @returns {unknown} undefined when it is no JSON */
function parsed(json) {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

/** @returns {Promise<Manifest>} with an absolute base */
async function fetchManifest() {
  const url = new URL("runtime.json", import.meta.url);
  const manifest = await (await fetchPart(url)).json();
  if (!isManifest(manifest)) throw new Error("runtime.json is not the list of a runtime's files");
  return { ...manifest, base: new URL(manifest.base, url).href };
}

/** A worker from a URL would escape the policy of the page, so its text goes through a blob. */
async function createBlobWorker() {
  const text = await (await fetchPart(new URL("worker.js", import.meta.url))).text();
  const url = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
  return new Worker(url, { type: "module" });
}

/** @param {URL} url */
async function fetchPart(url) {
  const name = url.pathname.split("/").at(-1);
  const response = await fetch(url).catch(() => null);
  if (response === null) throw new Error(`${name} cannot be fetched`);
  if (!response.ok) throw new Error(`${name} cannot be fetched (HTTP ${response.status})`);
  return response;
}
