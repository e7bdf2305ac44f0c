"""Merges two rows of one person. The rows of every app that point at the duplicate move.

The relations are read from the models, so that none can be forgotten; append-only rows remain.
"""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from circle.actions.consents import settle_consents
from circle.actions.mandates import revoke_mandate
from circle.audit.log import record
from circle.models import AppendOnly, Mandate, Merge, MessagePreference, Resident, User
from circle.signals import residents_merging

Relation = tuple[type[models.Model], str]


def resident_relations() -> Iterator[Relation]:
    """Model and column of everything that points at a resident and may be rewritten."""
    for field in Resident._meta.get_fields(include_hidden=True):
        is_reverse = field.auto_created and not field.concrete and (field.one_to_many or field.one_to_one)
        model = field.related_model
        if is_reverse and isinstance(model, type):
            column: str = field.remote_field.name  # type: ignore[union-attr]
            if can_be_rewritten(model, column):
                yield model, column


def can_be_rewritten(model: type[models.Model], column: str) -> bool:
    """Append-only rows allow their own edits only: a consent may change its person."""
    if not issubclass(model, AppendOnly):
        return True
    return any(f"{column}_id" in edit.only for edit in model.edits)


def merge_preview(*, kept: Resident, duplicate: Resident) -> dict[str, int]:
    """The number of rows that a merge would move, by the kind's name as staff read it."""
    counts = {
        str(model._meta.verbose_name_plural): rows_of_resident(model, column, duplicate).count()
        for model, column in resident_relations()
    }
    return {name: count for name, count in counts.items() if count}


def rows_of_resident(model: type[models.Model], column: str, resident: Resident) -> "models.QuerySet[Any]":
    return model._default_manager.filter(**{column: resident})


@transaction.atomic
def merge_residents(*, kept: Resident, duplicate: Resident, at: dt.datetime, by: User) -> Merge:
    """Move the rows of `duplicate` to `kept`, and the facts that `kept` lacks. Repeating it is harmless.

    Consents move as well; of each purpose the latest decision holds.

    Refuses: merge_same, other_community, already_merged, resident_gone (one of them has died), two_papers
    (both have an ID number), merge_clash (both have a row of which there can be only one, such as a
    booking on the same day: end one of them first).
    """
    done = Merge.objects.filter(duplicate=duplicate, kept=kept).first()
    if done:
        return done
    kept, duplicate = lock_pair(kept, duplicate)
    check_mergeable(kept, duplicate)
    settle_consents([kept, duplicate], at, by)
    settle_duplicate_rows(kept, duplicate, at, by)
    residents_merging.send(sender=Resident, kept=kept, duplicate=duplicate, at=at)
    moved = {
        f"{model._meta.label_lower}.{column}": move_rows(model, column, kept, duplicate)
        for model, column in resident_relations()
    }
    take_over_facts(kept, duplicate)
    merge = Merge.objects.create(
        kept=kept, duplicate=duplicate, moved={name: n for name, n in moved.items() if n}, at=at, by=by
    )
    record(
        verb="resident_merged",
        subject=kept,
        community=kept.community_id,
        at=at,
        actor=by,
        duplicate=duplicate.pk,
        moved=merge.moved,
    )
    return merge


def lock_pair(kept: Resident, duplicate: Resident) -> tuple[Resident, Resident]:
    """Lock both rows, in the order of their keys; with the full lock no new row can point at either."""
    found = {
        row.pk: row
        for row in Resident.objects.select_for_update().filter(pk__in=[kept.pk, duplicate.pk]).order_by("pk")
    }
    return found[kept.pk], found[duplicate.pk]


