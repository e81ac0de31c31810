"""school-django: each course has its own teacher with an own office, two lessons in rooms of their own, and two tags."""

from samples.sample import Sample, gets, marked, views

REST = """
    sets/courses/ sets/courses/<pk>/ sets/courses/<pk>/lessons/ sets/courses/mine/ sets/tuned/ sets/tuned/<pk>/
    with-teacher with-teacher-loaded with-office with-office-half with-lessons with-lessons-half with-lessons-joined whole
    done counts counts-prefetched topics keys deep text rendered syllabuses syllabuses-loaded paged paged-loaded
    one/<int:pk> tags manual manual-serializer detail/<int:pk> several
"""

VIEWS = """
    helper helper-loaded generator topics topics-loaded done-lessons rooms rooms-half rooms-loaded headlines first-rooms
    words words-loaded texts texts-deep sorted-by mapped reduced summed dictionary dictionary-loaded in-bulk cached
    totals fixed-range branches truth exists-first length counted twice values annotated expression deferred iterated
    prefetched-objects parent reverse-parent by-keys sought sought-at-once paginated paginated-lazy one/<int:pk>
    one-loaded/<int:pk> listed-or-404 unknown-words singles asynchronous asynchronous-each asynchronous-one saved updated
    bulk-updated created bulk-created made
"""

CLASSES = """
    view-titles view-teachers view-teachers-loaded view-listed view-listed-loaded view-detailed/<int:pk>
"""

NINJA = """
    plain teachers teachers-loaded lessons lessons-lazy resolved paged one/{key}
"""

SAMPLE = Sample(
    name="school_django",
    adapter="school_django",
    calls=marked(
        [
            *gets("/rest/", REST),
            *views("/plain/", VIEWS),
            *gets("/plain/", CLASSES),
            *gets("/ninja/courses/", NINJA),
        ],
        # A count of rows that are in memory; a base class that calls what several subclasses implement.
        bounds="/rest/manual-serializer /plain/view-titles /plain/view-teachers-loaded",
    ),
    symbols={
        "courses": lambda rows: rows,
        "teachers": lambda rows: rows,
        "keys": lambda rows: rows,
        "rows": lambda rows: rows,
        "object_list": lambda rows: rows,
        "lessons": lambda rows: 2,
        "tags": lambda rows: 2 * rows,
    },
)
