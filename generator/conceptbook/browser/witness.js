/**
 * One witness on the page: its controls, its runs, and what the page says of them.
 * @module
 */

import { Asking } from "./asking.js";
import { Controls, sameSettings } from "./controls.js";
import { EarlierRuns } from "./earlier-runs.js";
import { verdictOf } from "./verdict.js";
import { WitnessView } from "./witness-view.js";

/** @import { Answered, Wanted } from "./asking.js" */
/** @import { Question, Reply, Settings, Verdict, VerdictState, Versions } from "./messages.js" */
/** @import { RunJob, RuntimeLike } from "./runtime-later.js" */
/** @import { Outcome } from "./runtime.js" */

/** A run shorter than this follows a slider while it moves. */
const LIVE_SECONDS = 1;
/** A superseded run may take this long; then it is cut off, since a new runtime costs no more. */
const PATIENCE_SECONDS = 3;

/** One under way, with the setting that it was given when it started.
 * @typedef {{settings: Settings, edited: boolean, versions: Versions, wanted: Wanted | null}} Run */

export class Witness {
  #root;
  #runtime;
  #view;
  #controls;
  /** @type {RunJob | null} */
  #job = null;
  /** @type {Run | null} */
  #run = null;
  /** Curves of the present run that no frame has shown yet. @type {Reply["plots"] | null} */
  #glimpsed = null;
  /** Whether the setting has changed since the present run started. */
  #superseded = false;
  /** How long the last whole run took. @type {number | null} */
  #lastSeconds = null;
  #asking = new Asking();
  #earlier = new EarlierRuns();
  /** The last one, until the next run starts. @type {Verdict | null} */
  verdict = null;

