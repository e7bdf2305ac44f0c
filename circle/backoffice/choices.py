"""Choices of the back office's forms that are searched for while one types."""

from typing import Any

from django.contrib.admin.widgets import AutocompleteSelect

from circle.identifiers.public_codes import parse_row_id


class RowSelect(AutocompleteSelect):
    """Django's asks the database for whatever was sent, and fails over what is no number."""

    def optgroups(self, name: str, value: Any, attrs: dict[str, Any] | None = None) -> Any:
        return super().optgroups(name, [each for each in value if parse_row_id(str(each))], attrs)


class RowSelects:
    """Of an admin class or an inline: its `autocomplete_fields` that lead to one row."""

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):  # type: ignore[attr-defined]
            site = self.admin_site  # type: ignore[attr-defined]
            kwargs.setdefault("widget", RowSelect(db_field, site, using=kwargs.get("using")))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[misc]
