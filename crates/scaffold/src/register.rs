//! Mentions of a slice in files outside all slices: definitions in shared modules, and registrations.
//!
//! Next to each mention of the model, the same is added for the new subject: an import, a list entry (`INSTALLED_APPS`,
//! `urlpatterns`, `route_handlers`), a call (`include_router`), a provider, a fixture, and whole definitions in modules
//! that collect one kind of definition for all subjects (`models.py`, `crud.py`).

use std::ops::Range;

use crate::slice::subject_of_name;
use crate::spelling::{Subject, names};
use crate::statement::{Item, Module, Statement};
use crate::survey::{Place, SurveyedFile};
use crate::tidy::imported;
use crate::token::{Kind, contents};

/// Something to add next to existing code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Unit {
    /// The offset to insert at.
    pub(crate) at: usize,
    /// The corresponding text of the model.
    pub(crate) model: String,
    pub(crate) form: Form,
}

/// The form of a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Form {
    /// Whole lines, with the empty lines in front of them.
    Lines { gap: String },
    /// Between commas; `indent` is the indentation if the item is on its own line.
    Item {
        indent: Option<String>,
        /// Whether a comma follows the model's item.
        has_comma: bool,
    },
}

/// The mentions of the model in a file that need a counterpart for a new subject. `mapped` are the classes with tables
/// in this file.
pub(crate) fn units(
    file: &SurveyedFile,
    subject: &Subject,
    others: &[Subject],
    mapped: &[&str],
) -> Vec<Unit> {
    let stem = file.path.file_stem().unwrap_or_default();
    // A test of several subjects is about their interaction.
    if stem.starts_with("test_")
        || stem.ends_with("_test")
        || matches!(file.place, Place::Migrations | Place::Aside) && stem != "env"
    {
        return Vec::new();
    }
    let module = Module::parse(&file.text);
    // `models.py`, `__init__.py` and `conftest.py` are shared by all subjects.
    let is_shared = subject_of_name(stem).is_none() || stem == "__init__";
    let mut walk = Walk { module: &module, subject, others, mapped, found: Vec::new(), is_shared };
    walk.block(&module.body, true);
    walk.found
}

struct Walk<'a, 'm> {
    module: &'a Module<'m>,
    subject: &'a Subject,
    others: &'a [Subject],
    /// Classes with tables.
    mapped: &'a [&'a str],
    found: Vec<Unit>,
    is_shared: bool,
}

impl Walk<'_, '_> {
    fn block(&mut self, block: &[Statement], is_module: bool) {
        for (index, statement) in block.iter().enumerate() {
            let before = index.checked_sub(1).and_then(|before| block.get(before));
            self.statement(statement, before, block, is_module);
        }
    }

    fn statement(
        &mut self,
        it: &Statement,
        before: Option<&Statement>,
        block: &[Statement],
        is_module: bool,
    ) {
        if it.is_import(self.module) {
            self.import(it);
            return;
        }
        if let Some(name) = it.defines(self.module) {
            if names(name, self.subject) {
                if self.is_shared && !self.is_of_longer(name) {
                    self.lines(it, before, block);
                }
                return;
            }
            let is_of_other = subject_of_name(name).is_some_and(|other| self.others.contains(&other));
            if !(it.is_class(self.module) && (is_of_other || self.mapped.contains(&name))) {
                self.block(&it.block, false);
            }
            return;
        }
        if !it.block.is_empty() {
            // `for module in (orders, customers):`
            self.items(it.head.clone());
            self.block(&it.block, is_module);
            return;
        }
        if self.is_registration(it, is_module) {
            self.lines(it, before, block);
            return;
        }
        self.items(it.head.clone());
    }

    /// Whether a name refers to another subject whose name contains this one's.
    fn is_of_longer(&self, name: &str) -> bool {
        self.others.iter().any(|other| other.words().len() > self.subject.words().len() && names(name, other))
    }

    fn says(&self, tokens: Range<usize>) -> bool {
        tokens.into_iter().any(|token| self.is_named(token))
    }

    fn is_named(&self, token: usize) -> bool {
        let word = self.module.word(token);
        let text = match self.module.kind(token) {
            Some(Kind::Name) => word,
            Some(Kind::Text) => contents(word),
            _ => return false,
        };
        !text.contains(' ') && names(text, self.subject) && !self.is_of_longer(text)
    }

