//! Facts from all texts: parameters, raised exceptions, status codes.

use std::collections::{BTreeMap, BTreeSet};

use crate::statement::Module;
use crate::token::Kind;

/// The parameters of each function and the fields of each class.
pub(super) fn takes(texts: &[String]) -> BTreeMap<String, BTreeSet<String>> {
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for text in texts {
        let module = Module::parse(text);
        for outer in &module.body {
            let class = outer.defines(&module).filter(|_| outer.is_class(&module));
            if let Some(class) = class {
                let fields = outer.block.iter().filter_map(|inner| inner.assigns(&module));
                found.entry(class.to_owned()).or_default().extend(fields.map(str::to_owned));
            }
            for function in outer.block.iter().chain([outer]).filter(|it| it.is_function(&module)) {
                let name = function.defines(&module).unwrap_or_default();
                let name = if name == "__init__" { class.unwrap_or(name) } else { name };
                let items = module.items(function.head.clone());
                let open = items.iter().map(|item| item.open).min();
                let own = items.iter().filter(|item| Some(item.open) == open);
                let names = own.map(|item| module.word(item.tokens.start).to_owned());
                found.entry(name.to_owned()).or_default().extend(names);
            }
        }
    }
    found
}

/// The exception names that are raised in the texts.
pub(super) fn raised(texts: &[String]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for text in texts {
        let module = Module::parse(text);
        for token in (1..module.tokens.len()).filter(|token| module.word(token - 1) == "raise") {
            let dotted = (token..module.tokens.len())
                .take_while(|at| module.kind(*at) == Some(Kind::Name) || module.word(*at) == ".");
            found.extend(dotted.last().map(|last| module.word(last).to_owned()));
        }
    }
    found
}

/// The error status codes in texts other than tests: `409`, `HTTP_409_CONFLICT`.
pub(super) fn codes(texts: &[String]) -> BTreeSet<String> {
    let is_code = |digits: &str| digits.len() == 3 && digits.starts_with('4');
    let mut found = BTreeSet::new();
    for text in texts.iter().filter(|text| !text.contains("def test")) {
        for part in text.split(|c: char| !c.is_ascii_digit()).filter(|part| is_code(part)) {
            found.insert(part.to_owned());
        }
    }
    found
}
