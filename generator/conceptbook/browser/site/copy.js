/**
 * A button beside a block that copies its text.
 * @module
 */

/** @param {HTMLElement} block a `<pre data-copy>` */
export function start(block) {
  if (!navigator.clipboard) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.textContent = "Copy";
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(block.textContent ?? "");
      button.textContent = "Copied";
    } catch {
      button.textContent = "Not allowed to copy";
    }
  });
  block.after(button);
}
