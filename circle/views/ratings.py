from allauth.core.ratelimit import respond_429
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from circle import actions
from circle.booking.form_keys import answer_once
from circle.booking.rating_figures import rated_things
from circle.forms.ratings import RatingForm
from circle.identifiers.public_codes import parse_row_id
from circle.models import Rating, User
from circle.models.ratings import Level
from circle.web.middleware import PortalRequest
from circle.web.own_devices import is_own_device
from circle.web.page_cache import cache_for_a_minute
from circle.web.rate_limits import is_rate_limited

GUESSES, HOUR = 30, 3600  # of codes that do not exist; there are 6.6e11


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@answer_once
def rate(request: PortalRequest, code: str) -> HttpResponse:
    """/rate/<code>/[?level=]: five faces, then what was good or bad; afterwards our answer to a low one."""
    rating = Rating.objects.select_related("follow_up", "community").filter(code=code).first()
    if rating is None:
        if is_rate_limited(request, "rate", GUESSES, HOUR):
            return respond_429(request)
        raise Http404
    if isinstance(request.user, User) and rating.is_served_by(request.user):
        raise Http404
    at = timezone.now()
    level = parse_row_id(request.POST.get("level") or request.GET.get("level", ""))
    level = level if level in Level.values else 0
    form = RatingForm(request.POST or None, level=level)
    if request.method == "POST" and form.is_valid():
        try:
            channel = Rating.Channel.DEVICE if is_own_device(request) else Rating.Channel.LINK
            actions.give_rating(rating=rating, at=at, channel=channel, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            return redirect("rate", rating.code)
    context = {
        "rating": rating,
        "levels": Level.choices,
        "level": level,
        "level_label": Level(level).label if level else "",
        "form": form,
        "is_open": rating.is_open_at(at),
        "is_over": rating.rated_at is None and rating.until <= at,
    }
    return render(request, "circle/rate.html", context, status=422 if form.errors else 200)


@require_safe
@cache_for_a_minute
def ratings(request: PortalRequest) -> HttpResponse:
    """/ratings/: how each item and kind was rated, by month."""
    context = {
        "things": rated_things(request.community, timezone.localdate()),
        "level_labels": [label for _level, label in Level.choices],
    }
    return render(request, "circle/ratings.html", context)