    /// Whether a statement is about the model alone: `app.include_router(orders.router)`, `self.orders =
    /// SqlOrders(session)`, `orders = provide(SqlOrders)`, `OrderDep = Annotated[...]`.
    fn is_registration(&self, it: &Statement, is_module: bool) -> bool {
        let words: Vec<&str> = it.head.clone().map(|token| self.module.word(token)).collect();
        if matches!(
            words.first(),
            Some(&"return" | &"raise" | &"assert" | &"del" | &"yield" | &"await" | &"pass")
        ) {
            return false;
        }
        let mut depth = 0_usize;
        let sign = words.iter().position(|word| {
            match *word {
                "(" | "[" | "{" => depth += 1,
                ")" | "]" | "}" => depth = depth.saturating_sub(1),
                _ => {}
            }
            depth == 0 && matches!(*word, "=" | ":")
        });
        let Some(sign) = sign else {
            // A call: its arguments name the model, and it isn't a call of the model.
            let open = words.iter().position(|word| *word == "(");
            return open.is_some_and(|open| {
                words.last() == Some(&")")
                    && self.says(it.head.start + open..it.head.end)
                    && !self.has_named_element(it.head.clone())
            });
        };
        let is_attribute = words.first() == Some(&"self") || words[..sign].contains(&".");
        let target = it.head.start..it.head.start + sign;
        let is_local = !is_module && !is_attribute && !self.is_class_level(it);
        self.says(target)
            && self.says(it.head.start + sign..it.head.end)
            && !is_local
            && (self.is_shared || is_attribute || !is_module)
    }

    /// Whether a statement is a member of a class.
    fn is_class_level(&self, it: &Statement) -> bool {
        fn holds(module: &Module<'_>, block: &[Statement], it: &Statement) -> bool {
            block.iter().any(|outer| {
                (outer.is_class(module) && outer.block.contains(it)) || holds(module, &outer.block, it)
            })
        }
        holds(self.module, &self.module.body, it)
    }

    /// Whether a list in a statement names the model among others: `route_handlers=[Orders, Customers]`.
    fn has_named_element(&self, tokens: Range<usize>) -> bool {
        let items = self.module.items(tokens);
        items.iter().any(|item| {
            self.module.word(item.open) == "[" && self.is_element(item) && self.says(item.tokens.clone())
        })
    }

    fn import(&mut self, it: &Statement) {
        let from =
            it.head.clone().find(|token| self.module.word(*token) == "import").unwrap_or(it.head.start);
        let bound = imported(self.module, it);
        let is_of_module = self.module.word(it.head.start) == "import" || self.says(it.head.start..from);
        let named: Vec<_> = bound.iter().filter(|name| self.says(name.tokens.clone())).collect();
        if is_of_module {
            // A name that stays unchanged would be bound twice.
            if self.says(it.head.clone()) && named.len() == bound.len() {
                self.found.push(Unit {
                    at: it.lines.end,
                    model: self.module.text[it.lines.clone()].to_owned(),
                    form: Form::Lines { gap: String::new() },
                });
            }
            return;
        }
        let items = self.module.items(it.head.clone());
        for name in named {
            if let Some(item) = items.iter().find(|item| item.tokens.contains(&name.tokens.start)) {
                self.item(item);
            } else {
                let end = self.module.tokens[name.tokens.end - 1].span.end;
                let start = self.module.tokens[name.tokens.start].span.start;
                let model = self.module.text[start..end].to_owned();
                let form = Form::Item { indent: None, has_comma: false };
                self.found.push(Unit { at: end, model, form });
            }
        }
    }

    /// Collects list elements and entries that name the model.
    fn items(&mut self, tokens: Range<usize>) {
        let items = self.module.items(tokens);
        let mut done: Vec<Range<usize>> = Vec::new();
        for item in &items {
            let is_inside =
                done.iter().any(|range| range.start <= item.tokens.start && item.tokens.end <= range.end);
            if is_inside || !self.says(item.tokens.clone()) || !self.is_element(item) {
                continue;
            }
            // Take the outermost item that is about the model alone.
            let holds_more = items.iter().any(|inner| {
                inner.open >= item.tokens.start
                    && inner.close < item.tokens.end
                    && self.is_element(inner)
                    && self.module.word(inner.open) == "["
                    && self.says(inner.tokens.clone())
            });
            let begins = self.is_named(item.tokens.start) || !holds_more;
            if holds_more && !begins {
                continue;
            }
            done.push(item.tokens.clone());
            self.item(item);
        }
    }

