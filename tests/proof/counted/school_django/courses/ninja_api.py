from ninja import ModelSchema, NinjaAPI, Router, Schema
from ninja.pagination import paginate

from courses.models import Course

api = NinjaAPI()
router = Router()


class TeacherOut(Schema):
    name: str


class LessonOut(Schema):
    topic: str


class CourseOut(Schema):
    title: str
    teacher: TeacherOut


class CourseLessons(Schema):
    title: str
    lessons: list[LessonOut]


class CourseResolved(Schema):
    title: str
    teacher_name: str

    @staticmethod
    def resolve_teacher_name(course):
        return course.teacher.name


class CourseModel(ModelSchema):
    class Meta:
        model = Course
        fields = ["id", "title"]


@router.get("/plain", response=list[CourseModel])
def plain(request):
    return Course.objects.all()


@router.get("/teachers", response=list[CourseOut])
def teachers(request):
    return Course.objects.all()


@router.get("/teachers-loaded", response=list[CourseOut])
def teachers_loaded(request):
    return Course.objects.select_related("teacher")


@router.get("/lessons", response=list[CourseLessons])
def lessons(request):
    return Course.objects.prefetch_related("lessons")


@router.get("/lessons-lazy", response=list[CourseLessons])
def lessons_lazy(request):
    return Course.objects.all()


@router.get("/resolved", response=list[CourseResolved])
def resolved(request):
    return Course.objects.all()


@router.get("/paged", response=list[CourseOut])
@paginate
def paged(request):
    return Course.objects.select_related("teacher")


@router.get("/one/{key}", response=CourseOut)
def one(request, key: int):
    return Course.objects.get(pk=key)


api.add_router("/courses", router)
