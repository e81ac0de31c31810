"""school-sqlalchemy: each course has its own teacher with an own office, a syllabus, and two lessons in own rooms."""

from samples.sample import Sample, gets, marked, posts

PLAIN = """
    by-teacher grouped lengths rooms counts column names first-name joined joined-deep joined-half contained selected
    selected-half nested subquery whole deeper options unit by-key topics texts deferred undeferred loaded-only tuples
    held columns parent syllabuses syllabus twice cached fixed counted-range branches exists at-once mine guarded
    export-titles export-teachers export-loaded one/{key}
"""

RENDERED = """
    brief list joined deep deep-half rooms rooms-nested lessons flat named heads counted whole made page page-made
    overview dictionary adapter encoded dumped no-model one/{key}
"""

WRITES = "one one-read together flushed executed updated refreshed expired"

ASYNC = "titles joined whole each gathered awaited counted streamed refreshed run-sync one/{key}"

SAMPLE = Sample(
    name="school_sqlalchemy",
    adapter="school_sqlalchemy",
    calls=marked(
        [
            *gets("/plain/", PLAIN),
            *gets("/rendered/", RENDERED),
            *posts("/writes/", WRITES),
            *gets("/async/", ASYNC),
            *posts("/async/", "made made-each"),
        ],
        # A base class that calls what several subclasses implement.
        bounds="/plain/export-titles /plain/export-loaded",
        # New rows, which SQLite writes one by one and other databases together.
        short="/writes/together",
    ),
    symbols={
        "courses": lambda rows: rows,
        "rows": lambda rows: rows,
        "syllabuses": lambda rows: rows,
        "lessons": lambda rows: 2,
    },
)
