"""The gate asks here for a new pass when one has expired beside a session."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_POST

from standfirst.readers import passes


@require_POST
def renew_pass(request: HttpRequest) -> JsonResponse:
    """`POST /_gate/pass`: a new pass for the session cookie that came along, or the lines that clear it."""
    token = passes.issue(request)
    response = JsonResponse({"pass": token}, headers={"Cache-Control": "no-store"})
    if token is None:
        passes.clear_cookies(response)
        response.delete_cookie(settings.SESSION_COOKIE_NAME, path="/", samesite="Lax")
        response.cookies[settings.SESSION_COOKIE_NAME]["secure"] = settings.SESSION_COOKIE_SECURE
    else:
        passes.set_cookies(response, token)
    return response
