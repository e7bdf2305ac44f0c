"""The personal data that circle itself holds: its purposes, export and erasure.

The hooks `purposes`, `personal_data` and `erasure`.
"""

import datetime as dt
from collections.abc import Sequence
from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from circle.actions import anonymise_resident
from circle.audit.purge import purge_records
from circle.models import (
    Alarm,
    AlarmStep,
    Consent,
    Erasure,
    Mandate,
    Message,
    MessagePreference,
    PageReport,
    Rating,
    RatingFollowUp,
    Record,
    Resident,
    SurveyInvitation,
)
from circle.models.messages import CODE_EVENTS
from circle.notifications import drop_messages, text_of
from circle.privacy.data_export import (
    WIPED_TEXT,
    ErasurePlan,
    Section,
    build_section,
    placeholder_resident,
)
from circle.privacy.purposes import Basis, Purpose


def dead_people(community: int, before: dt.datetime) -> QuerySet[Resident]:
    return Resident.objects.filter(community=community, erased_at=None, died_on__lt=before.date())


def anonymise_all(people: QuerySet[Resident], at: dt.datetime) -> int:
    return sum(anonymise_resident(resident, at) for resident in people)


def old_messages(community: int, before: dt.datetime) -> QuerySet[Message]:
    done = [Message.Status.SENT, Message.Status.DEAD]
    return Message.objects.filter(community=community, created_at__lt=before, status__in=done)


def old_reports(community: int, before: dt.datetime) -> QuerySet[PageReport]:
    return PageReport.objects.filter(community=community, settled_at__lt=before)


def delete_rows(rows: QuerySet[Any], at: dt.datetime) -> int:
    return rows.delete()[0]


def old_records(community: int, before: dt.datetime) -> QuerySet[Record]:
    return Record.objects.filter(community=community, at__lt=before).exclude(seal=None)


def purge_rows(rows: QuerySet[Record], at: dt.datetime) -> int:
    youngest = rows.order_by("-at").select_related("community").first()
    if youngest is None:
        return 0
    # Just after the youngest of them, so that all are older and nothing else is.
    older_than = youngest.at + dt.timedelta(microseconds=1)
    return purge_records(community=youngest.community, older_than=older_than, at=at)


def old_alarms(community: int, before: dt.datetime) -> QuerySet[Alarm]:
    closed = Alarm.objects.filter(community=community, closed_at__lt=before)
    return closed.exclude(resident__erased_at__isnull=False)


def anonymise_alarms(alarms: QuerySet[Alarm], at: dt.datetime) -> int:
    """The rows stay for the figures, without the person and without words."""
    communities = set(alarms.values_list("community", flat=True))
    wipe_alarm_words(alarms)
    return sum(
        alarms.filter(community=community).update(resident=placeholder_resident(community))
        for community in communities
    )


def wipe_alarm_words(alarms: QuerySet[Alarm]) -> None:
    AlarmStep.objects.filter(alarm__in=alarms).exclude(words="").update(words=WIPED_TEXT)
    alarms.exclude(words="").update(words=WIPED_TEXT)
    alarms.exclude(outcome="").update(outcome=WIPED_TEXT)


def old_ratings(community: int, before: dt.datetime) -> QuerySet[Rating]:
    """Those that are answered, where an answer is due."""
    rows = Rating.objects.filter(community=community, served_at__lt=before)
    rows = rows.exclude(follow_up__in=RatingFollowUp.objects.live())
    return rows.exclude(resident=None, words="")


def anonymise_ratings(rows: QuerySet[Rating], at: dt.datetime) -> int:
    """Level, reasons and month remain, for the figures; who served too, who still must not see them."""
    RatingFollowUp.objects.filter(rating__in=rows).exclude(call_words="").update(call_words=WIPED_TEXT)
    RatingFollowUp.objects.filter(rating__in=rows).exclude(answer="").update(answer=WIPED_TEXT)
    rows.filter(rated_at=None).update(until=at)
    return rows.update(resident=None, words="", typed_by=None)


