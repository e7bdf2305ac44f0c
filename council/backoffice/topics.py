"""Topics at the desk: what came on paper, and what becomes of each."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from circle.actions import NAME_LENGTH
from circle.backoffice.intake import KnownPersonForm
from circle.backoffice.row_actions import RowAction, RowForm, action_table, is_in, pass_row_as
from circle.forms.age_reason import AgeReasonForm
from circle.identifiers.phone_numbers import parse_phone
from circle.models import Dimension, Firm, StaffPost, User
from council import actions
from council.actions.replies import AT_THE_DESK
from council.backoffice.public_texts import TopicPublicForm
from council.backoffice.topic_handling import HANDLING, OfficeAnswerForm, long_text
from council.models import Body, FirmReply, Meeting, Resolution, Topic
from council.models.replies import REPLY_LENGTH
from council.models.topics import TEXT_LENGTH

Status = Topic.Status
AGENDA_OPEN = [Meeting.Status.PLANNED, Meeting.Status.CALL_OPEN]


class AcceptForm(TopicPublicForm):
    public_fields = ("public_text_zh", "public_text_en")

    public_text_zh = forms.CharField(
        label=_("For everybody (Chinese)"),
        help_text=_("Neutral words: no name, no door number, no illness."),
        max_length=200,
        error_messages={"required": _("Say in public words what it is about.")},
    )
    public_text_en = forms.CharField(label=_("For everybody (English)"), max_length=300, required=False)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, row: Topic, **kwargs: Any) -> None:
        said = {"public_text_zh": row.public_text_zh, "public_text_en": row.public_text_en}
        said["seen"] = row.words_digest
        super().__init__(*args, row=row, initial=said, **kwargs)


class DeclineForm(TopicPublicForm):
    """Everybody reads what it was and why it is not taken up."""

    public_fields = ("public_text_zh", "public_text_en", "reason_zh", "reason_en")

    public_text_zh = forms.CharField(
        label=_("For everybody (Chinese)"),
        help_text=_("Neutral words: no name, no door number, no illness."),
        max_length=200,
        error_messages={"required": _("Say in public words what it is about.")},
    )
    public_text_en = forms.CharField(label=_("For everybody (English)"), max_length=300, required=False)
    reason_zh = long_text(_("Why it is not taken up, and who can help (Chinese)"))
    reason_en = long_text(_("Why it is not taken up, and who can help (English)"), required=False, rows=3)


class AnswerForm(OfficeAnswerForm):
    resolution = forms.ModelChoiceField(
        Resolution.objects.none(), label=_("Resolution that it follows from"), required=False
    )

    def __init__(self, *args: Any, row: Topic, **kwargs: Any) -> None:
        super().__init__(*args, row=row, **kwargs)
        choice = self.fields["resolution"]
        assert isinstance(choice, forms.ModelChoiceField)  # noqa: S101 - tells the type checker
        choice.queryset = Resolution.objects.filter(item__topics=row).order_by("-voted_at")


class AssignForm(RowForm):
    """One list: colleagues, and once the topic has public words the firms as well."""

    who = forms.ChoiceField(
        label=_("Who sees to it"), error_messages={"required": _("Name a colleague or a firm.")}
    )

    def __init__(self, *args: Any, row: Topic, **kwargs: Any) -> None:
        super().__init__(*args, row=row, **kwargs)
        posts = StaffPost.objects.active(localdate()).giving(AT_THE_DESK).filter(community=row.community_id)
        people = posts.filter(user__is_active=True).select_related("user").order_by("user__name", "pk")
        firms = Firm.objects.filter(community=row.community_id)
        groups = [(_("Colleagues"), [(f"person-{post.user_id}", str(post)) for post in people])]
        if row.status == Topic.Status.ACCEPTED:
            groups.append((_("Firms"), [(f"firm-{firm.pk}", firm.name) for firm in firms]))
        choice = self.fields["who"]
        assert isinstance(choice, forms.ChoiceField)  # noqa: S101 - tells the type checker
        choice.choices = [("", "–"), *groups]

    def clean(self) -> dict[str, Any]:
        """What the action takes."""
        kind, _sign, number = self.cleaned_data.get("who", "").partition("-")
        if kind == "firm":
            return {"firm": Firm.objects.get(pk=number)}
        return {"person": User.objects.get(pk=number)} if kind else {}


class ReplyForm(forms.Form):
    """What a firm says of a topic. The same words sent twice are saved once, so it needs no key."""

    status = forms.ChoiceField(
        label=_("How it stands"),
        choices=FirmReply.Status.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say how it stands.")},
    )
    text = forms.CharField(
        label=_("What the firm says"),
        help_text=_("The secretary reads it and answers with it. No names, no phone numbers."),
        max_length=REPLY_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Say what was done, one sentence is enough.")},
    )


class MeetingField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


class CouncilField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.community.name} · {obj.name}"


class HandOnForm(RowForm):
    meeting = MeetingField(
        Meeting.objects.none(),
        label=_("To which meeting"),
        error_messages={"required": _("Choose a meeting.")},
    )

    def __init__(self, *args: Any, row: Topic, **kwargs: Any) -> None:
        super().__init__(*args, row=row, **kwargs)
        choice = self.fields["meeting"]
        assert isinstance(choice, forms.ModelChoiceField)  # noqa: S101 - tells the type checker
        meetings = Meeting.objects.filter(body=row.body_id, status__in=AGENDA_OPEN)
        others = meetings.exclude(pk=row.meeting_id) if row.meeting_id else meetings
        choice.queryset = others.select_related("body").order_by("starts_at")


TOPIC_ACTIONS = action_table(
    "council.change_topic",
    RowAction(
        "answer",
        _("Answer it"),
        pass_row_as("topic", actions.answer_topic),
        available=is_in(Status.ACCEPTED),
        form=AnswerForm,
        done=_("The topic has its answer, and its person is told."),
    ),
    RowAction(
        "accept",
        _("Take it up"),
        pass_row_as("topic", actions.accept_topic),
        available=is_in(Status.RECEIVED, Status.ACCEPTED),
        form=AcceptForm,
        done=_("The topic is taken up. Now it can be put on the agenda."),
    ),
    RowAction(
        "decline",
        _("Do not take it up"),
        pass_row_as("topic", actions.decline_topic),
        available=is_in(Status.RECEIVED),
        form=DeclineForm,
        done=_("The topic is declined, and its person is told."),
    ),
    RowAction(
        "assign",
        _("Say who sees to it"),
        pass_row_as("topic", actions.assign_topic),
        available=is_in(Status.RECEIVED, Status.ACCEPTED),
        permission="council.assign_topic",
        form=AssignForm,
        done=_("It is said who sees to the topic, and they are told."),
    ),
    RowAction(
        "hand_on",
        _("Leave it to another meeting"),
        pass_row_as("topic", actions.hand_on_topic),
        available=is_in(Status.RECEIVED, Status.ACCEPTED),
        form=HandOnForm,
        done=_("The topic belongs to the other meeting now."),
    ),
)


ALL_TOPIC_ACTIONS = [*TOPIC_ACTIONS, *HANDLING]  # on its own page; a resident's card offers the first ones


class SlipForm(KnownPersonForm, AgeReasonForm):
    """A topic that came on paper, by phone or at the window; `once` makes a double click harmless."""

    is_name_enough = True

    meeting = MeetingField(
        Meeting.objects.none(),
        label=_("For the meeting"),
        help_text=_("Empty: it is answered without a meeting, or left to one later."),
        required=False,
    )
    body = CouncilField(
        Body.objects.none(),
        label=_("To the council of"),
        error_messages={"required": _("Choose a council.")},
    )
    outside_number = forms.CharField(
        label=_("Number of the hotline"), required=False, max_length=40, help_text=_("Of 12345 only.")
    )
    outside_due_on = forms.DateField(
        label=_("Date of the hotline"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    text = forms.CharField(
        label=_("As it was written or said"),
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Write what it is about, one sentence is enough.")},
    )
    dimension = forms.ChoiceField(
        label=_("Part of life"), required=False, choices=[("", "–"), *Dimension.choices]
    )
    via = forms.ChoiceField(
        label=_("How it came"),
        choices=[
            choice
            for choice in Topic.Channel.choices
            if choice[0] not in (Topic.Channel.ONLINE, Topic.Channel.DOOR)
        ],
        widget=forms.RadioSelect,
        initial=Topic.Channel.PAPER,
    )
    came_at = forms.DateTimeField(
        label=_("When it came"),
        help_text=_("Counts for the end of the call. Empty: now."),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    name = forms.CharField(
        label=_("Name"), help_text=_("Empty for an unsigned slip."), required=False, max_length=NAME_LENGTH
    )
    phone = forms.CharField(
        label=_("Phone"),
        help_text=_("May stay empty."),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "off"}),
    )
    once = forms.CharField(max_length=36, widget=forms.HiddenInput)
    field_order = [
        "body",
        "meeting",
        "text",
        "dimension",
        "via",
        "came_at",
        "name",
        "phone",
        "person",
        "age_reason",
        "outside_number",
        "outside_due_on",
    ]

    def __init__(self, *args: Any, meetings: Any, bodies: QuerySet[Body], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_bodies(bodies.select_related("community").order_by("community", "pk"))
        choice = self.fields["meeting"]
        assert isinstance(choice, forms.ModelChoiceField)  # noqa: S101 - tells the type checker
        choice.queryset = meetings.select_related("body__community").order_by("starts_at")

    def offer_bodies(self, bodies: QuerySet[Body]) -> None:
        """Mostly there is one, and nothing to choose; a meeting that is chosen says to which it goes."""
        field = self.fields["body"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - tells the type checker
        field.queryset = bodies
        first = list(bodies[:2])
        if len(first) == 1:
            field.widget, field.initial, field.required = forms.HiddenInput(), first[0].pk, False
            self.only_body = first[0]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        meeting = said.get("meeting")
        said["body"] = meeting.body if meeting else said.get("body") or getattr(self, "only_body", None)
        return said

    def clean_phone(self) -> str:
        typed = self.cleaned_data["phone"]
        return parse_phone(typed) if typed else ""


class HomeVisitTopicForm(AgeReasonForm):
    """What somebody says on a home visit; `once` makes a double click harmless."""

    text = forms.CharField(
        label=_("As it was said"),
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Write what it is about, one sentence is enough.")},
    )
    dimension = forms.ChoiceField(
        label=_("Part of life"), required=False, choices=[("", "–"), *Dimension.choices]
    )
    once = forms.CharField(max_length=36, widget=forms.HiddenInput)
    field_order = ["text", "dimension", "age_reason"]
