from functools import cached_property
from typing import Any, ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from accounts.keys import name_key
from accounts.passwords import verify_password
from accounts.roles import ROLE_PERMISSIONS, Role
from courts.models import Court


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(username_key=name_key(username or ""))

    def create_user(self, username: str, email: str = "", password: str | None = None, **fields: Any) -> "User":
        """A new log-in; without a password nobody can use it until one is set."""
        user = self.model(username=username.strip(), email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, username: str, email: str = "", password: str | None = None, **fields: Any) -> "User":
        return self.create_user(username, email, password, is_superuser=True, **fields)


class User(AbstractBaseUser):
    """A log-in and nothing else: who the person is stands in the PACER account, what staff may do in the roles."""

    username = models.CharField(_("username"), max_length=150)
    username_key = models.CharField(max_length=300, unique=True, editable=False)
    email = models.EmailField(_("email"), max_length=254, blank=True)
    email_verified_at = models.DateTimeField(_("email verified"), null=True, blank=True)
    display_name = models.CharField(_("name"), max_length=200, blank=True)
    is_active = models.BooleanField(_("active"), default=True)
    is_superuser = models.BooleanField(_("superuser"), default=False)
    date_joined = models.DateTimeField(_("registered"), default=timezone.now)
    # Raised by a change of password, loss of rights and closing: whoever holds an older number must sign in anew.
    credentials_version = models.PositiveIntegerField(default=1)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["email"]

    class Meta:
        ordering = ["username_key"]
        indexes = [models.Index(Lower("email"), name="user_by_email")]

    def __str__(self) -> str:
        return self.username

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.username_key = name_key(self.username)
        fields = kwargs.get("update_fields")
        if fields is not None and "username" in fields:
            kwargs["update_fields"] = {*fields, "username_key"}
        super().save(*args, **kwargs)

    def natural_key(self) -> tuple[str]:
        return (self.username,)

    def check_password(self, raw_password: str | None) -> bool:
        """Whether this is the password, in time that tells nothing. Stores no new hash: that is sign-in's work."""
        return verify_password(raw_password or "", self.password).ok

    def _get_session_auth_hash(self, secret: str | bytes | None = None) -> str:
        # Of the version, not of the hash: a re-hash of the same password ends no session, and whatever raises the
        # version ends them all at their next request.
        return salted_hmac(
            "accounts.session", f"{self.pk}:{self.credentials_version}", secret=secret, algorithm="sha256"
        ).hexdigest()

    def get_full_name(self) -> str:
        return self.display_name or self.username

    def get_short_name(self) -> str:
        return self.get_full_name()

    @cached_property
    def roles(self) -> "list[StaffRole]":
        """The staff roles in force; read once a request, so that a role taken away counts at the next."""
        return list(self.staff_roles.all())

    @property
    def is_staff(self) -> bool:
        return self.is_active and (self.is_superuser or bool(self.roles))

    @property
    def is_national(self) -> bool:
        """Whether this is staff of the whole system, not of single courts."""
        return self.is_active and (self.is_superuser or any(role.court_id is None for role in self.roles))

    def court_ids(self, *, permission: str | None = None) -> set[str]:
        """The courts this person is staff of, with `permission` ("linking.change_link") where given.

        Hosts only. Says nothing about national staff: ask `is_national` first.
        """
        return {
            role.court_id
            for role in self.roles
            if role.court_id and (permission is None or permission in ROLE_PERMISSIONS[Role(role.role)])
        }

    def has_perm(self, perm: str, obj: object = None) -> bool:
        """Whether any role of this person carries `perm` ("app.action_model"). The court is checked by querysets."""
        if not self.is_active:
            return False
        return self.is_superuser or any(perm in ROLE_PERMISSIONS[Role(role.role)] for role in self.roles)

    def has_perms(self, perms: list[str], obj: object = None) -> bool:
        return all(self.has_perm(perm, obj) for perm in perms)

    def has_module_perms(self, app_label: str) -> bool:
        if not self.is_active:
            return False
        return self.is_superuser or any(
            perm.startswith(f"{app_label}.") for role in self.roles for perm in ROLE_PERMISSIONS[Role(role.role)]
        )


class StaffRole(models.Model):
    """What a member of staff may do, and where: `court` empty means at every court."""

    # CASCADE: without the person the role means nothing. PROTECT: a court with staff is in use.
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="staff_roles")
    court = models.ForeignKey(Court, on_delete=models.PROTECT, null=True, blank=True, related_name="staff_roles")
    role = models.CharField(_("role"), max_length=16, choices=Role)
    given_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["user", "court"]
        constraints = [
            models.UniqueConstraint(fields=["user", "court"], name="staffrole_one_per_court"),
            models.UniqueConstraint(fields=["user"], condition=Q(court=None), name="staffrole_one_national"),
            models.CheckConstraint(
                condition=Q(court__isnull=True, role=Role.NATIONAL) | (Q(court__isnull=False) & ~Q(role=Role.NATIONAL)),
                name="staffrole_national_without_court",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}"


class SessionQuerySet(models.QuerySet["Session"]):
    def of(self, user: User) -> Self:
        return self.filter(user=user, expire_date__gt=timezone.now())


class Session(AbstractBaseSession):
    """A browser session. `session_key` is the SHA-256 of the key in the cookie: a copy of the table opens nothing."""

    session_key = models.CharField(max_length=64, primary_key=True)
    # CASCADE: the sessions go with the log-in.
    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="sessions")
    started_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now)
    address = models.GenericIPAddressField(null=True, blank=True)
    user_agent = models.CharField(max_length=200, blank=True)

    objects = SessionQuerySet.as_manager()  # type: ignore[assignment,misc]

    class Meta(AbstractBaseSession.Meta):
        indexes = [models.Index(fields=["user", "expire_date"], name="session_by_user")]

    @classmethod
    def get_session_store_class(cls) -> Any:
        from accounts.sessions import SessionStore  # noqa: PLC0415 - the store needs the model, Django asks the model for the store

        return SessionStore
