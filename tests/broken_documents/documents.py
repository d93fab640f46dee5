"""Thirty-odd documents, each broken in its own way, with every fault that is to be told of them at once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import bot
from bot.core.studio.kinds import DocumentName

DATA = Path(bot.__file__).parents[1] / "data"

ACCOUNTANT = "scenario:late-fee-accountant"
PERSONA = "persona:precise-accountant"


@dataclass(frozen=True)
class Broken:
    """A text that is to be a document, and what is told of it: words of its line (or the line's number) and of the message."""

    title: str
    document: str
    raw: bytes
    told: tuple[tuple[str | int, str], ...]
    #: A number of faults too many to write down one by one; every one of `told` is among them.
    at_least: bool = False

    @property
    def name(self) -> DocumentName:
        return DocumentName.parse(self.document)

    @property
    def text(self) -> str:
        return self.raw.decode("utf-8")

    def line_of(self, sign: str | int) -> int:
        """The line that holds some words."""
        if isinstance(sign, int):
            return sign
        lines = self.raw.decode("utf-8", errors="replace").split("\n")
        (line,) = [number for number, line in enumerate(lines, 1) if sign in line][:1] or [0]
        assert line, f"{self.title}: no line has “{sign}”"
        return line


def text_of(document: str) -> str:
    """A document that ships."""
    return (DATA / DocumentName.parse(document).path).read_text("utf-8")


def changed(document: str, *changes: tuple[str, str]) -> str:
    """A document that ships, with words of it replaced once."""
    text = text_of(document)
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


def _broken(
    title: str,
    document: str,
    text: str | bytes,
    *told: tuple[str | int, str],
    at_least: bool = False,
) -> Broken:
    raw = text if isinstance(text, bytes) else text.encode("utf-8")
    return Broken(title, document, raw, told, at_least)


def _bomb() -> str:
    layers = ["a0: &a0 [lol, lol, lol]"]
    layers += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)]
    return "\n".join(layers) + "\n"


