//! Leaves out what is specific to the model: columns, business methods, and everything that mentions them.
//!
//! A mention of something left out removes the smallest removable part around it: a keyword argument, a dictionary
//! entry, a parameter, a statement, a function. Members of every slice (`create`, `get_by_id`, `__init__`) are never
//! removed: if a mention would remove one, the mentioned member is kept instead, and pruning starts over.

mod known;
mod mentions;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use self::known::{codes, raised, takes};
use crate::names::is_usual;
use crate::spelling::Subject;
use crate::statement::{Module, Statement, leaving, without};
use crate::tidy::imported;
use crate::token::Kind;

/// The names left out, each with the special member that caused it.
#[derive(Debug, Default, Clone)]
struct Gone {
    /// Columns: attributes, keyword arguments, parameters, keys.
    fields: BTreeMap<String, String>,
    /// Methods.
    members: BTreeMap<String, String>,
    /// Module-level functions, classes and constants.
    globals: BTreeMap<String, String>,
    /// The original parameters of functions and fields of classes.
    takes: BTreeMap<String, BTreeSet<String>>,
    /// Exceptions that the code no longer raises.
    unraised: BTreeSet<String>,
    /// The status codes that the code returns now, and those it returned before.
    codes: (BTreeSet<String>, BTreeSet<String>),
}

/// A member that is specific to the model.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Special {
    Field(String),
    Function(String),
}

impl Special {
    pub(crate) fn name(&self) -> &str {
        match self {
            Special::Field(name) | Special::Function(name) => name,
        }
    }
}

/// Texts without special members.
#[derive(Debug, Clone)]
pub(crate) struct Pruned {
    pub(crate) texts: Vec<String>,
    /// The module-level names that are gone.
    pub(crate) globals: BTreeSet<String>,
    /// The members that were left out.
    pub(crate) left_out: Vec<Special>,
}

/// Aborts a round: this special member has to stay.
struct Stays(String);

/// Leaves out special members as far as the rest stays intact.
pub(crate) fn prune(texts: &[String], special: &[Special], subject: &Subject) -> Pruned {
    let mut special = special.to_vec();
    loop {
        match attempt(texts, &special, subject) {
            Ok((texts, gone)) => {
                return Pruned { texts, globals: gone.globals.into_keys().collect(), left_out: special };
            }
            Err(Stays(name)) => {
                let before = special.len();
                special.retain(|it| it.name() != name);
                if special.len() == before {
                    return Pruned { texts: texts.to_vec(), globals: BTreeSet::new(), left_out: Vec::new() };
                }
            }
        }
    }
}

fn attempt(texts: &[String], special: &[Special], subject: &Subject) -> Result<(Vec<String>, Gone), Stays> {
    let mut gone = Gone { takes: takes(texts), ..Gone::default() };
    gone.codes.1 = codes(texts);
    for it in special {
        let (name, root) = (it.name().to_owned(), it.name().to_owned());
        match it {
            Special::Field(_) => {
                gone.fields.insert(name, root);
            }
            Special::Function(_) => {
                gone.members.insert(name.clone(), root.clone());
                gone.globals.insert(name, root);
            }
        }
    }
    let before = texts;
    let mut texts = texts.to_vec();
    // Each round removes something, so the loop terminates.
    for _ in 0..64 {
        let mut is_changed = false;
        gone.codes.0 = codes(&texts);
        gone.unraised = raised(before).difference(&raised(&texts)).cloned().collect();
        for text in &mut texts {
            let module = Module::parse(text);
            let mut walk =
                Walk { module: &module, gone: &mut gone, subject, edits: Vec::new(), passes: Vec::new() };
            let body = module.body.clone();
            walk.block(&body, Scope::Module, &mut BTreeMap::new()).map_err(Stays)?;
            let (edits, passes) = (walk.edits, walk.passes);
            if edits.is_empty() {
                continue;
            }
            let mut after = String::new();
            let mut at = 0;
            for (place, line) in passes {
                after += &without(&text[at..place], within(&edits, at..place));
                after += &line;
                at = place;
            }
            after += &without(&text[at..], within(&edits, at..text.len()));
            if after != *text {
                *text = after;
                is_changed = true;
            }
        }
        if !is_changed {
            break;
        }
    }
    Ok((texts, gone))
}

