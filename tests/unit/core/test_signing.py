"""Nobody but our own processes can make a request or say who is asking."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime, timedelta

import pytest

from bot.core.signing import LIFETIME, is_signed, seal, sign, unseal

KEY = b"shared key"
BODY = b'{"text": "hello"}'
NOW = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
CLAIMS = {"user": "usr_sam", "role": "collector", "call": "call_1", "turn": None}

#: What a stranger may put into a header or a document.
RUBBISH = (
    "",
    ".",
    "..",
    "abc",
    "12345",
    "12345.",
    ".abc",
    "-5.abc",
    "1e9.abc",
    "9" * 12 + ".abc",
    "9" * 400 + ".abc",
    "²³.abc",
    "١٢٣.abc",
    f"{int(NOW.timestamp())}.é",
    f"{int(NOW.timestamp())}.💥",
    "\x00.\x00",
    "\ud800.\ud800",
)


def test_what_was_signed_is_signed() -> None:
    assert is_signed(KEY, BODY, sign(KEY, BODY, NOW), NOW)


@pytest.mark.parametrize("off", [-LIFETIME, timedelta(), LIFETIME])
def test_a_signature_holds_for_its_lifetime_either_way(off: timedelta) -> None:
    assert is_signed(KEY, BODY, sign(KEY, BODY, NOW), NOW + off)


@pytest.mark.parametrize("off", [-LIFETIME * 2, LIFETIME + timedelta(seconds=1)])
def test_an_old_or_early_signature_does_not_hold(off: timedelta) -> None:
    assert not is_signed(KEY, BODY, sign(KEY, BODY, NOW), NOW + off)


def test_another_key_or_body_does_not_fit() -> None:
    signature = sign(KEY, BODY, NOW)

    assert not is_signed(b"other", BODY, signature, NOW)
    assert not is_signed(KEY, BODY + b" ", signature, NOW)
    assert not is_signed(KEY, b"", signature, NOW)


def test_the_stamp_is_part_of_what_is_signed() -> None:
    stamp, _, digest = sign(KEY, BODY, NOW - LIFETIME * 3).partition(".")
    renewed = f"{int(stamp) + 180}.{digest}"

    assert not is_signed(KEY, BODY, renewed, NOW)


@pytest.mark.parametrize("signature", RUBBISH)
def test_rubbish_is_no_signature_and_no_crash(signature: str) -> None:
    assert is_signed(KEY, BODY, signature, NOW) is False


def test_sealed_claims_come_back() -> None:
    claims = unseal(KEY, seal(KEY, CLAIMS, NOW), NOW + LIFETIME)

    assert claims is not None
    assert {name: claims[name] for name in CLAIMS} == CLAIMS


def test_an_old_seal_is_broken() -> None:
    assert unseal(KEY, seal(KEY, CLAIMS, NOW), NOW + LIFETIME + timedelta(seconds=1)) is None


def test_another_key_breaks_the_seal() -> None:
    assert unseal(b"other", seal(KEY, CLAIMS, NOW), NOW) is None


def test_claims_cannot_be_exchanged_under_a_seal() -> None:
    _, _, digest = seal(KEY, CLAIMS, NOW).partition(".")
    forged = {**CLAIMS, "role": "admin", "until": int(NOW.timestamp()) + 9_999}
    packed = base64.urlsafe_b64encode(json.dumps(forged).encode()).decode()

    assert unseal(KEY, f"{packed}.{digest}", NOW) is None


def test_claims_cannot_set_their_own_end() -> None:
    sealed = seal(KEY, {**CLAIMS, "until": 9_999_999_999}, NOW)

    assert unseal(KEY, sealed, NOW + LIFETIME * 2) is None


@pytest.mark.parametrize("sealed", RUBBISH)
def test_rubbish_is_no_seal_and_no_crash(sealed: str) -> None:
    assert unseal(KEY, sealed, NOW) is None
