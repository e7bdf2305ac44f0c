import pytest
from django.core.exceptions import ValidationError


@pytest.fixture
def refusal():
    """The code with which a call refuses."""

    def code(call, **values) -> str:
        with pytest.raises(ValidationError) as refused:
            call(**values)
        return refused.value.code

    return code


@pytest.fixture
def codes():
    """The codes of the refusals on a page."""

    def found(response) -> set[str]:
        errors = response.context["form"].errors.as_data()
        return {error.code for field in errors.values() for error in field}

    return found
