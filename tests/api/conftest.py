"""The real courts for tests that ask for them, kept ready from test to test."""

from tests.pages.conftest import changed_courts, january, real_courts  # noqa: F401 - fixtures
