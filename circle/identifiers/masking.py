"""Masks names, phones and ID numbers where the whole is not needed."""

import re

STARS = "*"
# A note in brackets after a name, such as（演示）, is not masked.
NOTE = re.compile(r"\s*[（(].*$", re.DOTALL)


def mask_phone(number: str) -> str:
    """138****8000: enough to recognise one's own number, too little to dial it."""
    if len(number) >= 11:
        return f"{number[:3]}****{number[-4:]}"
    return f"****{number[-4:]}" if len(number) >= 8 else "****"


def mask_address(text: str) -> str:
    """w***@example.org; of anything but an e-mail address the first and the last character."""
    name, at, host = text.rpartition("@")
    return f"{name[:1]}***@{host}" if at else f"{text[:1]}***{text[-1:]}"


def mask_id(number: str) -> str:
    """For staff lists only: 520115********0027, or of other papers the last three characters.

    The eight in the middle are the birthday. The mask has a fixed length, which hides that of the number.
    """
    if len(number) == 18:
        return f"{number[:6]}********{number[-4:]}"
    return f"********{number[-3:]}" if len(number) >= 6 else "********"


def mask_name(name: str) -> str:
    """王*兰, 王*; of a name in Latin letters the first letter of each word."""
    note = NOTE.search(name)
    bare, rest = (name[: note.start()], name[note.start() :]) if note else (name, "")
    return " ".join(_mask_word(word) for word in bare.split()) + rest


def _mask_word(word: str) -> str:
    if len(word) < 2:
        return STARS
    if word.isascii():
        return f"{word[0]}***"
    return f"{word[0]}{STARS * max(1, len(word) - 2)}{word[-1] if len(word) > 2 else ''}"
