/** The panel's memory as plain values, and how an answered turn changes it. */

/** @typedef {import("./types.js").State} State */
/** @typedef {import("./types.js").Turn} Turn */
/** @typedef {import("./types.js").Advice} Advice */

/** @returns {State} */
export function emptyState() {
  return {
    phase: "idle",
    slow: false,
    callId: null,
    account: null,
    brief: null,
    turns: [],
    card: null,
    cardTurn: null,
    line: 0,
    used: [],
    dismissed: [],
    offered: [],
    heat: 0,
    heatPath: [],
    heatTrend: "steady",
    checklist: [],
    escalation: { state: "not_yet", next_step: null, untried: [] },
    correction: null,
    cue: "",
    listening: true,
    unsure: false,
    corrected: null,
    open: [],
    connection: "online",
    waiting: [],
    hearing: false,
    handedOver: false,
    handOverError: "",
    packet: null,
    summary: null,
    written: [],
    error: "",
    answers: [],
  };
}

/**
 * What the call document says, as state.
 * @param {import("./types.js").CallDocument} call
 * @returns {Partial<State>}
 */
export function fromDocument(call) {
  let state = emptyState();
  for (const turn of call.turns ?? []) state = { ...state, ...afterTurn(state, turn) };
  if (!state.card && call.advice)
    state = { ...state, ...statusOf(call.advice), ...cardOf(call.advice, null) };
  return {
    ...state,
    phase: call.status === "closed" ? "ended" : "live",
    callId: call.id,
    account: call.account,
    brief: call.brief,
    summary: call.summary,
    written: call.summary?.written ?? [],
    packet: call.packet ?? null,
    handedOver: Boolean(call.packet) || state.escalation.state === "handed_over",
  };
}

/**
 * What an answered turn changes: the status always, the card only when the advice speaks.
 * @param {State} state
 * @param {Turn} turn
 * @returns {Partial<State>}
 */
export function afterTurn(state, turn) {
  const known = state.turns.find((one) => one.turn_id === turn.turn_id);
  const turns = known
    ? state.turns.map((one) => (one === known ? { ...one, ...turn } : one))
    : [...state.turns, turn];
  const seen = known?.advice || isOlder(state, turn);
  if (!turn.advice || seen) return { turns };
  const flags = turn.reading?.flags ?? [];
  const patch = {
    ...statusOf(turn.advice),
    ...(turn.advice.silent ? released(state, turn.advice) : cardOf(turn.advice, turn, state)),
  };
  return {
    turns,
    ...patch,
    unsure: flags.includes("unsure"),
    ...hearing({ ...state, ...patch }, turn, flags),
  };
}

/**
 * Whether the recogniser hears; a turn it did not hear asks for a choice by hand.
 * @param {State} state
 * @param {Turn} turn
 * @param {string[]} flags
 * @returns {Partial<State>}
 */
function hearing(state, turn, flags) {
  // A choice by hand says nothing about the recogniser.
  if (flags.includes("by_hand")) return {};
  const listening = turn.advice?.listening !== false && !flags.includes("listening_off");
  const asks = !listening && turn.speaker !== "collector";
  return { listening, ...(asks ? toggled(state, "picker", true) : {}) };
}

/** @param {State} state @param {Turn} turn */
function isOlder(state, turn) {
  const last = Math.max(-1, ...state.turns.map((one) => one.index ?? -1));
  return turn.index !== undefined && turn.index < last;
}

/** The parts that keep still on screen; a silent advice may leave them out. @param {Advice} advice */
function statusOf(advice) {
  /** @type {Partial<State>} */
  const status = {};
  if (advice.heat_path?.length) {
    Object.assign(status, {
      heat: advice.heat,
      heatPath: advice.heat_path,
      heatTrend: advice.heat_trend,
    });
  }
  if (advice.checklist?.length) status.checklist = advice.checklist;
  if (advice.correction) status.correction = advice.correction;
  if (!advice.silent || advice.checklist?.length) status.escalation = advice.escalation;
  if (!advice.silent || advice.cue) status.cue = advice.cue ?? "";
  return status;
}

/** Options are no longer held once the client has been acknowledged. @param {State} state @param {Advice} advice */
function released(state, advice) {
  const { card } = state;
  if (!advice.acknowledged || !card?.options?.some((one) => one.held)) return {};
  const open = state.open.filter((name) => name !== "options");
  return { card: { ...card, options: card.options.map((one) => ({ ...one, held: false })) }, open };
}

/**
 * A new card, when the advice brings one; else only the options it brings.
 * @param {Advice} advice
 * @param {Turn|null} turn
 * @param {State} [state]
 * @returns {Partial<State>}
 */
function cardOf(advice, turn, state) {
  if (!advice.protocol && !advice.say?.length) {
    const card = state?.card;
    return card && advice.options?.length ? { card: { ...card, options: advice.options } } : {};
  }
  const isSame = state?.card && sameWords(state.card, advice);
  if (isSame) return { card: advice };
  const gone = (/** @type {string} */ name) =>
    // Facts are figures: a protocol folds them away.
    PER_CARD.has(name) ||
    name.startsWith("option:") ||
    (name === "facts" && Boolean(advice.protocol));
  const folds = (state?.open ?? []).filter((name) => !gone(name));
  return {
    card: advice,
    cardTurn: turn,
    line: 0,
    dismissed: [],
    corrected: null,
    correction: advice.correction,
    open: folds,
  };
}

/** Folds that belong to one card. */
const PER_CARD = new Set(["options", "because", "closed", "correct"]);

/** @param {Advice} one @param {Advice} other */
function sameWords(one, other) {
  return (
    one.card === other.card &&
    one.protocol === other.protocol &&
    JSON.stringify(one.say) === JSON.stringify(other.say)
  );
}

/** Open a fold, or close it. @param {State} state @param {string} name @param {boolean} [wanted] */
export function toggled(state, name, wanted = !state.open.includes(name)) {
  const others = state.open.filter((one) => one !== name);
  return { open: wanted ? [...others, name] : others };
}
