from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from circle.images.qr_codes import qr_data_uri
from circle.models import Community, Notice
from circle.notifications import share_of_notice
from circle.notifications.sharing import picture_response
from circle.web import export_formats
from circle.web.middleware import PortalRequest
from circle.web.page_cache import cache_for_a_minute

PER_PAGE = 20
IN_FEED = 30


@require_safe
@cache_for_a_minute
def notices(request: PortalRequest) -> HttpResponse:
    visible = Notice.objects.visible(request.community, timezone.now())
    page = Paginator(visible, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "circle/notices.html", {"page": page})


@require_safe
@cache_for_a_minute
def notice(request: PortalRequest, slug: str) -> HttpResponse:
    found = notice_of(request, slug)
    share = share_of_notice(found, request.build_absolute_uri)
    context = {
        "notice": found,
        "hit": _(", ").join(each.name for each in found.buildings.all()),
        "share": share,
        "picture_url": reverse("notice_picture", args=[slug]),
        "qr": qr_data_uri(share.url),
    }
    return render(request, "circle/notice.html", context)


@require_safe
@cache_for_a_minute
def picture(request: PortalRequest, slug: str) -> HttpResponse:
    """/notices/<slug>/picture.png: for the WeChat group."""
    return picture_response(share_of_notice(notice_of(request, slug), request.build_absolute_uri))


@require_safe
@cache_for_a_minute
def feed(request: PortalRequest) -> HttpResponse:
    """/notices/feed.atom?community=: the newest notices, in the language of the address."""
    slug = request.GET.get("community")
    community = get_object_or_404(Community, slug=slug) if slug else request.community
    newest = Notice.objects.visible(community, timezone.now()).order_by("-publish_at")[:IN_FEED]
    absolute = request.build_absolute_uri
    entries = [
        export_formats.Entry(
            url=absolute(reverse("short_link", args=[each.short_code])),
            title=each.title,
            text=each.body,
            published_at=each.publish_at,
            updated_at=max(each.status_at, each.publish_at),
        )
        for each in newest
    ]
    return export_formats.atom_response(
        title=_("Notices of %(community)s") % {"community": community.name},
        author=community.name,
        url=absolute(reverse("notices")),
        feed_url=absolute(),
        language=get_language() or "zh-hans",
        entries=entries,
    )


def notice_of(request: PortalRequest, slug: str) -> Notice:
    found = get_object_or_404(Notice.objects.visible(request.community, timezone.now()), slug=slug)
    found.community = request.community  # known already
    return found
