from rest_framework import serializers

from courses.models import Course, Lesson, Office, Room, Tag, Teacher


class OfficeSerializer(serializers.ModelSerializer):
    class Meta:
        model = Office
        fields = ["number"]


class TeacherSerializer(serializers.ModelSerializer):
    class Meta:
        model = Teacher
        fields = ["name"]


class TeacherWithOffice(serializers.ModelSerializer):
    office = OfficeSerializer()

    class Meta:
        model = Teacher
        fields = ["name", "office"]


class RoomSerializer(serializers.ModelSerializer):
    class Meta:
        model = Room
        fields = ["name"]


class LessonSerializer(serializers.ModelSerializer):
    class Meta:
        model = Lesson
        fields = ["topic"]


class LessonWithRoom(serializers.ModelSerializer):
    room = RoomSerializer()

    class Meta:
        model = Lesson
        fields = ["topic", "room"]


class CourseBrief(serializers.ModelSerializer):
    class Meta:
        model = Course
        fields = ["id", "title", "teacher"]


class CourseWithTeacher(serializers.ModelSerializer):
    teacher = TeacherSerializer()

    class Meta:
        model = Course
        fields = ["title", "teacher"]


class CourseWithOffice(serializers.ModelSerializer):
    teacher = TeacherWithOffice()

    class Meta:
        model = Course
        fields = ["title", "teacher"]


class CourseWithLessons(serializers.ModelSerializer):
    lessons = LessonWithRoom(many=True)

    class Meta:
        model = Course
        fields = ["title", "lessons"]


class CourseWhole(CourseWithLessons):
    teacher = serializers.CharField(source="teacher.name")
    tags = serializers.SlugRelatedField(slug_field="word", many=True, read_only=True)

    class Meta(CourseWithLessons.Meta):
        fields = ["title", "lessons", "teacher", "tags"]


class CourseWithDone(serializers.ModelSerializer):
    done = LessonSerializer(source="done_lessons", many=True)

    class Meta:
        model = Course
        fields = ["title", "done"]


class CourseCounts(serializers.ModelSerializer):
    lesson_count = serializers.SerializerMethodField()
    words = serializers.SerializerMethodField()

    class Meta:
        model = Course
        fields = ["title", "lesson_count", "words"]

    def get_lesson_count(self, course):
        return course.lessons.count()

    def get_words(self, course):
        return [tag.word for tag in course.tags.all()]


class CourseTopics(serializers.ModelSerializer):
    topics = serializers.SerializerMethodField()

    class Meta:
        model = Course
        fields = ["topics"]

    def get_topics(self, course):
        return [lesson.topic for lesson in course.lessons.filter(done=False)]


class CourseKeys(serializers.ModelSerializer):
    class Meta:
        model = Course
        fields = ["id", "teacher", "tags"]


class CourseDeep(serializers.ModelSerializer):
    class Meta:
        model = Course
        fields = ["id", "teacher"]
        depth = 1


class CourseText(serializers.ModelSerializer):
    teacher = serializers.StringRelatedField()
    headline = serializers.ReadOnlyField()

    class Meta:
        model = Course
        fields = ["teacher", "headline"]


class CourseRendered(serializers.ModelSerializer):
    class Meta:
        model = Course
        fields = ["id"]

    def to_representation(self, instance):
        data = super().to_representation(instance)
        data["teacher"] = instance.teacher.name
        data["lessons"] = LessonSerializer(instance.lessons.all(), many=True).data
        return data


class CourseSyllabus(serializers.ModelSerializer):
    text = serializers.CharField(source="syllabus.text")

    class Meta:
        model = Course
        fields = ["text"]


class TagSerializer(serializers.ModelSerializer):
    courses = CourseBrief(many=True)

    class Meta:
        model = Tag
        fields = ["word", "courses"]
