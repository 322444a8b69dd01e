/**
 * The wheels that witnesses import: fetched when one of them is about to run, once a visit, each
 * only if it is the locked one.
 * @module
 */

/** @import { Declaration, Manifest, Wheel } from "./messages.js" */

export class Wheels {
  /** @type {Map<string, Promise<Wheel>>} */
  #kept = new Map();

  /**
   * @param {Declaration} declaration
   * @param {Manifest} manifest
   * @returns {Promise<Wheel[]>}
   */
  of(declaration, manifest) {
    return Promise.all(declaration.wheels.map((wheel) => this.#one(wheel, manifest)));
  }

  /** @param {Declaration["wheels"][number]} wheel @param {Manifest} manifest */
  #one(wheel, manifest) {
    const { sha256 } = wheel;
    let kept = this.#kept.get(sha256);
    if (kept === undefined) {
      kept = fetched(wheel, manifest);
      kept.catch(() => this.#kept.delete(sha256)); // the next run tries again
      this.#kept.set(sha256, kept);
    }
    return kept;
  }
}

/**
 * @param {Declaration["wheels"][number]} wheel
 * @param {Manifest} manifest
 * @returns {Promise<Wheel>}
 */
async function fetched({ file, sha256 }, { base, wheels }) {
  const known = wheels[sha256];
  if (known === undefined) throw new Error(`${file} is no wheel of this site`);
  try {
    const response = await fetch(new URL(known.file, base), { integrity: known.integrity });
    return { sha256, data: await response.arrayBuffer() };
  } catch {
    throw new Error(`${file} cannot be fetched, or is not the wheel that this notebook locks`);
  }
}
