"""A round of places: opened with a commitment, closed with a list, drawn with balls, published."""

import datetime as dt
import secrets
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from childcare.actions.rules import notify_guardians
from childcare.models import Application, DrawResult, EntryChild, NurseryClass, Round, RoundEntry, drawing
from circle.audit.log import record
from circle.booking.transitions import change_status
from circle.calendar import legal_parameters
from circle.identifiers.encryption import seal_text
from circle.models import User

Status = Round.Status
POSTED = "nursery_draw_posted"
LOTS = range(1000, 10_000)
MOST_CHOICES = 3
MOST_CHILDREN = 4
VALUE_LENGTH = 40


@transaction.atomic
def open_round(*, nursery_round: Round, at: dt.datetime, by: User) -> Round:
    """Households may enter. The secret is drawn and sealed now, and its SHA-256 published.

    Refuses: no_places, other_nursery (of a round of one nursery), already_open, not_possible.
    """
    if not nursery_round.places.exists():
        raise ValidationError(_("Say first how many places of which class it gives away."), code="no_places")
    foreign = nursery_round.places.exclude(nursery_class__facility=nursery_round.facility_id)
    if nursery_round.facility_id and foreign.exists():
        raise ValidationError(_("This round is of another nursery than the class."), code="other_nursery")
    secret = secrets.token_hex(32)
    fixed: dict[str, Any] = {"secret_sealed": seal_text(secret), "commitment": drawing.sha256(secret)}
    details = {"commitment": fixed["commitment"]}
    change_round(nursery_round, "round_opened", Status.PLANNED, Status.OPEN, at, by, details=details, **fixed)
    return nursery_round


@transaction.atomic
def enter_round(
    *,
    nursery_round: Round,
    applications: Sequence[Application],
    choices: Sequence[Sequence[NurseryClass]],
    tier: int,
    mode: str,
    at: dt.datetime,
    by: User,
) -> RoundEntry:
    """A household with one checked application for each child enters under a lot of its own.

    `choices` in the order of its wish, each with one class for each child, in the order of `applications`.
    Refuses: not_open, not_verified, not_one_household, choices_wrong, tier_unknown, wrong_age, not_in_round
    (a class without places in the round), already_entered, no_lot.
    """
    lock_open_round(nursery_round)
    check_entry(nursery_round, applications, choices, tier, mode)
    entry = create_entry(nursery_round, applications, choices, tier, mode, at)
    record_entry(entry, applications, at, by)
    return entry


def check_entry(
    nursery_round: Round,
    applications: Sequence[Application],
    choices: Sequence[Sequence[NurseryClass]],
    tier: int,
    mode: str,
) -> None:
    check_household(applications)
    check_choices(nursery_round, applications, choices)
    if tier not in RoundEntry.Tier.values or mode not in RoundEntry.Mode.values:
        raise ValidationError(_("Choose one of the answers."), code="tier_unknown")


def create_entry(
    nursery_round: Round,
    applications: Sequence[Application],
    choices: Sequence[Sequence[NurseryClass]],
    tier: int,
    mode: str,
    at: dt.datetime,
) -> RoundEntry:
    """Refuses: already_entered, no_lot."""
    text = " ".join("+".join(group.code for group in choice) for choice in choices)
    try:
        with transaction.atomic():
            entry = RoundEntry.objects.create(
                round=nursery_round,
                lot=free_lot(nursery_round),
                tier=tier,
                mode=mode,
                choices=text,
                entered_at=at,
            )
            EntryChild.objects.bulk_create(
                EntryChild(round=nursery_round, entry=entry, application=each, number=number)
                for number, each in enumerate(applications, start=1)
            )
    except IntegrityError as clash:
        raise ValidationError(_("This child is in the round already."), code="already_entered") from clash
    return entry


def record_entry(
    entry: RoundEntry,
    applications: Sequence[Application],
    at: dt.datetime,
    by: User,
    *,
    verb: str = "application_entered_round",
    **details: Any,
) -> None:
    details |= {"lot": entry.lot, "tier": entry.tier}
    for each in applications:
        record_round(verb, entry.round, at, by, application=each.pk, **details)


@transaction.atomic
def leave_round(*, entry: RoundEntry, at: dt.datetime, by: User) -> None:
    """Before the list is closed; afterwards a household that withdraws declines its place.

    Refuses: not_open.
    """
    lock_open_round(entry.round)
    record_round("application_left_round", entry.round, at, by, lot=entry.lot)
    entry.delete()