def _schema_faults() -> tuple[Broken, ...]:
    return (
        _broken(
            "missing fields",
            ACCOUNTANT,
            changed(ACCOUNTANT, ("minutes: 8\n", ""), ("  currency: GBP\n", "")),
            (2, "“minutes” is missing"),
            ("account:", "“currency” is missing"),
        ),
        _broken(
            "unknown labels",
            ACCOUNTANT,
            changed(
                ACCOUNTANT,
                ("objection: terms_dispute", "objection: term_dispute"),
                ("label: missing_paperwork", "label: lost_paperwork"),
                ("blockers: [threaten, disclose]", "blockers: [threaten, disclsoe]"),
            ),
            ("objection: term_dispute", "Must be one of"),
            ("label: lost_paperwork", "Must be one of"),
            ("disclsoe", "Must be one of"),
        ),
        _broken(
            "impossible limits",
            ACCOUNTANT,
            changed(
                ACCOUNTANT,
                ('today: "1890.00"', 'today: "99999.00"'),
                ("first_day: 0\n", "first_day: 9\n"),
                ("accepts: [undisputed_part", "accepts: [instalments, undisputed_part"),
                ('per_instalment: "2650.00"', 'per_instalment: "0"'),
            ),
            ('today: "99999.00"', "more than the"),
            ("full_on: 6", "before the first day"),
            ('per_instalment: "0"', "without a sum"),
        ),
        _broken(
            "limits that are no figures",
            ACCOUNTANT,
            changed(
                ACCOUNTANT,
                ('today: "1890.00"', 'today: "a lot"'),
                ("longest: 2\n", "longest: 600\n"),
                ("temper_below: 55}", "temper_below: warm}"),
            ),
            ("a lot", "not a figure"),
            ("longest: 600", "not between 1 and 60"),
            ("temper_below: warm", "not a whole number"),
        ),
        _broken(
            "wrong sums",
            ACCOUNTANT,
            changed(
                ACCOUNTANT,
                ('balance: "3264.00", disputed: "0.00"', 'balance: "3265.00", disputed: "4000.00"'),
                ("composure: 10", "composure: 30"),
            ),
            ("3265.00", "is open of"),
            ("4000.00", "is disputed of"),
            ("weights:", "add up to 120"),
        ),
        _broken(
            "disputes that do not add up, on an invoice that is not there",
            ACCOUNTANT,
            changed(
                ACCOUNTANT,
                (
                    "  disputes: []",
                    '  disputes:\n    - {invoice: "5118", reason: terms_dispute, amount: "70.00", opened: -9, note: "x"}\n'
                    '    - {invoice: "5999", reason: terms_dispute, amount: "70.00", opened: 4, note: "x"}',
                ),
            ),
            ('number: "5118"', "under `disputes`"),
            ('invoice: "5999"', "no invoice “5999”"),
            ("opened: 4", "after the call"),
        ),
        _broken(
            "ids given twice",
            ACCOUNTANT,
            changed(
                ACCOUNTANT,
                ("lfa-res-02", "lfa-res-01"),
                ("id: old-terms-on-file", "id: e-mails-unanswered"),
                ("{id: heard,", "{id: answered,"),
            ),
            ("My point is simple", "on line"),
            (88, "given twice"),
            ("You name what annoyed her", "given twice"),
        ),
        _broken(
            "an id and a title that other files have",
            ACCOUNTANT,
            changed(
                ACCOUNTANT,
                ("lfa-res-02", "dth-res-02"),
                ("Show me the clause", "Sixty days, not thirty"),
            ),
            ("dth-res-02", "disputed-terms-haulier.yml too"),
            ("title:", "has the same title"),
        ),
        _broken(
            "keys of Rasa's at the top",
            ACCOUNTANT,
            text_of(ACCOUNTANT) + "rules: []\nintents: [x]\n",
            ("rules: []", "a key that Rasa reads"),
            ("intents: [x]", "a key that Rasa reads"),
        ),
        _broken(
            "wrong types",
            ACCOUNTANT,
            changed(
                ACCOUNTANT,
                ("levels: [1, 2, 3]", "levels: easy"),
                ("limits:\n  today", "limits: none\nlimit:\n  today"),
                ("on_stop: no", "on_stop: perhaps"),
                ("customer_since: -1460", 'customer_since: "long ago"'),
            ),
            ("levels: easy", "not a list"),
            ("limits: none", "not a set of keys"),
            (127, "not a key that is known"),
            ("on_stop: perhaps", "Write yes or no"),
            ("long ago", "not a whole number"),
        ),
        _broken(
            "misspelt keys",
            ACCOUNTANT,
            changed(ACCOUNTANT, ("briefing:", "breifing:"), ("model_turns:", "model_turn:")),
            (2, "“briefing” is missing"),
            (2, "“model_turns” is missing"),
            ("breifing:", "not a key that is known"),
            ("model_turn:", "not a key that is known"),
        ),
        _broken(
            "a missing field and sums that are wrong elsewhere",
            ACCOUNTANT,
            changed(
                ACCOUNTANT,
                ("edition: 1\n", ""),
                ('balance: "1890.00"', 'balance: "1990.00"'),
                ("weights: {composure: 10", "weights: {composure: 11"),
                ("next: [disputed-terms-haulier", "next: [nowhere"),
            ),
            (2, "“edition” is missing"),
            ("1990.00", "is open of"),
            ("weights:", "add up to 101"),
            ("next: [nowhere", "no other scenario “nowhere”"),
        ),
        _broken(
            "facts that nobody can earn",
            ACCOUNTANT,
            changed(
                ACCOUNTANT,
                (
                    "min_trust: 30, after_facts: []",
                    "min_trust: 30, after_facts: [run-can-be-early]",
                ),
                (
                    "moves: [open_question, explain_terms], min_trust: 35",
                    "moves: [], min_trust: 0",
                ),
            ),
            ("after_facts: [run-can-be-early]", "waits for facts"),
            ("after_facts: [e-mails-unanswered]", "waits for facts"),
            ("moves: [], min_trust: 0", "not earned by anything"),
        ),
        _broken(
            "a persona that is not there",
            ACCOUNTANT,
            changed(ACCOUNTANT, ("persona: precise-accountant", "persona: <b>nobody</b>")),
            ("persona:", "does not exist"),
        ),
        _broken(
            "another file's id",
            ACCOUNTANT,
            changed(ACCOUNTANT, ("id: late-fee-accountant", "id: ../../etc/passwd")),
            ("id: ../../etc/passwd", "is in the file late-fee-accountant.yml"),
        ),
        _broken(
            "markup and open braces in lines",
            ACCOUNTANT,
            changed(
                ACCOUNTANT,
                ("They don't mention a late fee.", "<script>alert(1)</script> {invoise} {"),
            ),
            ("<script>", "not a placeholder"),
            ("<script>", "brace is open"),
        ),
        _broken(
            "lines for the ear that teach nothing",
            ACCOUNTANT,
            text_of(ACCOUNTANT)
            + "examples:\n"
            + '  - {text: "Piss off, you leech.", labels: [abuse], heat: 3, style: terse}\n'
            + '  - {text: "One of a kind, quite certainly.", labels: [abuse, neutral], heat: 2, style: clean}\n'
            + '  - {text: "one of a kind quite certainly", labels: [abuse], heat: 2, style: clean}\n'
            + '  - {text: "Mark me [here](x)", labels: [grumble], heat: 7, style: sung}\n',
            ("Piss off", "data/nlu/client/abuse.yml"),
            ("One of a kind", "stands alone"),
            ("one of a kind quite", "same words are on line"),
            ("Mark me", "Must be one of: terms_dispute"),
            ("Mark me", "not between 0 and 3"),
            ("Mark me", "Must be one of: clean"),
        ),
    )


