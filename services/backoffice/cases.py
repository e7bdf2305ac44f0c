"""What staff do with an agency case, with its papers and with the stops of its clock."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from circle.backoffice.row_actions import RowAction, action_table, is_in, pass_row_as
from circle.images.uploads import safe_photo
from circle.models import User
from services import actions
from services.actions.case_office import ASKABLE
from services.backoffice.case_forms import (
    AssignForm,
    AuthoriseForm,
    CaseForm,
    CorrectForm,
    HandOverForm,
    IdentityForm,
    MissingForm,
    NoteForm,
    PaperForm,
    PublicForm,
    RefuseForm,
    RequestForm,
    ReturnForm,
    StopForm,
    SubmitForm,
    SupplyForm,
    WithdrawForm,
    is_out,
)
from services.models import AgencyCase, CasePaper, CaseStop
from services.models.case_states import LIVE, WITHDRAWABLE, CaseStatus
from services.models.cases import ADD, CHANGE

Place = CasePaper.Place


def on_case(action: Any, **fixed: Any) -> Any:
    return pass_row_as("case", action, **fixed)


def authorise_on_paper(
    row: AgencyCase, *, photo: Any, via: str, at: dt.datetime, by: User, **said: Any
) -> Any:
    """With the photograph of what was signed, which is decoded before the case is locked."""
    image = safe_photo(photo).read()
    with transaction.atomic():
        case: AgencyCase = actions.authorise_case(case=row, via=via, at=at, by=by, **said)
        actions.store_photo(case=case, image=image, via=via, at=at, by=by, is_authorisation=True)
    return case


def correct_stop(row: CaseStop, **said: Any) -> CaseStop:
    return actions.correct_stop(stop=row, **said)


REQUEST = RowAction(
    "request",
    _("Ask for errands"),
    pass_row_as("resident", actions.request_case),
    permission=ADD,
    form=RequestForm,
    sentence=_("We do the way to the office for them. Say that we look at it within a working day."),
)
IDENTITY = RowAction(
    "identity",
    _("Identity seen"),
    pass_row_as("resident", actions.note_identity),
    permission=ADD,
    form=IdentityForm,
    sentence=_("Face and paper are one person. The number is not written down."),
)

CASE_ACTIONS = action_table(
    CHANGE,
    RowAction(
        "check",
        _("Papers looked at"),
        on_case(actions.check_case),
        is_in(CaseStatus.REQUESTED),
        form=PublicForm,
        sentence=_("The person is asked to authorise us. You handle the case if nobody does yet."),
    ),
    RowAction(
        "authorise",
        _("Authorised on paper"),
        authorise_on_paper,
        lambda case, at: case.waits_for_authorisation(localdate(at)),
        form=AuthoriseForm,
        sentence=_("Photograph the signed authorisation: item, handler and last day stand on it."),
    ),
    RowAction(
        "accept",
        _("Accept: papers complete"),
        on_case(actions.accept_case),
        is_in(CaseStatus.AUTHORISED),
        form=PublicForm,
    ),
    RowAction(
        "submit",
        _("Handed in at the office"),
        on_case(actions.submit_case),
        is_in(CaseStatus.ACCEPTED),
        form=SubmitForm,
        sentence=_("The limit of the office runs from today on."),
    ),
    RowAction(
        "supply",
        _("Missing papers are here"),
        on_case(actions.supply_papers),
        is_in(CaseStatus.SUPPLEMENT),
        form=SupplyForm,
        sentence=_("You have looked at them, and they are all that the notice named."),
    ),
    RowAction(
        "ask_again",
        _("Not everything was sent"),
        on_case(actions.ask_again),
        lambda case, at: case.supplied_at is not None,
        form=MissingForm,
        sentence=_("Name only what the notice asked for and what is not there or cannot be read."),
    ),
    RowAction(
        "approve",
        pgettext_lazy("action on a case", "Approved"),
        on_case(actions.approve_case),
        is_in(CaseStatus.SUBMITTED),
        form=PublicForm,
        sentence=_("The person is told that the result is here, and the code for it."),
    ),
    RowAction(
        "refuse",
        _("Refused by the office"),
        on_case(actions.refuse_case),
        is_in(CaseStatus.SUBMITTED),
        form=RefuseForm,
    ),
    RowAction(
        "hand_over",
        _("Result handed over"),
        on_case(actions.hand_over_result),
        is_in(CaseStatus.APPROVED),
        form=HandOverForm,
    ),
    RowAction(
        "close",
        _("Close the case"),
        on_case(actions.close_case),
        is_in(CaseStatus.HANDED_OVER, CaseStatus.REFUSED),
        form=CaseForm,
        sentence=_("Every original is back, and the authorisation ends."),
    ),
    RowAction(
        "supplement",
        _("Papers are missing"),
        on_case(actions.ask_supplement),
        is_in(*ASKABLE),
        form=MissingForm,
        sentence=_("One notice names all of them: it can be sent once. The clock stands still meanwhile."),
    ),
    RowAction(
        "stop",
        _("Stop the clock of the office"),
        on_case(actions.stop_clock),
        is_in(CaseStatus.SUBMITTED),
        form=StopForm,
    ),
    RowAction("paper", _("Take an original"), on_case(actions.receive_paper), is_in(*LIVE), form=PaperForm),
    RowAction("note", _("Note a step"), on_case(actions.note_case), form=NoteForm),
    RowAction(
        "assign", _("Handler and who stands in"), on_case(actions.assign_case), is_in(*LIVE), form=AssignForm
    ),
    RowAction(
        "withdraw",
        _("Withdrawn by the person"),
        on_case(actions.withdraw_case),
        is_in(*WITHDRAWABLE),
        form=WithdrawForm,
    ),
)

CORRECT = RowAction(
    "correct",
    _("Correct the days of a stop"),
    correct_stop,
    permission=CHANGE,
    form=CorrectForm,
    sentence=_("The first entry stays in the history; the limit is counted anew."),
)

PAPER_ACTIONS = action_table(
    CHANGE,
    RowAction(
        "return", _("Give it back"), pass_row_as("paper", actions.return_paper), is_out, form=ReturnForm
    ),
    RowAction(
        "pass",
        _("Take it to the office"),
        pass_row_as("paper", actions.pass_paper, place=Place.OFFICE),
        lambda paper, at: paper.place == Place.US,
    ),
    RowAction(
        "back",
        _("Back from the office"),
        pass_row_as("paper", actions.pass_paper, place=Place.US),
        lambda paper, at: paper.place == Place.OFFICE,
    ),
)
