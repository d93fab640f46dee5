"""The thirteen actions, run by the action server's own executor over a seeded ledger."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from rasa_sdk.executor import ActionExecutor, ActionNotFoundException
from rasa_sdk.interfaces import Action
from ruamel.yaml import YAML

from actions import _doorway
from bot.bootstrap import Services
from bot.cli.demo import demo_sign_ins
from bot.core.account import Account
from bot.core.coaching.advice import Role
from bot.core.errors import ForbiddenError, NotFoundError
from bot.core.labels import Speaker
from bot.core.signing import seal
from bot.services.ports import Viewer
from bot.settings import Settings

ROOT = Path(__file__).parents[3]
DOMAIN = YAML(typ="safe").load((ROOT / "domain.yml").read_text("utf-8"))
KEY = b"the key of the tests"

SAM = Viewer("usr_sam", "Sam Okafor", Role.COLLECTOR, "junior")
PRIYA = Viewer("usr_priya", "Priya Raman", Role.COLLECTOR, "senior")
OMAR = Viewer("usr_omar", "Omar Haddad", Role.SUPERVISOR, "senior")

REFUSAL = "This message was not sent by the web application."


@dataclass
class Answered:
    """What an action gave back: texts, documents and slots."""

    texts: list[str]
    documents: list[dict[str, Any]]
    slots: dict[str, Any]
    responses: list[str]


@dataclass
class Desk:
    """Sam at work: an executor with our actions and a message as Rasa would pass it on."""

    executor: ActionExecutor
    services: Services
    slots: dict[str, Any] = field(default_factory=dict)

    def run(
        self,
        action: str,
        text: str = "",
        *,
        viewer: Viewer = SAM,
        sealed: str | None = None,
        call: str | None = None,
        turn: str | None = None,
        slots: dict[str, Any] | None = None,
        **message: Any,
    ) -> Answered:
        """Run one action on a tracker and collect its answer."""
        if sealed is None:
            sealed = sealed_by(viewer, call=call, turn=turn)
        metadata = {"sealed": sealed, "speaker": message.pop("speaker", "coach")}
        tracker = {
            "sender_id": "chat_1",
            "slots": {"account_id": None, "pending_note": None, **(slots or {})},
            "latest_message": {"text": text, "metadata": metadata, "entities": [], **message},
            "events": [],
            "paused": False,
            "followup_action": None,
            "active_loop": {},
            "latest_action_name": "action_listen",
        }
        call_of_action = {"next_action": action, "tracker": tracker, "domain": {}}
        result = asyncio.run(self.executor.run(call_of_action))
        events, said = result["events"], result["responses"]
        return Answered(
            [m["text"] for m in said if m.get("text")],
            [m["custom"] for m in said if m.get("custom")],
            {e["name"]: e["value"] for e in events if e["event"] == "slot"},
            [m["response"] for m in said if m.get("response")],
        )


def sealed_by(viewer: Viewer, *, key: bytes = KEY, ago: float = 0.0, **claims: Any) -> str:
    """The claims of the web application: who asks, on which call and turn."""
    who = {
        "user": viewer.user_id,
        "name": viewer.name,
        "role": viewer.role.value,
        "seniority": viewer.seniority,
    }
    return seal(key, {**claims, **who}, datetime.now(UTC) - timedelta(seconds=ago))


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    """The services that the actions themselves wire, over a home of their own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PARLEY_HOME", str(tmp_path_factory.mktemp("home")))
        patch.setenv("PARLEY_SECRET", KEY.decode())
        patch.setenv("PARLEY_CONTENT", str(ROOT / "data"))
        patch.delenv("PARLEY_DATABASE_URL", raising=False)
        demo_sign_ins(Settings.from_environment())
        _doorway.services.cache_clear()
        yield _doorway.services()
        _doorway.services.cache_clear()


@pytest.fixture(scope="module")
def executor() -> ActionExecutor:
    executor = ActionExecutor()
    executor.register_package("actions")
    return executor


@pytest.fixture
def desk(executor: ActionExecutor, services: Services) -> Desk:
    return Desk(executor, services)


