//! Uploads stored in a folder of a container that runs as several replicas.

use libraries::Job;

use crate::claim::{Area, Level, Place};
use crate::detection::{Answers, Detection};
use crate::evidence::{Evidence, Source, Value};

/// See the page.
pub static DETECTION: Detection = Detection {
    id: "media-replicated",
    area: Area::Deployment,
    title: "Uploads and several replicas",
    docs: include_str!("media_replicated.md"),
    asvs: None,
    factor: Some(6),
    run,
};

fn run(evidence: &Evidence, out: &mut Answers<'_>) {
    let Some((field, file)) = uploads(evidence) else { return };
    let mut all = evidence.sources.iter().filter(|it| it.value("MEDIA_ROOT").is_some());
    // Of several settings modules it isn't known here which one is used.
    let (Some(settings), None) = (all.next(), all.next()) else { return };
    if stores_elsewhere(evidence) {
        return;
    }
    let Some((_, line)) = settings.value("MEDIA_ROOT") else { return };
    for (launch, _) in evidence.started().filter(|(launch, _)| launch.job == Job::Web) {
        let service = evidence.service(launch);
        // A mounted volume may be shared.
        let Some(replicas) =
            service.replicas.as_ref().filter(|it| it.count > 1 && service.volumes.is_empty())
        else {
            continue;
        };
        let count =
            if replicas.is_most { format!("up to {}", replicas.count) } else { replicas.count.to_string() };
        let text = format!(
            "`{field}` keeps uploads below `MEDIA_ROOT`, and {count} replicas of `{}` run without a volume: what one takes the \
             others don't have, and a restart loses it.",
            service.name
        );
        let claim = out.contradiction(Level::High, &[&service.name, &field], text);
        claim.at(Place::new(settings.path.clone(), line)).at(file.clone());
        claim.at(Place::from(&replicas.at).note(format!("{count} replicas")));
        claim.recommend(format!(
            "Keep the uploads of `{field}` where all replicas of `{}` see them: an object store by `STORAGES`, or a shared volume.",
            service.name
        ));
        return;
    }
}

/// The first field of a model that keeps files in the default storage.
fn uploads(evidence: &Evidence) -> Option<(String, Place)> {
    let of_source = |source: &Source| {
        source.assignments.iter().find_map(|it| {
            let class = it.class.as_ref()?;
            let call = it.value.as_ref()?.call()?;
            let is_row = source.classes.iter().any(|it| it.name == *class && it.is_row());
            let is_file = is_row && matches!(call.method.as_str(), "FileField" | "ImageField");
            (is_file && call.keyword("storage").is_none())
                .then(|| (format!("{class}.{}", it.name), Place::new(source.path.clone(), it.line)))
        })
    };
    evidence.sources.iter().filter(|it| it.role == model::PathRole::Code).find_map(of_source)
}

/// Whether any evidence shows that files are stored elsewhere, or may be.
fn stores_elsewhere(evidence: &Evidence) -> bool {
    evidence.sources.iter().any(|it| {
        it.names.keys().any(|name| name.contains("FILE_STORAGE") || name.as_str() == "STORAGES")
            || it.value("INSTALLED_APPS").is_some_and(|(apps, _)| {
                apps.items().iter().any(|app| matches!(app, Value::Text(text) if text == "storages"))
            })
    })
}
