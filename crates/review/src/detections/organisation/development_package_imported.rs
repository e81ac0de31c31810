//! A package for development that running code can't do without.

use crate::claim::{Area, Level, Place};
use crate::detection::{Answers, Detection};
use crate::evidence::{Evidence, normalized};

/// See the page.
pub static DETECTION: Detection = Detection {
    id: "development-package-imported",
    area: Area::Organisation,
    title: "Code needs what is installed with it",
    docs: include_str!("development_package_imported.md"),
    asvs: None,
    factor: Some(2),
    run,
};

fn run(evidence: &Evidence, out: &mut Answers<'_>) {
    // Only what services start is known to run without the packages for development.
    for at in evidence.running() {
        let source = &evidence.sources[at];
        if source.role != model::PathRole::Code {
            continue;
        }
        for (full, line) in &source.needs {
            let distribution = normalized(&libraries::distribution(full));
            let Some(declared) = evidence.locked.packages.get(&distribution) else { continue };
            // A lock file doesn't say for whom a package is there.
            let said: Vec<_> = declared.iter().filter(|it| !it.is_locked).collect();
            let Some(first) = said.first().filter(|_| said.iter().all(|it| it.group.is_some())) else {
                continue;
            };
            let group = first.group.as_deref().unwrap_or_default();
            let text = format!(
                "`{}` imports `{full}`, and only the group `{group}` of `{}` has `{distribution}`: without it, the program \
                 doesn't start.",
                source.path, first.file
            );
            let claim = out.contradiction(Level::Medium, &[&source.path, &distribution], text);
            claim.at(Place::new(source.path.clone(), *line)).at(Place::new(first.file.clone(), first.line));
            claim.recommend(format!(
                "Move `{distribution}` to the dependencies in `{}`, or the import out of `{}`.",
                first.file, source.path
            ));
        }
    }
}