    /// Whether an item is an element of a list, tuple, set or dictionary, or a keyword argument named after the model.
    fn is_element(&self, item: &Item) -> bool {
        let before = item.open.checked_sub(1);
        let word = before.map_or("", |at| self.module.word(at));
        let is_name = before.is_some_and(|at| self.module.kind(at) == Some(Kind::Name));
        let is_called = is_name && !matches!(word, "in" | "return" | "and" | "or" | "not" | "else")
            || matches!(word, ")" | "]");
        match self.module.word(item.open) {
            // An entry with the same key would replace the model's.
            "{" => self.module.word(item.tokens.start + 1) != ":" || self.is_named(item.tokens.start),
            "[" => !is_called,
            _ if is_called && self.module.word(item.tokens.start + 1) == "=" => {
                self.is_named(item.tokens.start) && self.says(item.tokens.start + 1..item.tokens.end)
            }
            // `make_container(orders.Provider(), customers.Provider())`
            _ if is_called => self.is_beside_others(item),
            // Parentheses around one expression don't make a tuple.
            _ => item.open + 1 != item.tokens.start || item.tokens.end != item.close,
        }
    }

    /// Whether another argument of the same call names another subject in the same way.
    fn is_beside_others(&self, item: &Item) -> bool {
        let around = self.module.items(item.open..item.close + 1);
        let shape =
            |item: &Item| item.tokens.clone().filter(|at| self.module.kind(*at) == Some(Kind::Sign)).count();
        around.iter().any(|other| {
            other.open == item.open
                && other.tokens != item.tokens
                && shape(other) == shape(item)
                && other.tokens.clone().any(|at| {
                    let word = self.module.word(at);
                    self.module.kind(at) == Some(Kind::Name)
                        && self.others.iter().any(|subject| names(word, subject))
                })
        })
    }

    fn item(&mut self, item: &Item) {
        let start = self.module.tokens[item.tokens.start].span.start;
        let end = self.module.tokens[item.tokens.end - 1].span.end;
        let line = self.module.text[..start].rfind('\n').map_or(0, |at| at + 1);
        let lead = &self.module.text[line..start];
        let indent = lead.trim().is_empty().then(|| lead.to_owned());
        let has_comma = self.module.word(item.tokens.end) == ",";
        let at = if has_comma { self.module.tokens[item.tokens.end].span.end } else { end };
        let model = self.module.text[start..end].to_owned();
        self.found.push(Unit { at, model, form: Form::Item { indent, has_comma } });
    }

    /// Adds whole lines after the last statement in the block that is about the model.
    fn lines(&mut self, it: &Statement, before: Option<&Statement>, block: &[Statement]) {
        let is_definition = it.defines(self.module).is_some();
        let last = block.iter().rev().find(|other| {
            let name = other.defines(self.module);
            name.is_some() == is_definition
                && name.is_none_or(|name| names(name, self.subject) && !self.is_of_longer(name))
                && (is_definition || *other == it)
        });
        let at = last.map_or(it.lines.end, |last| last.lines.end);
        // A simple statement directly follows the model's.
        let before = before.filter(|before| is_definition || before.defines(self.module).is_none());
        let gap = before.map_or("", |before| &self.module.text[before.lines.end..it.lines.start]);
        let gap: String = gap.chars().filter(|c| *c == '\n').collect();
        let mut model = self.module.text[it.lines.clone()].to_owned();
        if !model.ends_with('\n') {
            model.push('\n');
        }
        self.found.push(Unit { at, model, form: Form::Lines { gap } });
    }
}

/// The text with new units inserted, each with its text.
pub(crate) fn inserted(text: &str, units: &[(&Unit, String)]) -> String {
    let mut out = text.to_owned();
    let mut sorted: Vec<(usize, &(&Unit, String))> = units.iter().enumerate().collect();
    sorted.sort_by_key(|(index, (unit, _))| (unit.at, *index));
    for (_, (unit, new)) in sorted.into_iter().rev() {
        let written = match &unit.form {
            Form::Lines { gap } => {
                let lead = if out[..unit.at].ends_with('\n') || unit.at == 0 { "" } else { "\n" };
                format!("{lead}{gap}{new}")
            }
            Form::Item { indent: Some(indent), has_comma: true } => format!("\n{indent}{new},"),
            Form::Item { indent: Some(indent), has_comma: false } => format!(",\n{indent}{new}"),
            Form::Item { indent: None, has_comma: true } => format!(" {new},"),
            Form::Item { indent: None, has_comma: false } => format!(", {new}"),
        };
        // A comment after the comma stays with the model's item.
        let at = match &unit.form {
            Form::Item { indent: Some(_), has_comma: true } => {
                let rest = &out[unit.at..];
                let line = rest.find('\n').unwrap_or(rest.len());
                if rest[..line].trim_start().starts_with('#') { unit.at + line } else { unit.at }
            }
            _ => unit.at,
        };
        out.insert_str(at, &written);
    }
    out
}
