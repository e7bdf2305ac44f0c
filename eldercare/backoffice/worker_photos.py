"""The photo of whoever rings at a door: the field to send it, and how the office sees it."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.html import format_html
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from circle.images.uploads import safe_photo
from eldercare.actions.photos import PHOTO_SIDE, photo_uri


def photo_field(more: Any = "") -> forms.FileField:
    said = _("Of the face. The elder sees it on the eve. JPEG, PNG or WebP, at most 5 MB.")
    return forms.FileField(
        label=_("new photo"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        help_text=format_lazy("{} {}", said, more) if more else said,
    )


def read_photo(upload: Any) -> bytes:
    """Made small and safe; empty where nothing was sent."""
    return bytes(safe_photo(upload, PHOTO_SIDE).read()) if isinstance(upload, UploadedFile) else b""


def photo_tag(photo: bytes) -> str:
    uri = photo_uri(photo)
    return format_html('<img src="{}" alt="" width="120">', uri) if uri else "–"
