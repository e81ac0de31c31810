//! Which tokens of a statement mention something that is left out.

use std::ops::Range;

use super::{Locals, Walk, is_capital, is_formatted};
use crate::token::{Kind, contents};

/// What SQLAlchemy and Django call a constraint that checks columns by an expression.
const CONSTRAINT: &str = "CheckConstraint";

impl Walk<'_, '_> {
    /// Removes the parts of a token range that mention something gone; returns the mentioned member if no part can be
    /// removed.
    pub(super) fn mentions(&mut self, tokens: Range<usize>, locals: &Locals) -> Option<String> {
        let items = self.module.items(tokens.clone());
        let checks = self.checks(&items);
        let is_in_check = |range: &Range<usize>| {
            checks.iter().any(|check| check.start < range.start && range.end <= check.end)
        };
        let mut unremovable = None;
        let mut removed: Vec<Range<usize>> = Vec::new();
        for token in tokens {
            if removed.iter().any(|range| range.contains(&token)) {
                continue;
            }
            let is_checked = is_in_check(&(token..token + 1));
            let root = self.mention(token, locals).or_else(|| self.checked(token).filter(|_| is_checked));
            let Some(root) = root else { continue };
            // The innermost removable item. A constraint without what it checks is none.
            let around = items.iter().rev().filter(|item| item.tokens.contains(&token));
            let around = around.filter(|item| !is_in_check(&item.tokens));
            let part = around.into_iter().find(|item| self.may_go(item, token, locals));
            match part {
                Some(item) => removed.push(item.tokens.clone()),
                None => unremovable = Some(root),
            }
        }
        self.edits.extend(self.module.leaving_items(&items, &removed));
        unremovable
    }

    /// The arguments of constraints that check columns: `CheckConstraint("price > 0")`, with their brackets.
    fn checks(&self, items: &[crate::statement::Item]) -> Vec<Range<usize>> {
        let is_one =
            |item: &&crate::statement::Item| self.module.word(item.open.wrapping_sub(1)) == CONSTRAINT;
        items.iter().filter(is_one).map(|item| item.open..item.close).collect()
    }

    /// The field that a check mentions: `"price > 0"`, `price__gt=0`.
    fn checked(&self, token: usize) -> Option<String> {
        let word = self.module.word(token);
        let field = match self.module.kind(token)? {
            Kind::Text => contents(word)
                .split(|letter: char| !(letter.is_alphanumeric() || letter == '_'))
                .find_map(|name| self.gone.fields.get(name)),
            Kind::Name if self.module.word(token + 1) == "=" => {
                self.gone.fields.get(word.split("__").next().unwrap_or(word))
            }
            _ => None,
        };
        field.cloned()
    }

    pub(super) fn any(&self, mut tokens: Range<usize>, locals: &Locals) -> Option<String> {
        tokens.find_map(|token| self.mention(token, locals))
    }

