//! Public interfaces of tach's modules as `protected` contracts with exposed names.
//!
//! A module with interfaces may be imported through one that the importer sees: those without `visibility`, and those
//! that name it there. An `exclusive` one that it sees is the only one. Who sees none is free.

use std::collections::BTreeSet;

use regex::Regex;

use crate::problem::Problems;
use crate::reader::{Dialect, Reader, Text};
use crate::{Contract, ContractKind, ModulePattern, NamePattern};

use super::Session;
use super::modules::{Module, Modules};
use super::translate::{contract, everything, unchecked, undeclared};

/// One `[[interfaces]]`.
pub(super) struct Interface<'t> {
    expose: Vec<NamePattern>,
    /// Regular expressions over modules; nothing for all of them.
    from: Option<Vec<Regex>>,
    /// Paths of modules; nothing for everybody.
    visibility: Option<Vec<Text<'t>>>,
    exclusive: bool,
}

/// Reads `[[interfaces]]`.
pub(super) fn read<'t>(reader: &mut Reader<'t>) -> Vec<Interface<'t>> {
    let problems = reader.problems;
    let tables = reader.tables("interfaces", "[[interfaces]]");
    tables.into_iter().map(|table| interface(Reader::new(table, problems, Dialect::Foreign))).collect()
}

fn interface(mut reader: Reader<'_>) -> Interface<'_> {
    let problems = reader.problems;
    let expose = reader.strings("expose").unwrap_or_default();
    let from = reader.strings("from");
    let visibility = reader.strings("visibility");
    let exclusive = reader.boolean("exclusive").unwrap_or(false);
    if let Some(types) = reader.string("data-types")
        && types.text != "all"
    {
        problems.info(types.span, "the types of exposed data are not checked here");
    }
    reader.finish("an interface");
    let mut exposed: Vec<NamePattern> =
        expose.iter().filter_map(|text| self::exposed(*text, problems)).collect();
    if exposed.len() < expose.len() {
        // What was meant is unknown, so nothing is held against anybody.
        exposed.extend(NamePattern::regex(".*"));
    } else if exposed.is_empty() {
        // An interface that exposes nothing still lets its module be imported by its name.
        exposed.extend(NamePattern::regex(""));
    }
    let from = from.map(|from| from.into_iter().filter_map(|text| whole(text, problems)).collect());
    Interface { expose: exposed, from, visibility, exclusive }
}

fn exposed(text: Text<'_>, problems: &Problems) -> Option<NamePattern> {
    NamePattern::regex(text.text).map_err(|reason| problems.error(text.span, reason)).ok()
}

/// A regular expression that a whole path has to match.
fn whole(text: Text<'_>, problems: &Problems) -> Option<Regex> {
    let regex = regex::RegexBuilder::new(&format!("^(?:{})$", text.text)).size_limit(1 << 20).build();
    let regex =
        regex.map_err(|_| format!("`{}` is not a regular expression that can be used here", text.text));
    regex.map_err(|reason| problems.error(text.span, reason)).ok()
}

/// For each module with interfaces one contract for those who see the same of it.
pub(super) fn contracts(
    session: &Session<'_>,
    modules: &Modules<'_>,
    interfaces: &[Interface<'_>],
) -> Vec<Contract> {
    let mut contracts = Vec::new();
    let free = [undeclared(modules), unchecked(modules)];
    for (module, own) in modules.list.iter().zip(modules.own.iter()) {
        let adopted: Vec<&Interface<'_>> =
            interfaces.iter().filter(|interface| interface.is_of(module)).collect();
        let named: BTreeSet<&str> = adopted
            .iter()
            .filter_map(|interface| interface.visibility.as_ref())
            .flatten()
            .map(|who| who.text)
            .collect();
        let mut add = |name: String, exposed: Vec<NamePattern>, allowed: Vec<ModulePattern>| {
            let kind =
                ContractKind::Protected { protected: vec![own.clone()], allowed, as_packages: true, exposed };
            contracts.push(contract(session, name, module.path, kind));
        };
        let path = module.path.text;
        let mut served = Vec::new();
        for importer in named {
            let importer_own = modules.named(Text { text: importer, span: module.path.span });
            let exposed = visible(&adopted, Some(importer));
            if importer_own.is_empty() || exposed.is_empty() {
                continue;
            }
            served.extend(importer_own.iter().cloned());
            let others = everything().without(importer_own);
            add(format!("interface of {path} for {importer}"), exposed, vec![others, free[1].clone()]);
        }
        let exposed = visible(&adopted, None);
        if !exposed.is_empty() {
            add(format!("interface of {path}"), exposed, free.iter().cloned().chain(served).collect());
        }
    }
    contracts
}

/// What an importer sees: one that some interface names, or anybody else.
fn visible(interfaces: &[&Interface<'_>], importer: Option<&str>) -> Vec<NamePattern> {
    let seen = interfaces.iter().filter(|interface| match (&interface.visibility, importer) {
        (None, _) => true,
        (Some(list), Some(importer)) => list.iter().any(|who| who.text == importer),
        (Some(_), None) => false,
    });
    let seen: Vec<_> = seen.collect();
    match seen.iter().find(|interface| interface.exclusive) {
        Some(only) => only.expose.clone(),
        None => seen.iter().flat_map(|interface| interface.expose.iter().cloned()).collect(),
    }
}

impl Interface<'_> {
    fn is_of(&self, module: &Module<'_>) -> bool {
        self.from.as_ref().is_none_or(|from| from.iter().any(|regex| regex.is_match(module.path.text)))
    }
}
