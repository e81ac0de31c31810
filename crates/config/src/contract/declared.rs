//! Reads contracts from our own tables and from those of import-linter, which share their vocabulary.

use smol_str::SmolStr;

use crate::problem::Problems;
use crate::reader::{Dialect, Reader, Text};
use crate::{Level, ModulePattern, NamePattern, tach, word};

use super::{Contract, ContractKind, Edge, View, slots};

/// The types in our own tables.
const TYPES: [&str; 6] = ["layers", "forbidden", "independence", "protected", "acyclic", "modules"];

/// The types that import-linter has too.
const SHARED: [&str; 5] = ["layers", "forbidden", "independence", "protected", "acyclic"];

/// The default number of generations that are checked; the same as import-linter's.
const DEPTH: u32 = 10;

/// Defaults for all contracts of a file.
#[derive(Debug, Default, Clone)]
pub(crate) struct Session {
    /// Applies to contracts that don't set it themselves.
    pub(crate) exclude_type_checking: bool,
    pub(crate) view: View,
}

/// Reads one contract. `None` if nothing remains that could be violated; the reason is then reported as a problem.
///
/// `id` is the name of a contract without one.
pub(crate) fn read(mut reader: Reader<'_>, session: &Session, id: Option<&str>) -> Option<Contract> {
    let problems = reader.problems;
    let table = reader.table;
    let name = reader.string("name");
    if name.is_none() && id.is_none() && table.get("name").is_none() {
        problems.error(table.span, "a contract needs a `name`");
    }
    let Some(kind_word) = reader.string("type") else {
        if table.get("type").is_none() {
            let known = if reader.dialect == Dialect::Own { &TYPES[..] } else { &SHARED };
            problems.error(table.span, format!("a contract needs a `type`: {}", known.join(", ")));
        }
        return None;
    };
    let kind = match kind_word.text {
        "layers" => layers(&mut reader),
        "forbidden" => forbidden(&mut reader),
        "independence" => independence(&mut reader),
        "protected" => protected(&mut reader),
        "private_modules" if reader.dialect == Dialect::Foreign => private(&mut reader),
        "acyclic" | "acyclic_siblings" | "acyclic-siblings" => acyclic(&mut reader),
        "modules" if reader.dialect == Dialect::Own => Some(tach::own(&mut reader)),
        other => {
            if reader.dialect == Dialect::Own {
                word::unknown("type of contract", kind_word, &TYPES, problems);
            } else {
                let message = format!("contracts of the type `{other}` are not known here and not checked");
                problems.warning(kind_word.span, message);
            }
            return None;
        }
    };
    let ignore_imports = edges(reader.strings("ignore-imports").unwrap_or_default(), problems);
    let (mut level, mut exclude_type_checking) = (Level::Error, session.exclude_type_checking);
    let mut alerts_unmatched = true;
    let guidance;
    match reader.dialect {
        Dialect::Own => {
            level = reader.string("level").and_then(|text| word::level(text, problems)).unwrap_or(level);
            guidance = reader.string("guidance").map(|text| SmolStr::from(text.text));
            exclude_type_checking =
                reader.boolean("exclude-type-checking-imports").unwrap_or(exclude_type_checking);
        }
        Dialect::Foreign => {
            alerts_unmatched = alerting(&mut reader);
            guidance = text(&mut reader, "broken-contract-guidance");
            // Used to select contracts on a command line.
            reader.skip(&["id"]);
        }
    }
    reader.finish(&format!("a contract of the type `{}`", kind_word.text));
    let name_span = name.map(|name| name.span);
    let name = name.map(|name| name.text).or(id).unwrap_or(kind_word.text);
    Some(Contract {
        name: name.into(),
        kind: kind?,
        ignore_imports,
        exclude_type_checking,
        view: session.view.clone(),
        alerts_unmatched,
        level,
        guidance,
        span: name_span.unwrap_or(table.span),
    })
}

fn layers(reader: &mut Reader<'_>) -> Option<ContractKind> {
    let problems = reader.problems;
    let texts = required(reader, "layers");
    let containers = reader.strings("containers").unwrap_or_default();
    let exhaustive = reader.boolean_at("exhaustive").filter(|(on, _)| *on).map(|(_, span)| span);
    let exhaustive_ignores = reader.strings("exhaustive-ignores").unwrap_or_default();
    if reader.dialect == Dialect::Own {
        // These keys are valid even if there is nothing that they could apply to.
        reader.skip(&["closed", "allow-indirect-imports"]);
    }
    let texts = texts?;
    let read = slots::read(&texts, problems);
    let closed =
        if reader.dialect == Dialect::Own { slots::closed(reader, &read) } else { vec![false; read.len()] };
    let allow_indirect =
        reader.dialect == Dialect::Own && reader.boolean("allow-indirect-imports").unwrap_or_default();
    if let (Some(span), true) = (exhaustive, containers.is_empty()) {
        problems.error(span, "`exhaustive` needs `containers`: their children must all be layers");
    }
    let containers = word::modules(&containers, problems);
    if read.iter().map(|layer| layer.slots.len()).sum::<usize>() < 2 {
        if let ([only], Dialect::Own) = (texts.as_slice(), reader.dialect) {
            problems.error(only.span, "one layer alone can't be broken; list the others too");
        }
        return None;
    }
    Some(ContractKind::Layers {
        containers: containers.clone(),
        exhaustive: exhaustive.is_some() && !containers.is_empty(),
        exhaustive_ignores: exhaustive_ignores.into_iter().map(|text| text.text.into()).collect(),
        independent: read.iter().map(|layer| layer.independent).collect(),
        closed,
        allow_indirect,
        layers: read.into_iter().map(|layer| layer.slots).collect(),
    })
}

