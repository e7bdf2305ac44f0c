"""How settings are read from the environment: a malformed variable stops the start with a sentence."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
RUNNING_TESTS = "pytest" in sys.modules

env = environ.Env()
if (BASE_DIR / ".env").exists():
    env.read_env(BASE_DIR / ".env")


def read_setting(name: str, read: Callable[..., Any], default: Any, expected: str) -> Any:
    """The variable as parsed by `read`; a malformed one stops start-up with a sentence that names it."""
    try:
        return read(name, default=default)
    except Exception as error:
        raise ImproperlyConfigured(f"The environment variable {name} is not {expected}: {error}") from error


def read_switch(name: str, default: bool) -> bool:
    """An on/off variable; a typo such as DEBUG=ture stops start-up instead of meaning "off"."""
    word = env.str(name, default="on" if default else "off").strip().lower()
    if word in ("on", "true", "yes", "1"):
        return True
    if word in ("off", "false", "no", "0", ""):
        return False
    raise ImproperlyConfigured(f"The environment variable {name} is not on or off: {word!r}")


def read_url(name: str, read: Callable[..., Any], default: str, example: str) -> Any:
    """A URL variable; an unknown scheme stops start-up, where django-environ only warns."""
    raw = env.str(name, default=default)
    if "://" not in raw:
        raise ImproperlyConfigured(f"The environment variable {name} is not a URL such as {example}")
    return read_setting(name, read, default, f"a URL such as {example}")
