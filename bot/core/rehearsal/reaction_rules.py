"""The table of reactions: what each thing that a trainee does costs or gains in temper, trust and patience.

Sources: [HER] active listening and empathy calm before any remedy; [CONC] concrete words are felt as being heard;
[EDU] a client settles by the number of skilled moves; [RPD] simulated clients fail by being too compliant; [TEX] the
TEXAS protocol of vulnerability; [PRIV] taxonomy, protected family: notes, no disclosure. The figures
behind them are house rules, set so that some five good moves bring an angry client to where it can agree.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.core.labels import Move


@dataclass(frozen=True)
class Rule:
    """What follows when a rule applies; `note` is what it means to the client, as the coach's note says it."""

    temper: int
    trust: int
    patience: int
    note: str


#: How strongly each level cools, heats and gives trust, in per cent of the table (house rule; [EDU] levels).
COOLS_BY_LEVEL = {1: 115, 2: 100, 3: 85}
HEATS_BY_LEVEL = {1: 85, 2: 100, 3: 115}
#: What a soft or sore spot adds, in per cent.
SPOT = 140
#: How much of a gain is left at the first, second, third ... time of the same move: words wear out ([RPD]).
WORN = (100, 55, 25, 0)
#: The most that one turn can calm, by level, whatever it holds (house rule against clients who turn meek, [RPD]).
MOST_CALMED = {1: 24, 2: 19, 3: 15}
#: The calmer or more trusting somebody is, the less there is to win: beyond these, gains count half.
CALM_ENOUGH = 35
TRUSTING_ENOUGH = 65
#: A longer turn than this is not listened to.
LONG_SPEECH_WORDS = 60
#: Below this trust a boundary is heard as another insult.
BOUNDARY_TRUST = 10
#: Patience lost with every turn, and more when the turn achieved nothing.
TIRING = 2
TIRING_IN_VAIN = 4

RULES: dict[str, Rule] = {
    # --- what calms ([HER]: acknowledge first, then fix) ---
    "acknowledged_first": Rule(-14, 10, 4, "they felt heard before anything was asked"),
    "acknowledged_again": Rule(-8, 4, 0, "they felt heard"),
    "empty_empathy": Rule(0, -3, -6, "sympathy without a step wears thin"),
    "apologised": Rule(-10, 8, 3, "you took our part on you"),
    "apologised_again": Rule(0, 0, -2, "a second sorry adds nothing"),
    "paraphrased": Rule(-8, 8, 2, "they heard their own case from you"),
    "asked_openly": Rule(-3, 5, 1, "you wanted to know"),
    "asked_before_ear": Rule(0, 2, -1, "they answer better once they feel heard"),
    "explained": Rule(-3, 4, 0, "you made it plain"),
    "documents_promised": Rule(-6, 7, 2, "you take something off their desk"),
    "dispute_taken_up": Rule(-9, 10, 3, "their grievance is in good hands"),
    "concession_offered": Rule(-4, 5, 2, "you gave something"),
    "proposed": Rule(-2, 3, 1, "there is a way forward"),
    "summed_up": Rule(-3, 5, 1, "they know where they stand"),
    "follow_up_set": Rule(-2, 4, 1, "they know when they hear from you"),
    "pointed_to_help": Rule(-3, 5, 1, "you thought of them"),
    "introduced": Rule(-1, 2, 0, "they know who is calling"),
    "boundary_held": Rule(-16, 4, 0, "a calm limit held"),
    "handed_over_as_asked": Rule(-18, 8, 8, "they got what they had asked for twice"),
    "passed_on_rightly": Rule(-6, 5, 2, "the right person will deal with it"),
    "fact_earned": Rule(0, 4, 0, "they told you something they had held back"),
    # Asked for by the protocols of vulnerability ([TEX] consent) and of third parties ([PRIV] disclose nothing, say why).
    "privacy_kept": Rule(-2, 5, 1, "they know what you may not say, and why"),
    "consent_asked": Rule(-3, 6, 2, "you asked before you wrote it down"),
    "agreed": Rule(-6, 6, 4, "you found terms they can keep"),
    # --- what hurts without being a fault ([HER]; 001 “let them vent”) ---
    "options_before_ear": Rule(8, -5, -6, "figures came before they felt heard"),
    "options_a_bit_early": Rule(3, -2, -3, "figures came a little early"),
    "explained_before_ear": Rule(5, -2, -4, "explanations came before they felt heard"),
    "commitment_pushed": Rule(4, -2, -4, "the same demand again wears them out"),
    "repeated_question": Rule(6, -3, -6, "they had answered that already"),
    "long_speech": Rule(4, -2, -8, "they stopped listening half-way"),
    "boundary_too_soon": Rule(9, -6, -4, "a limit where none was needed stings"),
    "boundary_not_trusted": Rule(7, -3, -3, "a limit from somebody they do not trust"),
    "boundary_worn": Rule(2, 0, -3, "the same limit again has no force"),
    "consequence_named": Rule(2, -1, -1, "consequences weigh on them"),
    "consequence_while_hot": Rule(
        7, -4, -4, "consequences sound like threats while they are angry"
    ),
    "passed_on_unasked": Rule(4, -3, -3, "they feel pushed along"),
    "not_understood": Rule(1, -1, -6, "they could not follow you"),
    "said_nothing": Rule(1, -1, -6, "silence unsettles them"),
    "left_hanging": Rule(6, -3, -14, "nobody seemed to be there"),
    "idle": Rule(0, 0, -2, "nothing moved"),
    "going_in_circles": Rule(3, -2, -2, "several turns brought nothing"),
    "tired": Rule(0, 0, 0, "every turn takes some patience"),
    "word_broken": Rule(14, -16, -8, "you went back on your word"),
    "word_forgotten": Rule(6, -8, -4, "what you undertook was not mentioned again"),
    "recap_wrong": Rule(6, -8, -4, "your summary was not what was agreed"),
    "money_in_protocol": Rule(12, -12, -8, "money is not the point now"),
    "hopes_high": Rule(4, -2, -3, "it was more than they can do"),
    # --- faults (taxonomy section 4; Regulation F 1006.14, CONC 7.3 for threats and pressure) ---
    Move.THREATEN.value: Rule(20, -18, -10, "a threat makes an enemy"),
    Move.BLAME.value: Rule(16, -14, -8, "blame makes them defend themselves"),
    Move.DISMISS.value: Rule(13, -11, -8, "they were brushed aside"),
    Move.ARGUE.value: Rule(12, -9, -7, "arguing makes both dig in"),
    Move.PRESSURE.value: Rule(12, -10, -8, "pressure makes them pull back"),
    Move.DISCLOSE.value: Rule(15, -100, -15, "you spoke of the debt to the wrong person"),
}
