from monolith.teachers.provider import TeacherProvider
from monolith.teachers.router import router

__all__ = ["TeacherProvider", "router"]