  /** @param {HTMLElement} root @param {RuntimeLike} runtime */
  constructor(root, runtime) {
    this.#root = root;
    this.#runtime = runtime;
    this.#view = new WitnessView(root);
    this.#controls = new Controls(root, this.#view.promised.declaration.controls, {
      input: () => this.#moved(),
      change: () => this.#changed(),
    });
    this.#act("run", () => this.run());
    this.#act("stop", () => this.stop());
    this.#act("reset", () => this.#reset());
    for (const intent of ["pointerenter", "focus"]) {
      this.#view.button("run").addEventListener(intent, () => this.#prepare());
    }
    this.#view.enable();
    this.#rest("idle", "Not run yet.");
  }

  get promised() {
    return this.#view.promised;
  }

  get recorded() {
    return this.#view.recorded;
  }

  fetchRecorded() {
    return this.#view.fetchRecorded();
  }

  get settings() {
    return this.#controls.settings;
  }

  get edited() {
    return this.#view.listing.edited;
  }

  run() {
    this.#view.print("");
    this.#restart();
  }

  /** Sets the controls that are named and puts the others back, and runs nothing.
   * @param {Settings} settings */
  set(settings) {
    this.#controls.set(settings);
    this.#asking.drop(this.settings);
    if (this.#root.dataset.state === "idle") this.#rest("idle", "Set, and not run yet.");
    this.#announce("set");
  }

  /**
   * Sets the controls, runs, and has shapes held against the run.
   * @param {Settings} settings
   * @param {Question[]} questions
   * @returns {Promise<Answered | null>} null when the reader turned to another setting first
   */
  runAt(settings, questions) {
    this.#controls.set(settings);
    const answered = this.#asking.ask(this.settings, questions);
    this.run();
    return answered;
  }

  /** Ends a run under way, as *stopped*. */
  stop() {
    this.#superseded = false;
    this.#job?.stop();
  }

  /** The reader has left the page. */
  leave() {
    this.#superseded = false;
    this.#job?.leave();
    this.#view.listing.clear();
  }

  /** @param {"run" | "stop" | "reset"} name @param {() => void} action */
  #act(name, action) {
    const button = this.#view.button(name);
    button.addEventListener("click", () => {
      if (button.ariaDisabled !== "true") action();
    });
  }

  /** Starts a run; one that is under way for another setting or question gives way to it. */
  #restart() {
    if (this.#job === null) {
      this.#start();
    } else if (this.#run !== null) {
      this.#superseded = true;
      this.#loseInterest(this.#run);
    }
  }

  /** A reader seems about to run it: what the run waits for is fetched. */
  #prepare() {
    this.#runtime.warm();
    this.#view.prepare().catch(() => {}); // told when it is needed
  }

  /** A control moves. */
  #moved() {
    this.#prepare();
    if ((this.#lastSeconds ?? Infinity) < LIVE_SECONDS) this.#changed();
  }

  /** A control rests on a value: the latest one is run, whatever runs now. */
  #changed() {
    this.#asking.drop(this.settings);
    if (this.#run !== null) {
      this.#superseded = !sameSettings(this.#run.settings, this.#controls.settings);
      if (this.#superseded) this.#loseInterest(this.#run);
    } else if (this.#job === null) {
      this.#start();
    }
  }

  /** A superseded run is let end if it soon will. @param {Run} run */
  #loseInterest(run) {
    const isLong = (this.#lastSeconds ?? 0) > PATIENCE_SECONDS;
    const left = isLong ? 0 : PATIENCE_SECONDS - this.#view.status.elapsed;
    setTimeout(() => {
      if (this.#superseded && this.#run === run) this.#job?.stop();
    }, left * 1000);
  }

  #reset() {
    this.stop();
    this.#controls.reset();
    this.#earlier.forget();
    this.#asking.drop();
    this.verdict = null;
    this.#job = null;
    this.#run = null;
    this.#glimpsed = null;
    this.#view.restore();
    this.#announce("drawn");
    this.#rest("idle", "Back at the asserted setting. Not run yet.");
  }

  #start() {
    const { idle: ready, busy } = this.#runtime;
    this.#superseded = false;
    this.#view.clear();
    this.verdict = null;
    this.#enter(ready ? "running" : "loading");
    const waiting = busy ? "Waiting for another run to end." : "Loading Python and numpy.";
    this.#view.status.begin(ready ? this.#running : waiting);
    /** @template Heard @param {(heard: Heard) => void} act @returns {(heard: Heard) => void} */
    const mine = (act) => (heard) => {
      if (this.#job === job) act(heard);
    };
    const job = this.#runtime.submit({
      declaration: this.#view.promised.declaration,
      before: this.#view.prepare(),
      request: () => this.#request(),
      onConsent: (bytes) => this.#view.ask(bytes),
      onLoading: mine((progress) => this.#view.status.loading(progress)),
      onRunning: mine((versions) => this.#begin(versions)),
      onStdout: mine((text) => this.#view.printMore(text)),
      onGlimpse: mine((plots) => this.#glimpse(plots)),
    });
    this.#job = job;
    job.done.then(mine((outcome) => this.#end(outcome)));
  }

  get #running() {
    return `Running ${this.#view.promised.declaration.file}.`;
  }

  /** The runtime is free for this run. @param {Versions} versions */
  #begin(versions) {
    this.#run = {
      settings: this.#controls.settings,
      edited: this.#view.listing.edited,
      versions,
      wanted: this.#asking.wanted,
    };
    this.#enter("running");
    this.#view.status.begin(this.#running);
  }

  #request() {
    const { declaration, code } = this.#view.promised;
    return JSON.stringify({
      code: this.#view.listing.text,
      original_code_digest: code,
      declaration,
      asserted: this.#view.recorded,
      settings: this.#run?.settings,
      edited: this.#run?.edited,
      ask: this.#run?.wanted?.questions ?? [],
      ghosts: this.#earlier.ghosts(this.settings),
      pyodide: this.#run?.versions.pyodide,
    });
  }

  /** @param {Outcome} outcome */
  #end(outcome) {
    const verdict = this.#verdictOf(outcome);
    if (outcome.kind === "reply" || outcome.kind === "timeout") {
      this.#lastSeconds = verdict.duration_s;
    }
    const wanted = this.#run?.wanted ?? null;
    this.#job = null;
    this.#run = null;
    this.#glimpsed = null;
    if (outcome.kind === "reply") {
      this.#view.draw(outcome.reply.plots);
      this.#earlier.keep(verdict);
    } else {
      this.#view.recall(); // not the picture of the run before
    }
    this.#announce("drawn");
    if (this.#superseded) {
      this.#start();
    } else {
      this.#view.show(verdict);
      this.verdict = verdict;
      this.#rest(verdict.state, this.#view.told(verdict));
      const asked = outcome.kind === "reply" ? (outcome.reply.asked ?? []) : [];
      this.#asking.answer(wanted, { verdict, asked });
    }
  }

  /** What the curves have come to, while the run is under way: the latest, in the next frame.
   * @param {Reply["plots"]} plots */
  #glimpse(plots) {
    if (this.#glimpsed === null) requestAnimationFrame(() => this.#showGlimpse());
    this.#glimpsed = plots;
  }

  #showGlimpse() {
    if (this.#glimpsed === null) return;
    this.#view.draw(this.#glimpsed, true);
    this.#glimpsed = null;
    this.#announce("drawn");
  }

  /** @param {Outcome} outcome @returns {Verdict} */
  #verdictOf(outcome) {
    return verdictOf(outcome, this.promised, {
      settings: this.#run?.settings ?? this.settings,
      edited: this.#run?.edited ?? this.edited,
      stdout: this.#view.stdout,
      seconds: this.#run === null ? 0 : this.#view.status.elapsed,
      versions: this.#run?.versions ?? null,
    });
  }

  /** @param {VerdictState | "idle"} state @param {string} words */
  #rest(state, words) {
    this.#view.status.rest(words);
    this.#enter(state);
  }

  /** @param {VerdictState | "idle" | "loading" | "running"} state */
  #enter(state) {
    const busy = state === "loading" || state === "running";
    this.#view.button("run").ariaDisabled = String(busy);
    this.#view.button("stop").ariaDisabled = String(!busy);
    this.#root.dataset.state = state;
    this.#announce("state");
  }

  /** @param {"state" | "drawn" | "set"} what */
  #announce(what) {
    this.#root.dispatchEvent(new CustomEvent(`conceptbook:${what}`, { bubbles: true }));
  }
}