def _text_faults() -> tuple[Broken, ...]:
    accountant = text_of(ACCOUNTANT)
    tabbed = changed(
        ACCOUNTANT,
        ("  1: \"We don't", "\t1: \"We don't"),
        ("  today:", "\ttoday:"),
        ("minutes: 8\n", ""),
    )
    return (
        _broken("an empty file", ACCOUNTANT, "", (1, "is empty")),
        _broken("a list at the top", ACCOUNTANT, "- one\n- two\n", (1, "not a set of keys")),
        _broken("a sentence", ACCOUNTANT, "just some words\n", (1, "not a set of keys")),
        _broken(
            "two documents",
            ACCOUNTANT,
            changed(ACCOUNTANT, ("minutes: 8\n", "")) + "---\nid: other\n",
            (2, "“minutes” is missing"),
            ("---", "second document"),
        ),
        _broken(
            "larger than 1 MB",
            ACCOUNTANT,
            accountant + "# " + "x" * 5_000_000 + "\n",
            (1, "larger than 1 MB"),
        ),
        _broken(
            "indented with tabs, and a field missing",
            ACCOUNTANT,
            tabbed,
            ("\t1:", "indented with a tab"),
            ("\ttoday:", "indented with a tab"),
            (2, "“minutes” is missing"),
        ),
        _broken(
            "not UTF-8 on two lines",
            ACCOUNTANT,
            changed(ACCOUNTANT, ("minutes: 8", "minutes: 800"))
            .encode("utf-8")
            .replace(b"Priya Raman", b"Pr\xefya Raman")
            .replace(b"Leon", b"L\xe9on", 1),
            (11, "not UTF-8"),
            (13, "not UTF-8"),
            (14, "not UTF-8"),
            ("minutes: 800", "not between 1 and 60"),
            at_least=True,
        ),
        _broken(
            "a bomb of aliases",
            ACCOUNTANT,
            _bomb(),
            (1, "is an anchor"),
            (2, "is an anchor"),
            (2, "is an alias"),
            (10, "is an alias"),
            at_least=True,
        ),
        _broken(
            "aliases in a good file",
            ACCOUNTANT,
            changed(
                ACCOUNTANT,
                ("levels: [1, 2, 3]", "levels: &all [1, 2, 3]"),
                (
                    "good_end: [undisputed_part, promise, documents, dispute_logged, handed_over]",
                    "good_end: *all",
                ),
            ),
            ("levels: &all", "is an anchor"),
            ("good_end: *all", "is an alias"),
        ),
        _broken(
            "nested without end", ACCOUNTANT, "id: " + "[" * 5000, (1, "nested more than 20 deep")
        ),
        _broken(
            "control characters",
            ACCOUNTANT,
            changed(
                ACCOUNTANT,
                ("Leon", "Le\x00on"),
                ("They don't mention", "They\x1b[31m don't mention"),
            ),
            ('Ashby Medical Supplies"', "does not allow"),
            ("lfa-res-01", "does not allow"),
        ),
        _broken(
            "a quote that is never closed",
            ACCOUNTANT,
            changed(ACCOUNTANT, ('title: "Show me the clause"', 'title: "Show me the clause')),
            (13, "not YAML"),
        ),
        _broken(
            "a key given twice and a tag",
            ACCOUNTANT,
            changed(
                ACCOUNTANT,
                ("minutes: 8", "minutes: 8\nminutes: 9"),
                ("edition: 1", "edition: !!python/object:os.system 1"),
            ),
            ("minutes: 9", "given twice"),
            ("edition:", "is a tag"),
        ),
    )


