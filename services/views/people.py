"""The step “for whom?”, which every form for residents has: oneself, a child, somebody under a mandate."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import F, QuerySet
from django.utils import timezone

from circle.actions import add_own_child, register_resident
from circle.booking.idempotency import new_key, once
from circle.models import Resident
from circle.permissions.age_bands import AgeBand, Choice, band_on, choices_of, only_choice
from circle.web.middleware import PortalRequest, signed_in_user
from services.forms import ChildForm, NameForm


@dataclass
class PersonStep:
    """`person` is the public code of who it is for, once that is certain; then no page is shown.

    `is_again`: somebody was entered for whom it is not meant, so the page is shown with them.
    """

    choices: list[Choice]
    form: NameForm
    child: ChildForm | None
    person: str = ""
    is_again: bool = False

    @property
    def status(self) -> int:
        return 422 if self.form.errors or (self.child and self.child.errors) else 200

    def context(self) -> dict[str, Any]:
        """For services/_who.html."""
        refused = self.child if self.child and self.child.errors else self.form
        has_choice = any(not each.obstacle for each in self.choices)
        return {
            "choices": self.choices,
            "form": refused,
            "name_form": self.form,
            "child": self.child,
            "has_choice": has_choice,
            "asks_child": not has_choice or refused is self.child,
        }


def person_step(request: PortalRequest, people: "QuerySet[Resident]", bands: list[AgeBand]) -> PersonStep:
    """Who of `people` it may be for. A POST enters oneself or one's child."""
    user, today = signed_in_user(request), timezone.localdate()
    choices = choices_of(people, user, bands, today)
    guardian = own_row(request)
    says_child = request.method == "POST" and "born_on" in request.POST
    says_name = request.method == "POST" and not says_child
    step = PersonStep(
        choices,
        NameForm(request.POST if says_name else None, initial={"once": new_key()}),
        ChildForm(request.POST if says_child else None, initial={"once": new_key()})
        if guardian and not request.acting
        else None,
    )
    if request.method != "POST":
        only = None if "choose" in request.GET else only_choice(choices)
        step.person = str(only.code) if only else ""
    elif says_child and guardian and step.child:
        enter_child(request, step, guardian, bands)
    elif says_name and step.form.is_valid():
        enter(step, step.form, lambda: register(request, step.form), bands)
    return step


def enter_child(request: PortalRequest, step: PersonStep, guardian: Resident, bands: list[AgeBand]) -> None:
    form = step.child
    if form and form.is_valid():
        enter(step, form, lambda: register_own_child(request, form, guardian), bands)


def enter(step: PersonStep, form: Any, act: Any, bands: list[AgeBand]) -> None:
    try:
        entered = act()
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return
    today = timezone.localdate()
    band = band_on(bands, today)
    suits = band is None or band.suits(Resident.objects.get(code=entered), today)
    step.person, step.is_again = (entered if suits else ""), not suits


def own_row(request: PortalRequest) -> Resident | None:
    """The person of this login here; of several at one phone the one who has signed in."""
    own = Resident.objects.own(signed_in_user(request)).filter(community=request.community)
    return own.order_by(F("login").asc(nulls_last=True), "pk").first()


def register(request: PortalRequest, form: NameForm) -> str:
    """The public code of the newcomer's own resident row; of a second click the one that is there."""
    user, at = signed_in_user(request), timezone.now()

    def act() -> str:
        own = Resident.objects.own(user).filter(community=request.community).first()
        person = own or register_resident(
            community=request.community,
            name=form.cleaned_data["name"],
            phone=user.phone,
            login=user,
            at=at,
            by=user,
        )
        return str(person.code)

    return once(actor=f"user:{user.pk}", key=form.cleaned_data["once"], at=at, act=act)


def register_own_child(request: PortalRequest, form: ChildForm, guardian: Resident) -> str:
    user, said, at = signed_in_user(request), form.cleaned_data, timezone.now()

    def act() -> str:
        child = add_own_child(
            guardian=guardian, name=said["child_name"], born_on=said["born_on"], at=at, by=user
        )
        return str(child.code)

    return once(actor=f"user:{user.pk}", key=said["once"], at=at, act=act)
