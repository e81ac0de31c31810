//! The modules of tach as a contract of the type `modules`, key by key.

use std::fmt::Write as _;

use config::{Level, NamePattern, Tach, TachDependency, TachGlob, TachInterface, TachModule, TachRoot};

use super::super::entries::{list, quoted};

/// The lines with its keys.
pub(super) fn keys(tach: &Tach) -> String {
    let mut out = "type = \"modules\"".to_owned();
    if !tach.layers.is_empty() {
        let layers = tach.layers.iter().map(|layer| {
            let name = quoted(&layer.name);
            if layer.closed { format!("{{ name = {name}, closed = true }}") } else { name }
        });
        let _ = write!(out, "\nlayers = [{}]", layers.collect::<Vec<_>>().join(", "));
    }
    switch(&mut out, "layers-explicit-depends-on", tach.explicit);
    if tach.root != TachRoot::default() {
        let _ = write!(out, "\nroot-module = {}", quoted(tach.root.as_str()));
    }
    switch(&mut out, "forbid-circular-dependencies", tach.forbids_cycles);
    switch(&mut out, "include-string-imports", tach.string_imports);
    if tach.local_imports != Some(Level::Error) {
        let level = tach.local_imports.unwrap_or(Level::Off);
        let _ = write!(out, "\nlocal-imports = {}", quoted(level.as_str()));
    }
    if tach.modules.is_empty() {
        out.push_str("\nmodules = []");
    }
    out
}

/// The tables below its keys, each after an empty line.
pub(super) fn tables(tach: &Tach) -> String {
    let mut out = String::new();
    for module in &tach.modules {
        out.push_str("\n\n[[contracts.modules]]");
        self::module(&mut out, module);
    }
    for interface in &tach.interfaces {
        out.push_str("\n\n[[contracts.interfaces]]");
        self::interface(&mut out, interface);
    }
    if !tach.excluded_external.is_empty() || !tach.renamed_external.is_empty() {
        out.push_str("\n\n[contracts.external]");
        names(&mut out, "exclude", &tach.excluded_external);
        let renamed = tach.renamed_external.iter().map(|(module, name)| format!("{module}:{name}"));
        names(&mut out, "rename", &renamed.collect::<Vec<_>>());
    }
    out
}

fn module(out: &mut String, module: &TachModule) {
    let _ = write!(out, "\npath = {}", quoted(&module.path));
    if let Some(layer) = &module.layer {
        let _ = write!(out, "\nlayer = {}", quoted(layer));
    }
    optional(out, "depends-on", module.depends_on.as_deref(), |it: &TachDependency| it.path.to_string());
    let forbidden: Vec<&str> = module.cannot_depend_on.iter().map(|it| it.path.as_str()).collect();
    names(out, "cannot-depend-on", &forbidden);
    optional(out, "depends-on-external", module.depends_on_external.as_deref(), ToString::to_string);
    names(out, "cannot-depend-on-external", &module.cannot_depend_on_external);
    optional(out, "visibility", module.visibility.as_deref(), |it: &TachGlob| it.as_str().to_owned());
    switch(out, "utility", module.utility);
    switch(out, "unchecked", module.unchecked);
}

fn interface(out: &mut String, interface: &TachInterface) {
    optional(out, "expose", Some(&interface.expose), |it: &NamePattern| it.as_str().to_owned());
    optional(out, "from", Some(&interface.from), |it: &NamePattern| it.as_str().to_owned());
    optional(out, "visibility", interface.visibility.as_deref(), ToString::to_string);
    switch(out, "exclusive", interface.exclusive);
}

/// A list for which empty and missing differ in meaning.
fn optional<T>(out: &mut String, key: &str, items: Option<&[T]>, text: impl Fn(&T) -> String) {
    if let Some(items) = items {
        let items: Vec<String> = items.iter().map(text).collect();
        let _ = write!(out, "\n{key} = {}", list(&items));
    }
}

fn names(out: &mut String, key: &str, items: &[impl ToString]) {
    if !items.is_empty() {
        optional(out, key, Some(items), ToString::to_string);
    }
}

/// A switch that is off by default.
fn switch(out: &mut String, key: &str, is_on: bool) {
    if is_on {
        let _ = write!(out, "\n{key} = true");
    }
}
