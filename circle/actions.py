"""Changes of state in circle. Each is one function, one transaction; doing it twice is harmless."""

import datetime as dt
import re

from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from circle.messages import notify
from circle.models import Building, Community, Mandate, Message, MissedSearch, PageReport, Resident, User
from circle.phones import mobile, reachable
from circle.records import record
from circle.vault import index_of, seal

REPORTS_PER_HOUR = 60
MISSED_SEARCHES_KEPT = 2000
OUTCOME_LENGTH = 300
NAME_LENGTH = 60
SIGN_IN_CODE = "sign_in_code"
CODE_PAUSE = dt.timedelta(seconds=30)
CODES_PER_HOUR = 5
CODES_PER_DAY = 10
UNVERIFIED_KEPT = dt.timedelta(days=1)


@transaction.atomic
def report_page(*, community: Community, page: str, message: str, at: dt.datetime) -> PageReport:
    """Keep what a visitor found wrong; the same words about a page are kept once while unsettled.

    Refuses: too_many_reports (a community takes 60 an hour; the sentence names the phone).
    """
    same = PageReport.objects.unsettled().filter(community=community, page=page, message=message).first()
    if same:
        return same
    recent = PageReport.objects.filter(community=community, created_at__gt=at - dt.timedelta(hours=1))
    if recent.count() >= REPORTS_PER_HOUR:
        raise ValidationError(
            _("Many reports came in just now. Please phone %(phone)s."),
            code="too_many_reports",
            params={"phone": community.phone},
        )
    return PageReport.objects.create(community=community, page=page, message=message, created_at=at)


@transaction.atomic
def settle_report(*, report: PageReport, by: User, outcome: str, at: dt.datetime) -> PageReport:
    """Close a report with what was done. A settled one stays as it is.

    Refuses: outcome_missing, outcome_too_long (300 characters).
    """
    outcome = outcome.strip()
    if not outcome:
        raise ValidationError(_("Say what was done."), code="outcome_missing")
    if len(outcome) > OUTCOME_LENGTH:
        raise ValidationError(
            _("Say it in at most %(length)s characters."),
            code="outcome_too_long",
            params={"length": OUTCOME_LENGTH},
        )
    PageReport.objects.unsettled().filter(pk=report.pk).update(settled_at=at, settled_by=by, outcome=outcome)
    report.refresh_from_db()
    return report


@transaction.atomic
def note_missed_search(*, community: Community, words: str, at: dt.datetime) -> MissedSearch | None:
    """Count words that found nothing, as a synonym to add.

    Nothing is kept of one letter, of long texts and of numbers: they may be a phone or ID typed by mistake.
    """
    words = " ".join(words.split()).lower()
    if not 2 <= len(words) <= 40 or re.search(r"\d{4}", re.sub(r"[\s-]", "", words)):
        return None
    kept = MissedSearch.objects.filter(community=community)
    if kept.filter(words=words).update(count=F("count") + 1, last_at=at):
        return kept.get(words=words)
    if kept.count() >= MISSED_SEARCHES_KEPT:
        return None
    return MissedSearch.objects.get_or_create(community=community, words=words, defaults={"last_at": at})[0]


def find_or_register(*, community: Community, name: str, phone: str, at: dt.datetime, by: User) -> Resident:
    """The living resident of this phone and name, else a new one: what staff do for whoever phones or comes.

    Refuses: name_missing, name_too_long, phone_invalid.
    """
    known = None
    if phone:
        people = community.people.living().with_phone(reachable(phone))
        known = people.filter(name=" ".join(name.split())).first()
    return known or register_resident(community=community, name=name, phone=phone, at=at, by=by)


@transaction.atomic
def register_resident(
    *,
    community: Community,
    name: str,
    at: dt.datetime,
    by: User | None,
    phone: str = "",
    login: User | None = None,
    building: Building | None = None,
) -> Resident:
    """Take a person into the community's register, with or without a phone.

    Refuses: name_missing, name_too_long, phone_invalid, other_community (the building stands elsewhere).
    """
    name = " ".join(name.split())
    if not name:
        raise ValidationError(_("Enter a name."), code="name_missing")
    if len(name) > NAME_LENGTH:
        raise ValidationError(
            _("A name has at most %(length)s characters."),
            code="name_too_long",
            params={"length": NAME_LENGTH},
        )
    if building and building.community_id != community.pk:
        raise ValidationError(_("This building stands in another community."), code="other_community")
    resident = Resident(community=community, name=name, login=login, building=building)
    resident.phone = reachable(phone) if phone else ""
    resident.language = Resident.Language.EN if get_language() == "en" else Resident.Language.ZH
    resident.save()
    record(verb="resident_registered", subject=resident, community=community, at=at, actor=by)
    return resident


