"""The nursery head's desk: the board by stage, what can be done now, and an application typed in."""

import datetime as dt
from collections import Counter as Tally
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Q
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from childcare import actions
from childcare.actions.offers import MOST_DAYS, RevokeReason
from childcare.actions.waiting import ENDED, WAITING
from childcare.forms.applications import TASKS, ClassField, DayInput, TaskForm, WishForm
from childcare.models import Application, NurseryClass, Paper, PassedOver
from childcare.models.ages import months_old
from childcare.models.applications import MISSING_LENGTH
from childcare.models.classes import NurseryClassQuerySet
from circle.backoffice.row_actions import (
    RowAction,
    RowForm,
    action_table,
    available_actions,
    is_in,
    pass_row_as,
)
from circle.models import User, Via

Status = Application.Status
LATEST_SHOWN = 15  # of those enrolled: the column would otherwise only grow
ENDING = dt.timedelta(days=2)


# What can be done -------------------------------------------------------------------------------------------


class ViaForm(RowForm):
    via = forms.ChoiceField(
        label=_("How they asked"),
        choices=[(Via.WINDOW, Via.WINDOW.label), (Via.PHONE, Via.PHONE.label)],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say how they asked.")},
    )


class WishAndViaForm(WishForm):
    def __init__(self, *args: Any, row: Application, **kwargs: Any) -> None:
        super().__init__(*args, row=row, **kwargs)
        self.fields["via"] = ViaForm(row=row).fields["via"]


class MissingForm(RowForm):
    missing = forms.CharField(
        label=_("What is missing"),
        help_text=_("The guardian reads this sentence. Say what to do."),
        max_length=MISSING_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say what is missing.")},
    )


class PapersForm(RowForm):
    papers = forms.MultipleChoiceField(
        label=_("Originals that were seen"),
        choices=Paper.Kind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        papers = self.row.papers.all()
        self.initial["papers"] = [paper.kind for paper in papers if paper.seen_at]


class PlacesField(ClassField):
    def label_from_instance(self, obj: Any) -> str:
        words = obj.words | {"left": obj.left}
        return str(_("%(class)s: %(from)s to under %(below)s months, %(left)s places left") % words)


class OfferForm(RowForm):
    nursery_class = PlacesField(
        NurseryClass.objects.none(),
        label=_("Class"),
        to_field_name="code",
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose a class."),
            "invalid_choice": _("This class takes no children at the moment."),
        },
    )
    start_on = forms.DateField(
        label=_("First day"),
        widget=DayInput(),
        error_messages={
            "required": _("Enter the first day."),
            "invalid": _("Enter a date such as 2026-11-23."),
        },
    )
    days = forms.IntegerField(
        label=_("Days to answer"),
        help_text=_(
            "The offer ends at 18:00 on the last of them, or on the next day on which the nursery is open."
        ),
        min_value=1,
        max_value=MOST_DAYS,
        initial=5,
    )
    reason = forms.ChoiceField(
        label=_("If families have waited longer for this class: why is this child offered the place?"),
        choices=[("", _("nobody is passed over")), *PassedOver.Reason.choices],
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        wanted = self.row.nursery_class
        choice = self.fields["nursery_class"]
        assert isinstance(choice, forms.ModelChoiceField)  # noqa: S101 - tells the type checker
        # What was sent is judged by the action: a class that has just become full is refused as full.
        open_ones = NurseryClass.objects.public(self.row.community).open()
        choice.queryset = open_ones if self.is_bound else fitting_classes(self.row)
        self.initial["nursery_class"] = wanted.code if wanted else None
        self.initial["start_on"] = self.row.start_on
        self.fields["reason"].help_text = self.line_text(wanted)

    def line_text(self, wanted: NurseryClass | None) -> str:
        """Of the class and the day wanted; the action counts again for what is chosen."""
        if wanted is None or self.row.start_on is None:
            return ""
        ahead = len(actions.families_ahead(self.row, wanted, self.row.start_on))
        sentence = ngettext(
            "%(count)s family has waited longer for %(class)s. The reason is published, without names.",
            "%(count)s families have waited longer for %(class)s. The reason is published, without names.",
            ahead,
        )
        return sentence % {"count": ahead, "class": wanted.name} if ahead else ""


def fitting_classes(application: Application) -> NurseryClassQuerySet:
    """With a place, and for the age on the day wanted. The action asks again, of the day typed in."""
    classes = NurseryClass.objects.public(application.community).open().filter(taken__lt=F("capacity"))
    born_on = application.child.born_on if application.child else None
    if born_on is None or application.start_on is None:
        return classes
    months = months_old(born_on, application.start_on)
    return classes.filter(from_months__lte=months, below_months__gt=months)


class RevokeForm(RowForm):
    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=RevokeReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say why, in a few words.")},
    )


