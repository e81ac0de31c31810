//! `dishka`.

use crate::{AtImport, ClassRole, Kind, Library, Mark};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "dishka",
    imports: &["dishka"],
    kinds: &[("dishka", Kind::Injection)],
    modules: &[
        ("dishka.async_container", "dishka"),
        ("dishka.container", "dishka"),
        ("dishka.provider", "dishka"),
        ("dishka.provider.provider", "dishka"),
    ],
    namesakes: &["dishka"],
    bases: &[("dishka.Provider", ClassRole::Container)],
    calls: &[
        ("dishka.integrations.aiogram.setup_dishka", Mark::WiresApp),
        ("dishka.integrations.aiohttp.setup_dishka", Mark::WiresApp),
        ("dishka.integrations.celery.setup_dishka", Mark::WiresApp),
        ("dishka.integrations.fastapi.setup_dishka", Mark::WiresApp),
        ("dishka.integrations.faststream.setup_dishka", Mark::WiresApp),
        ("dishka.integrations.flask.setup_dishka", Mark::WiresApp),
        ("dishka.integrations.litestar.setup_dishka", Mark::WiresApp),
        ("dishka.integrations.quart.setup_dishka", Mark::WiresApp),
        ("dishka.integrations.sanic.setup_dishka", Mark::WiresApp),
        ("dishka.integrations.starlette.setup_dishka", Mark::WiresApp),
        ("dishka.integrations.taskiq.setup_dishka", Mark::WiresApp),
        ("dishka.make_async_container", Mark::Container),
        ("dishka.make_container", Mark::Container),
    ],
    at_import: &[
        ("dishka", AtImport::Configures),
        ("dishka.make_async_container", AtImport::Makes),
        ("dishka.make_container", AtImport::Makes),
    ],
    makes: &[
        ("dishka.make_async_container", "dishka.AsyncContainer"),
        ("dishka.make_container", "dishka.Container"),
    ],
    containers: &["dishka.AsyncContainer", "dishka.Container"],
    wired_by_type: true,
    ..Library::UNKNOWN
};
