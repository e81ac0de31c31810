from monolith.lessons.provider import LessonProvider
from monolith.lessons.router import router

__all__ = ["LessonProvider", "router"]
