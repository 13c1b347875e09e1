"""The offer in the desk."""

from __future__ import annotations

from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from standfirst.walls.models import Offer
from standfirst.walls.publishing import save_offer


class OneOffer(ModelPermissionPolicy):
    """There is one offer, which is changed: the wall has room for no other, and says nothing without it."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Nobody deletes it, and a second one is not made."""
        if action == "delete" or (action == "add" and Offer.objects.exists()):
            return False
        return bool(super().user_has_permission(user, action))


register_permission_policy(Offer, OneOffer(Offer))


class OfferAddView(generic.CreateView):
    """The first offer is published as it is made."""

    def save_instance(self) -> Model:
        """Save and publish in one transaction."""
        offer: Offer = self.form.save(commit=False)
        save_offer(offer)
        return offer


class OfferEditView(generic.EditView):
    """Keeping an offer publishes it: gates show the new words within a second."""

    def save_instance(self) -> Model:
        """Save and publish in one transaction."""
        offer: Offer = self.form.save(commit=False)
        save_offer(offer)
        return offer


class OfferViewSet(ModelViewSet):
    """What the wall says and asks."""

    model = Offer
    icon = "lock-open"
    menu_label = _("Wall")
    menu_order = 250
    add_to_admin_menu = True
    form_fields = ["headline", "sentence", "benefits"]
    list_display = ["headline", "sentence"]
    add_view_class = OfferAddView
    edit_view_class = OfferEditView
    copy_view_enabled = False
    inspect_view_enabled = False