    /// Whether an item with a mention can be removed on its own, because it passes or lists just that.
    pub(super) fn may_go(&self, item: &crate::statement::Item, token: usize, locals: &Locals) -> bool {
        let first = item.tokens.start;
        let is_call = {
            let before = item.open.checked_sub(1).map(|at| (self.module.kind(at), self.module.word(at)));
            self.module.word(item.open) == "("
                && matches!(before, Some((Some(Kind::Name), word)) if !matches!(word, "in" | "return" | "and" | "or" | "not" | "if" | "="))
                || matches!(before, Some((_, ")" | "]")))
        };
        let second = self.module.word(first + 1);
        // `email=x`
        if self.module.kind(first) == Some(Kind::Name) && second == "=" {
            return self.gone.fields.contains_key(self.module.word(first));
        }
        // `"email": x`
        if second == ":" && self.module.word(item.open) == "{" {
            return first == token || !self.is_key_kept(first);
        }
        // `Column("email", String)` in a table, `Index("ix", "email")` in its arguments.
        let callee = item.tokens.clone().find(|at| self.module.word(at + 1) == "(");
        let callee = callee.map_or("", |at| self.module.word(at));
        if item.tokens.len() > 2 && (self.module.word(first) == "Column" || callee == CONSTRAINT) {
            return true;
        }
        if is_call && self.is_taken(item) {
            return true;
        }
        if is_call {
            // A string that names it: `UniqueConstraint("email", "name")`. The only argument of a lookup can't be
            // removed.
            return item.tokens.len() == 1
                && self.module.kind(first) == Some(Kind::Text)
                && self.module.word(item.open - 1) != "Column"
                && !self.is_lookup(item);
        }
        let is_subscript = self.module.word(item.open) == "["
            && item.open.checked_sub(1).is_some_and(|at| {
                matches!(self.module.kind(at), Some(Kind::Name | Kind::Text))
                    && !matches!(self.module.word(at), "in" | "return" | "and" | "or" | "not" | "else")
                    || matches!(self.module.word(at), ")" | "]")
            });
        let _ = locals;
        // An element of a list, tuple or set.
        let is_comprehension = item.tokens.clone().any(|at| self.module.word(at) == "for");
        let is_grouping =
            self.module.word(item.open) == "(" && item.tokens.end == item.close && item.open + 1 == first;
        !is_subscript && !is_comprehension && !is_grouping
    }

    /// Whether this is a positional argument of a function with a parameter of the same name: `create(data.name,
    /// data.email)`.
    pub(super) fn is_taken(&self, item: &crate::statement::Item) -> bool {
        let is_plain = item
            .tokens
            .clone()
            .all(|at| self.module.kind(at) == Some(Kind::Name) || self.module.word(at) == ".");
        let name = self.module.word(item.tokens.end - 1);
        let callee = self.module.word(item.open.wrapping_sub(1));
        is_plain
            && self.gone.fields.contains_key(name)
            && self.gone.takes.get(callee).is_some_and(|takes| takes.contains(name))
    }

    /// `get("email")`: a call without its only argument would mean something else.
    pub(super) fn is_lookup(&self, item: &crate::statement::Item) -> bool {
        item.open + 1 == item.tokens.start && item.tokens.end == item.close
            || matches!(
                self.module.word(item.open.wrapping_sub(1)),
                "getattr" | "setattr" | "hasattr" | "get" | "pop"
            )
    }

    /// Whether a dictionary key isn't a field that is gone.
    pub(super) fn is_key_kept(&self, token: usize) -> bool {
        !self.gone.fields.contains_key(contents(self.module.word(token)))
    }

    /// The special member that a token mentions.
    pub(super) fn mention(&self, token: usize, locals: &Locals) -> Option<String> {
        let word = self.module.word(token);
        let (before, after) = (self.module.word(token.wrapping_sub(1)), self.module.word(token + 1));
        let gone = &self.gone;
        match self.module.kind(token)? {
            Kind::Name if before == "." => {
                let field = gone.fields.get(word).filter(|_| after != "(");
                field
                    .or_else(|| gone.members.get(word))
                    .or_else(|| gone.globals.get(word).filter(|_| is_capital(word)))
            }
            Kind::Name if after == "=" && matches!(before, "(" | ",") => gone.fields.get(word),
            Kind::Name => locals.get(word).or_else(|| gone.globals.get(word)),
            Kind::Text if is_formatted(word) => {
                let names = gone.fields.iter().filter(|(name, _)| {
                    word.contains(&format!(".{name}}}")) || word.contains(&format!(".{name}."))
                });
                let locals = locals.iter().filter(|(name, _)| word.contains(&format!("{{{name}")));
                return names.chain(locals).map(|(_, root)| root.clone()).next();
            }
            Kind::Text => {
                let inner = contents(word);
                gone.fields.get(inner).or_else(|| gone.globals.get(inner).filter(|_| is_capital(inner)))
            }
            _ => None,
        }
        .cloned()
    }
}
