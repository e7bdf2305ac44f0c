"""A code from a clerk opens one session, however many send it together."""

import pytest
from django.core.exceptions import ValidationError

from circle.actions import give_pass, use_pass
from circle.models import Record, SignInPass, User
from tests import make

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def test_of_two_who_send_the_code_together_one_is_signed_in(at_once):
    resident = make.own_resident()
    clerk = make.clerk(community=resident.community)
    code = give_pass(resident=resident, known_by="call", at=make.MORNING, by=clerk)
    answers = at_once(*[lambda: use_pass(code=code, at=make.MORNING)] * 6)
    refused = [answer.code for answer in answers if isinstance(answer, ValidationError)]
    assert [answer for answer in answers if isinstance(answer, User)] == [resident.login]
    assert refused == ["incorrect_code"] * 5
    assert Record.objects.filter(verb="sign_in_used").count() == 1


def test_two_clerks_who_give_at_once_leave_one_code(at_once):
    resident = make.own_resident()
    clerk = make.clerk(community=resident.community)
    codes = at_once(*[lambda: give_pass(resident=resident, known_by="call", at=make.MORNING, by=clerk)] * 4)
    assert all(isinstance(code, str) for code in codes)
    assert SignInPass.objects.count() == 1
