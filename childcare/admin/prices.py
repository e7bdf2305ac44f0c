"""What a class costs from which day: set ahead by the head of the nursery, taken back before it begins."""

from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from childcare.actions import drop_price, set_price
from childcare.admin.pages import page
from childcare.admin.teachers import CHANGE
from childcare.forms.days import WRONG_DAY
from childcare.forms.fields import DayInput
from childcare.models import ClassPrice, NurseryClass
from childcare.models.classes import OF_CLASS
from circle.backoffice.confirmation import show_refusal
from circle.backoffice.post_permissions import require_permissions, within_reach
from circle.identifiers.public_codes import parse_row_id

MOST = Decimal(99_999)


class PriceForm(forms.Form):
    valid_from = forms.DateField(label=_("Valid from"), widget=DayInput(), error_messages=WRONG_DAY)
    yuan = forms.DecimalField(
        label=_("Fee a month (yuan)"), min_value=0, max_value=MOST, max_digits=7, decimal_places=2
    )
    source_zh = forms.CharField(label=_("Where the fee comes from (Chinese)"), max_length=120)
    source_en = forms.CharField(label=_("Where the fee comes from (English)"), max_length=160, required=False)


@require_http_methods(["GET", "HEAD", "POST"])
def prices(request: HttpRequest, code: int) -> HttpResponse:
    """nurseryclass/prices/<id>/: the dated prices of a class; POST sets one or takes one back."""
    require_permissions(request, CHANGE)
    group = get_object_or_404(
        NurseryClass.objects.filter(within_reach(request, CHANGE, places=OF_CLASS)), pk=code
    )
    rows = ClassPrice.objects.filter(nursery_class=group).select_related("nursery_class")
    form = PriceForm(request.POST if "valid_from" in request.POST else None)
    if "drop" in request.POST:
        try_drop(request, get_object_or_404(rows, pk=parse_row_id(request.POST["drop"])))
        return redirect(request.path)
    if request.method == "POST" and form.is_valid() and try_set_price(request, group, form):
        return redirect(request.path)
    return page(
        request,
        "nurseryclass/prices.html",
        gettext("Prices of the class"),
        status=422 if form.errors else 200,
        group=group,
        prices=rows,
        today=timezone.localdate(),
        form=form,
    )


def try_drop(request: HttpRequest, price: ClassPrice) -> None:
    try:
        drop_price(price=price, at=timezone.now(), by=request.user)
    except ValidationError as refusal:
        show_refusal(request, refusal)


def try_set_price(request: HttpRequest, group: NurseryClass, form: PriceForm) -> bool:
    said = form.cleaned_data
    try:
        set_price(
            nursery_class=group,
            valid_from=said["valid_from"],
            cents=int(said["yuan"] * 100),
            source_zh=said["source_zh"],
            source_en=said["source_en"],
            at=timezone.now(),
            by=request.user,
        )
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return False
    return True