def accounts_of(services: Services, viewer: Viewer) -> list[Account]:
    with services.unit_of_work() as work:
        rows = work.accounts.search("", viewer, 200)
        return [work.accounts.get(row.id, viewer) for row in rows if row.overdue_invoices]


@pytest.fixture(scope="module")
def account(services: Services) -> Account:
    """An account of Sam's in pounds with overdue invoices and nothing that pauses collection."""
    return next(
        account
        for account in accounts_of(services, SAM)
        if account.currency == "GBP"
        and account.protections == type(account.protections)()
        and any(i.balance.is_positive for i in account.invoices)
    )


@pytest.fixture
def call(services: Services, account: Account) -> str:
    with services.unit_of_work() as work:
        opened = work.calls.open(account.id, SAM.user_id, services.clock.now())
        work.commit()
    return opened.id


def a_turn(services: Services, call: str, text: str) -> str:
    """A client turn, stored but not heard yet."""
    with services.unit_of_work() as work:
        turn, _ = work.calls.add_turn(call, Speaker.CLIENT, text, services.clock.now(), None)
        work.commit()
    return turn.id


def heard(*labels: str, entities: tuple[dict[str, Any], ...] = ()) -> dict[str, Any]:
    """What our pipeline adds to a message."""
    return {
        "labels": [{"name": name, "confidence": 0.9, "evidence": ""} for name in labels],
        "intent": {"name": labels[0], "confidence": 0.9},
        "entities": list(entities),
        "heat": 0,
        "heat_cues": [],
        "flags": [],
    }


def money(amount: str) -> dict[str, Any]:
    return {"entity": "money", "value": {"amount": amount, "currency": "GBP"}, "text": amount}


def promises(services: Services, account: Account) -> int:
    with services.unit_of_work() as work:
        return len(work.accounts.get(account.id, SAM).promises)


def disputes(services: Services, account: Account) -> int:
    with services.unit_of_work() as work:
        return len(work.accounts.get(account.id, SAM).disputes)


def a_promise(services: Services) -> dict[str, Any]:
    day = services.clock.today() + timedelta(days=5)
    date_named = {"entity": "date", "value": day.isoformat(), "text": "then"}
    return heard("record_promise", entities=(money("120.00"), date_named))


# -- the set of actions --------------------------------------------------------


def own_actions() -> dict[str, type[Action]]:
    executor = ActionExecutor()
    executor.register_package("actions")
    classes = [c for c in Action.__subclasses__() if c.__module__.startswith("actions.")]
    return {cls().name(): cls for cls in classes}


def test_the_domain_and_the_package_have_the_same_actions() -> None:
    assert set(own_actions()) == set(DOMAIN["actions"])
    assert len(DOMAIN["actions"]) == 13


@pytest.mark.parametrize("name", DOMAIN["actions"])
def test_no_action_is_longer_than_sixty_lines(name: str) -> None:
    assert len(inspect.getsource(own_actions()[name]).splitlines()) <= 60


def test_no_module_of_actions_is_longer_than_a_screen_or_two() -> None:
    for path in (ROOT / "actions").glob("*.py"):
        assert len(path.read_text("utf-8").splitlines()) <= 250, path.name


def test_an_action_that_does_not_exist_is_refused(desk: Desk) -> None:
    with pytest.raises(ActionNotFoundException):
        desk.run("action_delete_everything")


# -- each answers ---------------------------------------------------------------


def test_advise_stores_reading_and_advice_of_the_turn(desk: Desk, call: str) -> None:
    turn = a_turn(desk.services, call, "you agreed sixty days")
    answer = desk.run(
        "action_advise",
        "you agreed sixty days",
        call=call,
        turn=turn,
        speaker="client",
        **heard("terms_dispute"),
    )
    [document] = answer.documents
    stored = desk.services.calls.view(call, SAM)["turns"][0]

    assert document["turn_id"] == turn
    assert document["advice"]["card"] == "terms_dispute"
    assert len(document["advice"]["say"]) >= 2
    assert stored["advice"] == document["advice"]
    assert stored["reading"]["labels"][0]["name"] == "terms_dispute"