/// The ranges inside a part, relative to its start.
fn within(ranges: &[Range<usize>], part: Range<usize>) -> Vec<Range<usize>> {
    let inside = ranges.iter().filter(|range| range.start >= part.start && range.start < part.end);
    inside.map(|range| range.start - part.start..range.end.min(part.end) - part.start).collect()
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scope {
    Module,
    Class,
    Function,
}

/// The local names of a function that are gone, each with the special member that caused it.
type Locals = BTreeMap<String, String>;

struct Walk<'a, 'm> {
    module: &'a Module<'m>,
    gone: &'a mut Gone,
    subject: &'a Subject,
    edits: Vec<Range<usize>>,
    /// The lines that replace a class body that is gone.
    passes: Vec<(usize, String)>,
}

impl Walk<'_, '_> {
    /// Whether all statements of a block are removed. The error names the member that has to stay.
    fn block(&mut self, block: &[Statement], scope: Scope, locals: &mut Locals) -> Result<bool, String> {
        let (mut left, mut is_first) = (0, true);
        let mut skip = 0;
        for (index, statement) in block.iter().enumerate() {
            if skip > 0 {
                skip -= 1;
                continue;
            }
            if let Some(handlers) = self.unraised_handlers(&block[index..]) {
                let keeps_some = handlers.len() < count_handlers(self.module, &block[index + 1..]);
                let is_followed = block
                    .get(index + 1 + count_handlers(self.module, &block[index + 1..]))
                    .is_some_and(|it| matches!(it.keyword(self.module), "else" | "finally"));
                if keeps_some || is_followed {
                    if keeps_some {
                        self.edits.extend(handlers.iter().map(|it| it.lines.clone()));
                    }
                } else {
                    self.unwrap(statement);
                    self.edits.extend(handlers.iter().map(|it| it.lines.clone()));
                    skip = handlers.len();
                    left += 1;
                    is_first = false;
                    continue;
                }
            }
            let next = block.get(index + 1).map(|next| next.keyword(self.module));
            let has_else = matches!(next, Some("else" | "elif" | "except" | "finally"));
            if self.statement(statement, scope, has_else, locals)? {
                self.edits.push(leaving(self.module.text, &statement.lines, is_first));
                continue;
            }
            is_first = false;
            if !statement.is_docstring(self.module) {
                left += 1;
            }
        }
        Ok(left == 0 && !block.is_empty())
    }

    /// Whether a statement is removed.
    fn statement(
        &mut self,
        it: &Statement,
        scope: Scope,
        has_else: bool,
        locals: &mut Locals,
    ) -> Result<bool, String> {
        if it.is_import(self.module) {
            return Ok(self.import(it));
        }
        if it.is_class(self.module) {
            return self.class(it, locals);
        }
        if it.is_function(self.module) {
            return self.function(it, scope, locals);
        }
        if scope == Scope::Class
            && let Some(name) = it.assigns(self.module)
            && self.gone.fields.contains_key(name)
        {
            return Ok(true);
        }
        let Some(root) = self.mentions(it.head.clone(), locals) else {
            let before = self.edits.len();
            let is_empty = !it.block.is_empty() && self.block(&it.block, scope, locals)?;
            if is_empty && self.edits.len() > before {
                // One branch of several can't be left empty.
                return if has_else || matches!(it.keyword(self.module), "else" | "try" | "except" | "finally")
                {
                    Err(self.root_of_block(it, locals))
                } else {
                    Ok(true)
                };
            }
            return Ok(false);
        };
        self.unremovable(it, scope, has_else, root, locals)
    }

    /// The handlers of a `try` for exceptions that are no longer raised.
    fn unraised_handlers<'b>(&self, block: &'b [Statement]) -> Option<Vec<&'b Statement>> {
        let (first, rest) = block.split_first()?;
        if self.module.word(first.head.start) != "try" || self.gone.unraised.is_empty() {
            return None;
        }
        let handlers = rest.iter().take(count_handlers(self.module, rest));
        let is_unraised = |it: &&Statement| {
            let end = it.head.clone().find(|at| self.module.word(*at) == "as").unwrap_or(it.head.end - 1);
            let names: Vec<&str> = (it.head.start + 1..end)
                .filter(|at| self.module.kind(*at) == Some(Kind::Name) && self.module.word(at + 1) != ".")
                .map(|at| self.module.word(at))
                .collect();
            !names.is_empty() && names.iter().all(|name| self.gone.unraised.contains(*name))
        };
        let found: Vec<&Statement> = handlers.filter(is_unraised).collect();
        (!found.is_empty()).then_some(found)
    }

    /// Replaces a `try` by its body.
    fn unwrap(&mut self, it: &Statement) {
        let text = self.module.text;
        let outer = self.module.column(self.module.tokens[it.head.start].span.start);
        let Some(first) = it.block.first() else { return };
        let inner = self.module.column(self.module.tokens[first.head.start].span.start);
        self.edits.push(it.lines.start..first.lines.start);
        let mut at = first.lines.start;
        for line in text[first.lines.start..it.lines.end].split_inclusive('\n') {
            let blank = line.len() - line.trim_start_matches([' ', '\t']).len();
            self.edits.push(at + outer.min(blank)..at + inner.min(blank));
            at += line.len();
        }
    }

    /// The special member mentioned in a block that would become empty.
    fn root_of_block(&self, it: &Statement, locals: &Locals) -> String {
        let last = it.block.iter().rev().find_map(|inner| self.any(inner.head.clone(), locals));
        last.or_else(|| self.gone.fields.values().next().cloned()).unwrap_or_default()
    }

    /// Whether to remove a statement that mentions `root`, when no part of it can be removed separately.
    fn unremovable(
        &mut self,
        it: &Statement,
        scope: Scope,
        has_else: bool,
        root: String,
        locals: &mut Locals,
    ) -> Result<bool, String> {
        match it.keyword(self.module) {
            "return" | "raise" | "yield" | "while" | "with" | "try" | "match" | "case" | "else" => Err(root),
            "if" | "for" if has_else => Err(root),
            "if" | "elif" | "for" | "assert" | "del" => Ok(true),
            _ => match self.assigned(it) {
                Some(Target::Name(name)) => {
                    let names = if scope == Scope::Module { &mut self.gone.globals } else { locals };
                    names.insert(name, root);
                    Ok(true)
                }
                Some(Target::Several) => Err(root),
                Some(Target::Part) | None => Ok(true),
            },
        }
    }

    fn assigned(&self, it: &Statement) -> Option<Target> {
        let mut depth = 0_usize;
        let sign = it.head.clone().find(|token| match self.module.word(*token) {
            "(" | "[" | "{" => {
                depth += 1;
                false
            }
            ")" | "]" | "}" => {
                depth = depth.saturating_sub(1);
                false
            }
            "=" | "+=" | "-=" => depth == 0,
            _ => false,
        })?;
        let target = it.head.start..sign;
        let words: Vec<&str> = target.clone().map(|token| self.module.word(token)).collect();
        Some(match words[..] {
            [name] | [name, ":", ..] => Target::Name(name.to_owned()),
            _ if words.contains(&".") || words.contains(&"[") => Target::Part,
            _ => Target::Several,
        })
    }

    fn class(&mut self, it: &Statement, locals: &mut Locals) -> Result<bool, String> {
        let name = it.defines(self.module).unwrap_or_default().to_owned();
        if self.gone.globals.contains_key(&name) {
            return Ok(true);
        }
        if let Some(root) = self.mentions(it.head.clone(), locals) {
            self.gone.globals.insert(name, root);
            return Ok(true);
        }
        let before = self.edits.len();
        let is_empty = self.block(&it.block, Scope::Class, locals)?;
        if is_empty && self.edits.len() > before {
            // A test class without tests.
            if name.starts_with("Test") {
                return Ok(true);
            }
            let has_docs = it.block.first().is_some_and(|first| first.is_docstring(self.module));
            if !has_docs {
                let indent = it
                    .block
                    .first()
                    .map_or(4, |first| self.module.column(self.module.tokens[first.head.start].span.start));
                self.passes.push((it.lines.end, format!("{}pass\n", " ".repeat(indent))));
            }
        }
        Ok(false)
    }

    fn function(&mut self, it: &Statement, scope: Scope, locals: &mut Locals) -> Result<bool, String> {
        let name = it.defines(self.module).unwrap_or_default().to_owned();
        let known = match scope {
            Scope::Class => self.gone.members.contains_key(&name),
            Scope::Module => self.gone.globals.contains_key(&name),
            Scope::Function => false,
        };
        if known {
            return Ok(true);
        }
        let (edits, passes) = (self.edits.len(), self.passes.len());
        if self.tests_what_is_gone(it, &name) {
            return Ok(true);
        }
        let found = self.signature_and_body(it, locals);
        let root = match found {
            Ok(false) => return Ok(false),
            Ok(true) => self.gone.fields.values().next().cloned().unwrap_or_default(),
            Err(root) => root,
        };
        self.edits.truncate(edits);
        self.passes.truncate(passes);
        let is_test = name.starts_with("test");
        if scope == Scope::Function || (!is_test && is_usual(&name, self.subject)) {
            return Err(root);
        }
        if !is_test {
            let names = if scope == Scope::Class { &mut self.gone.members } else { &mut self.gone.globals };
            names.insert(name, root);
        }
        Ok(true)
    }

    /// Whether a test is about something that is gone: by its name, or by a status code that is no longer returned.
    fn tests_what_is_gone(&self, it: &Statement, name: &str) -> bool {
        if !name.starts_with("test") {
            return false;
        }
        let says = |gone: &String| {
            crate::spelling::Subject::of(gone).is_some_and(|subject| crate::spelling::names(name, &subject))
        };
        let (now, then) = &self.gone.codes;
        let text = &self.module.text[it.lines.clone()];
        let is_refused = then.difference(now).any(|code| text.contains(code.as_str()));
        is_refused || self.gone.fields.keys().any(says) || self.gone.members.keys().any(says)
    }

    /// Whether a function is left without a body. The error names something gone that the function needs.
    fn signature_and_body(&mut self, it: &Statement, outer: &Locals) -> Result<bool, String> {
        let mut locals = outer.clone();
        // Parameters are the items of the first brackets.
        let items = self.module.items(it.head.clone());
        let open = items.iter().map(|item| item.open).min();
        let mut leaves = Vec::new();
        for item in items.iter().filter(|item| Some(item.open) == open) {
            let first = item.tokens.clone().find(|token| self.module.kind(*token) == Some(Kind::Name));
            let name = first.map_or("", |token| self.module.word(token));
            if let Some(root) = self.gone.fields.get(name) {
                locals.insert(name.to_owned(), root.clone());
                leaves.push(item.tokens.clone());
            } else if let Some(root) = self.mentions(item.tokens.clone(), outer) {
                return Err(root);
            }
        }
        // A `*` without anything after it isn't a parameter.
        let own = || items.iter().filter(|item| Some(item.open) == open);
        let is_star = |item: &&crate::statement::Item| {
            item.tokens.len() == 1 && self.module.word(item.tokens.start) == "*"
        };
        if let Some(star) = own().find(is_star)
            && own()
                .filter(|item| item.tokens.start > star.tokens.start)
                .all(|item| leaves.contains(&item.tokens))
        {
            leaves.push(star.tokens.clone());
        }
        self.edits.extend(self.module.leaving_items(&items, &leaves));
        if let Some(root) = self.mentions(it.decorators.clone(), outer) {
            return Err(root);
        }
        let before = self.edits.len();
        let is_empty = self.block(&it.block, Scope::Function, &mut locals)?;
        Ok(is_empty && self.edits.len() > before)
    }

    /// Whether an import is removed.
    fn import(&mut self, it: &Statement) -> bool {
        let words: Vec<&str> = it.head.clone().map(|token| self.module.word(token)).collect();
        let Some(from) =
            words.iter().position(|word| *word == "import").filter(|_| words.first() == Some(&"from"))
        else {
            return false;
        };
        let listed: Vec<usize> = (it.head.start + from + 1..it.head.end)
            .filter(|token| self.module.kind(*token) == Some(Kind::Name) && self.module.word(*token) != "as")
            .filter(|token| self.module.word(token - 1) != "as")
            .collect();
        let gone: Vec<usize> = listed
            .iter()
            .copied()
            .filter(|token| self.gone.globals.contains_key(self.module.word(*token)))
            .collect();
        if gone.is_empty() {
            return false;
        }
        if gone.len() == listed.len() {
            return true;
        }
        let parts: Vec<Range<usize>> =
            imported(self.module, it).into_iter().map(|name| name.tokens).collect();
        let edits = self.module.leaving_parts(&parts, |part| gone.iter().any(|token| part.contains(token)));
        self.edits.extend(edits);
        false
    }
}

/// The number of `except` clauses at the start of a block.
fn count_handlers(module: &Module<'_>, block: &[Statement]) -> usize {
    block.iter().take_while(|it| module.word(it.head.start) == "except").count()
}

enum Target {
    Name(String),
    /// `a.x`, `a["x"]`
    Part,
    Several,
}

fn is_capital(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}

fn is_formatted(string: &str) -> bool {
    string.find(['"', '\'']).is_some_and(|at| string[..at].contains(['f', 'F']))
}
