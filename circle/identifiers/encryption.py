"""Phones and ID numbers at rest: ciphertext to read them, a keyed hash to find them.

Both keys come from the environment and are not SECRET_KEY: that one may be changed without losing data.
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
    """Ciphertext under the first key; the same text gives another ciphertext each time."""
    return _keys().encrypt(text.encode()).decode()


def unseal_text(token: str) -> str:
    """The text again, whichever of the keys it was sealed with."""
    return _keys().decrypt(token.encode()).decode()


def reseal_token(token: str) -> str:
    """The same text under the first key; a token that is under it already stays as it is."""
    try:
        Fernet(settings.FIELD_KEYS[0]).decrypt(token.encode())
    except InvalidToken:
        return _keys().rotate(token.encode()).decode()
    return token


def index_of(text: str) -> str:
    """The same 64 hex digits for the same text: equality can be asked of the database, nothing else."""
    return _index(settings.INDEX_KEY, text)


def indexes_of(text: str) -> list[str]:
    """What a row may carry for this text: while keys change, also the index under the key before."""
    return [_index(key, text) for key in (settings.INDEX_KEY, settings.INDEX_KEY_BEFORE) if key]


def _index(key: str, text: str) -> str:
    return hmac.new(key.encode(), text.encode(), hashlib.sha256).hexdigest()


def _clear_key_cache(*, setting: str, **kwargs: object) -> None:
    if setting == "FIELD_KEYS":
        _keys.cache_clear()


setting_changed.connect(_clear_key_cache)
