//! Layers that the configuration declares, which override all inference.

use config::Layer;

use super::score::Score;
use super::source::Source;
use crate::{ModuleId, PathRole, Reason, Verdict};

/// The verdict that is declared for a module, or implied by its path alone.
pub(super) fn verdict(source: &Source<'_>, id: ModuleId) -> Option<Verdict> {
    let module = &source.modules[id];
    let file = source.root.join(&module.path);
    if let Some(config) = source.configs.for_path(&file) {
        let path = file.strip_prefix(&config.folder).unwrap_or(&module.path);
        for (layer, patterns) in &config.layers {
            let hit = patterns.iter().find(|pattern| {
                pattern.matches_or_contains(&module.name) || pattern.matches_path(path.as_str())
            });
            if let Some(pattern) = hit {
                return Some(Score::certain(*layer, Reason::Declared(pattern.as_str().into())));
            }
        }
    }
    match module.role {
        PathRole::Tests => Some(Score::certain(Layer::Tests, "is among the tests".into())),
        PathRole::Migrations => Some(Score::certain(Layer::Migrations, "is among the migrations".into())),
        PathRole::Code | PathRole::Aside => None,
    }
}
