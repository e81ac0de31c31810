//! A plan for a pull request or a wiki.

use crate::contexts::Contexts;
use crate::make::Plan;
use crate::steps::Step;
use crate::text::{ASSUMED, aim, changes, evidence, line, nothing, size, some, table};
use python::naming::counted;
use report::escape::markdown as escaped;
use view::wording::capitalized;

/// The plan as Markdown.
pub fn markdown(plan: &Plan) -> String {
    let mut out = String::new();
    line(&mut out, format_args!("# Plan for {}\n", escaped(&plan.project)));
    if plan.is_empty() {
        line(&mut out, format_args!("{}", escaped(&capitalized(&nothing(plan)))));
        contexts(&mut out, &plan.contexts);
        return out;
    }
    line(&mut out, format_args!("{}.\n", escaped(&capitalized(&aim(plan)))));
    let rows = table(plan);
    for (number, row) in rows.iter().enumerate() {
        line(&mut out, format_args!("| {} |", row.join(" | ")));
        if number == 0 {
            line(&mut out, format_args!("| --- | ---: | ---: | ---: | ---: | ---: | ---: |"));
        }
    }
    line(&mut out, format_args!("\n{ASSUMED}"));
    for (number, phase) in plan.phases.iter().enumerate() {
        line(&mut out, format_args!("\n## {}. {}\n", number + 1, capitalized(phase.stage.as_str())));
        line(&mut out, format_args!("{}.", capitalized(phase.about)));
        for step in &phase.steps {
            self::step(&mut out, step);
        }
    }
    contexts(&mut out, &plan.contexts);
    out
}

fn step(out: &mut String, step: &Step) {
    line(out, format_args!("\n### {}\n", prose(&capitalized(&step.title))));
    line(out, format_args!("`{}`: {}.\n", step.id, prose(&step.why)));
    if let Some(command) = &step.command {
        line(out, format_args!("```sh\n{command}\n```\n"));
    } else if let Some(crate::facts::Command::Contract { file, text }) = &step.action {
        line(
            out,
            format_args!("At the end of `{file}`, or with `architrave modernize --apply {}`:\n", step.id),
        );
        line(out, format_args!("```toml\n{text}```\n"));
    }
    for edit in &step.edits {
        line(out, format_args!("- `{}` → `{}`: {}", edit.importer, edit.imported, prose(&edit.advice)));
        for place in &edit.imports {
            let names: Vec<String> = place.names.iter().map(|name| format!("`{name}`")).collect();
            let names = if names.is_empty() { String::new() } else { format!(" {}", names.join(", ")) };
            line(out, format_args!("  - `{}:{}`{names} {}", place.file, place.line, place.when.as_str()));
        }
    }
    if !step.edits.is_empty() {
        line(out, format_args!(""));
    }
    let mut sentences = vec![size(step)];
    sentences.extend(changes(step));
    line(out, format_args!("{}.", escaped(&capitalized(&sentences.join("; ")))));
}

fn contexts(out: &mut String, contexts: &Contexts) {
    if contexts.list.is_empty() {
        return;
    }
    line(out, format_args!("\n## Bounded contexts as the code suggests them\n"));
    line(
        out,
        format_args!(
            "| context | modules | inside | to others | from others | evidence |\n| --- | ---: | ---: | ---: | ---: | --- |"
        ),
    );
    for context in &contexts.list {
        let evidence: Vec<String> =
            evidence(context).iter().map(|(what, list)| format!("{what}: {}", escaped(list))).collect();
        line(
            out,
            format_args!(
                "| {} | {} | {} | {} | {} | {} |",
                escaped(&context.name),
                context.modules.len(),
                context.inside,
                context.outgoing,
                context.incoming,
                evidence.join("; ")
            ),
        );
    }
    if !contexts.hubs.is_empty() {
        let hubs: Vec<String> =
            contexts.hubs.iter().map(|(name, count)| format!("{name} ({count} importers)")).collect();
        line(out, format_args!("\nSet aside: {}.", escaped(&some(&hubs))));
    }
    if !contexts.keys.is_empty() {
        line(out, format_args!("\nForeign keys from one context to another:\n"));
        for key in &contexts.keys {
            line(out, format_args!("- `{}` → `{}`: {}", key.from, key.to, counted(key.keys, "key")));
        }
    }
    if !contexts.unclear.is_empty() {
        line(out, format_args!("\nNot clear: {}.", escaped(&some(&contexts.unclear))));
    }
}

/// A sentence in which names are already between backticks.
fn prose(text: &str) -> String {
    let parts = text.split('`').enumerate();
    let parts = parts.map(|(number, part)| if number % 2 == 1 { part.to_owned() } else { escaped(part) });
    parts.collect::<Vec<String>>().join("`")
}
