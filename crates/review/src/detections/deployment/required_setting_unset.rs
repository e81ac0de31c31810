//! A setting that the code requires at startup, and that nothing sets.

use std::collections::BTreeSet;

use crate::claim::{Area, Level};
use crate::detection::{Answers, Detection};
use crate::evidence::{Evidence, Setting};

/// See the page.
pub static DETECTION: Detection = Detection {
    id: "required-setting-unset",
    area: Area::Deployment,
    title: "Required settings are set",
    docs: include_str!("required_setting_unset.md"),
    asvs: Some("V13 Configuration"),
    factor: Some(3),
    run,
};

fn run(evidence: &Evidence, out: &mut Answers<'_>) {
    let mut asked: BTreeSet<String> = BTreeSet::new();
    for (launch, module) in evidence.started() {
        let service = evidence.service(launch);
        let reached = evidence.reached(module);
        let required: Vec<&Setting> =
            evidence.settings.iter().filter(|it| it.is_required && reached.contains(&it.source)).collect();
        if required.is_empty() {
            continue;
        }
        // A list of all variables documents what to set.
        let lists = lists(evidence);
        let is_hidden = service.has_hidden_environment
            || service.environment_files.iter().any(|it| {
                !evidence.files.iter().any(|file| file.path.ends_with(it.trim_start_matches("./")))
            });
        let sets_some = required.iter().any(|it| evidence.names_variable(&it.variable));
        for setting in &required {
            if evidence.names_variable(&setting.variable) || asked.contains(&setting.variable) {
                continue;
            }
            asked.insert(setting.variable.clone());
            // If none of its settings are set here, they are set elsewhere.
            if !sets_some || (lists.is_empty() && (is_hidden || service.environment.is_empty())) {
                out.ask(format!(
                    "Where is `{}` set for `{}`? `{}` requires it, and no file here names it.",
                    setting.variable, service.name, setting.owner
                ));
                continue;
            }
            let place = match lists.first() {
                Some(list) => format!("`{list}` lists others and not this one"),
                None => format!(
                    "`{}` sets {} for `{}` and not this one",
                    service.file,
                    count(service.environment.len()),
                    service.name
                ),
            };
            let text =
                format!("`{}` has no default and needs `{}`, and {place}.", setting.owner, setting.variable);
            let claim = out.contradiction(Level::Medium, &[&setting.variable], text);
            claim.at(setting.place.clone());
            let file = lists.first().cloned().unwrap_or_else(|| service.file.clone());
            claim.at(crate::claim::Place::new(file.clone(), if lists.is_empty() { service.line } else { 1 }));
            claim.recommend(format!(
                "Name `{}` in `{file}`, or give `{}` a default.",
                setting.variable, setting.owner
            ));
            claim.example("sh", format!("{}=", setting.variable));
        }
    }
}

fn count(variables: usize) -> String {
    if variables == 1 { "1 variable".to_owned() } else { format!("{variables} variables") }
}

/// Files that list the existing variables.
fn lists(evidence: &Evidence) -> Vec<String> {
    let is_list = |path: &str| {
        let name = path.rsplit('/').next().unwrap_or(path);
        name.starts_with(".env")
            && ["example", "sample", "template", "dist"].iter().any(|it| name.contains(it))
    };
    evidence.files.iter().filter(|it| is_list(&it.path)).map(|it| it.path.clone()).collect()
}
