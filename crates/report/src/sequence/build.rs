//! From the trace of a request to its sequence.

use flow::trace::{Call, Cut, Place, Step, StepKind, Trace};
use flow::{Bound, Db};
use model::{Project, Route};

use super::actors::Cast;
use super::fold::{LEVELS, LeftOut, fold};
use super::{ActorKind, Arm, Item, Message, MessageKind, Sequence, new_types, outside};

/// The sequence of one route with at most `limit` messages, not counting the request and its response; 0 means no
/// limit.
pub fn of_route(db: &dyn Db, project: Project, route: &Route, limit: usize) -> Sequence {
    let mut trace = flow::trace::of_route(db, project, route);
    new_types::leave_out(db, project, &mut trace);
    let mut last = Sequence::default();
    for level in LEVELS {
        let mut left_out = LeftOut::default();
        let folded = fold(&trace, level, &mut left_out);
        last = draw(db, project, route, &folded);
        last.left_out = left_out.sentences(level);
        if limit == 0 || last.messages() <= limit + 2 {
            return last;
        }
    }
    let all = last.clone();
    let mut left = limit;
    cut(&mut last.items, &mut left);
    last.left_out.push(format!(
        "Not drawn: the last {} of {} messages.",
        all.messages() - last.messages(),
        all.messages()
    ));
    let drawn = unresolved(&last.items).len();
    let gone = unresolved(&all.items).split_off(drawn);
    if !gone.is_empty() {
        last.left_out.push(format!("Among them are calls of what can't be resolved: {}.", gone.join(", ")));
    }
    last
}

/// What can't be resolved, in order.
fn unresolved(items: &[Item]) -> Vec<String> {
    let below = items.iter().flat_map(|item| match item {
        Item::Message(it) if it.kind == MessageKind::Unresolved => vec![it.text.clone()],
        Item::Message(_) | Item::Note { .. } => Vec::new(),
        Item::Loop { items, .. } | Item::Transaction { items } => unresolved(items),
        Item::Branch { arms } => arms.iter().flat_map(|arm| unresolved(&arm.items)).collect(),
    });
    below.collect()
}

/// Keeps the first messages.
fn cut(items: &mut Vec<Item>, left: &mut usize) {
    items.retain_mut(|item| match item {
        Item::Message(_) => {
            let stays = *left > 0;
            *left = left.saturating_sub(1);
            stays
        }
        Item::Loop { items, .. } | Item::Transaction { items } => {
            cut(items, left);
            !items.is_empty()
        }
        Item::Branch { arms } => {
            for arm in arms.iter_mut() {
                cut(&mut arm.items, left);
            }
            arms.retain(|arm| !arm.items.is_empty());
            !arms.is_empty()
        }
        Item::Note { .. } => *left > 0,
    });
}

fn draw(db: &dyn Db, project: Project, route: &Route, trace: &Trace) -> Sequence {
    let mut drawing = Drawing { cast: Cast::new(db, project) };
    let framework = drawing.cast.named(route.framework.as_str(), ActorKind::Framework);
    let request = drawing.message(0, framework, route.title(), MessageKind::Call, false, None);
    let mut items = vec![request];
    for step in &trace.before {
        drawing.step(framework, step, &mut items);
    }
    if let Some(handler) = &trace.handler {
        drawing.step(framework, handler, &mut items);
    } else {
        let text = format!("{} answers; what it runs is the library's", route.handler.qualified());
        items.push(Item::Note { over: framework, text });
        for step in &trace.answered {
            drawing.step(framework, step, &mut items);
        }
    }
    if !trace.rendering.is_empty() {
        items.push(Item::Note { over: framework, text: "renders the response".to_owned() });
        for step in &trace.rendering {
            drawing.step(framework, step, &mut items);
        }
    }
    for step in &trace.after {
        drawing.step(framework, step, &mut items);
    }
    let answer = route.response.as_ref().map_or("response".to_owned(), |response| response.text.to_string());
    items.push(drawing.message(framework, 0, answer, MessageKind::Answer, false, None));
    Sequence {
        title: route.title(),
        cost: trace.cost.to_string(),
        actors: drawing.cast.actors,
        items,
        left_out: Vec::new(),
    }
}