def check_mergeable(kept: Resident, duplicate: Resident) -> None:
    if kept.pk == duplicate.pk:
        raise ValidationError(_("This is one and the same row."), code="merge_same")
    if kept.community_id != duplicate.community_id:
        raise ValidationError(_("This person lives in another community."), code="other_community")
    if kept.merged_into_id or duplicate.merged_into_id:
        raise ValidationError(_("This row was merged into another one already."), code="already_merged")
    if kept.died_on or duplicate.died_on:
        raise ValidationError(_("Nothing can be arranged for this person any more."), code="resident_gone")
    if kept.id_number_index and duplicate.id_number_index:
        raise ValidationError(
            _("Both have an ID number, and nobody has two. These are two people."), code="two_papers"
        )


def settle_duplicate_rows(kept: Resident, duplicate: Resident, at: dt.datetime, by: User) -> None:
    """Drop or end the duplicate's row where both have the same mandate, guardian, home or ban."""
    for mandate in duplicate.mandates_given.not_ended().select_related("principal"):
        same = {"agent": mandate.agent_id, "scope": mandate.scope, "valid_until": None}
        if mandate.valid_until is None and kept.mandates_given.filter(revoked_at=None, **same).exists():
            revoke_mandate(mandate=mandate, at=at, by=by)
    if kept.login_id:  # nobody holds a mandate for oneself
        own = Mandate.objects.filter(principal=duplicate, agent=kept.login_id, revoked_at=None)
        own.update(revoked_at=at)
    duplicate.guardianships.filter(adult__in=kept.guardianships.values("adult")).delete()
    duplicate.wards.filter(child__in=kept.wards.values("child")).delete()
    if MessagePreference.objects.filter(resident=kept).exists():
        MessagePreference.objects.filter(resident=duplicate).delete()
    for home in duplicate.residences.current() if kept.residences.current().exists() else ():
        home.moved_out_on = home.moved_in_on
        home.save(update_fields=["moved_out_on"])
    in_force = kept.acting_bans.in_force()
    double = Q(agent__in=in_force.exclude(agent=None).values("agent"))
    if in_force.filter(agent=None).exists():
        double |= Q(agent=None)
    duplicate.acting_bans.in_force().filter(double).update(lifted_at=at)


def move_rows(model: type[models.Model], column: str, kept: Resident, duplicate: Resident) -> int:
    """A model may name in `prepare_merge` what has to be done before its rows move, or why they cannot."""
    drop_doubles(model, column, kept, duplicate)
    if prepare := getattr(model, "prepare_merge", None):
        prepare(kept=kept, duplicate=duplicate)
    try:
        with transaction.atomic():
            return rows_of_resident(model, column, duplicate).update(**{column: kept})
    except IntegrityError as clash:
        raise ValidationError(
            _("Both hold something of which there can be one only (%(kind)s). End one of them first."),
            code="merge_clash",
            params={"kind": model._meta.verbose_name_plural},
        ) from clash


def drop_doubles(model: type[models.Model], column: str, kept: Resident, duplicate: Resident) -> None:
    """Rows of the duplicate that say what `kept` has as well, where the model names its `one_of_both`."""
    names = getattr(model, "one_of_both", ())
    if not names:
        return
    held = set(rows_of_resident(model, column, kept).values_list(*names))
    rows = rows_of_resident(model, column, duplicate).values_list("pk", *names)
    double = [pk for pk, *said in rows if tuple(said) in held]
    model._default_manager.filter(pk__in=double).delete()


def take_over_facts(kept: Resident, duplicate: Resident) -> None:
    """Copy the facts that `kept` lacks. The duplicate loses phone, number and login: no lookup finds it."""
    facts = {
        "born_on": duplicate.born_on,
        "building": duplicate.building,
        "household": duplicate.household,
        "login": duplicate.login,
        "id_type": duplicate.id_type,
        "id_needed_for": duplicate.id_needed_for,
        "phone": duplicate.phone,
        "id_number": duplicate.id_number,
    }
    duplicate.phone, duplicate.id_number = "", ""
    duplicate.login, duplicate.merged_into = None, kept
    duplicate.save()
    for name, value in facts.items():
        if value and not getattr(kept, name):
            setattr(kept, name, value)
    kept.save()
