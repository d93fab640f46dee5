"""Corrections at the command line: listed, accepted into the training lines, dismissed with a reason."""

from __future__ import annotations

from pathlib import Path

import pytest
from ruamel.yaml import YAML

from bot.bootstrap import build_services
from bot.cli.demo import demo_sign_ins
from bot.core.labels import Speaker
from bot.core.reading import HeardLabel, Reading
from bot.settings import Settings
from tests.fakes import ScriptedAssistant
from tests.integration.cli.conftest import DATA, Parley

KNOWN = """\
nlu:
- intent: stalling
  metadata: {speaker: client}
  examples:
  - {text: "Ring us after dinner.", metadata: {labels: [stalling], heat: 0, style: terse}}
"""

SAID = "hartley joinery settles at month end and always has"


@pytest.fixture
def correction(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """An installation where Sam corrected one turn, and a project folder of its own; the correction's id."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "data/nlu/client").mkdir(parents=True)
    (tmp_path / "data/nlu/client/stalling.yml").write_text(KNOWN, "utf-8")
    settings = Settings(home=str(home), content=str(DATA), rasa_port="1")
    demo_sign_ins(settings)
    services = build_services(settings)
    sam = services.people.viewer(services.people.named("sam"))
    call = services.calls.open_call("cli_hartley_joinery", sam)["id"]
    turn = services.calls.take_turn(call, sam, Speaker.CLIENT, SAID)["turn_id"]
    services.calls.feedback(call, turn, sam, "misheard", labels=("terms_dispute",))
    tess = services.people.viewer(services.people.named("tess"))
    return services.corrections.open(tess)[0].correction.id


def lines(folder: Path) -> list[dict[str, object]]:
    path = folder / "data/nlu/client/corrected.yml"
    blocks = YAML(typ="safe").load(path.read_text("utf-8"))["nlu"]
    return [example for block in blocks for example in block["examples"]]


def test_what_waits_is_listed_for_people_and_programs(parley: Parley, correction: str) -> None:
    shown = parley("content", "corrections")
    assert shown.code == 0, shown.err
    assert correction[:8] in shown.out
    assert "hartley" not in shown.out.lower()

    [document] = parley("content", "corrections", "--json").document
    assert (document["id"], document["text"]) == (correction, SAID)
    assert document["proposed"]["labels"] == ["terms_dispute"]


def test_accepting_as_proposed_adds_the_line(
    parley: Parley, correction: str, tmp_path: Path
) -> None:
    outcome = parley("content", "accept", correction, "--by", "tess")
    assert outcome.code == 0, outcome.err
    assert "Added to data/nlu/client/corrected.yml" in outcome.out
    assert "parley train" in outcome.out

    [line] = lines(tmp_path)
    assert line["metadata"]["labels"] == ["terms_dispute"]  # type: ignore[index]
    assert line["metadata"]["industry"] == "joinery"  # type: ignore[index]
    assert "hartley" not in str(line["text"])
    assert parley("content", "corrections").out.strip() == "No correction waits."


def test_what_is_given_counts(parley: Parley, correction: str, tmp_path: Path) -> None:
    words = (
        "--labels",
        "refusal, abuse",
        "--heat",
        "3",
        "--style",
        "terse",
        "--text",
        "Month end!",
    )
    outcome = parley("content", "accept", correction, *words, "--by", "ada")
    assert outcome.code == 0, outcome.err

    assert lines(tmp_path) == [
        {
            "text": "Month end!",
            "metadata": {
                "labels": ["refusal", "abuse"],
                "heat": 3,
                "style": "terse",
                "industry": "joinery",
                "voice": "corrected",
            },
        }
    ]


def test_dismissing_takes_a_reason(parley: Parley, correction: str) -> None:
    outcome = parley("content", "dismiss", correction, "--reason", "half a line", "--by", "tess")
    assert outcome.code == 0, outcome.err
    assert "dismissed" in outcome.out
    assert parley("content", "corrections", "--json").document == []

    again = parley("content", "accept", correction, "--by", "tess")
    assert again.code == 1
    assert "has dismissed this correction already" in again.err


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("accept", "{id}", "--by", "sam"), "Only trainers"),
        (("accept", "{id}", "--by", "nobody"), "no user called “nobody”"),
        (("accept", "fbk_none", "--by", "tess"), "no such correction"),
        (("accept", "{id}", "--by", "tess", "--labels", "neutral,stalling"), "stands alone"),
        (("accept", "{id}", "--by", "tess", "--labels", ""), "at least one label"),
        (("accept", "{id}", "--by", "tess", "--style", "sung"), "The style is one of"),
        (
            ("accept", "{id}", "--by", "tess", "--text", "Ring us after dinner."),
            "stalling.yml, line 5",
        ),
        (("dismiss", "{id}", "--by", "tess", "--reason", " "), "Say why"),
    ],
)
def test_what_cannot_be_done_is_said_plainly(
    parley: Parley, correction: str, tmp_path: Path, words: tuple[str, ...], says: str
) -> None:
    outcome = parley("content", *(word.format(id=correction) for word in words))
    assert outcome.code == 1
    assert says in outcome.err
    assert not (tmp_path / "data/nlu/client/corrected.yml").exists()


def test_a_rehearsed_turn_is_listed_and_accepted_like_one_of_a_call(
    parley: Parley, correction: str, home: Path, tmp_path: Path
) -> None:
    assistant = ScriptedAssistant()
    settings = Settings(home=str(home), content=str(DATA), rasa_port="1")
    services = build_services(settings, assistant=assistant)
    assistant.rehearsals = services.rehearsals
    sam = services.people.viewer(services.people.named("sam"))
    words = "I can see why you are cross, Dermot."
    assistant.will_hear(Reading(Speaker.COLLECTOR, words, (HeardLabel("apologise", 0.9, words),)))
    rehearsal = services.rehearsals.start(sam, "disputed-terms-haulier", level=2)["id"]
    turn = services.rehearsals.take_turn(rehearsal, sam, words)["turn_id"]
    services.rehearsal_feedback.send(rehearsal, turn, sam, ("acknowledge",))

    found = parley("content", "corrections", "--json").document
    assert {each["id"] for each in found} > {correction}
    [rehearsed] = [each for each in found if each["rehearsal_id"] == rehearsal]
    assert "acknowledge" in parley("content", "corrections").out
    outcome = parley("content", "accept", rehearsed["id"], "--by", "tess")
    assert outcome.code == 0, outcome.err
    added = (tmp_path / "data/nlu/collector/corrected.yml").read_text("utf-8")
    assert "I can see why you are cross" in added
    assert "Dermot" not in added
