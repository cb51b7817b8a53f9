from django.apps import AppConfig


class CourtsConfig(AppConfig):
    """Courts, the go-live clock, look-up and feeds."""

    name = "courts"
    verbose_name = "Courts"
