//! A plan for a terminal.

use std::fmt::Write as _;

use python::naming::counted;

use crate::contexts::Contexts;
use crate::graph::Figures;
use crate::make::Plan;
use crate::steps::Step;

/// Limit on the unclear modules listed.
const LISTED: usize = 10;

/// The plan as text.
pub fn text(plan: &Plan) -> String {
    let mut out = String::new();
    if plan.is_empty() {
        line(&mut out, format_args!("{}", nothing(plan)));
        contexts(&mut out, &plan.contexts);
        return out;
    }
    line(&mut out, format_args!("{}\n", aim(plan)));
    for row in table(plan) {
        let [stage, steps, files, dependencies, modules, packages, violations] = row;
        line(
            &mut out,
            format_args!(
                "  {stage:8} {steps:>6} {files:>6} {dependencies:>13} {modules:>18} {packages:>20} {violations:>17}"
            ),
        );
    }
    line(&mut out, format_args!("\n{ASSUMED}"));
    for (number, phase) in plan.phases.iter().enumerate() {
        line(&mut out, format_args!("\n{}. {}: {}", number + 1, phase.stage.as_str(), phase.about));
        for step in &phase.steps {
            self::step(&mut out, step);
        }
    }
    contexts(&mut out, &plan.contexts);
    out
}

/// The assumptions behind the metrics of manual steps.
pub(crate) const ASSUMED: &str = "Steps with a command were tried on the code; a step in words counts as the imports that it names, taken out.";

/// The text if there is nothing to do.
pub(crate) fn nothing(plan: &Plan) -> String {
    format!(
        "nothing to do: {} with {} hold to the {} style, without a cycle",
        counted(plan.before.modules, "module"),
        counted(plan.before.dependencies, "dependency"),
        plan.aim.style
    )
}

/// The aim of the plan, and the reason.
pub(crate) fn aim(plan: &Plan) -> String {
    let style = if plan.aim.style.is_empty() { "layered" } else { &plan.aim.style };
    let steps = plan.steps().count();
    format!("{} in {} to the {style} style ({})", plan.project, counted(steps, "step"), plan.aim.reason)
}

/// The state after each stage: heading, current state, and one row per stage.
pub(crate) fn table(plan: &Plan) -> Vec<[String; 7]> {
    let mut rows = vec![
        ["stage", "steps", "files", "dependencies", "cyclic modules", "cyclic packages", "against layers"]
            .map(str::to_owned),
        row("today", None, &plan.before),
    ];
    rows.extend(plan.phases.iter().map(|phase| {
        let files: std::collections::BTreeSet<&String> =
            phase.steps.iter().flat_map(|step| &step.files).collect();
        row(phase.stage.as_str(), Some((phase.steps.len(), files.len())), &phase.figures)
    }));
    rows
}

fn row(stage: &str, done: Option<(usize, usize)>, figures: &Figures) -> [String; 7] {
    let in_groups = |members: usize, groups: usize| match groups {
        0 => "0".to_owned(),
        1 => format!("{members} in 1 group"),
        _ => format!("{members} in {groups} groups"),
    };
    [
        stage.to_owned(),
        done.map(|(steps, _)| steps.to_string()).unwrap_or_default(),
        done.map(|(_, files)| files.to_string()).unwrap_or_default(),
        figures.dependencies.to_string(),
        in_groups(figures.modules_in_cycles, figures.module_cycles),
        in_groups(figures.packages_in_cycles, figures.package_cycles),
        figures.layer_violations.to_string(),
    ]
}

fn step(out: &mut String, step: &Step) {
    line(out, format_args!("\n  [{}] {}", step.id, step.title));
    line(out, format_args!("    why: {}", step.why));
    if let Some(command) = &step.command {
        line(out, format_args!("    run: {command}"));
    } else if step.action.is_some() {
        line(out, format_args!("    run: architrave modernize --apply {}", step.id));
    }
    for edit in &step.edits {
        line(out, format_args!("    {} -> {}: {}", edit.importer, edit.imported, edit.advice));
        for place in &edit.imports {
            let names =
                if place.names.is_empty() { String::new() } else { format!(" ({})", place.names.join(", ")) };
            line(out, format_args!("      {}:{}{names} {}", place.file, place.line, place.when.as_str()));
        }
    }
    line(out, format_args!("    {}", size(step)));
    for sentence in changes(step) {
        line(out, format_args!("    {sentence}"));
    }
}

