"""Pages of the back office that are no lists or forms of the admin site."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def page_in(folder: str) -> Callable[..., HttpResponse]:
    """Renders a template of this folder under admin/ in the frame of the back office."""

    def page(
        request: HttpRequest, template: str, title: str, status: int = 200, **context: Any
    ) -> HttpResponse:
        frame = admin.site.each_context(request) | {"title": title}
        return render(request, f"admin/{folder}/{template}", frame | context, status=status)

    return page
