"""Check digits of the numbers that must never be kept: cards, bank accounts, US routing numbers."""

from __future__ import annotations

#: How long an IBAN is, by country.
IBAN_LENGTH = {
    code: int(length)
    for code, length in (
        pair.split(":")
        for pair in [
            "AD:24",
            "AE:23",
            "AT:20",
            "BE:16",
            "BG:22",
            "CH:21",
            "CY:28",
            "CZ:24",
            "DE:22",
            "DK:18",
            "EE:20",
            "ES:24",
            "FI:18",
            "FR:27",
            "GB:22",
            "GI:23",
            "GR:27",
            "HR:21",
            "HU:28",
            "IE:22",
            "IL:23",
            "IS:26",
            "IT:27",
            "LI:21",
            "LT:20",
            "LU:20",
            "LV:21",
            "MC:27",
            "MT:31",
            "NL:18",
            "NO:15",
            "PL:28",
            "PT:25",
            "RO:24",
            "RS:22",
            "SA:24",
            "SE:24",
            "SI:19",
            "SK:24",
            "SM:27",
            "TR:26",
            "UA:29",
        ]
    )
}


def is_card_number(digits: str) -> bool:
    """Whether 13 to 19 digits are a card number: a known first digit and the Luhn sum."""
    if not 13 <= len(digits) <= 19 or digits[0] not in "23456":
        return False
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0 and len(set(digits)) > 1


def is_iban(text: str) -> bool:
    """Whether letters and digits are an IBAN of a known country with the right remainder (mod 97)."""
    code = text.upper()
    if IBAN_LENGTH.get(code[:2]) != len(code) or not code.isalnum() or not code.isascii():
        return False
    turned = code[4:] + code[:4]
    return int("".join(str(int(sign, 36)) for sign in turned)) % 97 == 1


def is_routing_number(digits: str) -> bool:
    """Whether nine digits are a US routing number (weights 3, 7, 1)."""
    if len(digits) != 9 or digits == "000000000":
        return False
    return sum(int(d) * w for d, w in zip(digits, (3, 7, 1) * 3, strict=True)) % 10 == 0


def is_social_security_number(digits: str) -> bool:
    """Whether nine digits may be a US social security number: no part is one that is never given out."""
    area, group, serial = digits[:3], digits[3:5], digits[5:]
    return area not in ("000", "666") and area[0] != "9" and group != "00" and serial != "0000"
