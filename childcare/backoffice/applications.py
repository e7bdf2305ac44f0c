"""What the head of the nursery can do with an application: the table of actions and their forms."""

import datetime as dt
from functools import partial
from typing import Any

from django import forms
from django.db.models import F
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from childcare import actions
from childcare.actions.offers import MOST_DAYS, RevokeReason
from childcare.actions.waiting import ENDED, WAITING
from childcare.backoffice.pickup import PICKUP_ACTIONS
from childcare.backoffice.rounds import ENTER
from childcare.forms.applications import ClassField, DayInput, WishForm, offer_classes
from childcare.models import Application, NurseryClass, Paper, PassedOver
from childcare.models.ages import months_old
from childcare.models.applications import MISSING_LENGTH
from childcare.models.classes import NurseryClassQuerySet
from circle.backoffice.row_actions import (
    RowAction,
    RowForm,
    action_table,
    is_in,
    pass_row_as,
)
from circle.models import Via

Status = Application.Status


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
    def class_label(self, group: NurseryClass) -> str:
        words = group.words | {"left": group.left}
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
        # What was sent is judged by the action: a class that has just become full is refused as full.
        open_ones = NurseryClass.objects.public(self.row.community).open()
        offer_classes(self, open_ones if self.is_bound else fitting_classes(self.row))
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
    ENTER,
    *PICKUP_ACTIONS,
)
