/** What a call led to, as records to confirm: from the server's summary, or from the turns when it cannot be reached. */

/** @typedef {import("./types.js").State} State */
/** @typedef {{kind: string, text: string, values: Record<string, any>, gaps: string[], isOn: boolean}} Proposal */

export const REASONS = [
  "invoice_dispute",
  "service_dispute",
  "terms_dispute",
  "missing_paperwork",
  "payment_claimed",
];

/** The kinds that the ledger takes, in the order of the form. */
const KINDS = ["promise", "plan", "dispute", "document", "follow_up"];
const MONEY = ["promise", "plan"];

/**
 * Everything to show for confirmation: what came up is ticked, what did not is there to be added.
 * @param {State} state
 * @param {Record<string, any>|null} summary the server's draft
 * @returns {Proposal[]}
 */
export function proposalsOf(state, summary) {
  const found = summary?.proposals ? summary.proposals.map(fromServer) : fromTurns(state);
  const isProtected = Boolean(state.card?.protocol);
  return KINDS.flatMap((kind) => {
    const ours = found.filter((/** @type {Proposal} */ one) => one.kind === kind);
    if (ours.length || (isProtected && MONEY.includes(kind))) return ours;
    return [proposal(kind, {}, false)];
  });
}

/** What was recorded without being asked for, as sentences. @param {Record<string, any>|null} summary @returns {string[]} */
export function recordedAlready(summary) {
  return (summary?.proposals ?? [])
    .filter((/** @type {any} */ one) => one.kind === "pause")
    .map((/** @type {any} */ one) => one.text);
}

/** @param {any} one @returns {Proposal} */
function fromServer(one) {
  const kind = one.kind === "document_request" ? "document" : one.kind;
  const words =
    kind === "document" ? { kind: String(one.values?.kind ?? "").replaceAll("_", " ") } : {};
  return {
    kind,
    text: one.text ?? "",
    values: { ...one.values, ...words },
    gaps: one.gaps ?? [],
    isOn: true,
  };
}

/** @param {State} state @returns {Proposal[]} */
function fromTurns(state) {
  const client = state.turns.filter((turn) => turn.reading && turn.speaker !== "collector");
  const last = (/** @type {string[]} */ names) =>
    client.findLast((turn) => turn.reading?.labels.some((label) => names.includes(label.name)));
  const value = (/** @type {any} */ turn, /** @type {string} */ type) =>
    turn?.reading.entities?.find((/** @type {any} */ one) => one.type === type)?.value;
  const promise = last(["promise_to_pay"]);
  const dispute = last(REASONS.slice(0, 3));
  const reason = dispute?.reading?.labels.find((label) => REASONS.includes(label.name))?.name;
  return [
    promise &&
      proposal("promise", {
        amount: value(promise, "money")?.amount,
        due_on: value(promise, "date"),
      }),
    dispute && proposal("dispute", { invoice_number: value(dispute, "invoice_number"), reason }),
    last(["missing_paperwork"]) && proposal("document", {}),
  ].filter((one) => one !== undefined);
}

/** @param {string} kind @param {Record<string, any>} values @param {boolean} [isOn] @returns {Proposal} */
function proposal(kind, values, isOn = true) {
  return { kind, text: "", values, gaps: [], isOn };
}
