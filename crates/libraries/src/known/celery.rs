//! `celery`.

use crate::{AtImport, ClassRole, Decorator, Kind, Library, Mark};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "celery",
    imports: &["celery"],
    kinds: &[("celery", Kind::Tasks)],
    namesakes: &["celery"],
    bases: &[("celery.Task", ClassRole::Task)],
    calls: &[("celery.Celery", Mark::CreatesApp)],
    decorators: &[
        ("celery.shared_task", Decorator::Mark(Mark::Task)),
        ("celery.task", Decorator::Mark(Mark::Task)),
    ],
    makes: &[("celery.utils.log.get_task_logger", "logging.Logger")],
    at_import: &[
        ("celery.Celery", AtImport::Configures),
        ("celery.Task", AtImport::Configures),
        ("celery.schedules", AtImport::Pure),
        ("celery.shared_task", AtImport::Configures),
        ("celery.utils.log.get_task_logger", AtImport::Makes),
    ],
    ..Library::UNKNOWN
};
