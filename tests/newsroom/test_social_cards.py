"""What a story says of itself to social networks: its public projection."""

from __future__ import annotations

import pytest

from standfirst.newsroom.models import Story
from tests.cast import LEAD_IN, WITHHELD, Browser

pytestmark = pytest.mark.django_db


def test_a_social_card_carries_headline_and_standfirst_and_nothing_of_the_body(visitor: Browser, story: Story) -> None:
    head = visitor.take_in("/news/the-ferry/").content.decode().partition("</head>")[0]
    assert '<meta property="og:title" content="The ferry stays in harbour">' in head
    assert '<meta property="og:description" content="A Sunday without it.">' in head
    assert LEAD_IN not in head
    assert WITHHELD not in head