def is_untaken(application: Application, at: dt.datetime) -> bool:
    first_day = application.offered_start_on
    return application.status == Status.ACCEPTED and first_day is not None and first_day < localdate(at)


on_application = partial(pass_row_as, "application")
APPLICATION_ACTIONS = action_table(
    "childcare.change_application",
    RowAction(
        "verify",
        _("Checked"),
        on_application(actions.verify_application),
        is_in(Status.SUBMITTED),
        form=PapersForm,
        sentence=_(
            "Tick the originals you have seen. All four are needed, and they agree with what stands here."
        ),
    ),
    RowAction(
        "offer",
        _("Offer a place"),
        on_application(actions.offer_place),
        is_in(Status.VERIFIED),
        form=OfferForm,
        sentence=_("A place of the class is kept until the offer ends. The guardian gets a message."),
    ),
    RowAction(
        "return",
        _("Something is missing"),
        on_application(actions.send_back),
        is_in(Status.SUBMITTED, Status.VERIFIED),
        form=MissingForm,
        sentence=_("The guardian gets a message and mends it. The place in line is kept."),
    ),
    RowAction(
        "accept",
        _("Accept for them"),
        on_application(actions.accept_offer),
        is_in(Status.OFFERED),
        form=ViaForm,
        sentence=_("The guardian has said yes, on the phone or at the window."),
    ),
    RowAction(
        "decline",
        _("Decline for them"),
        on_application(actions.decline_offer),
        is_in(Status.OFFERED),
        form=ViaForm,
        sentence=_("The guardian has said no: the place becomes free for another child."),
    ),
    RowAction(
        "revoke",
        _("Take the offer back"),
        on_application(actions.revoke_offer),
        is_in(Status.OFFERED),
        form=RevokeForm,
        sentence=_(
            "The place becomes free, and the child waits again at its place in line. They get a message."
        ),
    ),
    RowAction(
        "enrol",
        _("Enrol"),
        on_application(actions.enrol_child),
        is_in(Status.ACCEPTED),
        sentence=_("The contract is signed. The child keeps the place, and the guardian gets a message."),
    ),
    RowAction(
        "object",
        _("A guardian objects"),
        on_application(actions.object_to_acceptance),
        lambda application, at: application.status == Status.ACCEPTED and application.objected_at is None,
        form=ViaForm,
        sentence=_("Said on the phone or at the window. The place is held, no contract for some days."),
    ),
    RowAction(
        "untaken",
        _("Place not taken up"),
        on_application(actions.release_untaken_place),
        is_untaken,
        sentence=_(
            "The first day is over and nobody came. The place becomes free, and the guardians get a message."
        ),
    ),
    RowAction(
        "wish",
        _("Change class or first day"),
        on_application(actions.change_wish),
        is_in(*WAITING),
        form=WishAndViaForm,
        sentence=_("At the guardian's wish. The place in line stays."),
    ),
    RowAction(
        "reopen",
        _("Take it up again"),
        on_application(actions.reopen_application),
        lambda application, at: application.status in ENDED and application.child_id is not None,
        form=ViaForm,
        sentence=_(
            "At the guardian's wish, as it was filled in. Its place in line begins when it is sent in."
        ),
    ),
    RowAction(
        "withdraw",
        _("Withdraw at their wish"),
        on_application(actions.withdraw_application),
        is_in(Status.DRAFT, Status.SUBMITTED, Status.RETURNED, Status.VERIFIED, Status.ACCEPTED),
        form=ViaForm,
        sentence=_("The application ends, and a place that was kept becomes free."),
    ),
    RowAction(
        "another",
        _("This is another child"),
        on_application(actions.confirm_another_child),
        available=lambda application, at: False,  # offered only where the register warns of a namesake
        sentence=_(
            "The register has a child of the same name and birthday. You know that it is not this one."
        ),
    ),
)