def old_invitations(community: int, before: dt.datetime) -> QuerySet[SurveyInvitation]:
    rows = SurveyInvitation.objects.filter(survey__community=community, survey__closes_on__lt=before.date())
    return rows.exclude(resident=None)


def anonymise_invitations(rows: QuerySet[SurveyInvitation], at: dt.datetime) -> int:
    """How many were asked, and how many of them answered, remains."""
    return rows.update(resident=None)


NAME_LABEL = {"resident.name": pgettext_lazy("of a person", "name")}
REGISTER_LABELS = {
    "name": pgettext_lazy("of a person", "name"),
    "born_on": _("born on"),
    "phone": _("phone"),
    "id_type": _("kind of paper"),
    "id_number": _("ID number"),
    "id_needed_for": _("what the number is needed for"),
    "building": _("building"),
    "household": _("household"),
    "language": _("language"),
}
MANDATE_LABELS = {
    "principal.name": pgettext_lazy("of a person", "name"),
    "agent.name": _("who acts"),
    "basis": _("basis"),
    "scope": _("scope"),
    "valid_from": _("from"),
    "valid_until": _("until"),
    "revoked_at": _("ended at"),
}
MESSAGE_LABELS = NAME_LABEL | {"text": _("text"), "created_at": _("written at"), "status": _("status")}
PREFERENCE_LABELS = NAME_LABEL | {
    "first_channel": _("first by"),
    "email": _("e-mail address"),
    "wechat": _("WeChat"),
}
CONSENT_LABELS = NAME_LABEL | {
    "purpose": _("purpose"),
    "text_version": _("version of the text"),
    "matter": _("matter"),
    "given_at": _("given at"),
    "withdrawn_at": _("withdrawn at"),
}
ALARM_LABELS = NAME_LABEL | {
    "code": _("code"),
    "source": _("what raised it"),
    "words": _("what was said"),
    "raised_at": _("raised at"),
    "acknowledged_by": _("who sees to it"),
    "outcome": _("what was found"),
    "closed_at": _("closed at"),
}
RATING_LABELS = NAME_LABEL | {
    "title": _("what was done"),
    "served_at": _("served at"),
    "rated_at": _("rated at"),
    "level": _("level"),
    "reason_labels": _("what was good or bad"),
    "words": _("in their words"),
    "channel": _("came"),
    "follow_up.call_words": _("what was said on the phone"),
    "follow_up.answer": _("our answer"),
}
INVITATION_LABELS = NAME_LABEL | {"survey": _("survey"), "is_used": _("answered")}
ERASURE_LABELS = NAME_LABEL | {"status": _("status"), "asked_at": _("asked at"), "reason": _("reason")}


def personal_data(people: Sequence[Resident]) -> list[Section]:
    register = Resident.objects.filter(pk__in=[person.pk for person in people])
    homes = register.select_related("building", "household__building")
    mandates = Mandate.objects.filter(principal__in=people).select_related("principal", "agent")
    messages = Message.objects.filter(resident__in=people).exclude(event__in=CODE_EVENTS)
    messages = messages.select_related("resident", "community")
    texts = {"text": text_of}
    wishes = MessagePreference.objects.filter(resident__in=people).select_related("resident")
    consents = Consent.objects.filter(resident__in=people).select_related("resident")
    alarms = Alarm.objects.filter(resident__in=people).shown()
    ratings = Rating.objects.filter(resident__in=people).select_related("resident", "follow_up")
    surveys = SurveyInvitation.objects.filter(resident__in=people).select_related("resident", "survey")
    erasures = Erasure.objects.filter(resident__in=people).select_related("resident")
    return [
        build_section("register", _("In the register"), homes, REGISTER_LABELS),
        build_section("mandates", _("Who may act for you"), mandates, MANDATE_LABELS),
        build_section("messages", _("What we wrote to you"), messages, MESSAGE_LABELS, texts),
        build_section("message_wish", _("How we tell you"), wishes, PREFERENCE_LABELS),
        build_section("consents", _("Consents"), consents, CONSENT_LABELS),
        build_section("alarms", _("Alarms about you"), alarms, ALARM_LABELS),
        build_section("ratings", _("How you rated us"), ratings, RATING_LABELS),
        build_section("surveys", _("Surveys that you were asked to answer"), surveys, INVITATION_LABELS),
        build_section("erasures", _("Requests to be forgotten"), erasures, ERASURE_LABELS),
    ]


