import json
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.management.base import BaseCommand
from django.db import models

from circle.identifiers.encryption import index_of, reseal_token, unseal_text
from circle.models import SealedIndex, tail_of
from circle.models.sealed_columns import sealed_columns, sealed_models

AT_ONCE = 500


class Command(BaseCommand):
    help = (
        "Encrypts everything under the first of FIELD_KEYS and writes every index under INDEX_KEY. The "
        "portal may run meanwhile; a second run finds nothing to do. How to change keys: docs/operations.md."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        for model in sealed_models():
            self.report_progress(model._meta.label_lower, model._default_manager.count(), rotate_rows(model))
        self.report_progress("sessions", Session.objects.count(), rotate_sessions())
        self.report_progress("second factors", second_factors().count(), rotate_factors())

    def report_progress(self, name: str, count: int, changes: Iterator[bool]) -> None:
        """Prints one line for each batch, to show the progress."""
        seen = changed = 0
        for is_changed in changes:
            seen, changed = seen + 1, changed + is_changed
            if seen % AT_ONCE == 0:
                self.stdout.write(f"{name}: {seen} of {count} checked, {changed} written anew")
        self.stdout.write(f"{name}: all {seen} checked, {changed} written anew")


def rotate_rows(model: type[models.Model]) -> Iterator[bool]:
    """Whether each row was written. A row changed meanwhile is skipped, since it has the new keys already."""
    columns = sealed_columns(model)
    rows = model._default_manager.order_by("pk").values("pk", *columns, *index_columns(model, columns))
    for row in rows.iterator(chunk_size=AT_ONCE):
        old = {name: value for name, value in row.items() if name != "pk"}
        new = old | {name: reseal_token(row[name]) for name in columns if row[name]}
        for name in columns:
            new |= new_indexes(name.removesuffix("_sealed"), row[name], old)
        changes = {name: value for name, value in new.items() if value != old[name]}
        same = model._default_manager.filter(pk=row["pk"], **{name: old[name] for name in columns})
        yield bool(changes and same.update(**changes))


def index_columns(model: type[models.Model], columns: list[str]) -> list[str]:
    stems = tuple(name.removesuffix("_sealed") for name in columns)
    fields = [field for field in model._meta.local_concrete_fields if isinstance(field, SealedIndex)]
    return [field.name for field in fields if field.name.startswith(stems)]


def new_indexes(stem: str, token: str, old: dict[str, Any]) -> dict[str, str]:
    """The indexes of this column's value under the new key."""
    text = unseal_text(token) if token else ""
    found = {f"{stem}_index": index_of(text), f"{stem}_tail": tail_of(text)}
    return {name: value for name, value in found.items() if text and name in old}


def rotate_sessions() -> Iterator[bool]:
    store = SessionStore()
    for row in Session.objects.order_by("pk").iterator(chunk_size=AT_ONCE):
        values = store.decode(row.session_data)
        same = Session.objects.filter(pk=row.pk, session_data=row.session_data)
        yield bool(values and same.update(session_data=store.encode(values)))


def second_factors() -> "models.QuerySet[Any]":
    return apps.get_model("mfa", "Authenticator")._default_manager.all()


def rotate_factors() -> Iterator[bool]:
    """Whether each was written; allauth stores the encrypted secrets inside a JSON column."""
    for row in second_factors().order_by("pk").iterator(chunk_size=AT_ONCE):
        new = reseal_nested(row.data)
        same = second_factors().filter(pk=row.pk, data=row.data)
        yield json.dumps(new) != json.dumps(row.data) and bool(same.update(data=new))


def reseal_nested(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: reseal_nested(each) for name, each in value.items()}
    if isinstance(value, list):
        return [reseal_nested(each) for each in value]
    return reseal_token(value) if isinstance(value, str) and value.startswith("gAAAA") else value
