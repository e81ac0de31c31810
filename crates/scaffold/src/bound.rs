//! The names that a text binds, and those that must be bound. Scopes aren't distinguished: a name bound anywhere
//! counts.

use std::collections::BTreeSet;

use crate::statement::{Module, Statement};
use crate::tidy;
use crate::token::Kind;

/// The names that a text binds: imports, definitions, parameters, assignments and loop targets.
pub(crate) fn names(text: &str) -> BTreeSet<String> {
    let module = Module::parse(text);
    let mut found = BTreeSet::new();
    block(&module, &module.body, &mut found);
    for token in 1..module.tokens.len() {
        let (before, after) = (module.word(token - 1), module.word(token + 1));
        let is_name = module.kind(token) == Some(Kind::Name);
        if is_name
            && (matches!(before, "for" | "as" | "lambda")
                || after == ":="
                || (before == "," && after == "in"))
        {
            found.insert(module.word(token).to_owned());
        }
    }
    found
}

fn block(module: &Module<'_>, statements: &[Statement], found: &mut BTreeSet<String>) {
    for statement in statements {
        if statement.is_import(module) {
            found.extend(tidy::imported(module, statement).into_iter().map(|name| name.bound));
        }
        let name = statement.defines(module).or_else(|| statement.assigns(module));
        found.extend(name.map(str::to_owned));
        if statement.is_function(module) {
            let items = module.items(statement.head.clone());
            let open = items.iter().map(|item| item.open).min();
            for item in items.iter().filter(|item| Some(item.open) == open) {
                let name = item.tokens.clone().find(|token| module.kind(*token) == Some(Kind::Name));
                found.extend(name.map(|token| module.word(token).to_owned()));
            }
        }
        block(module, &statement.block, found);
    }
}

/// The names bound by imports, given as statements or as a single imported name (`a`, `a as b`).
pub(crate) fn imported(text: &str) -> BTreeSet<String> {
    let module = Module::parse(text);
    let found: BTreeSet<String> = module
        .body
        .iter()
        .filter(|statement| statement.is_import(&module))
        .flat_map(|statement| tidy::imported(&module, statement))
        .map(|name| name.bound)
        .collect();
    if found.is_empty() {
        return text.trim().rsplit(' ').next().map(str::to_owned).into_iter().collect();
    }
    found
}

/// The names that a text reads, except for attributes, keywords of calls, and names that it binds itself.
pub(crate) fn loads(text: &str) -> BTreeSet<String> {
    let module = Module::parse(text);
    let own = names(text);
    let is_read = |token: &usize| {
        module.kind(*token) == Some(Kind::Name)
            && module.word(token.wrapping_sub(1)) != "."
            && !(module.word(token + 1) == "=" && matches!(module.word(token.wrapping_sub(1)), "(" | ","))
            && !own.contains(module.word(*token))
    };
    (0..module.tokens.len()).filter(is_read).map(|token| module.word(token).to_owned()).collect()
}

/// Whether an offset is inside an import statement, at any depth.
pub(crate) fn is_in_import(statements: &[Statement], module: &Module<'_>, at: usize) -> bool {
    statements.iter().any(|statement| {
        let is_around = statement.lines.start < at && at <= statement.lines.end;
        is_around && (statement.is_import(module) || is_in_import(&statement.block, module, at))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_must_be_bound() {
        let text = "def f(a, *, b: B = c):\n    for d in e(a, g=h.i):\n        j = d\n    return j\n";
        assert_eq!(
            loads(text).into_iter().collect::<Vec<_>>(),
            ["B", "c", "def", "e", "for", "h", "in", "return"]
        );
    }
}
