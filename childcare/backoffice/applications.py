"""What the head of the nursery can do with an application: the table of actions and their forms."""

import datetime as dt
from functools import partial

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from childcare import actions
from childcare.actions.waiting import ENDED, WAITING
from childcare.backoffice.application_forms import (
    MissingForm,
    PapersForm,
    RevokeForm,
    SiblingsAndViaForm,
    ViaForm,
    WishAndViaForm,
)
from childcare.backoffice.offer_form import OfferForm, ReseatForm
from childcare.backoffice.pickup import PICKUP_ACTIONS
from childcare.backoffice.rounds import ENTER
from childcare.models import Application
from childcare.models.applications import EDITABLE
from circle.backoffice.row_actions import (
    RowAction,
    action_table,
    is_in,
    pass_row_as,
)

Status = Application.Status


def is_untaken(application: Application, at: dt.datetime) -> bool:
    first_day = application.first_day
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
        "reseat",
        _("Change class from a day on"),
        on_application(actions.reseat_child),
        is_in(Status.ACCEPTED, Status.ENROLLED),
        form=ReseatForm,
        sentence=_("Its seats are laid out anew from that day, up to the third birthday or its last day."),
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
        "siblings",
        _("Siblings who wait"),
        on_application(actions.declare_siblings),
        is_in(*EDITABLE, *WAITING),
        form=SiblingsAndViaForm,
        sentence=_("At the guardian's wish: all children together or none, or one may start first."),
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
