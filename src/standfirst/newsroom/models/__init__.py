"""The newsroom's tables."""

from standfirst.newsroom.models.pages import FrontPage, LegalPage, NewsroomPage, Section, furniture, title
from standfirst.newsroom.models.pictures import Picture, PictureRendition
from standfirst.newsroom.models.stories import RunningOrderItem, Story
from standfirst.newsroom.models.title import Title

__all__ = [
    "FrontPage",
    "LegalPage",
    "NewsroomPage",
    "Picture",
    "PictureRendition",
    "RunningOrderItem",
    "Section",
    "Story",
    "Title",
    "furniture",
    "title",
]
