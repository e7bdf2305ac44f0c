"""What an app offers for the forms of others: lists whose rows fill the district's workbook."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from circle.hooks import hook_functions
from circle.models import Community, User

ROW_NUMBER = "row_number"  # 1, 2, 3 …: every form has such a column


@dataclass(frozen=True)
class OfficialList:
    """`rows` gives what this user may see of the community between two days, as texts, numbers or days.

    `permission`: without it in that community the list cannot be filled in.
    """

    key: str
    label: Any
    permission: str
    fields: Mapping[str, Any]
    rows: Callable[[User, Community, dt.date, dt.date], Iterable[Mapping[str, Any]]]

    @property
    def choices(self) -> list[tuple[str, Any]]:
        return [("", _("leave empty")), (ROW_NUMBER, _("running number")), *self.fields.items()]


def official_lists() -> dict[str, OfficialList]:
    """Of all apps: the hook `official_lists`."""
    return {each.key: each for offered in hook_functions("official_lists") for each in offered()}
