/**
 * What a page with a witness needs beside the others: its element, and the runtime behind it.
 * @module
 */

import { RuntimeLater } from "./runtime-later.js";
import { defineWitness } from "./witness-element.js";

defineWitness(new RuntimeLater());