/// The size of a step, and reasons for caution.
pub(crate) fn size(step: &Step) -> String {
    let mut words = vec![counted(step.files.len(), "file")];
    let imports: usize = step.edits.iter().map(|edit| edit.imports.len()).sum();
    if imports > 0 {
        words.push(counted(imports, "import"));
    }
    if step.dependants > 0 {
        words.push(format!("imported by {} more", counted(step.dependants, "module")));
    }
    if !step.untested.is_empty() {
        words.push(format!("no test imports {}", view::wording::list(&step.untested)));
    }
    words.join("; ")
}

/// What a step resolves and adds, and its prerequisites.
pub(crate) fn changes(step: &Step) -> Vec<String> {
    let findings = |list: &[(String, usize)]| {
        let each = list.iter().map(|(rule, count)| format!("{count} {rule}"));
        each.collect::<Vec<String>>().join(", ")
    };
    let mut out = Vec::new();
    if !step.clears.is_empty() {
        out.push(format!("clears {}", findings(&step.clears)));
    }
    if !step.opens.is_empty() {
        out.push(format!("opens {}", findings(&step.opens)));
    }
    if !step.after.is_empty() {
        out.push(format!("after {}", step.after.join(", ")));
    }
    out
}

fn contexts(out: &mut String, contexts: &Contexts) {
    if contexts.list.is_empty() {
        return;
    }
    line(out, format_args!("\nbounded contexts as the code suggests them"));
    for context in &contexts.list {
        line(
            out,
            format_args!(
                "\n  {}: {}; {} inside, {} to other contexts, {} from them",
                context.name,
                counted(context.modules.len(), "module"),
                counted(context.inside, "dependency"),
                context.outgoing,
                context.incoming
            ),
        );
        for (what, list) in evidence(context) {
            line(out, format_args!("    {what}: {list}"));
        }
    }
    if !contexts.hubs.is_empty() {
        let hubs: Vec<String> =
            contexts.hubs.iter().map(|(name, count)| format!("{name} ({count} importers)")).collect();
        line(out, format_args!("\n  set aside: {}", some(&hubs)));
    }
    if !contexts.keys.is_empty() {
        line(out, format_args!("\n  foreign keys from one context to another"));
        for key in &contexts.keys {
            line(out, format_args!("    {} -> {}: {}", key.from, key.to, key.keys));
        }
    }
    if !contexts.unclear.is_empty() {
        line(out, format_args!("\n  not clear: {}", some(&contexts.unclear)));
    }
}

/// The evidence for a context.
pub(crate) fn evidence(context: &crate::contexts::Context) -> Vec<(&'static str, String)> {
    let counts = |list: &[(String, usize)]| {
        let each: Vec<String> = list.iter().map(|(name, count)| format!("{name} ({count})")).collect();
        some(&each)
    };
    let mut out = vec![("packages", counts(&context.packages))];
    if !context.tables.is_empty() {
        out.push(("tables", some(&context.tables)));
    }
    if !context.routes.is_empty() {
        out.push(("routes", counts(&context.routes)));
    }
    out
}

/// The first items of a list, and how many more there are.
pub(crate) fn some(list: &[String]) -> String {
    let shown = list.iter().take(LISTED).map(String::as_str).collect::<Vec<&str>>().join(", ");
    if list.len() > LISTED { format!("{shown} and {} more", list.len() - LISTED) } else { shown }
}

pub(crate) fn line(out: &mut String, words: std::fmt::Arguments<'_>) {
    // Writing to a string can't fail.
    let _ = writeln!(out, "{words}");
}
