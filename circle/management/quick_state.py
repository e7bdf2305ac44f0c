"""Lets `migrate` add a model to its picture of the project without drawing all others anew.

Django draws each model that is linked to a new one again, and here nearly all are linked: an empty database
took three times as long (13 s of processor time instead of 4). A test compares what both write.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.migrations.state import ModelState, ProjectState


@contextmanager
def models_added_alone() -> Iterator[None]:
    djangos = ProjectState.add_model
    ProjectState.add_model = add_model  # type: ignore[assignment,method-assign]
    try:
        yield
    finally:
        ProjectState.add_model = djangos  # type: ignore[method-assign]


def add_model(state: Any, model_state: ModelState) -> None:
    """In the place of `ProjectState.add_model`, for a model that was not there."""
    key = model_state.app_label, model_state.name_lower
    state.models[key] = model_state
    if state._relations is not None:  # noqa: SLF001
        state.resolve_model_relations(key)
    if "apps" in state.__dict__:
        state.is_delayed = True  # before a function of a migration is run, Django draws all anew
        state.apps.render_multiple([model_state])
        # Classes that older pictures share must find the new model when somebody asks what is linked to them.
        for model in state.apps.get_models(include_auto_created=True):
            model._meta.apps = state.apps
        state.apps.clear_cache()
