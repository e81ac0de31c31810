//! The surrounding loops.

use python::{Expr, ExprId, Literal, Name, StmtId};

use super::{Frame, Seen, Walker};
use crate::{Bound, Deps, Kind, Loop, Site, Value};

impl Walker<'_> {
    /// Enters a loop and returns the dependencies of its targets.
    pub(super) fn enter_loop(&mut self, info: Loop, site: Site, is_below: bool) -> Deps {
        if !is_below && let Some(seen) = &mut self.recorder.seen {
            seen.push((site, Seen::Loop(info.clone())));
        }
        let index = self.around.loops;
        self.around.loops += 1;
        let arms = self.around.arms.len();
        self.around.frames.push(Frame {
            index,
            info,
            site,
            is_below,
            arms,
            branches: self.around.branches,
            is_remote: false,
            writes: false,
            read: Vec::new(),
        });
        Deps::of_loop(index)
    }

    pub(super) fn leave_loop(&mut self) {
        let Some(frame) = self.around.frames.pop().filter(|frame| !frame.is_below) else { return };
        if frame.is_remote {
            self.recorder.remote.loops.push(frame.site);
        }
        if frame.writes {
            self.recorder.written.push(frame.site);
        }
    }

    /// The innermost loop over data that `deps` depend on.
    pub(super) fn loop_of(&self, deps: Deps) -> Option<&Frame> {
        self.around
            .frames
            .iter()
            .rev()
            .find(|frame| frame.info.bound == Bound::Data && deps.on_loop(frame.index))
    }

    /// Like `loop_of`, restricted to the function's own loops.
    pub(super) fn own_loop_of(&self, deps: Deps) -> Option<&Frame> {
        self.loop_of(deps).filter(|frame| !frame.is_below)
    }

    /// Describes a loop over `iterable`, whose value is `value` and whose elements are `element`.
    pub(super) fn describe_loop(
        &mut self,
        target: ExprId,
        iterable: ExprId,
        value: &Value,
        element: &Value,
        body: &[StmtId],
    ) -> Loop {
        let each = self
            .word_of_row(target, element)
            .or_else(|| self.word_of_key(target, iterable))
            .or_else(|| self.word_of_target(target))
            .or_else(|| entity_word(element))
            .unwrap_or_else(|| "element".into());
        let label = self.word_of_iterable(iterable, element, &each);
        let is_fixed = self.is_fixed(target, iterable, value, element, body);
        let bound = match rounds_of(value).or_else(|| self.members_of(value)) {
            _ if !is_fixed => Bound::Data,
            Some(rounds) => Bound::Rounds(rounds),
            None => Bound::Fixed,
        };
        let walks = self.walks(iterable, value, element);
        Loop { label, each, bound, over: value.path.clone(), walks }
    }

    /// `order` for `(order, note)`, if that part of the element is a row.
    fn word_of_row(&self, target: ExprId, element: &Value) -> Option<Name> {
        let Expr::Tuple(parts) = &self.body[target] else { return None };
        let is_row = |value: &Value| matches!(value.kind, Kind::Entity(_));
        let row = match &element.kind {
            Kind::Tuple(values) => values.iter().position(is_row)?,
            Kind::Holder(_, fields) => fields.iter().position(|(_, value)| is_row(value))?,
            _ => return None,
        };
        self.word_of_target(*parts.get(row)?)
    }

    /// `project_id` for `(project_id, options)` in `options_by_project.items()`: the first part names the element,
    /// unless it is a number from `enumerate`.
    fn word_of_key(&self, target: ExprId, iterable: ExprId) -> Option<Name> {
        let (Expr::Tuple(parts), Expr::Call { callee, .. }) = (&self.body[target], &self.body[iterable])
        else {
            return None;
        };
        let counts = matches!(&self.body[*callee], Expr::Name(name) if name == "enumerate");
        let word = self.word_of_target(*parts.first().filter(|_| !counts)?)?;
        (!word.starts_with('_')).then_some(word)
    }

    /// `order` for `order`, `line` for `(index, line)`.
    pub(super) fn word_of_target(&self, target: ExprId) -> Option<Name> {
        match &self.body[target] {
            Expr::Name(name) => Some(name.clone()),
            Expr::Tuple(parts) => {
                let words = parts.iter().filter_map(|part| self.word_of_target(*part));
                words.rev().find(|word| !word.starts_with('_'))
            }
            _ => None,
        }
    }

    pub(super) fn word_of_iterable(&self, iterable: ExprId, element: &Value, each: &Name) -> Name {
        // A letter is no word for what is walked.
        let of_each = || if each.len() > 2 { python::naming::plural(each) } else { "elements".into() };
        let by_element = || entity_word(element).map_or_else(of_each, |word| python::naming::plural(&word));
        match &self.body[iterable] {
            Expr::Name(name) if name.len() > 2 => name.clone(),
            Expr::Attribute { name, .. } => name.clone(),
            Expr::Await(inner) | Expr::Starred(inner) => self.word_of_iterable(*inner, element, each),
            // `data["hosts"]`
            Expr::Subscript { index, .. } if entity_word(element).is_none() => match &self.body[*index] {
                Expr::Literal(Literal::Str(key)) if names_many(key) => key.clone(),
                _ => by_element(),
            },
            Expr::Call { callee, args } => {
                let (holder, word) = match &self.body[*callee] {
                    Expr::Name(name) => (None, name.as_str()),
                    Expr::Attribute { name, value } => (Some(*value), name.as_str()),
                    _ => return by_element(),
                };
                match (word, args.first(), holder) {
                    (
                        "list" | "tuple" | "set" | "sorted" | "enumerate" | "reversed" | "zip" | "iter",
                        Some(arg),
                        None,
                    )
                    | ("as_completed", Some(arg), _) => self.word_of_iterable(arg.value(), element, each),
                    // `range(len(orders))`
                    ("range", Some(arg), None) => match &self.body[arg.value()] {
                        Expr::Call { callee, args } => match (&self.body[*callee], args.first()) {
                            (Expr::Name(name), Some(walked)) if name == "len" => {
                                self.word_of_iterable(walked.value(), element, each)
                            }
                            _ => by_element(),
                        },
                        _ => by_element(),
                    },
                    // `data.get("hosts", [])`
                    ("get", Some(arg), Some(_)) if entity_word(element).is_none() => {
                        match &self.body[arg.value()] {
                            Expr::Literal(Literal::Str(key)) if names_many(key) => key.clone(),
                            _ => by_element(),
                        }
                    }
                    ("all" | "items" | "values" | "keys" | "iterator", _, Some(holder))
                        if entity_word(element).is_none() && !self.is_class_name(holder) =>
                    {
                        self.word_of_iterable(holder, element, each)
                    }
                    _ => by_element(),
                }
            }
            _ => by_element(),
        }
    }
}

