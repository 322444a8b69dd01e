/**
 * The one runtime of a page: loaded on intent, shared by every witness, replaced when it is
 * stopped, when it breaks, or when a run may have left traces in it.
 * @module
 */

import { isReply } from "./messages.js";
import { createBlobWorker, fetchManifest } from "./parts.js";
import { Session } from "./session.js";
import { Snapshots } from "./snapshot.js";
import { hasRoom, idle, mayFetchAhead, savesData, size } from "./thrift.js";
import { Wheels } from "./wheels.js";

/** @import { Declaration, Manifest, Progress, Reply, Versions, Wheel } from "./messages.js" */
/** @import { WorkerLike } from "./session.js" */

/**
 * @typedef {object} Task
 * @property {Declaration} declaration
 * @property {Promise<unknown>} before  what must be there when the run starts
 * @property {() => string} request  asked for when the run starts: the latest settings count
 * @property {(progress: Progress) => void} onLoading
 * @property {(versions: Versions) => void} onRunning
 * @property {(bytes: number) => Promise<boolean>} onConsent  asked where a reader saves data
 * @property {(text: string) => void} onStdout
 * @property {(plots: Record<string, string>) => void} onGlimpse
 */

/**
 * How a task ended. `lost`: the runtime broke or could not be loaded.
 * @typedef {{kind: "reply", reply: Reply} | {kind: "stopped"} | {kind: "timeout"}
 *   | {kind: "lost", message: string}} Outcome
 */

/** One task in the queue. `stop` ends it wherever it stands, `leave` lets a runtime load on. */
export class Job {
  over = false;
  /** @type {(outcome: Outcome) => void} */
  #resolve = () => {};
  /** @type {Promise<Outcome>} */
  done = new Promise((resolve) => {
    this.#resolve = resolve;
  });

  /** @param {Task} task @param {(job: Job, isLeft: boolean) => void} end */
  constructor(task, end) {
    this.task = task;
    this.stop = () => end(this, false);
    this.leave = () => end(this, true);
  }

  /** @param {Outcome} outcome */
  finish(outcome) {
    this.over = true;
    this.#resolve(outcome);
  }
}

/** A snapshot is loaded in this time, or it is not used. */
const SNAPSHOT_SECONDS = 20;
/** A first run shall have the machine for itself for so long. */
const SPARE_AFTER_MS = 1500;

export class Runtime {
  #ready = false;
  /** Whether a reader who saves data has agreed to the download. */
  #agreed = false;
  #snapshots;
  #sparing;
  #wheels = new Wheels();
  /** Boots ahead of need, for after a stop. @type {Promise<Session> | null} */
  #spare = null;
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
   * @param {Pick<Snapshots, "has" | "keep" | "forget">} [parts.snapshots]
   * @param {boolean} [parts.spare] whether a second runtime is kept ready
   */
  constructor(parts = {}) {
    this.#fetchManifest = parts.fetchManifest ?? fetchManifest;
    this.#createWorker = parts.createWorker ?? createBlobWorker;
    this.#silenceMs = parts.silenceMs ?? 60_000;
    this.#snapshots = parts.snapshots ?? new Snapshots();
    this.#sparing = parts.spare ?? (hasRoom() && !savesData());
  }

  /** Whether a run would start at once. */
  get idle() {
    return this.#ready && this.#active === null;
  }

  /** Whether a run would wait for another to end. */
  get busy() {
    return this.#ready && this.#active !== null;
  }

  /** Begins to load, because the reader seems about to run something. */
  warm() {
    if (savesData()) return;
    this.#load().catch(() => {}); // told when it is needed
  }

