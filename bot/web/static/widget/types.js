/**
 * The shapes that arrive from the server, as JSDoc types; nothing here runs.
 *
 * @typedef {{name: string, confidence: number, evidence: string}} HeardLabel
 * @typedef {{type: string, value: any, text: string}} Entity
 * @typedef {{labels: HeardLabel[], heat: number, entities: Entity[], flags: string[]}} Reading
 * @typedef {{amount: string, due: string}} Instalment
 * @typedef {{kind: string, title: string, status: "open"|"needs_approval"|"closed", held: boolean,
 *   total: string, currency: string, schedule: Instalment[], cost: string, cost_note: string,
 *   approver: string|null, why: string}} Option
 * @typedef {{id: string, text: string, done: boolean}} ChecklistItem
 * @typedef {{state: string, next_step: string|null, untried: string[], reason?: string,
 *   hand_to?: string|null}} Escalation
 * @typedef {{fault: string, evidence: string, note: string, better: string}} Correction
 * @typedef {{silent: boolean, heard: string[], say: string[], say_ids: string[], ask: string|null,
 *   ask_id: string|null, options: Option[], escalation: Escalation, protocol: string|null,
 *   protocol_title: string|null, protocol_steps: string[], avoid: string|null, because: string[],
 *   heat: number, heat_path: number[], heat_trend: string, checklist: ChecklistItem[],
 *   correction: Correction|null, card: string|null, listening: boolean, acknowledged?: boolean,
 *   cue?: string|null}} Advice
 * @typedef {{turn_id: string, index?: number, speaker?: string, text?: string,
 *   segment_id?: string|null, reading: Reading|null, advice: Advice|null}} Turn
 * @typedef {{id: string, account_id: string, status: string, account: Record<string, any>,
 *   brief: Record<string, any>|null, advice: Advice|null, turns: Turn[],
 *   summary: Record<string, any>|null, packet?: Record<string, any>|null}} CallDocument
 * @typedef {{id: string, text: string, speaker: string, labels: string[]|null,
 *   state: "waiting"|"refused", reason: string}} WaitingTurn
 *
 * @typedef {object} State
 * @property {"idle"|"loading"|"error"|"live"|"wrap_up"|"ended"} phase
 * @property {boolean} slow          loading has taken long enough to say so
 * @property {string|null} callId
 * @property {Record<string, any>|null} account
 * @property {Record<string, any>|null} brief
 * @property {Turn[]} turns
 * @property {Advice|null} card      the advice on show
 * @property {Turn|null} cardTurn    the turn it answers
 * @property {number} line           which of the lines to say is on show
 * @property {string[]} used         line ids copied or chosen
 * @property {string[]} dismissed    line ids marked not useful
 * @property {string[]} offered      options the collector chose, by title
 * @property {number} heat
 * @property {number[]} heatPath
 * @property {string} heatTrend
 * @property {ChecklistItem[]} checklist
 * @property {Escalation} escalation
 * @property {Correction|null} correction
 * @property {string} cue            a word to the collector after a hot turn
 * @property {boolean} listening
 * @property {boolean} unsure
 * @property {string[]|null} corrected   what the collector said the turn should have been
 * @property {string[]} open         folds that stand open
 * @property {"online"|"offline"|"signed_out"} connection
 * @property {WaitingTurn[]} waiting
 * @property {boolean} hearing       a turn has been under way for long enough to say so
 * @property {boolean} handedOver
 * @property {string} handOverError
 * @property {Record<string, any>|null} packet
 * @property {Record<string, any>|null} summary
 * @property {any[]} written
 * @property {string} error
 * @property {string[]} answers      what the coach answered
 *
 * @typedef {object} Context
 * @property {(key: string, values?: Record<string, string|number>) => string} t
 * @property {import("./format.js").Format} format
 * @property {Record<string, (...args: any[]) => any>} act   what the buttons do
 * @typedef {{element: HTMLElement, update: (state: State) => void}} Section
 */

export {};