struct Drawing<'a> {
    cast: Cast<'a>,
}

impl Drawing<'_> {
    fn steps(&mut self, from: usize, steps: &[Step]) -> Vec<Item> {
        let mut items = Vec::new();
        for step in steps {
            self.step(from, step, &mut items);
        }
        items
    }

    fn step(&mut self, from: usize, step: &Step, items: &mut Vec<Item>) {
        match &step.kind {
            StepKind::Call(call) => self.call(from, call, step.place, items),
            StepKind::Query { what, model, is_memo, .. } => {
                let to = self.cast.database();
                let mut text = what.to_string();
                if let Some(class) = model.class()
                    && !text.contains(class.name.as_str())
                {
                    text = format!("{text} ({})", class.name);
                }
                if *is_memo {
                    text.push_str(" (once, then remembered)");
                }
                items.push(self.message(from, to, text, MessageKind::Query, false, step.place));
            }
            StepKind::Session { method, entity } => {
                let to = self.cast.database();
                let text = match entity {
                    Some(entity) => format!("{method}({})", entity.name),
                    None => method.to_string(),
                };
                items.push(self.message(from, to, text, MessageKind::Call, false, step.place));
            }
            StepKind::Library(name) => {
                let Some(outside) = outside(name) else { return };
                let to = self.cast.named(&outside.library, ActorKind::Outside);
                let kind = if outside.kind.is_some() { MessageKind::Call } else { MessageKind::Unresolved };
                items.push(self.message(from, to, outside.call, kind, false, step.place));
            }
            StepKind::Unknown(name) => {
                let to = self.cast.named("unresolved", ActorKind::Unknown);
                items.push(self.message(from, to, name.clone(), MessageKind::Unresolved, false, step.place));
            }
            StepKind::Loop { each, label, bound, steps } => {
                let inner = self.steps(from, steps);
                let title = match (bound, label.is_empty()) {
                    (_, true) => each.to_string(),
                    (Bound::Data, _) => format!("one per {each} (N({label}))"),
                    (Bound::Rounds(rounds), _) => format!("one per {each} ({rounds} of them)"),
                    (Bound::Fixed, _) => format!("one per {each} (bounded by the program)"),
                };
                if !inner.is_empty() {
                    items.push(Item::Loop { title, items: inner });
                }
            }
            StepKind::Branch(arms) => {
                let arms: Vec<Arm> = arms
                    .iter()
                    .map(|arm| Arm { condition: arm.condition.clone(), items: self.steps(from, &arm.steps) })
                    .filter(|arm| !arm.items.is_empty())
                    .collect();
                if !arms.is_empty() {
                    items.push(Item::Branch { arms });
                }
            }
            StepKind::Transaction(steps) => {
                let inner = self.steps(from, steps);
                if !inner.is_empty() {
                    items.push(Item::Transaction { items: inner });
                }
            }
            StepKind::Raise(name) => {
                items.push(self.message(
                    from,
                    from,
                    format!("raise {name}"),
                    MessageKind::Raise,
                    false,
                    step.place,
                ));
            }
            StepKind::Yield => {}
        }
    }

    fn call(&mut self, from: usize, call: &Call, place: Option<Place>, items: &mut Vec<Item>) {
        let to = self.cast.of_call(call);
        let mut text = if call.name == "__init__" { "create".to_owned() } else { call.name.to_string() };
        if let Some(port) = &call.port {
            text = format!("{}.{text}", port.name);
            if call.implementations > 1 {
                text = format!("{text} (one of {} implementations)", call.implementations);
            }
        }
        match call.cut {
            Some(Cut::Recursion) => text.push_str(" (again)"),
            Some(Cut::Limit) => text.push_str(" …"),
            None => {}
        }
        items.push(self.message(from, to, text, MessageKind::Call, call.is_awaited, place));
        for step in &call.steps {
            self.step(to, step, items);
        }
    }

    fn message(
        &self,
        from: usize,
        to: usize,
        text: String,
        kind: MessageKind,
        is_awaited: bool,
        place: Option<Place>,
    ) -> Item {
        let (file, line) = self.cast.at(place);
        Item::Message(Message { from, to, text, kind, is_awaited, file, line })
    }
}
