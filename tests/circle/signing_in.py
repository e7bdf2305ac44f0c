"""The steps of a resident's sign-in, as a browser would send them."""

from circle.models import Message

PHONE = "13800138000"
START, CODE, STAFF = "/sign-in/", "/sign-in/code/", "/sign-in/staff/"


def ask(client, phone: str = PHONE, **more):
    return client.post(START, {"phone": phone} | more)


def ask_again(client, **more):
    return client.post(CODE, {"action": "resend"} | more)


def sent_code() -> str:
    return Message.objects.latest("pk").all_values["code"]


def enter(client, code: str, **more):
    return client.post(CODE, {"code": code} | more)


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06}"


def errors(response, field: str = "__all__") -> list[str]:
    """The codes of a refusal."""
    return [error.code for error in response.context["form"].errors.as_data()[field]]


def is_signed_in(client) -> bool:
    return "_auth_user_id" in client.session
