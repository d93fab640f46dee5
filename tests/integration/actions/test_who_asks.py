"""An action believes only sealed claims, and shows nobody another's clients."""

from __future__ import annotations

import pytest

from bot.core.account import Account
from bot.core.errors import ForbiddenError, NotFoundError
from tests.integration.actions.desk import (
    DOMAIN,
    OMAR,
    PRIYA,
    REFUSAL,
    SAM,
    Answered,
    Desk,
    a_promise,
    a_turn,
    heard,
    promises,
    sealed_by,
)


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
