from django.db.models import Count, Prefetch
from rest_framework import generics, mixins, viewsets
from rest_framework.decorators import action, api_view
from rest_framework.generics import get_object_or_404
from rest_framework.pagination import PageNumberPagination
from rest_framework.response import Response
from rest_framework.views import APIView

from courses import serializers as s
from courses.models import Course, Lesson, Tag


class Pages(PageNumberPagination):
    page_size = 100


class WithTeacher(generics.ListAPIView):
    queryset = Course.objects.all()
    serializer_class = s.CourseWithTeacher


class WithTeacherLoaded(generics.ListAPIView):
    queryset = Course.objects.with_teacher()
    serializer_class = s.CourseWithTeacher


class WithOffice(generics.ListAPIView):
    queryset = Course.objects.open()
    serializer_class = s.CourseWithOffice


class WithOfficeHalf(generics.ListAPIView):
    queryset = Course.objects.select_related("teacher")
    serializer_class = s.CourseWithOffice


class WithLessons(generics.ListAPIView):
    queryset = Course.objects.all()
    serializer_class = s.CourseWithLessons


class WithLessonsHalf(generics.ListAPIView):
    queryset = Course.objects.prefetch_related("lessons")
    serializer_class = s.CourseWithLessons


class WithLessonsJoined(generics.ListAPIView):
    serializer_class = s.CourseWithLessons

    def get_queryset(self):
        return Course.objects.prefetch_related(Prefetch("lessons", queryset=Lesson.objects.select_related("room")))


class Whole(generics.ListAPIView):
    queryset = Course.objects.whole()
    serializer_class = s.CourseWhole


class Done(generics.ListAPIView):
    queryset = Course.objects.prefetch_related(
        Prefetch("lessons", queryset=Lesson.objects.filter(done=True), to_attr="done_lessons")
    )
    serializer_class = s.CourseWithDone


class Counts(generics.ListAPIView):
    queryset = Course.objects.all()
    serializer_class = s.CourseCounts


class CountsPrefetched(generics.ListAPIView):
    queryset = Course.objects.prefetch_related("lessons", "tags")
    serializer_class = s.CourseCounts


class Topics(generics.ListAPIView):
    queryset = Course.objects.prefetch_related("lessons")
    serializer_class = s.CourseTopics


class Keys(generics.ListAPIView):
    queryset = Course.objects.all()
    serializer_class = s.CourseKeys


class Deep(generics.ListAPIView):
    queryset = Course.objects.all()
    serializer_class = s.CourseDeep


class Text(generics.ListAPIView):
    queryset = Course.objects.all()
    serializer_class = s.CourseText


class Rendered(generics.ListAPIView):
    queryset = Course.objects.all()
    serializer_class = s.CourseRendered


class Syllabuses(generics.ListAPIView):
    queryset = Course.objects.all()
    serializer_class = s.CourseSyllabus


class SyllabusesLoaded(generics.ListAPIView):
    queryset = Course.objects.select_related("syllabus")
    serializer_class = s.CourseSyllabus


class Paged(generics.ListAPIView):
    queryset = Course.objects.all()
    serializer_class = s.CourseWithTeacher
    pagination_class = Pages


class PagedLoaded(generics.ListAPIView):
    queryset = Course.objects.with_teacher()
    serializer_class = s.CourseWithTeacher
    pagination_class = Pages


class One(generics.RetrieveAPIView):
    queryset = Course.objects.select_related("teacher")
    serializer_class = s.CourseWhole


class Tags(generics.ListAPIView):
    queryset = Tag.objects.prefetch_related("courses")
    serializer_class = s.TagSerializer


class CourseViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet):
    queryset = Course.objects.all()

    def get_serializer_class(self):
        if self.action == "list":
            return s.CourseBrief
        return s.CourseWhole

    @action(detail=True)
    def lessons(self, request, pk=None):
        course = self.get_object()
        return Response(s.LessonWithRoom(course.lessons.all(), many=True).data)

    @action(detail=False)
    def mine(self, request):
        courses = self.get_queryset().select_related("teacher")
        return Response(s.CourseWithTeacher(courses, many=True).data)


class TunedViewSet(viewsets.ReadOnlyModelViewSet):
    queryset = Course.objects.all()
    serializer_class = s.CourseWithTeacher

    def get_queryset(self):
        courses = super().get_queryset()
        if self.action == "list":
            courses = courses.select_related("teacher")
        return courses


class Manual(APIView):
    def get(self, request):
        courses = Course.objects.annotate(number=Count("lessons"))
        return Response([{"title": it.title, "teacher": it.teacher.name, "number": it.number} for it in courses])


class ManualSerializer(APIView):
    def get(self, request):
        courses = Course.objects.all()
        return Response({"courses": s.CourseWithTeacher(courses, many=True).data, "count": courses.count()})


@api_view(["GET"])
def detail(request, pk):
    course = get_object_or_404(Course, pk=pk)
    return Response(s.CourseWithLessons(course).data)


@api_view(["GET"])
def several(request):
    open_courses = Course.objects.open().select_related("teacher")
    tags = Tag.objects.all()
    return Response(
        {
            "courses": s.CourseWithTeacher(open_courses, many=True).data,
            "tags": [tag.word for tag in tags],
        }
    )
