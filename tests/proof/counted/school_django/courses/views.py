from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Count, F, prefetch_related_objects
from django.http import JsonResponse
from django.shortcuts import get_list_or_404, get_object_or_404
from django.views import View
from django.views.generic import DetailView, ListView

from courses import selectors
from courses.models import Course, Lesson, Tag, Teacher, Visit


def answer(data):
    return JsonResponse(data, safe=False)


def helper(request):
    return answer([selectors.label(course) for course in selectors.all_courses()])


def helper_loaded(request):
    return answer([selectors.label(course) for course in selectors.all_courses().select_related("teacher")])


def generator(request):
    return answer(list(selectors.labels(Course.objects.open())))


def topics(request):
    return answer([selectors.topics(course) for course in Course.objects.all()])


def topics_loaded(request):
    return answer([selectors.topics(course) for course in selectors.with_lessons(Course.objects.all())])


def done_lessons(request):
    courses = selectors.with_done(selectors.all_courses())
    return answer([[lesson.room.name for lesson in course.done_lessons] for course in courses])


def rooms(request):
    return answer([course.rooms() for course in Course.objects.all()])


def rooms_half(request):
    return answer([course.rooms() for course in Course.objects.prefetch_related("lessons")])


def rooms_loaded(request):
    return answer([course.rooms() for course in Course.objects.prefetch_related("lessons__room")])


def headlines(request):
    return answer([course.headline for course in Course.objects.all()])


def first_rooms(request):
    return answer([course.first_room.topic for course in Course.objects.prefetch_related("lessons")])


def words(request):
    return answer([[len(course.words), ", ".join(course.words)] for course in Course.objects.all()])


def words_loaded(request):
    return answer([[len(course.words), ", ".join(course.words)] for course in Course.objects.prefetch_related("tags")])


def texts(request):
    return answer([str(course) for course in Course.objects.all()])


def texts_deep(request):
    return answer([f"{course.teacher}" for course in Course.objects.select_related("teacher")])


def sorted_by(request):
    return answer([course.title for course in sorted(Course.objects.all(), key=lambda course: course.teacher.name)])


def mapped(request):
    return answer(list(map(selectors.label, Course.objects.all())))


def reduced(request):
    return answer(selectors.longest(Course.objects.all()))


def summed(request):
    return answer(sum(course.lessons.count() for course in Course.objects.all()))


def dictionary(request):
    courses = {course.id: course for course in Course.objects.all()}
    return answer({key: selectors.teacher_of(courses, key) for key in courses})


def dictionary_loaded(request):
    courses = {course.id: course for course in Course.objects.select_related("teacher")}
    return answer({key: course.teacher.name for key, course in courses.items()})


def in_bulk(request):
    courses = Course.objects.select_related("teacher").in_bulk()
    return answer([course.teacher.name for course in courses.values()])


def cached(request):
    return answer([selectors.office_of_the_house("0") for course in Course.objects.all()])


def totals(request):
    return answer(selectors.totals())


def fixed_range(request):
    return answer([Visit.objects.filter(number=number).count() for number in range(4)])


def branches(request):
    if request.GET.get("tags"):
        found = [tag.word for tag in Tag.objects.all()]
    else:
        found = [course.teacher.name for course in Course.objects.all()]
    return answer(found)


def truth(request):
    courses = Course.objects.all()
    if not courses:
        return answer([])
    return answer([course.title for course in courses])


def exists_first(request):
    courses = Course.objects.all()
    if not courses.exists():
        return answer([])
    return answer([course.title for course in courses])


def length(request):
    courses = Course.objects.all()
    return answer({"count": len(courses), "titles": [course.title for course in courses]})


def counted(request):
    courses = Course.objects.all()
    return answer({"count": courses.count(), "titles": [course.title for course in courses]})


def twice(request):
    return answer([[course.teacher.name, course.teacher.office_id] for course in Course.objects.all()])


def values(request):
    return answer(list(Course.objects.values_list("title", "teacher__name")))


def annotated(request):
    return answer([course.number for course in Course.objects.annotate(number=Count("lessons"))])


def expression(request):
    return answer([course.by for course in Course.objects.annotate(by=F("teacher__name"))])


def deferred(request):
    return answer([course.closed for course in Course.objects.only("title")])


