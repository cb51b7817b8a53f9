from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Users, staff roles, PACER accounts, filer accounts, second factors, limits."""

    name = "accounts"
    verbose_name = "Accounts"