@transaction.atomic
def give_mandate(*, mandate: Mandate, phone: str, at: dt.datetime, by: User) -> Mandate:
    """Keep a new mandate for whoever signs in with this mobile number, now or for the first time later.

    Refuses: phone_invalid, already_given (the same one is in force without an end).
    """
    mandate.agent = login_for_phone(phone=mobile(phone), at=at)
    try:
        with transaction.atomic():
            mandate.save(force_insert=True)
    except IntegrityError as clash:
        raise ValidationError(_("This person already holds that mandate."), code="already_given") from clash
    community = mandate.principal.community_id
    record(verb="mandate_given", subject=mandate, community=community, at=at, actor=by, basis=mandate.basis)
    return mandate


@transaction.atomic
def revoke_mandate(*, mandate: Mandate, at: dt.datetime, by: User) -> Mandate:
    """End it from now on; one that has ended stays as it is."""
    if Mandate.objects.filter(pk=mandate.pk, revoked_at=None).update(revoked_at=at):
        community = mandate.principal.community_id
        record(verb="mandate_revoked", subject=mandate, community=community, at=at, actor=by)
    mandate.refresh_from_db(fields=["revoked_at"])
    return mandate


def login_for_phone(*, phone: str, at: dt.datetime) -> User:
    """The login of this mobile number (as `circle.phones.mobile` returns it), made unverified where none is.

    With a row for each number that asks for a code, nobody can tell from an answer who has a login.
    """
    defaults = {"phone_sealed": seal(phone), "password": make_password(None), "date_joined": at}
    return User.objects.get_or_create(phone_index=index_of(phone), defaults=defaults)[0]


@transaction.atomic
def send_sign_in_code(*, user: User, code: str, community: Community, at: dt.datetime) -> None:
    """Put a code for the phone of this login into the outbox.

    The limit counts the messages themselves under a lock on the login, so it is exact for any number of
    processes and cannot be lost with a cache.
    Refuses: code_too_soon (one in 30 seconds), too_many_codes (5 in an hour, 10 on a day).
    """
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    hour_ago = at - dt.timedelta(hours=1)
    midnight = localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    codes = Message.objects.filter(user=user, event=SIGN_IN_CODE, created_at__gt=min(hour_ago, midnight))
    sent = list(codes.values_list("created_at", flat=True))
    if any(each > at - CODE_PAUSE for each in sent):
        raise ValidationError(
            _("A code is on its way. You can ask for another one in half a minute."), code="code_too_soon"
        )
    in_the_hour, today = (sum(each > since for each in sent) for since in (hour_ago, midnight))
    if in_the_hour >= CODES_PER_HOUR or today >= CODES_PER_DAY:
        raise ValidationError(
            _("Many codes were sent to this number just now. Please try again later, or phone %(phone)s."),
            code="too_many_codes",
            params={"phone": community.phone},
        )
    notify(
        event=SIGN_IN_CODE,
        community=community,
        user=user,
        secret={"code": code},
        dedupe=f"{SIGN_IN_CODE}:{user.pk}:{at.timestamp()}",
        at=at,
    )


def verify_phone(*, user: User, at: dt.datetime) -> None:
    """The owner of the phone has shown a code that was sent to it; the first time stays."""
    User.objects.filter(pk=user.pk, phone_verified_at=None).update(phone_verified_at=at)
    user.refresh_from_db(fields=["phone_verified_at"])


def sweep_unverified(at: dt.datetime) -> int:
    """Delete the logins of numbers that asked for a code and never came back; the number deleted.

    A login waits until its last code is a day old, or deleting it would reset the daily limit.
    """
    stale = User.objects.filter(
        date_joined__lt=at - UNVERIFIED_KEPT,
        phone_verified_at=None,
        last_login=None,
        email=None,
        name="",
        # what staff have tied to a number is not ours to delete
        residents=None,
        mandates_held=None,
        posts=None,
    )
    recent = Message.objects.filter(user__isnull=False, created_at__gt=at - UNVERIFIED_KEPT)
    return stale.exclude(pk__in=recent.values("user")).delete()[1].get(User._meta.label, 0)


@transaction.atomic
def tell_in_person(*, message: Message, at: dt.datetime, by: User) -> None:
    """Staff have told somebody who has no channel; a second click changes nothing."""
    told = Message.objects.to_tell().filter(pk=message.pk)
    if told.update(status=Message.Status.SENT, sent_at=at):
        record(verb="message_told", subject=message, community=message.community, at=at, actor=by)
