"""Encryption at rest of phones and ID numbers: ciphertext to read them, a keyed hash to find them.

Both keys come from the environment and differ from SECRET_KEY, which may then change without loss of data.
"""

import hashlib
import hmac
from functools import cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.test.signals import setting_changed


@cache
def _keys() -> MultiFernet:
    return MultiFernet([Fernet(key) for key in settings.FIELD_KEYS])


def seal_text(text: str) -> str:
    """Ciphertext under the first key; different each time, so it cannot be searched for."""
    return _keys().encrypt(text.encode()).decode()


def unseal_text(token: str) -> str:
    """The text, whichever of the keys encrypted it."""
    return _keys().decrypt(token.encode()).decode()


def reseal_token(token: str) -> str:
    """The token encrypted anew under the first key; one that is under it already is returned unchanged."""
    try:
        Fernet(settings.FIELD_KEYS[0]).decrypt(token.encode())
    except InvalidToken:
        return _keys().rotate(token.encode()).decode()
    return token


def index_of(text: str) -> str:
    """A keyed hash in 64 hex digits, by which the database can compare for equality and nothing else."""
    return _index(settings.INDEX_KEY, text)


def indexes_of(text: str) -> list[str]:
    """The indexes a row may have for this text: during a change of keys also the one under the old key."""
    return [_index(key, text) for key in (settings.INDEX_KEY, settings.INDEX_KEY_BEFORE) if key]


def _index(key: str, text: str) -> str:
    return hmac.new(key.encode(), text.encode(), hashlib.sha256).hexdigest()


def _clear_key_cache(*, setting: str, **kwargs: object) -> None:
    if setting == "FIELD_KEYS":
        _keys.cache_clear()


setting_changed.connect(_clear_key_cache)
