"""Random codes that people can read aloud, copy from paper and type without mistakes."""

import re
import secrets
import unicodedata
import uuid

# 30 signs: no 0 O 1 I L, and no U, which is misheard as V on the phone.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_code(length: int = 8) -> str:
    """A random code; 8 signs give 6.6e11 possibilities, so a guess is hopeless behind a rate limit."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def short_code() -> str:
    """The default of short-link columns (posters): six signs are short enough to type from paper."""
    return new_code(6)


def typed_code(text: str) -> str:
    """A code as people type it: small letters, blanks, hyphens, full-width signs."""
    return re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", text)).upper()


def parse_uuids(text: str) -> list[uuid.UUID]:
    """The public code in an address or a form, as a list for `code__in`: empty where it is no code at all."""
    try:
        return [uuid.UUID(text)]
    except ValueError:
        return []
