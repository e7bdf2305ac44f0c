"""What staff do with a notice of a right, and who was not reached, by grid."""

from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from circle.backoffice.post_permissions import within_reach
from circle.backoffice.row_actions import RowAction, RowForm, action_table, is_in, pass_row_as
from circle.forms.dates import DayField
from circle.models import Building, Grid, Message, Resident, User, Via, within_posts
from circle.permissions.on_behalf import can_act_as_staff
from eldercare import actions
from eldercare.actions.right_answers import papers_held, papers_wanted
from eldercare.models import Right, RightNotice
from eldercare.models.right_notices import NEAR, NOTICE_CHANGE, NOTICE_VIEW, RightNoticeQuerySet
from eldercare.models.rights import RightTerms

SLIP = "slip"
MOST_ROWS = 400
Status = RightNotice.Status


class AnswerForm(RowForm):
    """How the answer came; a grid worker has it at the door alone."""

    how = forms.ChoiceField(label=_("How did they tell us?"))

    def __init__(self, *args: Any, row: RightNotice, user: User | None = None, **kwargs: Any) -> None:
        super().__init__(*args, row=row, **kwargs)
        ways = [Via.DOOR] if is_at_door(row, user) else [Via.PHONE, Via.WINDOW]
        choices = [(way.value, way.label) for way in ways]
        self.fields["how"].choices = [*choices, (SLIP, _("signed on the slip"))]  # type: ignore[attr-defined]


def is_at_door(row: RightNotice, user: User | None) -> bool:
    """Of who has a post for the grid, and none for the community."""
    return user is not None and not can_act_as_staff(user, row.resident, Via.PHONE, NOTICE_CHANGE)


def say_yes(row: RightNotice, *, how: str, at: Any, by: User) -> RightNotice:
    return actions.accept_right(notice=row, at=at, by=by, **channel(row, how, by))


def say_no(row: RightNotice, *, how: str, at: Any, by: User) -> RightNotice:
    return actions.decline_right(notice=row, at=at, by=by, **channel(row, how, by))


def channel(row: RightNotice, how: str, by: User) -> dict[str, Any]:
    if how != SLIP:
        return {"via": how}
    return {"via": Via.DOOR if is_at_door(row, by) else Via.WINDOW, "is_on_paper": True}


RIGHT_ACTIONS = action_table(
    NOTICE_CHANGE,
    RowAction(
        "accept",
        _("They want it"),
        say_yes,
        is_in(Status.TOLD, Status.DECLINED),
        form=AnswerForm,
        sentence=_("An errand is opened with what we hold already."),
    ),
    RowAction(
        "decline",
        _("They do not want it"),
        say_no,
        is_in(Status.TOLD),
        form=AnswerForm,
        sentence=_("Nobody asks them about it again; they may still change their mind."),
    ),
)


class CardForm(RowForm):
    """Which card, and its last day; the row is the resident."""

    right = forms.ModelChoiceField(Right.objects.none(), label=_("card"))
    ends_on = DayField(label=_("last day"))

    def __init__(self, *args: Any, row: Resident, **kwargs: Any) -> None:
        super().__init__(*args, row=row, **kwargs)
        cards = Right.objects.filter(sort=Right.Sort.CARD, is_active=True, is_announced=True)
        self.fields["right"].queryset = cards.filter(community=row.community_id)  # type: ignore[attr-defined]


NOTE_CARD = RowAction(
    "card",
    _("Note a card and its last day"),
    pass_row_as("resident", actions.note_card),
    permission=NOTICE_CHANGE,
    form=CardForm,
    sentence=_("Before it ends the person is told, without having asked."),
)


@dataclass
class Slip:
    """One person who was not reached, and the message that waits."""

    row: RightNotice
    message: Message | None

    @property
    def terms(self) -> RightTerms | None:
        return self.row.right.terms_on(self.row.day)

    @property
    def held(self) -> list[str]:
        return papers_held(self.row.resident, localdate())

    @property
    def wanted(self) -> list[str]:
        return papers_wanted(self.row.right.item)


@dataclass
class GridSlips:
    grid: Grid | None
    slips: list[Slip] = field(default_factory=list)


def unreached_by_grid(request: HttpRequest) -> list[GridSlips]:
    """By grid, building and door; at most 400 people."""
    reach = within_reach(request, NOTICE_VIEW, near=NEAR)
    found = RightNotice.objects.filter(reach).open_on(localdate()).unreached().with_papers()
    rows = list(
        found.order_by(
            "resident__building__grid__code", "resident__building__code", "resident__household__door", "pk"
        )[:MOST_ROWS]
    )
    sent = Message.objects.filter(dedupe__in=[row.dedupe for row in rows])
    messages = {message.dedupe: message for message in sent}
    grids: dict[int | None, GridSlips] = {}
    for row in rows:
        home: Building | None = row.resident.building
        grid = home.grid if home else None
        slips = grids.setdefault(grid.pk if grid else None, GridSlips(grid)).slips
        slips.append(Slip(row, messages.get(row.dedupe)))
    return list(grids.values())


def unreached_notices(user: User) -> RightNoticeQuerySet:
    seen = RightNotice.objects.filter(within_posts(user, NOTICE_VIEW, near=NEAR))
    return seen.open_on(localdate()).unreached()
