"""Log-ins: hashers, password rules, allauth. Limits are ours (accounts/limits.py), not allauth's."""

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.backends.PortalBackend"]

PASSWORD_HASHERS = [
    "accounts.hashers.PortalArgon2Hasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2SHA1PasswordHasher",
    "django.contrib.auth.hashers.BCryptSHA256PasswordHasher",
    "django.contrib.auth.hashers.BCryptPasswordHasher",
    "django.contrib.auth.hashers.ScryptPasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "accounts.password_rules.LengthRule"},
    {"NAME": "accounts.password_rules.CharactersRule"},
    {"NAME": "accounts.password_rules.NoNamesRule"},
]

PASSWORD_RESET_TIMEOUT = 2 * 60 * 60  # seconds that a link in a recovery mail works

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "account"

ACCOUNT_UNIQUE_EMAIL = False
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS: bool = False
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