def _of_other_kinds() -> tuple[Broken, ...]:
    return (
        _broken(
            "a persona without a level, with lines that fit nowhere",
            PERSONA,
            changed(
                PERSONA,
                ("start: {1: 14, 2: 30, 3: 50}", "start: {1: 14, 2: 30}"),
                ("beat: thaw, heat: [0, 1]", "beat: thaw, heat: [3]"),
                ("speech: clean\n", ""),
                ("sore_spots: [dismiss, blame]", "sore_spots: [dismiss, shame]"),
            ),
            (3, "“speech” is missing"),
            ("temper:", "no start for level 3"),
            ("beat: thaw, heat: [3]", "does not occur at this heat"),
            ("sore_spots:", "Must be one of"),
        ),
        _broken(
            "a card with too little on it",
            "playbook:stalling",
            changed(
                "playbook:stalling",
                ("label: stalling", "label: stallling"),
                ("priority: 40", "priority: 400"),
                ("stalling-02", "refusal-02"),
            ),
            ("label: stallling", "Must be one of"),
            ("label: stallling", "in the file stalling.yml"),
            ("priority: 400", "not between 0 and 100"),
            ("refusal-02", "does not begin with the label"),
        ),
        _broken(
            "limits of authority upside down",
            "house:limits",
            changed(
                "house:limits",
                ("max_amount: {GBP: 100000", "max_amount: {GBP: 1000"),
                ("dated: 2026-11-01", "dated: 2029-11-01"),
                ("  third_party:", "  forth_party:"),
            ),
            ("max_amount: {GBP: 1000,", "may grant less"),
            ("review_by:", "comes before"),
            ("forth_party", "Must be one of"),
            ("pauses:", "says nothing of “third_party”"),
        ),
        _broken(
            "a law pack with a half-year twice",
            "law:uk_b2b",
            changed(
                "law:uk_b2b",
                ("half_year: 2025H2", "half_year: 2024H1"),
                ("percent: 11.75", "percent: a tenth"),
                ("pack: uk_b2b", "pack: uk_b2c"),
            ),
            ("12.25", "given twice"),
            ("a tenth", "not a figure"),
            ("pack: uk_b2c", "not the file's name"),
        ),
        _broken(
            "margins beyond one",
            "house:publishing",
            changed(
                "house:publishing",
                ("macro_f1: 0.005", "macro_f1: 5"),
                ("label_f1: 0.08", "label_f1: -1"),
                ("least_turns: 10 ", "least_turns: ten "),
            ),
            ("macro_f1: 5", "above 1"),
            ("label_f1: -1", "below 0"),
            ("least_turns: ten", "not a whole number"),
        ),
    )


BROKEN: tuple[Broken, ...] = (*_schema_faults(), *_text_faults(), *_of_other_kinds())