# The board --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Card:
    application: Application
    months: int  # of age today
    verbs: list[RowAction]
    is_perhaps_known: bool = False


@dataclass
class Column:
    status: Status
    count: int
    cards: list[Card] = field(default_factory=list)


COLUMNS = [
    Status.SUBMITTED,
    Status.RETURNED,
    Status.VERIFIED,
    Status.OFFERED,
    Status.ACCEPTED,
    Status.ENROLLED,
]


def application_board(within: Q, today: dt.date) -> tuple[list[Column], int]:
    """The applications by stage, who has waited longest first, and how many are being filled in.

    Of drafts nothing but their number: nobody has sent them. Five queries.
    """
    rows = Application.objects.filter(within)
    counts = Tally(rows.live().values_list("status", flat=True))
    shown = rows.select_related("child", "guardian", "nursery_class", "offered_class")
    waiting = shown.filter(status__in=[status for status in COLUMNS if status != Status.ENROLLED])
    latest = shown.filter(status=Status.ENROLLED).order_by("-status_at")[:LATEST_SHOWN]
    columns = {status: Column(status, counts[status]) for status in COLUMNS}
    cards = [*waiting.order_by("submitted_at", "pk"), *latest]
    known = actions.perhaps_known_among(cards)
    for application in cards:
        card = board_card(application, today, is_perhaps_known=application.pk in known)
        columns[Status(application.status)].cards.append(card)
    columns[Status.OFFERED].cards.sort(key=lambda each: each.application.offer_expires_at or now())
    return list(columns.values()), counts[Status.DRAFT]


def board_card(application: Application, today: dt.date, *, is_perhaps_known: bool) -> Card:
    born_on = application.child.born_on if application.child else None
    months = months_old(born_on, today) if born_on else 0
    offered = available_actions(APPLICATION_ACTIONS, application, now())
    verbs = [action for action in offered if action.name not in ("object", "wish", "withdraw")]
    return Card(application, months, verbs, is_perhaps_known)


# Typed in for somebody --------------------------------------------------------------------------------------


class TypedForm(forms.Form):
    """Below the four tasks: how the guardian came to us, and that they agree."""

    via = forms.ChoiceField(
        label=_("How they asked"),
        choices=[(Via.WINDOW, Via.WINDOW.label), (Via.PHONE, Via.PHONE.label)],
        widget=forms.RadioSelect,
    )
    consent = forms.MultipleChoiceField(
        label=_("Consent"),
        choices=[("yes", _("The guardian agrees that the nursery uses these answers for this application."))],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    once = forms.CharField(max_length=36, widget=forms.HiddenInput)


class WholeForm:
    """The four tasks on one page, saved and sent in together or not at all."""

    def __init__(self, data: Any, application: Application, *, key: str, with_health: bool) -> None:
        self.application = application
        self.tasks: list[TaskForm] = [
            form(data, application=application)
            for name, form in TASKS.items()
            if with_health or name != "health"
        ]
        self.last = TypedForm(data, initial={"via": Via.WINDOW, "once": key})

    @property
    def forms(self) -> Iterable[forms.Form]:
        return [*self.tasks, self.last]

    @property
    def is_wrong(self) -> bool:
        return any(form.errors for form in self.forms)

    def is_valid(self) -> bool:
        return all([form.is_valid() for form in self.forms])  # noqa: C419 - each shows its errors

    @transaction.atomic
    def save(self, *, at: dt.datetime, by: User) -> Application:
        """Begun where it is new, filled in, sent in. The refusal stands in the form that it belongs to.

        Refuses: what the actions refuse.
        """
        via = self.last.cleaned_data["via"]
        application = self.application
        form: forms.Form = self.last
        try:
            if application.pk is None:
                application = actions.start_application(guardian=application.guardian, via=via, at=at, by=by)
            for form in self.tasks:
                form.application = application
                form.save(via=via, at=at, by=by)
            form = self.last
            consents = bool(self.last.cleaned_data["consent"])
            return actions.submit_application(
                application=application, consents=consents, via=via, at=at, by=by
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
            raise
