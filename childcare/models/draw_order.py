"""The order of a line: as drawn, then who came later; without a draw by the day of sending in."""

import datetime as dt

from django.db.models import Case, IntegerField, OuterRef, Q, Subquery, Value, When

from childcare.models.applications import ApplicationQuerySet
from childcare.models.classes import NurseryClass
from childcare.models.late import LateEntry
from childcare.models.rounds import DrawResult, Round, RoundEntry

PUBLIC = [Round.Status.PUBLISHED, Round.Status.SETTLED]


def in_draw_order(rows: ApplicationQuerySet, group: NurseryClass) -> ApplicationQuerySet:
    """Of the latest published round with places of the class: who was drawn, with whom the law puts first
    behind the first tier; behind them whoever was in no draw. An application that was sent in anew since
    counts as one that came later."""
    rounds = Round.objects.filter(status__in=PUBLIC, places__nursery_class=group)
    latest = rounds.order_by("-published_at", "-pk").values("pk")[:1]
    of_child = {"entry__children__application": OuterRef("pk"), "round": Subquery(latest)}
    drawn = DrawResult.objects.filter(entry__entered_at__gte=OuterRef("submitted_at"), **of_child)
    legal = LateEntry.objects.filter(at__gte=OuterRef("submitted_at"), **of_child).exclude(reason="")
    annotated = rows.annotate(
        drawn_at=Subquery(drawn.values("position")[:1]),
        drawn_tier=Subquery(drawn.values("entry__tier")[:1]),
        legal_at=Subquery(legal.values("pk")[:1]),
    )
    part = Case(
        When(drawn_tier=RoundEntry.Tier.PROTECTED, then=Value(0)),
        When(legal_at__isnull=False, then=Value(1)),
        When(drawn_at__isnull=False, then=Value(2)),
        default=Value(3),
        output_field=IntegerField(),
    )
    return annotated.order_by(part, "drawn_at", "legal_at", "submitted_at", "pk")


def is_drawn_since(group: NurseryClass, since: dt.datetime) -> bool:
    """Whether a result, or a household whom the law puts first, was published after that moment."""
    rounds = Round.objects.filter(places__nursery_class=group)
    legal = Q(late__at__gt=since) & ~Q(late__reason="")
    return rounds.filter(Q(published_at__gt=since) | legal).exists()
