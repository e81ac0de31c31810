//! A command that names a missing module or attribute.

use libraries::Names;

use crate::claim::{Area, Level, Place};
use crate::detection::{Answers, Detection};
use crate::evidence::{Evidence, Launch, Target};

/// See the page.
pub static DETECTION: Detection = Detection {
    id: "command-starts-nothing",
    area: Area::Deployment,
    title: "Commands name code that is there",
    docs: include_str!("command_starts_nothing.md"),
    asvs: None,
    factor: None,
    run,
};

fn run(evidence: &Evidence, out: &mut Answers<'_>) {
    let mut shown = Vec::new();
    for (launch, target) in evidence.launches.iter().zip(&evidence.targets) {
        // One line may apply to several services.
        let key = (launch.at.clone(), launch.module.clone());
        if shown.contains(&key) {
            continue;
        }
        shown.push(key);
        let service = &evidence.service(launch).name;
        match target {
            Target::Missing => missing(evidence, launch, service, out),
            Target::Module(at) => attribute(evidence, launch, *at, service, out),
            Target::Unknown => {}
        }
    }
}

fn missing(evidence: &Evidence, launch: &Launch, service: &str, out: &mut Answers<'_>) {
    let Some(module) = launch.module.as_deref() else { return };
    let text = format!("`{service}` starts `{}`, and there is no module `{module}`.", launch.name());
    let near = nearest(evidence, launch);
    let claim = out.contradiction(Level::High, &[service, module], text);
    claim.at(&launch.at);
    if let Some(at) = near {
        let source = &evidence.sources[at];
        let attribute = launch.attribute.as_deref().unwrap_or("app");
        claim.at(Place::new(source.path.clone(), source.names.get(attribute).copied().unwrap_or(1)));
        claim.recommend(format!("Start `{}`, which has `{attribute}`.", source.name));
        let program = launch.program.map_or("python -m", |it| it.name);
        claim.example("sh", format!("{program} {}:{attribute}", source.name));
    }
}

/// The only module that defines the attribute to start.
fn nearest(evidence: &Evidence, launch: &Launch) -> Option<usize> {
    let attribute = launch.attribute.as_deref()?;
    let has = |at: &usize| {
        let source = &evidence.sources[*at];
        source.assignments.iter().any(|it| it.class.is_none() && it.name == attribute && it.value.is_some())
    };
    let mut all = (0..evidence.sources.len()).filter(has);
    all.next().filter(|_| all.next().is_none())
}

fn attribute(evidence: &Evidence, launch: &Launch, at: usize, service: &str, out: &mut Answers<'_>) {
    let source = &evidence.sources[at];
    let Some(attribute) = launch.attribute.as_deref() else { return };
    // The target of an option may be found in other ways, too.
    let is_exact = launch.program.is_some_and(|it| matches!(it.names, Names::Attribute | Names::Dotted));
    if !is_exact {
        return;
    }
    if let Some(line) = source.names.get(attribute) {
        let text = format!("`{service}` starts `{}`, which is there.", launch.name());
        out.fine(&[service, attribute], text).at(&launch.at).at(Place::new(source.path.clone(), *line));
        return;
    }
    // A package's modules are its attributes.
    let is_module = source.path.ends_with("__init__.py")
        && evidence.module(&format!("{}.{attribute}", source.name)).is_some();
    let named: Vec<&str> = launch.module.as_deref().unwrap_or_default().split('.').collect();
    let is_behind_point = source.name.rsplit('.').next() != named.last().copied();
    if source.has_hidden_names || is_module || is_behind_point || !evidence.is_whole {
        return;
    }
    let text = format!(
        "`{service}` starts `{}`, and `{}` has no `{attribute}` at its top level.",
        launch.name(),
        source.path
    );
    let claim = out.contradiction(Level::High, &[service, &source.name, attribute], text);
    claim.at(&launch.at).at(Place::new(source.path.clone(), 1));
    let makes = |it: &&crate::evidence::Assignment| {
        it.class.is_none()
            && it.value.as_ref().and_then(|it| it.call()).is_some_and(|call| {
                call.callee
                    .as_deref()
                    .is_some_and(|it| libraries::call(it) == Some(libraries::Mark::CreatesApp))
            })
    };
    if let Some(made) = source.assignments.iter().find(makes) {
        claim.at(Place::new(source.path.clone(), made.line));
        claim.recommend(format!("Name `{}`, which `{}` makes.", made.name, source.path));
        let program = launch.program.map_or("python -m", |it| it.name);
        claim.example(
            "sh",
            format!("{program} {}:{}", launch.module.as_deref().unwrap_or_default(), made.name),
        );
    }
}
