"""REST framework and OpenAPI."""

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["cmecf_portal.permissions.TablePermission"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "drf_standardized_errors.handler.exception_handler",
    "URL_FORMAT_OVERRIDE": None,  # `?format=` is no parameter of ours
}

DRF_STANDARDIZED_ERRORS = {
    "EXCEPTION_HANDLER_CLASS": "cmecf_portal.problems.ProblemHandler",
    "EXCEPTION_FORMATTER_CLASS": "cmecf_portal.problems.ProblemFormatter",
    "ENABLE_IN_DEBUG_FOR_UNHANDLED_EXCEPTIONS": True,
}

# Requests of one address, and the window in seconds. Reads come from prepared bytes and cost what /livez costs: their
# limit only keeps a single address from taking a whole server.
API_RATES = {"reads": (120_000, 60), "writes": (600, 60)}

SPECTACULAR_SETTINGS = {
    "TITLE": "CM/ECF Portal API",
    "VERSION": "1.0.0",
    "DESCRIPTION": (
        "Federal courts, when each moves to NextGen CM/ECF, and where to reach it; and for whoever is signed in "
        "their PACER account, what is left to do, and their links. Reading courts needs no sign-in. "
        "Errors are RFC 9457 problem+json. Every answer tells the published rate and what is left of it."
    ),
    "OAS_VERSION": "3.1.1",
    "SCHEMA_PATH_PREFIX": "/api/v1/",
    "SERVE_INCLUDE_SCHEMA": False,
    "SORT_OPERATION_PARAMETERS": False,
    "ENUM_NAME_OVERRIDES": {
        "CourtType": "courts.kinds.CourtType",
        "CourtStatus": "courts.kinds.CourtStatus",
        "GoLiveBasis": "courts.kinds.GoLiveBasis",
        "LinkState": "linking.api_shapes.LINK_STATES",
        "StepState": "linking.api_shapes.STEP_STATES",
        "StepCode": "linking.api_shapes.STEP_CODES",
        "ObstacleCode": "linking.api_shapes.OBSTACLE_CODES",
    },
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "cmecf_portal.openapi.complete_operations",
    ],
    "TAGS": [
        {"name": "Start", "description": "Where everything is."},
        {"name": "Courts", "description": "The courts and their go-live. Open to everybody, without a key."},
        {
            "name": "Account",
            "description": "Whoever is signed in, by the session of the portal’s own sign-in. No answer is cached.",
        },
        {
            "name": "Links",
            "description": "The signed-in person’s links: start one, confirm it, undo it. By session; a POST carries "
            "the token of the cookie `portal_csrf` in the header `X-CSRFToken`.",
        },
    ],
}
