//! The report for a terminal.

use std::fmt::Write as _;

use python::naming::counted;

use super::{Cut, Deps, Matrix, Path, Plan};

/// The report as text.
pub fn text(deps: &Deps) -> String {
    let mut out = String::new();
    for cycle in &deps.cycles {
        let when = if cycle.at_import_time { "at import time" } else { "through imports inside functions" };
        let closing = cycle.shortest.first().map_or("", String::as_str);
        line(&mut out, format_args!("cycle of {} modules, closed {when}", cycle.modules.len()));
        line(&mut out, format_args!("  shortest: {} -> {closing}", cycle.shortest.join(" -> ")));
        plan(&mut out, &cycle.plan);
    }
    if deps.cycles.is_empty() {
        line(&mut out, format_args!("no cycles between modules"));
    }
    for level in &deps.levels {
        for group in &level.groups {
            line(
                &mut out,
                format_args!(
                    "\n{} of the {} parts of {} import each other in cycles ({} imports between them)",
                    group.members.len(),
                    level.parts,
                    level.package,
                    group.imports
                ),
            );
            line(&mut out, format_args!("  {}", group.members.join(", ")));
            plan(&mut out, &group.plan);
        }
        for hub in &level.hubs {
            line(
                &mut out,
                format_args!(
                    "\nhub: {} of the {} parts of {} import {}, which imports {}",
                    hub.imported_by, level.parts, level.package, hub.name, hub.imports
                ),
            );
        }
    }
    if !deps.less_stable.is_empty() {
        line(&mut out, format_args!("\npackages that lean on a less stable one"));
    }
    for it in &deps.less_stable {
        line(
            &mut out,
            format_args!(
                "  {} ({:.2}) -> {} ({:.2}), {}",
                it.importer,
                it.importer_instability,
                it.imported,
                it.imported_instability,
                counted(it.imports, "import")
            ),
        );
    }
    if !deps.orphans.is_empty() {
        line(&mut out, format_args!("\nnothing imports: {}", deps.orphans.join(", ")));
    }
    if !deps.messages.is_empty() {
        line(&mut out, format_args!("\nmessages, from who makes them to who handles them"));
    }
    for message in &deps.messages {
        line(&mut out, format_args!("  {}", message.words()));
    }
    line(
        &mut out,
        format_args!(
            "\n{:50} {:>7} {:>5} {:>5} {:>11} {:>12} {:>8}",
            "package", "modules", "Ca", "Ce", "instability", "abstractness", "distance"
        ),
    );
    for package in &deps.packages {
        let number = |value: Option<f64>| value.map_or_else(|| "-".to_owned(), |value| format!("{value:.2}"));
        line(
            &mut out,
            format_args!(
                "{:50} {:>7} {:>5} {:>5} {:>11} {:>12} {:>8}",
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
    let (imports, steps) = (counted(plan.imports, "import"), counted(plan.steps.len(), "step"));
    line(out, format_args!("  {imports} to change, in {steps}"));
    for (number, step) in plan.steps.iter().enumerate() {
        let after = match step.largest_left {
            Some(parts) => format!("leaves a group of {parts}"),
            None => "leaves no cycle".to_owned(),
        };
        let imports = counted(step.imports, "import");
        line(out, format_args!("  {}. {} ({imports}; {after})", number + 1, step.title()));
        for cut in &step.cuts {
            places(out, cut);
        }
    }
}

fn places(out: &mut String, cut: &Cut) {
    line(out, format_args!("     cut: {} -> {}", cut.importer, cut.imported));
    for import in &cut.imports {
        let when = import.when.as_str();
        line(out, format_args!("       {}:{} imports {} {when}", import.file, import.line, import.imported));
    }
}

impl Path {
    /// The path, one import per line.
    pub fn text(&self) -> String {
        let mut out = String::new();
        if self.imports.is_empty() {
            line(&mut out, format_args!("no way leads from {} to {}", self.from, self.to));
        } else {
            let hops = counted(self.imports.len(), "import");
            line(&mut out, format_args!("{} reaches {} by {hops}", self.from, self.to));
        }
        for import in &self.imports {
            let when = import.when.as_str();
            line(
                &mut out,
                format_args!(
                    "  {} -> {}  {}:{} {when}",
                    import.importer, import.imported, import.file, import.line
                ),
            );
        }
        out
    }
}

impl Matrix {
    /// The matrix for a terminal: numbers are imports of the row's part from the column's; `!` closes a cycle.
    pub fn text(&self) -> String {
        let mut out = String::new();
        let widest = self.parts.iter().map(|part| part.chars().count()).max().unwrap_or_default();
        line(&mut out, format_args!("parts of {}, from what everything rests on", self.package));
        let mut head = String::new();
        for number in 1..=self.parts.len() {
            let _ = write!(head, "{number:>5}");
        }
        line(&mut out, format_args!("{:>4} {:widest$}{head}", "", ""));
        for (row, part) in self.parts.iter().enumerate() {
            let mut cells = String::new();
            for column in 0..self.parts.len() {
                let cell = self.cells.iter().find(|cell| (cell.row, cell.column) == (row, column));
                let shown = match cell {
                    _ if row == column => ".".to_owned(),
                    Some(cell) if Self::is_against(cell) => format!("{}!", cell.imports),
                    Some(cell) => cell.imports.to_string(),
                    None => String::new(),
                };
                let _ = write!(cells, "{shown:>5}");
            }
            line(&mut out, format_args!("{:>4} {part:widest$}{}", row + 1, cells.trim_end()));
        }
        out
    }
}

pub(super) fn line(out: &mut String, words: std::fmt::Arguments<'_>) {
    // Writing to a string can't fail.
    let _ = writeln!(out, "{words}");
}