@transaction.atomic
def close_round(*, nursery_round: Round, at: dt.datetime, by: User) -> Round:
    """The list is fixed and published with its SHA-256; nobody enters any more.

    Refuses: no_entries, already_closed, not_possible.
    """
    lock_round(nursery_round)
    households = households_of(nursery_round)
    if not households:
        raise ValidationError(_("No household has entered this round."), code="no_entries")
    digest = drawing.sha256(drawing.list_of(households))
    fixed: dict[str, Any] = {"digest": digest}
    change_round(
        nursery_round, "round_closed", Status.OPEN, Status.CLOSED, at, by, details=dict(fixed), **fixed
    )
    return nursery_round


@transaction.atomic
def type_value(*, nursery_round: Round, value: str, at: dt.datetime, by: User) -> Round:
    """The numbers of the balls, as residents drew them at the council; a second person types them again.

    Where the two differ, both begin anew.
    Refuses: value_missing, same_person, value_differs, already_sealed, not_possible (the list is not closed).
    """
    value = " ".join(value.split())[:VALUE_LENGTH]
    if not value:
        raise ValidationError(_("Type the numbers of the balls, in their order."), code="value_missing")
    row = lock_round(nursery_round)
    if row.status != Status.CLOSED or not row.value:
        to, verb = Status.CLOSED, "round_value_typed"
        fields: dict[str, Any] = {"value": value, "value_by": by}
    elif row.value_by_id == by.pk:
        raise ValidationError(_("Another person types the numbers a second time."), code="same_person")
    elif row.value != value:
        Round.objects.filter(pk=row.pk).update(value="", value_by=None)
        nursery_round.refresh_from_db()
        record_round("round_value_differed", nursery_round, at, by)
        return nursery_round
    else:
        to, verb, fields = Status.SEALED, "round_sealed", {"confirmed_by": by}
    change_round(nursery_round, verb, Status.CLOSED, to, at, by, may_stay=True, **fields)
    return nursery_round


@transaction.atomic
def draw_round(*, nursery_round: Round, at: dt.datetime, by: User) -> Round:
    """Every household gets its position and its places; the same on every machine.

    Refuses: list_changed (the rows are not those of the closing), already_drawn, not_possible.
    """
    row = lock_round(nursery_round)
    households = households_of(nursery_round)
    if row.status == Status.SEALED and drawing.sha256(drawing.list_of(households)) != row.digest:
        raise ValidationError(_("The list is not the one that was published."), code="list_changed")
    seed = drawing.seed_of(row.secret, row.digest, row.value)
    change_round(nursery_round, "round_drawn", Status.SEALED, Status.DRAWN, at, by, seed=seed)
    entries = {entry.lot: entry for entry in nursery_round.entries.all()}
    DrawResult.objects.bulk_create(
        DrawResult(
            round=nursery_round,
            entry=entries[line.lot],
            position=line.position,
            ticket=line.ticket,
            outcome=line.outcome,
            classes="+".join(line.classes),
        )
        for line in drawing.draw(households, places_of(nursery_round), seed)
    )
    return nursery_round


@transaction.atomic
def publish_round(*, nursery_round: Round, at: dt.datetime, by: User) -> Round:
    """Secret, list and result become public, for the days of the rule, with the phone for objections.

    Refuses: draw_wrong (`verify` finds something), already_published, not_possible.
    """
    if nursery_round.status == Status.DRAWN and (wrong := find_faults(nursery_round)):
        raise ValidationError(wrong[0], code="draw_wrong")
    change_round(nursery_round, "round_published", Status.DRAWN, Status.PUBLISHED, at, by, published_at=at)
    tell_households(nursery_round, at)
    return nursery_round


def tell_households(nursery_round: Round, at: dt.datetime) -> None:
    """Each guardian of a child in the round, with the lot: what it gave stands in the published list."""
    rows = EntryChild.objects.filter(round=nursery_round).select_related(
        "entry", "application__community", "application__child", "application__guardian__login"
    )
    for row in rows.order_by("entry", "number"):
        notify_guardians(
            row.application,
            "round_published",
            at,
            dedupe=f"round_published:{row.pk}",
            lot=str(row.entry.lot),
            phone=row.application.community.phone,
        )


@transaction.atomic
def settle_round(*, nursery_round: Round, at: dt.datetime, by: User) -> Round:
    """The days for objections are over and whoever has a place was offered it.

    Refuses: too_early, rule_missing, offers_missing, already_settled, not_possible.
    """
    if nursery_round.status == Status.PUBLISHED and nursery_round.published_at:
        days = legal_parameters.rule_value(POSTED, "days", on=localdate(at))
        until = localdate(nursery_round.published_at) + dt.timedelta(days=days)
        if localdate(at) < until:
            raise ValidationError(
                _("The result is posted for objections until %(day)s."),
                code="too_early",
                params={"day": date_format(until, "DATE_FORMAT")},
            )
        placed = Q(entry__result__outcome=drawing.PLACED, application__status=Application.Status.VERIFIED)
        if EntryChild.objects.filter(placed, round=nursery_round).exists():
            raise ValidationError(
                _("Some children with a place have not been offered it yet."), code="offers_missing"
            )
    change_round(nursery_round, "round_settled", Status.PUBLISHED, Status.SETTLED, at, by)
    return nursery_round


