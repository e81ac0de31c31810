from dishka import Provider, Scope, provide

from monolith.lessons.repository import LessonRepository, SqlAlchemyLessonRepository
from monolith.lessons.service import LessonService


class LessonProvider(Provider):
    scope = Scope.REQUEST

    repository = provide(SqlAlchemyLessonRepository, provides=LessonRepository)
    service = provide(LessonService)
