"""Answers to the question that the back office asks before a change takes the time of bookings."""

from typing import Any


def answer(client: Any, page: Any, decision: str, reason: str = "停电", **more: Any) -> Any:
    """Send the question's form with this decision."""
    sent: dict[str, Any] = {}
    for name, value in page.context["question"].hidden:
        sent.setdefault(name, []).append(value)
    sent |= {"affected-decision": decision, "affected-reason": reason} | more
    return client.post(page.request["PATH_INFO"], sent, follow=True)


def leave_in_list(client: Any, page: Any) -> Any:
    """Where it was asked: they stay as they are; the page that follows."""
    is_asked = page.context is not None and "question" in page.context
    return answer(client, page, "stay", "") if is_asked else page
