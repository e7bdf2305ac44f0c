"""Who can have an item done here, by how they live here."""

import datetime as dt
from dataclasses import dataclass
from typing import Any, Self

from django.db import models
from django.db.models import Exists, F, JSONField, OuterRef, Q, Subquery, Value
from django.db.models.functions import Concat, JSONObject, Lower
from django.utils.translation import gettext_lazy as _

from circle.models import Bilingual, Rule
from circle.permissions.age_bands import AgeBand
from services.models.catalogue import ServiceItem, ServiceItemQuerySet


class ResidenceRuleQuerySet(models.QuerySet["ResidenceRule"]):
    def in_force(self, on: dt.date) -> Self:
        """Of each item and status the latest row that is not after the day."""
        newer = ResidenceRule.objects.filter(
            item=OuterRef("item"),
            status=OuterRef("status"),
            valid_from__gt=OuterRef("valid_from"),
            valid_from__lte=on,
        )
        return self.filter(~Exists(newer), valid_from__lte=on)

    def done_here(self) -> Self:
        return self.exclude(answer=ResidenceRule.Answer.ELSEWHERE)


class ResidenceRule(models.Model):
    """From a day on: whether people of this status are served here, or where else."""

    class Status(models.TextChoices):
        LOCAL = "local", _("registered here")
        PERMIT = "permit", _("with a residence permit")
        LIVING = "living", _("just living here")
        OVERSEAS = "overseas", _("from Hong Kong, Macao, Taiwan or abroad")

    class Answer(models.TextChoices):
        HERE = "here", _("yes, here")
        FROM_HERE = "from_here", _("yes, it is passed on from here to the home province")
        ELSEWHERE = "elsewhere", _("not here")

    item = models.ForeignKey(
        ServiceItem, models.CASCADE, related_name="residence_rules", verbose_name=_("service item")
    )
    status = models.CharField(_("who"), max_length=10, choices=Status)
    valid_from = models.DateField(_("from"))
    answer = models.CharField(_("answer"), max_length=10, choices=Answer)
    where_zh = models.CharField(_("where else (Chinese)"), max_length=120, blank=True)
    where_en = models.CharField(_("where else (English)"), max_length=160, blank=True)
    source_zh = models.CharField(_("source (Chinese)"), max_length=200, blank=True)
    is_verified = models.BooleanField(_("verified"), default=False)

    objects = ResidenceRuleQuerySet.as_manager()

    where = Bilingual()

    class Meta:
        verbose_name = _("who is served here")
        verbose_name_plural = _("who is served here")
        ordering = ["item", "status", "-valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "status", "valid_from"],
                name="residence_rule_once_a_day",
                violation_error_message=_("There is already an answer from that day."),
            ),
            models.CheckConstraint(
                condition=~Q(answer="elsewhere") | ~Q(where_zh=""),
                name="residence_rule_no_names_the_place",
                violation_error_message=_("Say where else they can have it done."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.status} {self.valid_from}"


SHOWN = ("answer", "where_zh", "where_en", "is_verified")


def with_who_can(items: ServiceItemQuerySet, on: dt.date) -> ServiceItemQuerySet:
    """Each row with its ages and its answers by residence of that day, in the query that reads the item."""
    ages = Rule.objects.filter(kind=Concat(Value("ages-"), Lower(OuterRef("code"))), valid_from__lte=on)
    latest = ages.order_by("-valid_from")
    answers = ResidenceRule.objects.filter(item=OuterRef("pk"), valid_from__lte=on).order_by("-valid_from")
    rows = answers.values(shown=JSONObject(**{name: F(name) for name in SHOWN}))
    return items.annotate(
        age_params=Subquery(latest.values("params")[:1]),
        age_is_verified=Subquery(latest.values("is_verified")[:1]),
        **{
            f"answer_{status}": Subquery(rows.filter(status=status)[:1], output_field=JSONField())
            for status in ResidenceRule.Status.values
        },
    )


def ages_of(item: Any, on: dt.date) -> AgeBand | None:
    """Of a row of `with_who_can`."""
    if item.age_params is None:
        return None
    return AgeBand(on, item.age_params.get("from", 0), item.age_params.get("until"), item.age_is_verified)


@dataclass
class SameAnswer:
    """Those who get one answer; `rule` is of the first of them and not to be saved."""

    rule: ResidenceRule
    labels: list[Any]

    @property
    def names(self) -> str:
        return str(_(" / ")).join(str(label) for label in self.labels)


def answers_of(item: Any) -> list[SameAnswer]:
    """Of a row of `with_who_can`, as the statuses stand in the list."""
    groups: dict[str, SameAnswer] = {}
    for status in ResidenceRule.Status:
        if answer := getattr(item, f"answer_{status}"):
            rule = ResidenceRule(status=status, **answer)
            groups.setdefault(str(sorted(answer.items())), SameAnswer(rule, [])).labels.append(status.label)
    return list(groups.values())
