/**
 * <conceptbook-witness>: runs a witness on the page and shows its verdict.
 * @module
 */

import { Controls } from "./controls.js";
import { unjudged } from "./verdict.js";
import { WitnessView } from "./witness-view.js";
import { told } from "./words.js";

/** @import { ErrorKind, Settings, Verdict, VerdictState, Versions } from "./messages.js" */
/** @import { Outcome, Runtime } from "./runtime.js" */

/** A run shorter than this follows a slider while it moves. */
const LIVE_SECONDS = 1;
/** A superseded run may take this long; then it is cut off, since a new runtime costs no more. */
const PATIENCE_SECONDS = 3;

/** A run under way, with the setting that it was given when it started.
 * @typedef {{settings: Settings, edited: boolean, versions: Versions}} Run */

class Witness {
  #root;
  #runtime;
  #view;
  #controls;
  /** @type {{stop: () => void} | null} */
  #job = null;
  /** @type {Run | null} */
  #run = null;
  /** Whether the setting has changed since the present run started. */
  #superseded = false;
  /** How long the last whole run took. @type {number | null} */
  #lastSeconds = null;

  /** @param {HTMLElement} root @param {Runtime} runtime */
  constructor(root, runtime) {
    this.#root = root;
    this.#runtime = runtime;
    this.#view = new WitnessView(root);
    this.#controls = new Controls(root, this.#view.promised.declaration.controls, {
      input: () => this.#moved(),
      change: () => this.#changed(),
    });
    this.#act("run", () => {
      this.#view.print("");
      this.#start();
    });
    this.#act("stop", () => this.stop());
    this.#act("reset", () => this.#reset());
    for (const intent of ["pointerenter", "focus"]) {
      this.#view.button("run").addEventListener(intent, () => runtime.warm());
    }
    this.#view.enable();
    this.#rest("idle", "Not run yet.");
  }

  /** Ends a run under way, as *stopped*. */
  stop() {
    this.#superseded = false;
    this.#job?.stop();
  }

  /** @param {"run" | "stop" | "reset"} name @param {() => void} action */
  #act(name, action) {
    const button = this.#view.button(name);
    button.addEventListener("click", () => {
      if (button.ariaDisabled !== "true") action();
    });
  }

  /** A control moves. */
  #moved() {
    this.#runtime.warm();
    if ((this.#lastSeconds ?? Infinity) < LIVE_SECONDS) this.#changed();
  }

  /** A control rests on a value: the latest one is run, whatever runs now. */
  #changed() {
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
    this.#job = null;
    this.#run = null;
    this.#view.restore();
    this.#rest("idle", "Back at the asserted setting. Not run yet.");
  }

  async #start() {
    const ready = this.#runtime.idle;
    this.#superseded = false;
    this.#view.clear();
    this.#enter(ready ? "running" : "loading");
    this.#view.status.begin(ready ? this.#running : "Loading Python and numpy.");
    const job = this.#runtime.submit({
      declaration: this.#view.promised.declaration,
      request: () => this.#request(),
      onLoading: (progress) => {
        if (this.#job === job) this.#view.status.loading(progress);
      },
      onRunning: (versions) => {
        if (this.#job === job) this.#begin(versions);
      },
      onStdout: (text) => {
        if (this.#job === job) this.#view.printMore(text);
      },
    });
    this.#job = job;
    const outcome = await job.done;
    if (this.#job === job) this.#end(outcome);
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
    };
    this.#enter("running");
    this.#view.status.begin(this.#running);
  }

  #request() {
    const { declaration, asserted, code } = this.#view.promised;
    return JSON.stringify({
      code: this.#view.listing.text,
      original_code_digest: code,
      declaration,
      asserted,
      settings: this.#run?.settings,
      edited: this.#run?.edited,
      pyodide: this.#run?.versions.pyodide,
    });
  }

  /** @param {Outcome} outcome */
  #end(outcome) {
    const verdict = this.#verdictOf(outcome);
    if (outcome.kind === "reply" || outcome.kind === "timeout") {
      this.#lastSeconds = verdict.duration_s;
    }
    this.#job = null;
    this.#run = null;
    if (outcome.kind === "reply") this.#view.draw(outcome.reply.plots);
    if (this.#superseded) {
      this.#start();
    } else {
      this.#view.show(verdict);
      this.#rest(verdict.state, told(verdict, this.#view.promised.declaration));
    }
  }

  /** @param {Outcome} outcome @returns {Verdict} */
  #verdictOf(outcome) {
    if (outcome.kind === "reply") return outcome.reply.verdict;
    if (outcome.kind === "stopped") return this.#unjudged("stopped", "stopped by the reader");
    if (outcome.kind === "lost") return this.#unjudged("exception", outcome.message);
    const { seconds } = this.#view.promised.declaration;
    return this.#unjudged("timeout", `not done after its ${seconds} s`);
  }

  /** @param {ErrorKind} kind @param {string} message */
  #unjudged(kind, message) {
    return unjudged(this.#view.promised, {
      kind,
      message,
      settings: this.#run?.settings ?? this.#controls.settings,
      edited: this.#run?.edited ?? this.#view.listing.edited,
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
  }
}

/** @param {Settings} one @param {Settings} other */
function sameSettings(one, other) {
  return Object.keys(one).every((name) => one[name] === other[name]);
}

/**
 * Defines <conceptbook-witness>, all of whose elements share one runtime.
 * @param {Runtime} runtime
 */
export function defineWitness(runtime) {
  customElements.define(
    "conceptbook-witness",
    class extends HTMLElement {
      /** @type {Witness | null} */
      #witness = null;

      connectedCallback() {
        this.#witness ??= new Witness(this, runtime);
      }

      disconnectedCallback() {
        queueMicrotask(() => {
          if (!this.isConnected) this.#witness?.stop();
        });
      }
    },
  );
}
