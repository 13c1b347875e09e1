"""The offer in the desk."""

from __future__ import annotations

from django.db.models import Model
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from standfirst.walls.models import Offer
from standfirst.walls.publishing import save_offer


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
    edit_view_class = OfferEditView
    copy_view_enabled = False
    inspect_view_enabled = False