# What these share -------------------------------------------------------------------------------------------


def lock_round(nursery_round: Round) -> Round:
    return Round.objects.select_for_update(no_key=True, of=("self",)).get(pk=nursery_round.pk)


def lock_open_round(nursery_round: Round) -> None:
    if lock_round(nursery_round).status != Status.OPEN:
        raise ValidationError(_("This round takes nobody at the moment."), code="not_open")


def change_round(
    nursery_round: Round,
    verb: str,
    before: str,
    to: str,
    at: dt.datetime,
    by: User,
    *,
    may_stay: bool = False,
    details: dict[str, Any] | None = None,
    **fields: Any,
) -> None:
    if may_stay and before == to:
        if not Round.objects.filter(pk=nursery_round.pk, status=before).update(**fields):
            nursery_round.refresh_from_db()
            raise ValidationError(_("The list of this round is not closed."), code="not_possible")
        nursery_round.refresh_from_db()
        record_round(verb, nursery_round, at, by)
        return
    change_status(
        nursery_round, verb=verb, allowed=[before], to=to, at=at, by=by, details=details or {}, **fields
    )


def record_round(verb: str, nursery_round: Round, at: dt.datetime, by: User, **details: Any) -> None:
    record(verb=verb, subject=nursery_round, community=nursery_round.community_id, at=at, actor=by, **details)


def check_household(applications: Sequence[Application]) -> None:
    rows = Application.objects.filter(pk__in=[each.pk for each in applications])
    if not 1 <= len(applications) <= MOST_CHILDREN or rows.count() != len(applications):
        raise ValidationError(_("Choose the children of one household."), code="not_one_household")
    if rows.exclude(status=Application.Status.VERIFIED).exists():
        raise ValidationError(_("Only checked applications enter a round."), code="not_verified")
    if rows.values("guardian").distinct().count() != 1:
        raise ValidationError(_("Choose the children of one household."), code="not_one_household")


def check_choices(
    nursery_round: Round, applications: Sequence[Application], choices: Sequence[Sequence[NurseryClass]]
) -> None:
    given = set(nursery_round.places.values_list("nursery_class", flat=True))
    is_whole = all(len(choice) == len(applications) for choice in choices)
    if not 1 <= len(choices) <= MOST_CHOICES or not is_whole:
        raise ValidationError(_("Choose a class for each child."), code="choices_wrong")
    for choice in choices:
        for application, group in zip(applications, choice, strict=True):
            if group.pk not in given:
                raise ValidationError(_("This class has no places in the round."), code="not_in_round")
            born_on = application.child.born_on if application.child else None
            first = application.start_on
            if born_on is None or first is None or not group.takes(born_on, first):
                raise ValidationError(_("The child has not the age of this class."), code="wrong_age")


def free_lot(nursery_round: Round) -> int:
    """Refuses: no_lot."""
    taken = set(nursery_round.entries.values_list("lot", flat=True))
    free = [number for number in LOTS if number not in taken]
    if not free:
        raise ValidationError(_("The round is full of households."), code="no_lot")
    return secrets.choice(free)


def households_of(nursery_round: Round) -> list[drawing.Household]:
    """Of the list as it was closed: late ones are not in it."""
    return [entry.as_household() for entry in nursery_round.entries.filter(late=None).order_by("lot")]


def places_of(nursery_round: Round) -> dict[str, int]:
    rows = nursery_round.places.select_related("nursery_class")
    return {row.nursery_class.code: row.places for row in rows}


# Verified ---------------------------------------------------------------------------------------------------


def find_faults(nursery_round: Round) -> list[str]:
    """What does not follow from the published values; an empty list where everything does."""
    households = households_of(nursery_round)
    found = []
    if drawing.sha256(nursery_round.secret) != nursery_round.commitment:
        found.append("the secret is not the one of the opening")
    if drawing.sha256(drawing.list_of(households)) != nursery_round.digest:
        found.append("the list is not the one of the closing")
    if drawing.seed_of(nursery_round.secret, nursery_round.digest, nursery_round.value) != nursery_round.seed:
        found.append("the seed does not follow from secret, list and balls")
    lines = drawing.draw(households, places_of(nursery_round), nursery_round.seed)
    drawn = [(line.position, line.lot, line.ticket, line.outcome) for line in lines]
    kept = nursery_round.results.select_related("entry").order_by("position")
    if drawn != [(row.position, row.entry.lot, row.ticket, row.outcome) for row in kept]:
        found.append("the results are not those of the draw")
    if ["+".join(line.classes) for line in lines] != [row.classes for row in kept]:
        found.append("the places are not those of the draw")
    return found