  /** Queues a task; tasks run one after the other. @param {Task} task */
  submit(task) {
    task.before.catch(() => {}); // told when its turn comes
    const job = new Job(task, (ended, isLeft) => this.#end(ended, isLeft));
    this.#queue.push(job);
    this.#advance();
    return job;
  }

  /** @param {Job} job @param {boolean} isLeft */
  #end(job, isLeft) {
    if (job.over) return;
    job.finish({ kind: "stopped" });
    this.#queue = this.#queue.filter((queued) => queued !== job);
    if (this.#active === job && (this.#ready || !isLeft)) this.#discard();
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
      if (!(await this.#mayLoad(job))) return { kind: "stopped" };
      const [session, wheels] = await Promise.all([
        this.#booted(job),
        this.#bring(job.task.declaration),
        job.task.before,
      ]);
      if (job.over) return { kind: "stopped" };
      job.task.onRunning(await session.ready);
      return await this.#run(session, job.task, wheels);
    } catch (error) {
      if (!job.over) this.#discard();
      return { kind: "lost", message: error instanceof Error ? error.message : String(error) };
    }
  }

  /** A reader who saves data is asked before the first download. @param {Job} job */
  async #mayLoad(job) {
    if (this.#agreed || this.#session !== null || !savesData()) return true;
    const manifest = await this.#fetchManifest();
    const isKept = await this.#snapshots.has(manifest);
    if (job.over) return false;
    this.#agreed = isKept || (await job.task.onConsent(size(manifest)));
    return this.#agreed;
  }

  /**
   * The session, ready; where its snapshot did not serve, the ordinary boot has followed.
   * @param {Job} job
   * @returns {Promise<Session>}
   */
  async #booted(job) {
    const session = await this.#load();
    if (session.progress !== null) job.task.onLoading(session.progress);
    if (!session.fromSnapshot || session.versions !== null) {
      await session.ready;
      return session;
    }
    const versions = await within(session.ready, SNAPSHOT_SECONDS).catch(() => null);
    if (versions !== null || job.over) return session;
    this.#discard();
    await this.#snapshots.forget();
    return this.#booted(job);
  }

  /** The wheels of a witness, on their way while the runtime boots. @param {Declaration} declared */
  #bring(declared) {
    if (declared.wheels.length === 0) return Promise.resolve([]);
    return this.#fetchManifest().then((manifest) => this.#wheels.of(declared, manifest));
  }

  /** @param {Session} session @param {Task} task @param {Wheel[]} wheels
   * @returns {Promise<Outcome>} */
  async #run(session, task, wheels) {
    const { declaration } = task;
    const answer = session.run(task.request(), declaration.memory_mb, task, wheels);
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
    const session = this.#spare ?? this.#begin();
    this.#spare = null;
    this.#session = session;
    session
      .then(({ ready }) => ready)
      .then(
        () => this.#whenReady(session),
        () => {
          if (this.#session === session) this.#session = null; // the next need tries again
        },
      );
    return session;
  }

  async #begin() {
    const [manifest, worker] = await Promise.all([this.#fetchManifest(), this.#createWorker()]);
    const snapshot = await this.#snapshots.has(manifest);
    const session = new Session(
      worker,
      { type: "boot", ...manifest, snapshot },
      this.#silenceMs,
    );
    session.onProgress = (progress) => {
      if (this.#spare === null) this.#active?.task.onLoading(progress);
    };
    return session;
  }

  /** @param {Promise<Session>} session */
  #whenReady(session) {
    if (this.#session !== session) return;
    this.#ready = true;
    this.#fetchManifest().then((detail) =>
      dispatchEvent(new CustomEvent("conceptbook-runtime", { detail })),
    );
    setTimeout(() => this.#lookAhead(session), SPARE_AFTER_MS);
  }

  /** Makes the next boots short: keeps a snapshot, and boots a spare. @param {Promise<Session>} session */
  async #lookAhead(session) {
    await idle();
    if (mayFetchAhead()) await this.#snapshots.keep(await this.#fetchManifest());
    if (!this.#sparing || this.#spare !== null || this.#session !== session) return;
    const spare = this.#begin();
    this.#spare = spare;
    spare
      .then(({ ready }) => ready)
      .catch(() => {
        if (this.#spare === spare) this.#spare = null;
      });
  }

  /** Ends the worker; a spare takes its place, or the next need starts another. */
  #discard() {
    this.#session?.then(
      (session) => session.end(),
      () => {},
    );
    this.#session = null;
    this.#ready = false;
    if (this.#spare !== null) this.warm();
  }
}

/**
 * @template T
 * @param {Promise<T>} answer
 * @param {number} seconds
 * @returns {Promise<T | null>} null when the time was up first
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