impl Walker<'_> {
    /// `Boat`
    fn is_class_name(&self, expr: ExprId) -> bool {
        matches!(&self.body[expr], Expr::Name(name) if name.starts_with(|it: char| it.is_ascii_uppercase()))
            && !matches!(&self.body[expr], Expr::Name(name) if name.chars().all(|it| !it.is_ascii_lowercase()))
    }
}

/// Whether a key may stand for what is walked: a word, and nothing else.
fn names_many(key: &str) -> bool {
    key.len() > 2 && key.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_')
}

/// How many elements a value has that is written out.
pub(super) fn rounds_of(value: &Value) -> Option<u16> {
    match &value.kind {
        Kind::Tuple(parts) => u16::try_from(parts.len()).ok(),
        Kind::Record(entries) => u16::try_from(entries.len()).ok(),
        _ => None,
    }
}

/// `order_line` for a row of `OrderLine`.
pub(super) fn entity_word(value: &Value) -> Option<Name> {
    match &value.kind {
        Kind::Entity(entity) => entity.model.class().map(|class| python::naming::snake(&class.name).into()),
        _ => None,
    }
}

/// `order` for `orders`, `customer` for `customer_ids`.
pub(super) fn singular(word: &str) -> Name {
    let word = word.strip_suffix("_ids").or_else(|| word.strip_suffix("_list")).unwrap_or(word);
    python::naming::singular(word)
}
