/**
 * The difference between two programs, line by line.
 * @module
 */

/** @typedef {{kind: "same" | "added" | "removed", text: string}} Line */

/**
 * The longest common lines stay; what stands between them was removed or added.
 * @param {string} before
 * @param {string} after
 * @returns {Line[]}
 */
export function difference(before, after) {
  const [a, b] = [before.split("\n"), after.split("\n")];
  const common = lengths(a, b);
  /** @type {Line[]} */
  const lines = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      lines.push({ kind: "same", text: a[i] });
      i += 1;
      j += 1;
    } else if (j >= b.length || (i < a.length && common[i + 1][j] >= common[i][j + 1])) {
      lines.push({ kind: "removed", text: a[i++] });
    } else {
      lines.push({ kind: "added", text: b[j++] });
    }
  }
  return lines;
}

/** How many lines are common from i and j on. @param {string[]} a @param {string[]} b */
function lengths(a, b) {
  const table = Array.from({ length: a.length + 1 }, () => new Uint32Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      table[i][j] =
        a[i] === b[j] ? table[i + 1][j + 1] + 1 : Math.max(table[i + 1][j], table[i][j + 1]);
    }
  }
  return table;
}

/**
 * The changed lines with a little of what is around them.
 * @param {Line[]} lines
 * @param {number} around
 */
export function hunks(lines, around = 2) {
  const near = lines.map((_, index) =>
    lines
      .slice(Math.max(0, index - around), index + around + 1)
      .some(({ kind }) => kind !== "same"),
  );
  return lines.flatMap((line, index) => {
    if (near[index]) return [line];
    return near[index - 1] ? [{ kind: /** @type {const} */ ("same"), text: "⋯" }] : [];
  });
}
