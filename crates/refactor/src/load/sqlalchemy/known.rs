//! The existing loader options of a query, as far as they can be read where it is written.

use python::{Arg, Body, Expr, ExprId, Name};

use crate::load::chain::Chain;

/// Relationship loaders that others can be chained to.
const LOADERS: &[&str] =
    &["selectinload", "joinedload", "subqueryload", "contains_eager", "immediateload", "defaultload"];
/// Column options.
const OF_COLUMNS: &[&str] = &["load_only", "defer", "undefer"];
/// Longer chains are not found in hand-written code.
const MAX_STEPS: usize = 12;

/// The options of a query.
pub(super) struct Known<'b> {
    list: Vec<LoaderOption<'b>>,
    /// Whether some can't be read.
    pub(super) is_opaque: bool,
}

/// One option: `selectinload(Order.items).joinedload(Item.product)`.
pub(super) struct LoaderOption<'b> {
    pub(super) expr: ExprId,
    steps: Vec<&'b Name>,
    /// By step.
    pub(super) loaders: Vec<&'static str>,
}

impl<'b> Known<'b> {
    /// The options in `places`: calls of `options()`, and lists.
    pub(super) fn all(chain: &Chain<'b>, places: &[ExprId]) -> Self {
        let mut known = Self { list: Vec::new(), is_opaque: false };
        for place in places {
            match &chain.body[*place] {
                Expr::Call { args, .. } => {
                    for arg in args {
                        match arg {
                            Arg::Positional(value) => known.read(chain.body, *value),
                            _ => known.is_opaque = true,
                        }
                    }
                }
                Expr::List(elements) => elements.iter().for_each(|value| known.read(chain.body, *value)),
                _ => known.is_opaque = true,
            }
        }
        known
    }

    fn read(&mut self, body: &'b Body, expr: ExprId) {
        let mut option = LoaderOption { expr, steps: Vec::new(), loaders: Vec::new() };
        match option.read(body, expr, 0) {
            Some(()) if !option.steps.is_empty() => self.list.push(option),
            Some(()) => {}
            None => self.is_opaque = true,
        }
    }

    /// The option that shares most steps with `path`; those that end within it come first.
    pub(super) fn longest(&self, path: &[&str]) -> Option<&LoaderOption<'b>> {
        let with_some = self.list.iter().filter(|option| option.shared(path) > 0);
        with_some.max_by_key(|option| (option.shared(path), option.is_beginning_of(path)))
    }
}

impl<'b> LoaderOption<'b> {
    fn read(&mut self, body: &'b Body, expr: ExprId, depth: usize) -> Option<()> {
        let Expr::Call { callee, args } = &body[expr] else { return None };
        let (before, name) = match &body[*callee] {
            Expr::Name(name) => (None, name),
            Expr::Attribute { value, name } => (Some(*value), name),
            _ => return None,
        };
        if let Some(before) = before.filter(|before| matches!(body[*before], Expr::Call { .. })) {
            if depth == MAX_STEPS {
                return None;
            }
            self.read(body, before, depth + 1)?;
        }
        if OF_COLUMNS.contains(&name.as_str()) {
            // A column option on a relationship's rows: more can be chained after it, but this code doesn't read that.
            return (before.is_none() || self.steps.is_empty()).then_some(());
        }
        let loader = LOADERS.iter().find(|loader| **loader == name)?;
        let [Arg::Positional(attribute)] = &**args else { return None };
        let Expr::Attribute { name: step, .. } = &body[*attribute] else { return None };
        self.steps.push(step);
        self.loaders.push(loader);
        Some(())
    }

    /// How many leading steps it shares with `path`.
    pub(super) fn shared(&self, path: &[&str]) -> usize {
        self.steps.iter().zip(path).take_while(|(own, other)| own.as_str() == **other).count()
    }

    /// Whether `path` continues where the option ends.
    pub(super) fn is_beginning_of(&self, path: &[&str]) -> bool {
        self.shared(path) == self.steps.len()
    }
}
