"""Signatures between our own processes: nobody who merely reaches a port can speak to them."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta
from typing import Any

#: How long a signed request is good for.
LIFETIME = timedelta(seconds=60)


def sign(key: bytes, body: bytes, at: datetime) -> str:
    """Sign a body at an instant; the result goes into one header."""
    stamp = str(int(at.timestamp()))
    return f"{stamp}.{_digest(key, stamp.encode() + b'.' + body)}"


def is_signed(key: bytes, body: bytes, signature: str, now: datetime) -> bool:
    """Whether the signature fits the body and is not older (or newer) than its lifetime."""
    stamp, _, digest = signature.partition(".")
    if not (stamp.isascii() and stamp.isdigit() and len(stamp) <= 10):
        return False
    made = datetime.fromtimestamp(int(stamp), UTC)
    if abs(now - made) > LIFETIME:
        return False
    return _fits(digest, _digest(key, stamp.encode() + b"." + body))


def seal(key: bytes, claims: dict[str, Any], now: datetime) -> str:
    """Put claims (who, which call, which turn) into a text that only we can have made."""
    body = {**claims, "until": int((now + LIFETIME).timestamp())}
    packed = base64.urlsafe_b64encode(json.dumps(body, separators=(",", ":")).encode())
    return f"{packed.decode()}.{_digest(key, packed)}"


def unseal(key: bytes, sealed: str, now: datetime) -> dict[str, Any] | None:
    """Read sealed claims; None when they are not ours or too old."""
    packed, _, digest = sealed.partition(".")
    if not _fits(digest, _digest(key, packed.encode(errors="replace"))):
        return None
    claims: dict[str, Any] = json.loads(base64.urlsafe_b64decode(packed))
    return claims if now.timestamp() <= claims["until"] else None


def _fits(given: str, right: str) -> bool:
    # As bytes: a stranger may send letters that `compare_digest` refuses in text.
    return hmac.compare_digest(given.encode(errors="replace"), right.encode())


def _digest(key: bytes, body: bytes) -> str:
    return hmac.new(key, body, hashlib.sha256).hexdigest()