def test_advise_on_the_same_turn_twice_gives_the_same_advice(desk: Desk, call: str) -> None:
    turn = a_turn(desk.services, call, "no money")
    once = desk.run("action_advise", "no money", call=call, turn=turn, **heard("cash_flow"))
    again = desk.run("action_advise", "no money", call=call, turn=turn, **heard("stalling"))

    assert once.documents == again.documents


def test_advise_in_the_chat_says_what_the_coach_is_for(desk: Desk) -> None:
    answer = desk.run("action_advise", "book me a taxi", **heard("out_of_scope"))

    assert answer.responses == ["utter_out_of_scope"]
    assert answer.responses[0] in DOMAIN["responses"]
    assert answer.documents == []


def test_brief_tells_of_the_account_and_remembers_it(desk: Desk, account: Account) -> None:
    answer = desk.run("action_brief", f"brief me on {account.name}", **heard("ask_brief"))

    assert account.name in answer.texts[0]
    assert "brief" in answer.documents[0]
    assert answer.slots == {"account_id": account.id}


@pytest.mark.parametrize("action", ["action_show_options", "action_show_escalation"])
def test_the_remembered_account_is_the_one_meant(desk: Desk, account: Account, action: str) -> None:
    answer = desk.run(action, "and what can I do?", slots={"account_id": account.id})

    assert answer.documents
    assert answer.slots == {"account_id": account.id}


def test_options_are_those_of_the_account(desk: Desk, account: Account) -> None:
    answer = desk.run("action_show_options", "what can I offer?", slots={"account_id": account.id})

    kinds = [option["kind"] for option in answer.documents[0]["options"]]
    assert kinds
    assert {option["currency"] for option in answer.documents[0]["options"]} == {"GBP"}
    assert all(line.startswith("• ") for line in answer.texts[0].splitlines())


def test_without_an_account_it_asks_which(desk: Desk) -> None:
    for action in ("action_brief", "action_show_options", "action_show_escalation"):
        answer = desk.run(action, "zzz")

        assert answer.texts[0].startswith("Which client do you mean?")
        assert answer.slots == {}


def test_phrase_gives_words_with_and_without_an_account(desk: Desk, account: Account) -> None:
    question = "what do I say when they say they never got the invoice?"
    alone = desk.run("action_phrase", question)
    with_account = desk.run("action_phrase", question, slots={"account_id": account.id})

    assert "“" in alone.texts[0]
    assert with_account.documents[0]["label"] == "missing_paperwork"
    assert with_account.documents[0]["advice"]["say"]


def test_escalation_says_where_the_ladder_stands(desk: Desk, account: Account) -> None:
    answer = desk.run(
        "action_show_escalation", "should I pass this up?", slots={"account_id": account.id}
    )

    assert answer.documents[0]["escalation"]["state"] in (
        *("not_yet", "ready", "required", "paused", "handed_over"),
    )


def test_meaning_explains_a_term_with_no_account(desk: Desk) -> None:
    answer = desk.run("action_explain_term", "what's a statutory demand?")

    assert answer.texts[0].startswith("Statutory demand: ")


def test_meaning_admits_what_it_does_not_know(desk: Desk) -> None:
    assert "do not have that term" in desk.run("action_explain_term", "zzyzx?").texts[0]


def test_feedback_and_hint_answer_on_the_running_call(desk: Desk, call: str) -> None:
    turn = a_turn(desk.services, call, "try me next week")
    desk.run("action_advise", "try me next week", call=call, turn=turn, **heard("stalling"))

    assert desk.run("action_give_feedback", "how am I doing?", call=call).texts[0]
    assert desk.run("action_give_hint", "I'm stuck", call=call).texts[0]


def test_feedback_without_a_call_says_so(desk: Desk) -> None:
    answer = desk.run("action_give_feedback", "how am I doing?", viewer=PRIYA)

    assert "not heard a call" in answer.texts[0]


