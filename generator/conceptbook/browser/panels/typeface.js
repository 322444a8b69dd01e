/**
 * The face that a drawing's words are set in, as a rule that a file can carry with it.
 * @module
 */

/**
 * Where the page has no such face, or it cannot be fetched, there is none: the families that the
 * drawing names after it are the system's.
 * @param {Element} element
 * @returns {Promise<string>} an @font-face rule, or nothing
 */
export async function typeface(element) {
  const [family] = getComputedStyle(element).fontFamily.split(",");
  for (const sheet of document.styleSheets) {
    for (const rule of sheet.cssRules) {
      if (!(rule instanceof CSSFontFaceRule) || !isOf(rule.style, unquoted(family))) continue;
      const [, address] = /url\("?([^")]+)/.exec(rule.style.getPropertyValue("src")) ?? [];
      const response = await fetch(new URL(address, sheet.href ?? "")).catch(() => null);
      if (!response?.ok) return "";
      const data = await asData(await response.blob());
      const weight = rule.style.getPropertyValue("font-weight");
      return `@font-face{font-family:${family};font-weight:${weight};src:url(${data})}`;
    }
  }
  return "";
}

/** @param {CSSStyleDeclaration} face @param {string} family */
function isOf(face, family) {
  const style = face.getPropertyValue("font-style") || "normal";
  return style === "normal" && unquoted(face.getPropertyValue("font-family")) === family;
}

/** @param {string} name */
function unquoted(name) {
  return name.trim().replaceAll(/^["']|["']$/g, "");
}

/** @param {Blob} content @returns {Promise<string>} its bytes as an address */
function asData(content) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => resolve(String(reader.result)));
    reader.addEventListener("error", () => reject(reader.error));
    reader.readAsDataURL(new Blob([content], { type: "font/woff2" }));
  });
}
