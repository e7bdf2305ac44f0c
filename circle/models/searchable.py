from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from circle import text_matching
from circle.models.base import Bilingual


class Searchable(models.Model):
    """A row that the search box finds by name or synonym, in characters, pinyin, initials or English."""

    synonyms = models.TextField(
        _("also searched as"),
        blank=True,
        help_text=_(
            "Everyday words, one a line: Chinese, English, or pinyin where a character is read wrongly."
        ),
    )
    search_key = models.TextField(editable=False)

    name_zh: "models.CharField[str, str]"
    name_en: "models.CharField[str, str]"
    name: ClassVar[Bilingual]

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """The key is a fact of the same row and must follow each change of a name or synonym."""
        self.search_key = text_matching.build_key([self.name_zh, self.name_en], self.synonyms.splitlines())
        if (fields := kwargs.get("update_fields")) is not None:
            kwargs["update_fields"] = {*fields, "search_key"}
        super().save(*args, **kwargs)
