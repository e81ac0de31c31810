//! A plan as one page for a browser: no network, no script.

use report::escape::html as escaped;
use std::fmt::Write as _;

use crate::make::Plan;
use crate::steps::Step;
use crate::text::{ASSUMED, aim, changes, evidence, nothing, size, table};

const STYLE: &str = "body{font:15px/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem;\
color:#1f2328;background:#fff}table{border-collapse:collapse;margin:1rem 0}th,td{border:1px solid #d0d7de;padding:.3rem .6rem;\
text-align:left}td+td{text-align:right}code{background:#f0f2f4;padding:.1rem .3rem;border-radius:3px}details{margin:.5rem 0;\
border-left:3px solid #d0d7de;padding-left:.8rem}summary{cursor:pointer}.note{color:#57606a}\
@media(prefers-color-scheme:dark){body{color:#e6edf3;background:#0d1117}code{background:#21262d}\
th,td{border-color:#30363d}details{border-color:#30363d}.note{color:#9198a1}}";

/// The plan as HTML.
pub fn page(plan: &Plan) -> String {
    let mut out = String::new();
    let title = escaped(&format!("Plan for {}", plan.project));
    put(
        &mut out,
        format_args!(
            "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" \
             content=\"width=device-width\"><title>{title}</title><style>{STYLE}</style></head><body>\n<h1>{title}</h1>"
        ),
    );
    if plan.is_empty() {
        put(&mut out, format_args!("<p>{}</p>", escaped(&nothing(plan))));
    } else {
        put(&mut out, format_args!("<p>{}.</p>\n<table>", escaped(&aim(plan))));
        for (number, row) in table(plan).iter().enumerate() {
            let cell = if number == 0 { "th" } else { "td" };
            let cells: Vec<String> =
                row.iter().map(|text| format!("<{cell}>{}</{cell}>", escaped(text))).collect();
            put(&mut out, format_args!("<tr>{}</tr>", cells.concat()));
        }
        put(&mut out, format_args!("</table>\n<p class=\"note\">{ASSUMED}</p>"));
    }
    for (number, phase) in plan.phases.iter().enumerate() {
        put(
            &mut out,
            format_args!(
                "<h2>{}. {}</h2>\n<p>{}.</p>",
                number + 1,
                phase.stage.as_str(),
                escaped(phase.about)
            ),
        );
        for step in &phase.steps {
            self::step(&mut out, step);
        }
    }
    if !plan.contexts.list.is_empty() {
        put(&mut out, format_args!("<h2>Bounded contexts as the code suggests them</h2>"));
    }
    for context in &plan.contexts.list {
        let evidence: Vec<String> = evidence(context)
            .iter()
            .map(|(what, list)| format!("<li>{what}: {}</li>", escaped(list)))
            .collect();
        put(
            &mut out,
            format_args!(
                "<details><summary>{}: {} modules, {} dependencies inside, {} to other contexts, {} from them</summary>\
                 <ul>{}</ul><p>{}</p></details>",
                escaped(&context.name),
                context.modules.len(),
                context.inside,
                context.outgoing,
                context.incoming,
                evidence.concat(),
                escaped(&context.modules.join(", "))
            ),
        );
    }
    if !plan.contexts.unclear.is_empty() {
        put(
            &mut out,
            format_args!(
                "<details><summary>not clear: {} modules</summary><p>{}</p></details>",
                plan.contexts.unclear.len(),
                escaped(&plan.contexts.unclear.join(", "))
            ),
        );
    }
    out.push_str("</body></html>\n");
    out
}

fn step(out: &mut String, step: &Step) {
    put(
        out,
        format_args!(
            "<details id=\"{0}\"><summary>{1} <span class=\"note\">{2}</span></summary>\n<p><code>{0}</code>: {3}.</p>",
            step.id,
            prose(&step.title),
            escaped(&size(step)),
            prose(&step.why)
        ),
    );
    if let Some(command) = &step.command {
        put(out, format_args!("<p><code>{}</code></p>", escaped(command)));
    } else if step.action.is_some() {
        put(out, format_args!("<p><code>architrave modernize --apply {}</code></p>", step.id));
    }
    if !step.edits.is_empty() {
        out.push_str("<ul>");
        for edit in &step.edits {
            let places: Vec<String> = edit
                .imports
                .iter()
                .map(|place| {
                    let names = escaped(&place.names.join(", "));
                    format!(
                        "<li><code>{}:{}</code> {names} {}</li>",
                        escaped(&place.file),
                        place.line,
                        place.when.as_str()
                    )
                })
                .collect();
            let (from, to) = (escaped(&edit.importer), escaped(&edit.imported));
            let advice = prose(&edit.advice);
            put(
                out,
                format_args!(
                    "<li><code>{from}</code> → <code>{to}</code>: {advice}<ul>{}</ul></li>",
                    places.concat()
                ),
            );
        }
        out.push_str("</ul>\n");
    }
    for sentence in changes(step) {
        put(out, format_args!("<p>{}</p>", escaped(&sentence)));
    }
    out.push_str("</details>\n");
}

/// A sentence with names between backticks.
fn prose(text: &str) -> String {
    let parts = text.split('`').enumerate();
    let parts = parts.map(|(number, part)| {
        let part = escaped(part);
        if number % 2 == 1 { format!("<code>{part}</code>") } else { part }
    });
    parts.collect()
}

fn put(out: &mut String, words: std::fmt::Arguments<'_>) {
    // Writing to a string can't fail.
    let _ = writeln!(out, "{words}");
}
