"""Whether a login has matters in the apps: one query for a page that shows them all."""

from typing import Any

from circle.hooks import hook_functions, join_tables
from circle.models import User
from circle.models.read_once import read_once


def facts_of_login(user: User) -> dict[str, Any]:
    """What the hook `own_matters` of each app asks about this login, by the app's own names."""

    def read() -> dict[str, Any]:
        asked = join_tables(ask(user) for ask in hook_functions("own_matters"))
        own: Any = User.objects.filter(pk=user.pk).values(**asked)
        found: dict[str, Any] = own.get()
        return found

    return read_once(("facts_of_login", user.pk), read)
