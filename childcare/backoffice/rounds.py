"""What the head does with a round, and how a household enters it."""

from functools import partial
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from childcare import actions
from childcare.actions.rounds import MOST_CHOICES
from childcare.models import Application, LateEntry, NurseryClass, Round, RoundEntry, VoidedSecret
from childcare.models.late import RULE_LENGTH
from circle.backoffice.row_actions import RowAction, RowForm, action_table, is_in, pass_row_as

Status = Round.Status
TAKING = [Status.OPEN, Status.PUBLISHED, Status.SETTLED]  # before the list is closed, and after the draw
on_round = partial(pass_row_as, "nursery_round")


class ValueForm(RowForm):
    value = forms.CharField(
        label=_("Numbers of the balls, in their order"),
        help_text=_("As residents drew them at the council. Another person types them a second time."),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class VoidForm(RowForm):
    reason = forms.ChoiceField(
        label=_("Reason"), choices=VoidedSecret.Reason.choices, widget=forms.RadioSelect
    )


ROUND_ACTIONS = action_table(
    "childcare.change_round",
    RowAction(
        "open",
        _("Open the round"),
        on_round(actions.open_round),
        is_in(Status.PLANNED),
        sentence=_("A secret is drawn and its fingerprint published. Places can no longer be changed."),
    ),
    RowAction(
        "close",
        _("Close the list"),
        on_round(actions.close_round),
        is_in(Status.OPEN),
        sentence=_("Nobody enters any more. The list and its fingerprint are published."),
    ),
    RowAction(
        "value",
        _("Type the balls"),
        on_round(actions.type_value),
        is_in(Status.CLOSED),
        form=ValueForm,
    ),
    RowAction(
        "void",
        _("The secret is void"),
        on_round(actions.void_secret),
        is_in(Status.OPEN, Status.CLOSED, Status.SEALED),
        form=VoidForm,
        sentence=_(
            "A new secret is drawn. The old fingerprint stays published with the reason; the list is open."
        ),
    ),
    RowAction(
        "draw",
        _("Draw"),
        on_round(actions.draw_round),
        is_in(Status.SEALED),
        sentence=_("Every household gets its position. Nobody can change it afterwards."),
    ),
    RowAction(
        "publish",
        _("Publish the result"),
        on_round(actions.publish_round),
        is_in(Status.DRAWN),
        sentence=_("Secret, list and result become public. Objections are possible for some days."),
    ),
    RowAction(
        "settle",
        _("Settle the round"),
        on_round(actions.settle_round),
        is_in(Status.PUBLISHED),
        sentence=_("The days for objections are over and the places are offered."),
    ),
)


class EntryForm(RowForm):
    """One list of classes for each child and wish; siblings that wait as well can enter together."""

    nursery_round = forms.ModelChoiceField(
        Round.objects.none(), label=_("Round"), empty_label=None, widget=forms.RadioSelect
    )
    tier = forms.TypedChoiceField(
        label=_("Tier"), choices=RoundEntry.Tier.choices, coerce=int, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, row: Application, **kwargs: Any) -> None:
        super().__init__(*args, row=row, **kwargs)
        nursery = row.nursery_class.facility_id if row.nursery_class else None
        of_nursery = Q(facility=None) | Q(facility=nursery)
        open_rounds = Round.objects.filter(of_nursery, community=row.community_id, status__in=TAKING)
        open_rounds = open_rounds.order_by("status", "-pk")
        self.fields["nursery_round"].queryset = open_rounds  # type: ignore[attr-defined]
        self.initial["nursery_round"] = open_rounds.first()
        waiting = Application.objects.filter(guardian=row.guardian_id, status=Application.Status.VERIFIED)
        siblings = waiting.exclude(pk=row.pk).select_related("child").order_by("pk")
        self.applications = [row, *siblings[:3]]
        if any(each.is_public for each in open_rounds):
            self.fields |= late_fields()
        if len(self.applications) > 1:
            self.fields["mode"] = forms.ChoiceField(
                label=_("Siblings"), choices=RoundEntry.Mode.choices, widget=forms.RadioSelect
            )
        given = NurseryClass.objects.filter(pk__in=places_in(open_rounds)).order_by("from_months")
        for wish in range(1, MOST_CHOICES + 1):
            for number, application in enumerate(self.applications, start=1):
                child = application.child.name if application.child else application.code
                self.fields[f"wish_{wish}_{number}"] = forms.ModelChoiceField(
                    given,
                    label=_("%(child)s: wish %(number)s") % {"child": child, "number": wish},
                    required=wish == 1,
                    empty_label="–",
                )

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        names = [
            [f"wish_{wish}_{number}" for number in range(1, len(self.applications) + 1)]
            for wish in range(1, MOST_CHOICES + 1)
        ]
        wishes = [[said.pop(name, None) for name in row] for row in names]
        choices = [tuple(wish) for wish in wishes if any(wish)]
        if any(None in wish for wish in choices):
            raise forms.ValidationError(_("Choose a class for each child."), code="choices_wrong")
        said |= {"applications": self.applications, "choices": choices}
        said.setdefault("mode", RoundEntry.Mode.TOGETHER)
        return said


def places_in(rounds: Any) -> Any:
    return rounds.values("places__nursery_class")


def late_fields() -> dict[str, forms.Field]:
    return {
        "reason": forms.ChoiceField(
            label=_("If the result is published already: where does the household stand?"),
            choices=[("", _("at the end of the line")), *LateEntry.Reason.choices],
            required=False,
            widget=forms.RadioSelect,
        ),
        "rule": forms.CharField(
            label=_("Which rule or decision says so"),
            help_text=_("It is published with the reason. No names."),
            max_length=RULE_LENGTH,
            required=False,
        ),
    }


def enter(application: Application, **said: Any) -> Application:
    late = {name: said.pop(name) for name in ("reason", "rule") if name in said}
    if said["nursery_round"].is_public:
        actions.enter_late(**said, **late)
    else:
        actions.enter_round(**said)
    return application


ENTER = RowAction(
    "round",
    _("Enter in a round"),
    enter,
    is_in(Application.Status.VERIFIED),
    permission="childcare.change_application",
    form=EntryForm,
    sentence=_("The household gets a lot of its own. Wishes count in their order."),
)