def iterated(request):
    return answer([course.teacher.name for course in Course.objects.iterator()])


def prefetched_objects(request):
    courses = list(Course.objects.all())
    prefetch_related_objects(courses, "lessons__room", "tags")
    return answer([[course.rooms(), course.words] for course in courses])


def parent(request):
    courses = Course.objects.prefetch_related("lessons")
    return answer([lesson.course.title for course in courses for lesson in course.lessons.all()])


def reverse_parent(request):
    return answer([teacher.courses.count() for teacher in Teacher.objects.all()])


def by_keys(request):
    keys = Course.objects.values_list("id", flat=True)
    return answer([Course.objects.get(id=key).title for key in keys])


def sought(request):
    courses = Course.objects.all()
    return answer([Lesson.objects.filter(course=course).exists() for course in courses])


def sought_at_once(request):
    courses = list(Course.objects.all())
    lessons = Lesson.objects.filter(course__in=courses)
    by_course = {}
    for lesson in lessons:
        by_course.setdefault(lesson.course_id, []).append(lesson.topic)
    return answer([by_course.get(course.id, []) for course in courses])


def paginated(request):
    page = Paginator(Course.objects.select_related("teacher"), 100).get_page(1)
    return answer([course.teacher.name for course in page])


def paginated_lazy(request):
    page = Paginator(Course.objects.all(), 100).get_page(1)
    return answer([course.teacher.name for course in page.object_list])


def one(request, pk):
    course = get_object_or_404(Course, pk=pk)
    return answer(course.rooms())


def one_loaded(request, pk):
    course = get_object_or_404(Course.objects.prefetch_related("lessons__room"), pk=pk)
    return answer([course.teacher.name, course.rooms()])


def listed_or_404(request):
    return answer([course.teacher.name for course in get_list_or_404(Course, closed=False)])


def unknown_words(request):
    known = selectors.known_words()
    return answer([word for word in ("red", "blue") if word in known])


def singles(request):
    first = Course.objects.first()
    last = Course.objects.order_by("id").last()
    return answer([first.title, last.teacher.name, Course.objects.aggregate(n=Count("id"))["n"]])


class Base(View):
    def get_rows(self):
        return Course.objects.all()

    def describe(self, row):
        raise NotImplementedError

    def get(self, request):
        return answer([self.describe(row) for row in self.get_rows()])


class Titles(Base):
    def describe(self, row):
        return row.title


class Teachers(Base):
    def describe(self, row):
        return row.teacher.name


class TeachersLoaded(Teachers):
    def get_rows(self):
        return super().get_rows().select_related("teacher")


class Listed(ListView):
    model = Course

    def render_to_response(self, context, **kwargs):
        return answer([course.teacher.name for course in context["object_list"]])


class ListedLoaded(ListView):
    queryset = Course.objects.select_related("teacher")

    def render_to_response(self, context, **kwargs):
        return answer([course.teacher.name for course in self.object_list])


class Detailed(DetailView):
    model = Course

    def render_to_response(self, context, **kwargs):
        return answer([lesson.room.name for lesson in self.object.lessons.all()])


async def asynchronous(request):
    return answer([course.title async for course in Course.objects.all()])


async def asynchronous_each(request):
    return answer([await Lesson.objects.filter(course=course).acount() async for course in Course.objects.all()])


async def asynchronous_one(request):
    course = await Course.objects.select_related("teacher").aget(pk=1)
    return answer([course.teacher.name, await course.lessons.acount()])


def saved(request):
    for course in Course.objects.all():
        course.closed = False
        course.save(update_fields=["closed"])
    return answer(1)


def updated(request):
    return answer(Course.objects.update(closed=False))


def bulk_updated(request):
    courses = list(Course.objects.all())
    for course in courses:
        course.closed = False
    Course.objects.bulk_update(courses, ["closed"])
    return answer(1)


def created(request):
    with transaction.atomic():
        for course in Course.objects.all():
            Visit.objects.create(number=course.id)
    return answer(1)


def bulk_created(request):
    Visit.objects.bulk_create([Visit(number=course.id) for course in Course.objects.all()])
    return answer(1)


def made(request):
    visit = Visit(number=1)
    visit.save()
    visit.number = 2
    visit.save()
    return answer(visit.number)