def test_handing_over_sends_the_packet_of_the_call(desk: Desk, call: str) -> None:
    turn = a_turn(desk.services, call, "get me your manager")
    desk.run(
        "action_advise", "get me your manager", call=call, turn=turn, **heard("manager_request")
    )
    answer = desk.run("action_hand_over", "please take this", call=call)

    assert answer.texts[0].startswith("Handed over to ")
    assert answer.documents[0]["packet"]["hand_to"]
    assert desk.services.calls.view(call, SAM)["packet"]


def test_handing_over_without_a_call_says_what_to_do(desk: Desk) -> None:
    answer = desk.run("action_hand_over", "please take this")

    assert answer.texts[0].startswith("No call is running here.")
    assert answer.documents == []


# -- notes ------------------------------------------------------------------------


def test_a_promise_is_written_only_after_the_yes(desk: Desk, account: Account) -> None:
    before = promises(desk.services, account)
    slots = {"account_id": account.id}
    asked = desk.run(
        "action_note_promise", "put that down", slots=slots, **a_promise(desk.services)
    )

    assert asked.texts[0].startswith(f"Shall I note that {account.name} promised £120 by ")
    assert asked.slots["account_id"] == account.id
    assert promises(desk.services, account) == before

    done = desk.run("action_confirm_note", "yes", slots={**slots, **asked.slots})

    assert done.texts == [f"Noted on {account.name}: promise."]
    assert done.slots["pending_note"] is None
    assert promises(desk.services, account) == before + 1


def test_a_no_drops_the_promise(desk: Desk, account: Account) -> None:
    before = promises(desk.services, account)
    slots = {"account_id": account.id}
    asked = desk.run(
        "action_note_promise", "put that down", slots=slots, **a_promise(desk.services)
    )
    dropped = desk.run("action_drop_note", "no", slots={**slots, **asked.slots})
    late = desk.run("action_confirm_note", "yes", slots={**slots, **dropped.slots})

    assert dropped.texts[0].startswith("Not noted.")
    assert dropped.slots == {"pending_note": None}
    assert late.texts == ["There is nothing waiting to be noted."]
    assert promises(desk.services, account) == before


def test_a_promise_without_a_sum_or_day_is_asked_for(desk: Desk, account: Account) -> None:
    slots = {"account_id": account.id}
    no_sum = desk.run("action_note_promise", "note it", slots=slots, **heard("record_promise"))
    no_day = desk.run(
        "action_note_promise",
        "note it",
        slots=slots,
        **heard("record_promise", entities=(money("5"),)),
    )

    assert no_sum.texts[0].startswith("How much?")
    assert no_day.texts[0].startswith("By which day?")
    assert no_sum.slots["pending_note"] is no_day.slots["pending_note"] is None


def test_a_promise_of_more_than_is_owed_is_not_taken(desk: Desk, account: Account) -> None:
    message = a_promise(desk.services)
    message["entities"][0] = money("9999999.00")
    answer = desk.run("action_note_promise", "note", slots={"account_id": account.id}, **message)

    assert "more than the account owes" in answer.texts[0]
    assert answer.slots["pending_note"] is None


def test_a_note_that_no_longer_fits_is_refused_in_a_sentence(desk: Desk, account: Account) -> None:
    before = promises(desk.services, account)
    pending = {"promise": {"amount": "9999999", "due_on": "2020-01-01"}, "account_id": account.id}
    answer = desk.run("action_confirm_note", "yes", slots={"pending_note": pending})

    assert "more than the account owes" in answer.texts[0]
    assert promises(desk.services, account) == before


def test_a_dispute_is_written_only_after_the_yes(desk: Desk, account: Account) -> None:
    before = disputes(desk.services, account)
    number = next(i.number for i in account.invoices if i.balance.is_positive)
    found = {"entity": "invoice_number", "value": number, "text": number}
    slots = {"account_id": account.id}
    asked = desk.run(
        "action_note_dispute",
        f"log that {number} arrived damaged",
        slots=slots,
        **heard("record_dispute", entities=(found,)),
    )

    assert number in asked.texts[0]
    assert disputes(desk.services, account) == before
    done = desk.run("action_confirm_note", "yes", slots={**slots, **asked.slots})
    assert done.texts == [f"Noted on {account.name}: dispute."]
    assert disputes(desk.services, account) == before + 1


