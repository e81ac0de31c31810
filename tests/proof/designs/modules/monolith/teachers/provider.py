from dishka import Provider, Scope, provide

from monolith.teachers.repository import SqlAlchemyTeacherRepository, TeacherRepository
from monolith.teachers.service import TeacherService


class TeacherProvider(Provider):
    scope = Scope.REQUEST

    repository = provide(SqlAlchemyTeacherRepository, provides=TeacherRepository)
    service = provide(TeacherService)
