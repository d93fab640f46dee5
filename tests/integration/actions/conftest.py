"""The services that the actions wire themselves, over a seeded home, and an account of Sam's."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from rasa_sdk.executor import ActionExecutor

from actions import _doorway
from bot.bootstrap import Services
from bot.cli.demo import demo_sign_ins
from bot.core.account import Account
from bot.settings import Settings
from tests.integration.actions.desk import (
    KEY,
    ROOT,
    SAM,
    Desk,
    accounts_of,
)


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
