from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from circle.forms.located import LocatedForm
from circle.images.uploads import safe_photo


class FacilityForm(LocatedForm):
    photo = forms.FileField(
        label=_("photo"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        help_text=_("JPEG, PNG or WebP, at most 5 MB. Place and camera data are removed."),
    )

    def clean_photo(self) -> Any:
        photo = self.cleaned_data["photo"]
        return safe_photo(photo) if isinstance(photo, UploadedFile) else photo
