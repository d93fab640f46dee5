/** Speech in and out where the browser has it; off until somebody turns it on. */

const LANGUAGE = "en-GB";

/**
 * @param {HTMLElement} call
 * @param {HTMLTextAreaElement|null} words
 * @param {(text: string) => void} announce
 * @returns {{speak: (text: string) => void, hush: () => void}}
 */
export function startSpeech(call, words, announce) {
  const place = /** @type {HTMLElement|null} */ (call.querySelector("[data-speech]"));
  if (!place || !words) return { speak() {}, hush() {} };
  const state = /** @type {HTMLElement} */ (place.querySelector("[data-speech-state]"));
  const tell = (/** @type {string|undefined} */ text) => {
    state.textContent = text ?? "";
    announce(text ?? "");
  };
  const ear = listening(place, words, tell);
  const voice = speaking(place);
  place.hidden = !ear.exists && !voice.exists;
  return {
    speak: voice.speak,
    hush() {
      ear.stop();
      voice.stop();
    },
  };
}

/** @param {HTMLElement} place @param {HTMLTextAreaElement} words @param {(text: string|undefined) => void} tell */
function listening(place, words, tell) {
  const anyWindow = /** @type {any} */ (globalThis);
  const Recognition = anyWindow.SpeechRecognition ?? anyWindow.webkitSpeechRecognition;
  if (!Recognition) return { exists: false, stop() {} };
  const box = shown(place, "[data-speech-in]");
  const recognition = new Recognition();
  Object.assign(recognition, { lang: LANGUAGE, continuous: true, interimResults: false });
  recognition.onresult = (/** @type {any} */ event) => {
    for (let at = event.resultIndex; at < event.results.length; at += 1) {
      const heard = event.results[at][0].transcript.trim();
      if (event.results[at].isFinal && heard) words.value = [words.value.trim(), heard].filter(Boolean).join(" ");
    }
    words.dispatchEvent(new Event("input", { bubbles: true }));
  };
  recognition.onerror = (/** @type {any} */ event) => {
    if (event.error === "aborted") return;
    box.checked = event.error === "no-speech" && box.checked;
    const isRefused = ["not-allowed", "service-not-allowed"].includes(event.error);
    tell(isRefused ? place.dataset.refused : place.dataset.failed);
  };
  recognition.onend = () => {
    if (!box.checked) return;
    box.checked = false;
    tell(place.dataset.stopped);
  };
  box.addEventListener("change", () => {
    if (!box.checked) {
      recognition.stop();
      return tell(place.dataset.stopped);
    }
    recognition.start();
    tell(place.dataset.listening);
    return words.focus();
  });
  return {
    exists: true,
    stop() {
      if (!box.checked) return;
      box.checked = false;
      recognition.stop();
      tell(place.dataset.stopped);
    },
  };
}

/** @param {HTMLElement} place */
function speaking(place) {
  if (!("speechSynthesis" in globalThis)) return { exists: false, speak() {}, stop() {} };
  const box = shown(place, "[data-speech-out]");
  const stop = () => speechSynthesis.cancel();
  box.addEventListener("change", stop);
  globalThis.addEventListener("pagehide", stop);
  return {
    exists: true,
    stop,
    /** @param {string} text */
    speak(text) {
      if (!box.checked || !text.trim()) return;
      stop();
      speechSynthesis.speak(Object.assign(new SpeechSynthesisUtterance(text), { lang: LANGUAGE }));
    },
  };
}

/** @param {HTMLElement} place @param {string} selector */
function shown(place, selector) {
  const label = /** @type {HTMLElement} */ (place.querySelector(selector));
  label.hidden = false;
  return /** @type {HTMLInputElement} */ (label.querySelector("input"));
}
