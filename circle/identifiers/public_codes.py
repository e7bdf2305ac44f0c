"""Random codes that people can read aloud, copy from paper and type without mistakes."""

import re
import secrets
import unicodedata
import uuid

# 30 characters: no 0 O 1 I L, and no U, which is misheard as V on the phone.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_code(length: int = 8) -> str:
    """A random code; 8 characters give 6.6e11 possibilities, too many to guess behind a rate limit."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def short_code() -> str:
    """The default of short-link columns (posters): six characters are short enough to type from paper."""
    return new_code(6)


def typed_code(text: str) -> str:
    """The code as stored, from one typed in lower case, full width, with blanks or hyphens."""
    return re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", text)).upper()


def parse_row_id(text: str) -> int:
    """The number of a row from an address or a form; 0, which no row has, where it is none.

    Python itself refuses to read a number of thousands of digits.
    """
    return int(text) if text.isdecimal() and len(text) < 19 else 0


def parse_uuids(text: str) -> list[uuid.UUID]:
    """The code from an address or a form, as a list for `code__in`: empty where it is no UUID."""
    try:
        return [uuid.UUID(text)]
    except ValueError:
        return []
