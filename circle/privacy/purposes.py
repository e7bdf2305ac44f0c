"""Purposes of processing: the table behind the privacy page, consents and retention.

Each app names its purposes by the hook `purposes`; a test asserts that every column about a person has one.
"""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from circle.hooks import hook_functions
from circle.models import Rule


class Basis(models.TextChoices):
    """Personal Information Protection Law, article 13."""

    ASKED = "asked", _("what you asked us to do")
    DUTY = "duty", _("a duty of the community by law")
    CONSENT = "consent", _("your consent")


@dataclass(frozen=True)
class Purpose:
    """Why which columns are stored, on what basis, and for how long.

    `rule` is the kind of legal parameter with the days, `ends` says from when they count. `stale` finds rows
    of a community older than a moment, `forget` deletes them or takes the person out of them.
    """

    code: str
    title: Any
    why: Any
    what: Any
    basis: Basis
    columns: Mapping[str, Sequence[str]]
    ends: Any
    rule: str = ""
    consent: Any = ""  # the sentence consented to; `version` goes up with each change of it
    version: int = 1
    is_sensitive: bool = False
    is_about_children: bool = False
    stale: Callable[[int, dt.datetime], QuerySet[Any]] | None = field(default=None, repr=False)
    forget: Callable[[QuerySet[Any], dt.datetime], int] | None = field(default=None, repr=False)

    @property
    def needs_consent(self) -> bool:
        return bool(self.consent)


def all_purposes() -> list[Purpose]:
    return [purpose for named in hook_functions("purposes") for purpose in named()]


def purpose_of(code: str) -> Purpose:
    return next(purpose for purpose in all_purposes() if purpose.code == code)


def purposes_with_rules(purposes: Sequence[Purpose], on: dt.date) -> list[tuple[Purpose, Rule | None]]:
    """Each with its rule in force on that day, or None; one query."""
    rows = Rule.objects.filter(kind__in=[each.rule for each in purposes if each.rule], valid_from__lte=on)
    latest = {row.kind: row for row in rows.order_by("valid_from")}
    return [(each, latest.get(each.rule)) for each in purposes]
