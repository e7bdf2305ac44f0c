from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from circle.actions import forget_factors
from circle.backoffice.concurrent_edits import TellsOfOtherEdits
from circle.backoffice.confirmation import Question
from circle.backoffice.row_questions import ask_about_rows
from circle.identifiers.encryption import indexes_of
from circle.identifiers.masking import mask_phone
from circle.identifiers.phone_numbers import parse_mobile
from circle.models import User

RIGHTS = ["is_active", "is_staff", "is_superuser", "groups", "user_permissions"]

# allauth's tables: addresses, which we leave empty; secrets and sessions, which are no pages of the office
for table in (EmailAddress, Authenticator, UserSession):
    admin.site.unregister(table)


class NewUserForm(AdminUserCreationForm):
    email = forms.EmailField(label=_("e-mail address"))

    class Meta:
        model = User
        fields = ("email", "name")


class UserForm(UserChangeForm):
    class Meta:
        model = User
        fields = "__all__"
        field_classes: dict[str, type] = {}

    def clean_email(self) -> str | None:
        """Repeats the constraint, because a form skips constraints on columns that it does not show."""
        email: str | None = self.cleaned_data["email"]
        if not (email or self.instance.phone_index):
            raise ValidationError(
                _("A login needs an e-mail address or a mobile number."), code="email_missing"
            )
        return email


@admin.register(User)
class UserAdmin(TellsOfOtherEdits, DjangoUserAdmin):
    form = UserForm
    add_form = NewUserForm
    ordering = ["email", "pk"]
    list_display = [
        "email",
        "name",
        "masked_phone",
        "has_verified_phone",
        "is_staff",
        "is_active",
        "last_login",
    ]
    list_filter = ["is_staff", "is_active", "groups"]
    search_fields = ["email", "name"]
    actions = ["forget_factors"]
    search_help_text = _("E-mail address, name, or the whole mobile number")
    readonly_fields = ["masked_phone", "phone_verified_at", "last_login", "date_joined"]
    fieldsets = [
        (None, {"fields": ["email", "name", "password", "masked_phone", "phone_verified_at"]}),
        (_("What this login may do"), {"fields": RIGHTS}),
        (_("When"), {"fields": ["last_login", "date_joined"]}),
    ]
    add_fieldsets = [
        (
            None,
            {"fields": ["email", "name", "usable_password", "password1", "password2"]},
        )
    ]

    @admin.action(description=_("Take off the second step"), permissions=["change"])
    def forget_factors(self, request: HttpRequest, queryset: QuerySet[User]) -> HttpResponse | None:
        """After the loss of phone and printed codes; a new factor is set up at the next sign-in."""
        question = Question(
            title=gettext("Take off the second step"),
            button=gettext("Take it off"),
            back=request.get_full_path(),
            sentences=[gettext("Make sure that it is them: with the password alone they set up a new one.")],
        )
        return ask_about_rows(request, queryset, question, lambda user, _said: forget_factors(user=user))

    @admin.display(description=_("mobile number"))
    def masked_phone(self, user: User) -> str:
        return mask_phone(user.phone) if user.phone_sealed else ""

    @admin.display(description=_("verified"), boolean=True)
    def has_verified_phone(self, user: User) -> bool:
        return user.phone_verified_at is not None

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[User], search_term: str
    ) -> tuple[QuerySet[User], bool]:
        """A phone number is found only as a whole, in any spelling, since only its hash can be searched."""
        try:
            return queryset.filter(phone_index__in=indexes_of(parse_mobile(search_term))), False
        except ValidationError:
            return super().get_search_results(request, queryset, search_term)
