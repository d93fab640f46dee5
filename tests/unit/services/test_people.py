"""Rules of people: who may sign in, and what a token is worth."""

from __future__ import annotations

import pytest
from argon2 import PasswordHasher

from bot.core.coaching.advice import Role
from bot.core.errors import ConflictError, InvalidInputError, NotFoundError
from bot.services.people import People, hash_of_token
from tests.people_fakes import MovingClock, UsersAtWork, some_people

PASSWORD = "a long winter evening"


@pytest.fixture
def work() -> UsersAtWork:
    return UsersAtWork()


@pytest.fixture
def clock() -> MovingClock:
    return MovingClock()


@pytest.fixture
def people(work: UsersAtWork, clock: MovingClock) -> People:
    return some_people(work, clock)


@pytest.fixture
def amina(people: People) -> str:
    return people.add_user("amina", "Amina Osei", "collector", "junior", PASSWORD).id


def test_right_name_and_password_let_in(people: People, amina: str) -> None:
    user = people.sign_in(" Amina ", PASSWORD)

    assert user is not None
    assert amina == user.id
    assert Role.COLLECTOR is user.role


@pytest.mark.parametrize(
    ("name", "password"), [("amina", "wrong password"), ("nobody", PASSWORD), ("amina", "")]
)
def test_anything_else_keeps_out(people: People, amina: str, name: str, password: str) -> None:
    assert people.sign_in(name, password) is None


def test_somebody_who_was_switched_off_stays_out(
    people: People, amina: str, work: UsersAtWork
) -> None:
    token = people.issue_token("amina")
    work.users.change(amina, active=False)

    assert people.sign_in("amina", PASSWORD) is None
    assert people.user(amina) is None
    assert people.by_token(token) is None


def test_an_unknown_name_costs_as_many_hashes_as_a_known_one(
    work: UsersAtWork, clock: MovingClock
) -> None:
    verified: list[str] = []

    class CountingHasher(PasswordHasher):
        def verify(self, hash: str | bytes, password: str | bytes) -> bool:
            verified.append(str(password))
            return super().verify(hash, password)

    people = People(lambda: work, clock, CountingHasher(time_cost=1, memory_cost=8, parallelism=1))
    people.add_user("amina", "Amina", "collector", "junior", PASSWORD)

    people.sign_in("amina", "wrong password")
    people.sign_in("nobody", "wrong password")

    assert verified == ["wrong password"] * 2


def test_a_password_typed_on_another_keyboard_is_the_same(people: People) -> None:
    people.add_user("zoe", "Zoë", "trainer", "senior", "caf\u00e9 in winter")

    assert people.sign_in("zoe", "cafe\u0301 in winter") is not None


def test_passwords_are_stored_as_argon2id(people: People, amina: str, work: UsersAtWork) -> None:
    stored = work.users.users[amina].password_hash

    assert stored is not None
    assert stored.startswith("$argon2id$")


def test_a_hash_with_older_costs_is_renewed_at_sign_in(
    people: People, amina: str, work: UsersAtWork, clock: MovingClock
) -> None:
    before = work.users.users[amina].password_hash
    dearer = People(lambda: work, clock, PasswordHasher(time_cost=2, memory_cost=16, parallelism=1))

    assert dearer.sign_in("amina", PASSWORD) is not None
    assert before != work.users.users[amina].password_hash
    assert dearer.sign_in("amina", PASSWORD) is not None


@pytest.mark.parametrize(
    ("field", "change"),
    [
        ("name", {"name": "has space"}),
        ("name", {"name": ""}),
        ("password", {"password": "short"}),
        ("password", {"password": "x" * 1025}),
        ("seniority", {"seniority": "ancient"}),
        ("role", {"role": "king"}),
    ],
)
def test_a_person_who_cannot_be_added_is_told_which_field(
    people: People, field: str, change: dict[str, str]
) -> None:
    given = {
        "name": "amina",
        "full_name": "Amina",
        "role": "collector",
        "seniority": "junior",
        "password": PASSWORD,
    } | change

    with pytest.raises(InvalidInputError) as raised:
        people.add_user(**given)

    assert field == raised.value.field


def test_a_name_is_given_once(people: People, amina: str) -> None:
    with pytest.raises(ConflictError):
        people.add_user("AMINA", "Another", "collector", "junior", PASSWORD)


def test_a_token_names_its_user_until_it_expires(
    people: People, amina: str, clock: MovingClock
) -> None:
    token = people.issue_token("amina", days=2)

    user = people.by_token(token)
    assert user is not None
    assert amina == user.id

    clock.move(days=2, seconds=1)
    assert people.by_token(token) is None


def test_only_the_digest_of_a_token_is_kept(people: People, amina: str, work: UsersAtWork) -> None:
    token = people.issue_token("amina")

    assert [hash_of_token(token)] == list(work.users.tokens)
    assert token not in str(work.users.tokens)


@pytest.mark.parametrize("token", ["", "parley_", "parley_unknown", "x" * 10_000, "panel_abc"])
def test_a_token_that_was_never_issued_names_nobody(people: People, token: str) -> None:
    assert people.by_token(token) is None


def test_a_token_for_nobody_is_refused(people: People) -> None:
    with pytest.raises(NotFoundError):
        people.issue_token("nobody")


def test_a_viewer_carries_role_and_seniority(people: People) -> None:
    user = people.add_user("sam", "Sam Hill", "supervisor", "senior", PASSWORD)

    viewer = people.viewer(user)

    assert (user.id, "Sam Hill", Role.SUPERVISOR, "senior") == (
        viewer.user_id,
        viewer.name,
        viewer.role,
        viewer.seniority,
    )
