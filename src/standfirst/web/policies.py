"""What a page of ours may load: nothing but our own files, and no inline script; a looser rule for Wagtail's editor."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.middleware.csp import ContentSecurityPolicyMiddleware
from django.utils.csp import CSP

PUBLIC = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}

# The editor sets styles on elements, and its previews are framed by it.
DESK = {
    "default-src": [CSP.SELF],
    "script-src": [CSP.SELF, CSP.UNSAFE_INLINE],
    "style-src": [CSP.SELF, CSP.UNSAFE_INLINE],
    "img-src": [CSP.SELF, "data:", "blob:"],
    "font-src": [CSP.SELF, "data:"],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.SELF],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.SELF],
}


class ContentSecurityPolicy(ContentSecurityPolicyMiddleware):
    """Django's own, with a policy by path. A view that sets the header itself keeps it."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Choose the policy by which side of the house answered."""
        if not hasattr(response, "_csp_config"):
            response._csp_config = DESK if request.path.startswith("/desk/") else PUBLIC  # type: ignore[attr-defined]
        return super().process_response(request, response)
