"""A form that is sent twice, after a lost answer or by a double click, gets the answer of the first time."""

import hashlib
import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _

from circle.booking.idempotency import claim_key
from circle.identifiers.public_codes import parse_uuids
from circle.models import Once

FORM_KEY = "form_key"  # the hidden field of {% form_key %}
ANYBODY = "anybody"  # whoever is not signed in; nobody guesses the key of another's form
DONE = "+"  # before the address in a stored answer: the first answer said that it was done
ANSWERING = "_answers_once"  # a view inside another one does not claim the key again
LONGEST = Once._meta.get_field("outcome").max_length or 0
View = TypeVar("View", bound=Callable[..., HttpResponse])


def answer_once(view: View) -> View:
    """For a view that acts by POST and redirects: with a form key it acts once, in one transaction.

    What is not a redirect, or comes with an error message, is a refusal: the form may be sent again. One
    that is sent again with other values, after "back", is another form.
    """

    @wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        keys = parse_uuids(request.POST.get(FORM_KEY, "")) if request.method == "POST" else []
        if not keys or hasattr(request, ANSWERING):
            return view(request, *args, **kwargs)
        setattr(request, ANSWERING, True)
        with transaction.atomic():
            return first_answer(request, submission_key(request), lambda: view(request, *args, **kwargs))

    wrapper.answers_once = True  # type: ignore[attr-defined]
    return wrapper  # type: ignore[return-value]


def submission_key(request: HttpRequest) -> str:
    """A key of all that was typed, the form's own key among it; the token that guards the form may change."""
    typed = sorted((name, values) for name, values in request.POST.lists() if name != "csrfmiddlewaretoken")
    files = sorted((name, str(file), file.size) for name, sent in request.FILES.lists() for file in sent)
    digest = hashlib.sha256(repr((typed, files)).encode("utf-8", "surrogatepass")).digest()
    return str(uuid.UUID(bytes=digest[:16]))


def first_answer(request: HttpRequest, key: str, act: Callable[[], HttpResponse]) -> HttpResponse:
    actor = f"user:{request.user.pk}" if request.user.is_authenticated else ANYBODY
    claimed = Once.objects.filter(actor=actor, key=key)
    if not claim_key(actor, key, timezone.now(), ""):
        return repeated_answer(request, claimed.get().outcome)
    response = act()
    outcome = outcome_of(request, response)
    if outcome:
        claimed.update(outcome=outcome)
    else:
        claimed.delete()
    return response


def outcome_of(request: HttpRequest, response: HttpResponse) -> str:
    """Empty for a refusal, and where the address is too long to be stored."""
    said = {message.level for message in messages.get_messages(request)._queued_messages}  # type: ignore[union-attr]  # noqa: SLF001
    if not isinstance(response, HttpResponseRedirect) or messages.ERROR in said:
        return ""
    outcome = (DONE if messages.SUCCESS in said else "") + response.url
    return outcome if len(outcome) <= LONGEST else ""


def repeated_answer(request: HttpRequest, outcome: str) -> HttpResponse:
    if outcome.startswith(DONE):
        messages.success(request, _("It was done when you sent it the first time, and is not done twice."))
    return HttpResponseRedirect(outcome.removeprefix(DONE))