fn forbidden(reader: &mut Reader<'_>) -> Option<ContractKind> {
    let sources = required_modules(reader, "source-modules");
    let forbidden = required_modules(reader, "forbidden-modules");
    let allow_indirect = reader.boolean("allow-indirect-imports").unwrap_or(false);
    let as_packages = reader.boolean("as-packages").unwrap_or(true);
    Some(ContractKind::Forbidden { sources: sources?, forbidden: forbidden?, allow_indirect, as_packages })
}

fn independence(reader: &mut Reader<'_>) -> Option<ContractKind> {
    let texts = required(reader, "modules")?;
    let modules = word::modules(&texts, reader.problems);
    if let ([only], Dialect::Own) = (modules.as_slice(), reader.dialect)
        && only.is_literal()
    {
        reader
            .problems
            .error(texts[0].span, "one module alone can't be broken; list the others or use a wildcard");
        return None;
    }
    (!modules.is_empty()).then_some(ContractKind::Independence { modules })
}

fn protected(reader: &mut Reader<'_>) -> Option<ContractKind> {
    let problems = reader.problems;
    let protected = required_modules(reader, "protected-modules");
    let allowed = word::modules(&reader.strings("allowed-importers").unwrap_or_default(), problems);
    let as_packages = reader.boolean("as-packages").unwrap_or(true);
    let exposed = if reader.dialect == Dialect::Own { reader.strings("exposed") } else { None };
    let exposed = exposed
        .unwrap_or_default()
        .into_iter()
        .filter_map(|text| {
            NamePattern::new(text.text).map_err(|reason| problems.error(text.span, reason)).ok()
        })
        .collect();
    Some(ContractKind::Protected { protected: protected?, allowed, as_packages, exposed })
}

fn private(reader: &mut Reader<'_>) -> Option<ContractKind> {
    let packages = reader.strings("packages-with-private-modules").unwrap_or_default();
    let read = word::modules(&packages, reader.problems);
    // Only an empty list means all packages.
    (!read.is_empty() || packages.is_empty()).then_some(ContractKind::Private { packages: read })
}

/// Whether an exception without a match is reported: `none`, `warn` or `error`.
fn alerting(reader: &mut Reader<'_>) -> bool {
    const LEVELS: [&str; 3] = ["none", "warn", "error"];
    let Some(word) = reader.string("unmatched-ignore-imports-alerting") else { return true };
    if !word.text.trim().is_empty() && !LEVELS.contains(&word.text.trim()) {
        word::unknown("level", word, &LEVELS, reader.problems);
    }
    word.text.trim() != "none"
}

/// A text of one or several lines.
fn text(reader: &mut Reader<'_>, key: &'static str) -> Option<SmolStr> {
    let lines: Vec<&str> = reader.strings(key)?.into_iter().map(|line| line.text.trim()).collect();
    Some(lines.join(" ").trim().into())
}

fn acyclic(reader: &mut Reader<'_>) -> Option<ContractKind> {
    let ancestors = required_modules(reader, "ancestors");
    let depth = reader.number("depth").unwrap_or(DEPTH);
    let skip = word::modules(&reader.strings("skip-descendants").unwrap_or_default(), reader.problems);
    Some(ContractKind::Acyclic { ancestors: ancestors?, depth, skip })
}

/// The strings of a key without which the contract is meaningless.
fn required<'t>(reader: &mut Reader<'t>, key: &'static str) -> Option<Vec<Text<'t>>> {
    let table = reader.table;
    let texts = reader.strings(key);
    let written = if reader.dialect == Dialect::Own { key.to_owned() } else { key.replace('-', "_") };
    match (texts, table.entries.iter().find(|entry| entry.key.replace('_', "-") == key)) {
        (Some(texts), Some(entry)) if texts.is_empty() => {
            let message = format!("`{written}` is empty: the contract promises nothing and is not checked");
            reader.problems.error(entry.key_span, message);
            None
        }
        (None, None) => {
            let message = format!("the contract needs `{written}`; without, it is not checked");
            reader.problems.error(table.span, message);
            None
        }
        (texts, _) => texts,
    }
}

fn required_modules(reader: &mut Reader<'_>, key: &'static str) -> Option<Vec<ModulePattern>> {
    let texts = required(reader, key)?;
    let modules = word::modules(&texts, reader.problems);
    (!modules.is_empty()).then_some(modules)
}

fn edges(texts: Vec<Text<'_>>, problems: &Problems) -> Vec<Edge> {
    texts.into_iter().filter_map(|text| edge(text, problems)).collect()
}

/// `a.b -> c.d`
fn edge(text: Text<'_>, problems: &Problems) -> Option<Edge> {
    let side = |side: &str| {
        let pattern = ModulePattern::new(side.trim())?;
        if pattern.is_path() {
            Err(format!("`{}` is a path; modules are named with dots here", side.trim()))
        } else {
            Ok(pattern)
        }
    };
    let Some((importer, imported)) = text.text.split_once("->") else {
        let message = format!("`{}` should be written `importer -> imported`", text.text);
        problems.error(text.span, message);
        return None;
    };
    match (side(importer), side(imported)) {
        (Ok(importer), Ok(imported)) => Some(Edge { importer, imported, span: text.span }),
        (Err(reason), _) | (_, Err(reason)) => {
            problems.error(text.span, reason);
            None
        }
    }
}
