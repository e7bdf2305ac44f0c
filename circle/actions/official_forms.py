"""Forms of the district: naming their columns, and filling them with our rows."""

import datetime as dt
from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from circle.audit.log import record
from circle.models import Community, OfficialForm, User, within_posts
from circle.models.official_forms import CHANGE, VIEW
from circle.reporting.lists import OfficialList, official_lists
from circle.reporting.workbooks import filled, headings


def list_of(form: OfficialForm) -> OfficialList:
    """Refuses: unknown_list."""
    found = official_lists().get(form.list_key)
    if found is None:
        raise ValidationError(_("There is no such list."), code="unknown_list")
    return found


def has_right_in(by: User, permission: str, community: int) -> bool:
    return Community.objects.filter(within_posts(by, permission, "pk"), pk=community).exists()


@transaction.atomic
def name_columns(
    *, form: OfficialForm, head_row: int, columns: Mapping[str, str], at: dt.datetime, by: User
) -> OfficialForm:
    """Which of the list's fields goes into which column; what is left empty is left to the clerk.

    Refuses: not_allowed, unknown_list, unknown_column, no_headings.
    """
    if not has_right_in(by, CHANGE, form.community_id):
        raise not_allowed()
    known = {key for key, _label in list_of(form).choices if key}
    there = headings(bytes(form.workbook), head_row)
    named = {letter: key for letter, key in columns.items() if key}
    if named.keys() - there.keys() or set(named.values()) - known:
        raise ValidationError(_("There is no such column."), code="unknown_column")
    form.head_row, form.columns, form.changed_at, form.changed_by = head_row, named, at, by
    form.save(update_fields=["head_row", "columns", "changed_at", "changed_by"])
    record(
        verb="official_form_named",
        subject=form,
        community=form.community_id,
        at=at,
        actor=by,
        columns=len(named),
    )
    return form


@transaction.atomic
def fill_form(*, form: OfficialForm, first: dt.date, last: dt.date, at: dt.datetime, by: User) -> bytes:
    """The workbook with the rows that this user may see. That it was filled is recorded; no copy is kept.

    Refuses: not_allowed, unknown_list, no_columns.
    """
    source = list_of(form)
    if not (
        has_right_in(by, VIEW, form.community_id) and has_right_in(by, source.permission, form.community_id)
    ):
        raise not_allowed()
    if not form.columns:
        raise ValidationError(_("Name the columns of the form first."), code="no_columns")
    rows = source.rows(by, form.community, first, last)
    data, count = filled(bytes(form.workbook), form.head_row, form.columns, rows)
    record(
        verb="official_form_filled",
        subject=form,
        community=form.community_id,
        at=at,
        actor=by,
        list=form.list_key,
        rows=count,
        first=first.isoformat(),
        last=last.isoformat(),
    )
    return data


def not_allowed() -> ValidationError:
    return ValidationError(_("Your post does not allow that."), code="not_allowed")
