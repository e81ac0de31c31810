//! The report for a pull request or a wiki.

use python::naming::counted;

use super::text::line;
use super::{Deps, Plan};
use crate::escape::markdown as escaped;

/// The report as Markdown.
pub fn markdown(deps: &Deps) -> String {
    let mut out = String::new();
    line(&mut out, format_args!("# Dependencies of {}\n", escaped(&deps.project)));
    line(
        &mut out,
        format_args!(
            "{} with {} between them that run. {} and {} import each other in cycles.",
            counted(deps.modules, "module"),
            counted(deps.imports, "import"),
            counted(deps.cycles.len(), "group") + " of modules",
            counted(deps.levels.iter().map(|level| level.groups.len()).sum(), "group") + " of packages",
        ),
    );
    for cycle in &deps.cycles {
        let when = if cycle.at_import_time { "at import time" } else { "through imports inside functions" };
        line(&mut out, format_args!("\n## Cycle of {} modules, closed {when}\n", cycle.modules.len()));
        let mut way: Vec<&str> = cycle.shortest.iter().map(String::as_str).collect();
        way.extend(cycle.shortest.first().map(String::as_str));
        line(&mut out, format_args!("Shortest: `{}`", way.join("` → `")));
        plan(&mut out, &cycle.plan);
    }
    for level in &deps.levels {
        for group in &level.groups {
            line(
                &mut out,
                format_args!(
                    "\n## {} of the {} parts of `{}` import each other in cycles\n",
                    group.members.len(),
                    level.parts,
                    level.package
                ),
            );
            line(
                &mut out,
                format_args!(
                    "`{}`: {} between them.",
                    group.members.join("`, `"),
                    counted(group.imports, "import")
                ),
            );
            plan(&mut out, &group.plan);
        }
        for hub in &level.hubs {
            line(
                &mut out,
                format_args!(
                    "\nHub: {} of the {} parts of `{}` import `{}`, which imports {}.",
                    hub.imported_by, level.parts, level.package, hub.name, hub.imports
                ),
            );
        }
    }
    if !deps.less_stable.is_empty() {
        line(&mut out, format_args!("\n## Packages that lean on a less stable one\n"));
        line(
            &mut out,
            format_args!(
                "| package | instability | imports | instability | imports |\n| --- | --- | --- | --- | --- |"
            ),
        );
        for it in &deps.less_stable {
            line(
                &mut out,
                format_args!(
                    "| `{}` | {:.2} | `{}` | {:.2} | {} |",
                    it.importer, it.importer_instability, it.imported, it.imported_instability, it.imports
                ),
            );
        }
    }
    if !deps.messages.is_empty() {
        line(
            &mut out,
            format_args!("\n## Messages\n\n| message | made by | handled by |\n| --- | --- | --- |"),
        );
    }
    for it in &deps.messages {
        let listed =
            |names: &[String]| names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
        line(
            &mut out,
            format_args!(
                "| {} `{}` | {} | {} |",
                it.kind,
                it.message,
                listed(&it.made_by),
                listed(&it.handled_by)
            ),
        );
    }
    if !deps.orphans.is_empty() {
        line(&mut out, format_args!("\n## Nothing imports\n\n`{}`", deps.orphans.join("`, `")));
    }
    line(
        &mut out,
        format_args!(
            "\n## Coupling\n\n| package | modules | Ca | Ce | instability | abstractness | distance |\n| --- | --- | --- | --- | --- | --- | --- |"
        ),
    );
    for package in &deps.packages {
        let number = |value: Option<f64>| value.map_or_else(|| "–".to_owned(), |value| format!("{value:.2}"));
        line(
            &mut out,
            format_args!(
                "| `{}` | {} | {} | {} | {} | {} | {} |",
                package.name,
                package.modules,
                package.afferent,
                package.efferent,
                number(package.instability),
                number(package.abstractness),
                number(package.distance)
            ),
        );
    }
    out
}

fn plan(out: &mut String, plan: &Plan) {
    line(
        out,
        format_args!(
            "\n{} to change, in {}:\n",
            counted(plan.imports, "import"),
            counted(plan.steps.len(), "step")
        ),
    );
    for (number, step) in plan.steps.iter().enumerate() {
        let after = match step.largest_left {
            Some(parts) => format!("leaves a group of {parts}"),
            None => "leaves no cycle".to_owned(),
        };
        let imports = counted(step.imports, "import");
        line(out, format_args!("{}. {} ({imports}; {after})", number + 1, escaped(&step.title())));
        for import in step.cuts.iter().flat_map(|cut| &cut.imports) {
            let when = import.when.as_str();
            line(
                out,
                format_args!("   - `{}:{}` imports `{}` {when}", import.file, import.line, import.imported),
            );
        }
    }
}
