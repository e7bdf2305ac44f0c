"""What was sent in each month by which channel, and what it cost: a page and CSV."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from circle.backoffice.frames import page_in
from circle.backoffice.post_permissions import require_permissions, within_reach
from circle.models import Community, Message
from circle.notifications.figures import MonthOfMessages, message_figures
from circle.web.export_formats import csv_response

VIEW = "circle.view_message"
page = page_in("circle/message")


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """message/figures/[?community=][&csv=1]: of a whole community, as long as its messages are stored."""
    require_permissions(request, VIEW)
    communities = communities_of(request)
    if not communities:
        raise PermissionDenied
    wanted = request.GET.get("community", "")
    community = next((each for each in communities if each.slug == wanted), communities[0])
    months = message_figures(Message.objects.filter(community=community))
    heads = [gettext("Month"), *(str(channel.label) for channel in Message.Channel)]
    heads += [gettext("not delivered"), gettext("text messages, yuan")]
    if request.GET.get("csv"):
        table = [[f"{month.first:%Y-%m}", *cells(month)] for month in months]
        return csv_response("messages.csv", [heads, *table])
    return page(
        request,
        "figures.html",
        gettext("Messages by month"),
        communities=communities,
        community=community,
        heads=heads,
        rows=[(month, cells(month)) for month in months],
        is_verified=all(month.is_verified for month in months),
    )


def communities_of(request: HttpRequest) -> list[Community]:
    """Where this user sees all messages, and not only those to deliver in a grid or a building."""
    return list(Community.objects.filter(within_reach(request, VIEW, "pk")))


def cells(month: MonthOfMessages) -> list[str]:
    cost = gettext("no price") if month.cost is None else f"{month.cost:.2f}"
    return [*(str(month.sent[channel]) for channel in Message.Channel), str(month.undelivered), cost]
