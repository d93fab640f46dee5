/** Copies text where the page may. */

/** Put a text on the clipboard; false where the page may not. @param {string} text */
export async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
