"""Posts that the director gives and ends, and the lost second step of a colleague."""

import datetime as dt

from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from circle.actions.phone_logins import forget_factors, login_for_phone
from circle.audit.log import record
from circle.identifiers.phone_numbers import parse_mobile
from circle.models import Community, StaffPost, User, posts_of, within_posts
from circle.models.roles import BY_PHONE, roles_with
from circle.notifications import notify

APPOINT = "circle.appoint_staffpost"
UNLOCK = "circle.unlock_staffpost"
ONE_DAY = dt.timedelta(days=1)


@transaction.atomic
def give_post(*, post: StaffPost, login: str, at: dt.datetime, by: User) -> StaffPost:
    """Save a new post for the holder of `login`: an e-mail address, or a neighbour's mobile number.

    Refuses: not_allowed, post_above (a post that decides about posts), own_post, other_community (grid,
    building, firm or facility), login_unknown, phone_invalid, post_held (on its first day), post_invalid (not
    allowed by the columns or the limit of the role).
    """
    check_reach(post, by, APPOINT)
    refuse_higher_post(post.role, post.community, by)
    places = [place for place in (post.grid, post.building, post.firm, post.facility) if place]
    if any(place.community_id != post.community_id for place in places):
        raise ValidationError(_("This belongs to another community."), code="other_community")
    post.user = login_for_post(login, post.role, at)
    refuse_own_post(post, by)
    refuse_invalid(post)
    try:
        with transaction.atomic():
            post.save(force_insert=True)
    except IntegrityError as clash:
        raise post_held_error() from clash
    record_post_change(post, "post_given", at, by)
    return post


def refuse_invalid(post: StaffPost) -> None:
    names = ("community", "user", "role", "grid", "building", "firm", "facility")
    same = {name: getattr(post, name) for name in names}
    if StaffPost.objects.active(post.starts_on).filter(**same).exists():
        raise post_held_error()
    try:
        post.full_clean()
    except ValidationError as found:
        raise ValidationError(found.messages[0], code="post_invalid") from found


def post_held_error() -> ValidationError:
    return ValidationError(_("They hold this post already."), code="post_held")


def login_for_post(text: str, role: str, at: dt.datetime) -> User:
    """The login, created for a neighbour's number; whoever needs a password gets one from the operator."""
    if role in BY_PHONE and "@" not in text:
        return login_for_phone(phone=parse_mobile(text), at=at)
    known = User.objects.filter(email__iexact=text.strip(), is_active=True).first()
    if known is None:
        raise ValidationError(
            _("No login has this e-mail address. Whoever runs the portal adds one."), code="login_unknown"
        )
    return known


@transaction.atomic
def end_post(*, post: StaffPost, last_day: dt.date, at: dt.datetime, by: User) -> StaffPost:
    """Set the last day in office; yesterday ends the post at once. One that ends earlier is unchanged.

    Refuses: not_allowed, post_above, own_post, day_past (before yesterday), post_not_begun (before its first
    day).
    """
    check_reach(post, by, APPOINT)
    refuse_own_post(post, by)
    refuse_higher_post(post.role, post.community, by)
    if last_day < localtime(at).date() - ONE_DAY:
        raise ValidationError(_("This day is over. Please choose another."), code="day_past")
    if last_day < post.starts_on:
        raise ValidationError(_("A post cannot end before it begins."), code="post_not_begun")
    later = Q(ends_on=None) | Q(ends_on__gt=last_day)
    if StaffPost.objects.filter(later, pk=post.pk).update(ends_on=last_day):
        record_post_change(post, "post_ended", at, by)
    post.refresh_from_db(fields=["ends_on"])
    return post


@transaction.atomic
def remove_second_factor(*, post: StaffPost, at: dt.datetime, by: User) -> None:
    """For a colleague who lost phone and printed codes. Their sessions end, and they are notified.

    Refuses: not_allowed, own_post, post_above (of any post they hold, anywhere), nothing_there.
    """
    check_reach(post, by, UNLOCK)
    refuse_own_post(post, by)
    held = posts_of(post.user)
    for each in [post, *held]:
        refuse_higher_post(each.role, each.community, by)
    if post.user.is_superuser and not by.has_global_permission(UNLOCK):
        raise post_above_error()
    if not Authenticator.objects.filter(user=post.user).exists():
        raise ValidationError(_("They have set up no second step."), code="nothing_there")
    forget_factors(user=post.user)
    record_post_change(post, "second_step_taken_off", at, by)
    notify(
        event="second_step_taken_off",
        community=post.community_id,
        user=post.user,
        at=at,
        dedupe=f"second_step_taken_off:{post.user_id}:{at.isoformat()}",
    )


def check_reach(post: StaffPost, by: User, permission: str) -> None:
    mine = Community.objects.filter(within_posts(by, permission, "pk"))
    if not mine.filter(pk=post.community_id).exists():
        raise ValidationError(_("Your post does not allow that."), code="not_allowed")


def refuse_own_post(post: StaffPost, by: User) -> None:
    if post.user_id == by.pk:
        raise ValidationError(_("Nobody decides about their own post."), code="own_post")


def refuse_higher_post(role: str, community: Community, by: User) -> None:
    """Posts that may give posts are managed by the operator only, all others by their holders."""
    deciding = roles_with(APPOINT)
    mine = {post.community_id for post in posts_of(by) if post.role in deciding}
    is_below = role not in deciding and community.pk in mine
    if not is_below and not by.has_global_permission(APPOINT):
        raise post_above_error()


def post_above_error() -> ValidationError:
    return ValidationError(
        _("This post stands as high as yours, or higher. Whoever runs the portal decides."), code="post_above"
    )


def record_post_change(post: StaffPost, verb: str, at: dt.datetime, by: User) -> None:
    record(verb=verb, subject=post, community=post.community_id, at=at, actor=by, role=post.role)