def test_a_dispute_of_an_unknown_invoice_names_the_open_ones(desk: Desk, account: Account) -> None:
    found = {"entity": "invoice_number", "value": "00000000", "text": "00000000"}
    answer = desk.run(
        "action_note_dispute",
        "log it",
        slots={"account_id": account.id},
        **heard("record_dispute", entities=(found,)),
    )

    assert answer.texts[0].startswith("Which invoice? Open are ")
    assert answer.slots["pending_note"] is None


# -- who asks ------------------------------------------------------------------------


def forged_seals() -> dict[str, str]:
    whole = sealed_by(OMAR)
    packed, _, digest = whole.partition(".")
    return {
        "missing": "",
        "nonsense": "not.sealed",
        "another key": sealed_by(SAM, key=b"another key"),
        "old": sealed_by(SAM, ago=121),
        "cut": whole[:-1],
        "claims of another": f"{packed}.{sealed_by(SAM).partition('.')[2]}",
        "no digest": packed,
        "only a digest": f".{digest}",
    }


@pytest.mark.parametrize("name", DOMAIN["actions"])
@pytest.mark.parametrize("kind", forged_seals())
def test_a_forged_missing_or_old_seal_is_refused(
    desk: Desk, account: Account, name: str, kind: str
) -> None:
    before = promises(desk.services, account)
    day = desk.services.clock.today().isoformat()
    slots = {
        "account_id": account.id,
        "pending_note": {"promise": {"amount": "1.00", "due_on": day}, "account_id": account.id},
    }
    try:
        answer = desk.run(
            name, account.name, sealed=forged_seals()[kind], slots=slots, **heard("ask_brief")
        )
    except ForbiddenError:
        answer = Answered([REFUSAL], [], {}, [])

    assert answer.texts == [REFUSAL]
    assert answer.documents == answer.responses == []
    assert answer.slots == {}
    assert promises(desk.services, account) == before


@pytest.mark.parametrize(
    "action", ["action_brief", "action_show_options", "action_show_escalation", "action_phrase"]
)
def test_another_collector_s_account_is_not_found(
    desk: Desk, account: Account, action: str
) -> None:
    by_name = desk.run(action, f"what about {account.name}?", viewer=PRIYA)
    by_slot = desk.run(action, "they won't pay", viewer=PRIYA, slots={"account_id": account.id})

    for answer in (by_name, by_slot):
        assert account.name not in " ".join(answer.texts)
        assert account.id not in str(answer.documents)
        assert answer.slots.get("account_id") != account.id


def test_another_collector_cannot_confirm_a_note(desk: Desk, account: Account) -> None:
    before = promises(desk.services, account)
    slots = {"account_id": account.id}
    asked = desk.run(
        "action_note_promise", "put that down", slots=slots, **a_promise(desk.services)
    )

    answer = desk.run("action_confirm_note", "yes", viewer=PRIYA, slots={**slots, **asked.slots})

    assert len(answer.texts) == 1
    assert account.name not in answer.texts[0]
    assert promises(desk.services, account) == before


def test_another_collector_s_call_is_not_found(desk: Desk, call: str) -> None:
    turn = a_turn(desk.services, call, "no")

    with pytest.raises(NotFoundError):
        desk.run("action_advise", "no", viewer=PRIYA, call=call, turn=turn, **heard("refusal"))
    answer = desk.run("action_hand_over", "mine now", viewer=PRIYA, call=call)

    assert (len(answer.texts), answer.documents) == (1, [])
    assert desk.services.calls.view(call, SAM)["turns"][0]["advice"] is None
    assert desk.services.calls.view(call, SAM)["packet"] is None


def test_a_supervisor_sees_every_account(desk: Desk, account: Account) -> None:
    answer = desk.run("action_brief", f"brief me on {account.name}", viewer=OMAR)

    assert account.name in answer.texts[0]
    assert answer.slots == {"account_id": account.id}