def plan_erasure(resident: Resident) -> ErasurePlan:
    mandates = Mandate.objects.active().filter(principal=resident)
    consents = Consent.objects.live().filter(resident=resident)
    low = RatingFollowUp.objects.live().filter(rating__resident=resident)
    return ErasurePlan(
        open_matters=[_("a mandate")] * mandates.exists()
        + [_("a consent")] * consents.exists()
        + [_("a low rating that we have to answer")] * low.exists()
        + [_("an alarm that is not closed")] * Alarm.objects.live().filter(resident=resident).exists(),
        wipe=partial(wipe_secrets, resident),
    )


def wipe_secrets(resident: Resident, at: dt.datetime) -> None:
    """Messages themselves may stay: without the person their events, codes and times identify nobody."""
    drop_messages(resident)
    wipe_alarm_words(Alarm.objects.filter(resident=resident))
    anonymise_ratings(Rating.objects.filter(resident=resident), at)
    anonymise_invitations(SurveyInvitation.objects.filter(resident=resident), at)
    resident.messages.update(secret_sealed="")
    MessagePreference.objects.filter(resident=resident).delete()


REGISTER = Purpose(
    code="register",
    title=_("Register of residents"),
    why=_(
        "To know for whom something is arranged, to reach them, and to let relatives act for them."
    ),
    what=_(
        "Name, birthday, building and door, mobile number, mandates, guardians, language; an ID "
        "number only where a matter needs it."
    ),
    basis=Basis.ASKED,
    columns={
        "circle.Resident": [
            "name", "born_on", "phone_sealed", "phone_index", "id_type", "id_number_sealed",
            "id_number_index", "id_needed_for", "login", "building", "household", "language",
            "died_on", "merged_into",
        ],
        "circle.Household": ["door", "building"],
        "circle.Mandate": ["principal", "agent", "basis", "scope", "valid_from", "valid_until"],
        "circle.ActingBan": ["principal", "agent"],
        "circle.Guardianship": ["child", "adult", "rank"],
        "circle.Residence": ["resident"],
        "circle.Merge": ["kept", "duplicate"],
        "circle.Erasure": ["resident", "reason"],
    },
    ends=_("after a death; earlier if you ask for it"),
    rule="retention_register",
    stale=dead_people,
    forget=anonymise_all,
)  # fmt: skip

SIGN_IN = Purpose(
    code="sign_in",
    title=_("Signing in"),
    why=_("To let you see your own matters, and nobody else."),
    what=_(
        "Mobile number or e-mail address, name of staff, time of the last sign-in, posts of staff; "
        "if you sign in with WeChat, a fingerprint of your account there, without name and picture."
    ),
    basis=Basis.ASKED,
    columns={
        "circle.User": [
            "email", "phone_sealed", "phone_index", "phone_verified_at", "name", "last_login",
        ],
        "circle.StaffPost": ["user", "role", "starts_on", "ends_on"],
        "circle.SignInPass": ["resident", "user", "code_hash", "made_by"],
        "circle.WeChatLogin": ["user", "openid_hash"],
    },
    ends=_("until you ask us to forget you; a number that never signs in for one day"),
)  # fmt: skip

MESSAGES = Purpose(
    code="messages",
    title=_("Messages to you"),
    why=_("To tell you what became of your matters, and to be able to show that we did."),
    what=_(
        "The occasion, times and codes; no text and no number. Codes for signing in are wiped at once. The "
        "e-mail address or WeChat id that you gave for messages."
    ),
    basis=Basis.ASKED,
    columns={
        "circle.Message": ["resident", "user", "values", "secret_sealed"],
        "circle.MessagePreference": ["resident", "wechat_sealed", "email_sealed"],
    },
    ends=_("after it was written"),
    rule="retention_messages",
    stale=old_messages,
    forget=delete_rows,
)

ALARMS = Purpose(
    code="alarms",
    title=_("Alarms"),
    why=_("To look after somebody who does not open, does not come home or calls for help."),
    what=_("Who is looked for, why, what was said and found, who was told and who saw to it, with times."),
    basis=Basis.ASKED,
    columns={
        "circle.Alarm": ["resident", "words", "outcome"],
        "circle.AlarmStep": ["words"],
    },
    ends=_("after the alarm was closed; then it no longer names you"),
    rule="retention_alarms",
    stale=old_alarms,
    forget=anonymise_alarms,
)

RATINGS = Purpose(
    code="ratings",
    title=_("How you rate us"),
    why=_(
        "To serve better, to answer you when something went wrong, and to publish how many were satisfied."
    ),
    what=_(
        "What was done, the level and the words that you gave, whether we called you back and our answer."
    ),
    basis=Basis.ASKED,
    columns={
        "circle.Rating": ["resident", "words", "typed_by"],
        "circle.RatingFollowUp": ["call_words", "answer"],
    },
    ends=_("after you were asked; then it no longer names you"),
    rule="retention_ratings",
    stale=old_ratings,
    forget=anonymise_ratings,
)

SURVEYS = Purpose(
    code="surveys",
    title=_("Surveys"),
    why=_("To ask some people by lot how content they are, each of them once."),
    what=_("That you were asked, and whether you answered. What you answered is kept without your name."),
    basis=Basis.DUTY,
    columns={"circle.SurveyInvitation": ["resident"]},
    ends=_("after the survey closed; then it no longer names you"),
    rule="retention_surveys",
    stale=old_invitations,
    forget=anonymise_invitations,
)

CONSENTS = Purpose(
    code="consents",
    title=_("Consents"),
    why=_("To be able to show what you agreed to, in which words, and when you withdrew it."),
    what=_("Purpose, version of the text, language, who agreed for whom, when."),
    basis=Basis.DUTY,
    columns={
        "circle.Consent": ["resident", "guardian", "purpose", "matter", "given_by", "withdrawn_by"],
    },
    ends=_("as long as what rests on it is kept"),
)

RECORDS = Purpose(
    code="records",
    title=_("Record of deeds and of looks"),
    why=_("To show who did what and who looked at sensitive facts, so that nobody can do it unseen."),
    what=_("Who, when, what, which row: numbers and codes, no names."),
    basis=Basis.DUTY,
    columns={
        "circle.Reveal": ["resident"],
        "circle.Record": ["actor", "verb", "subject_type", "subject_id", "details"],
    },
    ends=_("after the deed; never earlier than the law allows"),
    rule="retention_records",
    stale=old_records,
    forget=purge_rows,
)

REPORTS = Purpose(
    code="reports",
    title=_("Errors that you report"),
    why=_("To mend the page."),
    what=_("The page and your words. Please write no names."),
    basis=Basis.ASKED,
    columns={"circle.PageReport": ["message", "outcome"]},
    ends=_("after it was settled"),
    rule="retention_reports",
    stale=old_reports,
    forget=delete_rows,
)


def circle_purposes() -> list[Purpose]:
    return [REGISTER, SIGN_IN, MESSAGES, ALARMS, RATINGS, SURVEYS, CONSENTS, RECORDS, REPORTS]
