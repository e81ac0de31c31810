//! A sequence: lifelines side by side, messages from top to bottom, frames around loops, branches and transactions.

use std::fmt::Write as _;

use super::{Frame, MARGIN, NOTE, cut, escaped, width};
use crate::sequence::{Actor, ActorKind, Arm, Item, Message, MessageKind, Sequence, order};

/// The minimum distance between two lifelines.
const GAP: usize = 28;
/// The height of a message or a note.
const ROW: usize = 34;
/// The height of the heading of a frame or of one of its arms.
const HEADING: usize = 24;
/// How far a frame extends beyond its contents.
const INSET: usize = 6;
/// Where actors start: below the title and the layers.
const TOP: usize = 66;
/// The height of an actor.
const ACTOR: usize = 30;
/// Longer text is cut; the full text is in the tooltip.
const MOST_WIDTH: usize = 460;
/// How far a message to oneself extends from its lifeline.
const LOOP_BACK: usize = 26;

/// The sequence as SVG.
pub fn sequence(sequence: &Sequence) -> String {
    let columns = Columns::new(sequence);
    let mut drawing = Drawing { columns: &columns, out: String::new(), y: TOP + ACTOR + 22 };
    let reach = drawing.items(&sequence.items);
    let bottom = drawing.y;
    let mut out = String::new();
    lanes(&mut out, sequence, &columns, bottom);
    for (index, actor) in sequence.actors.iter().enumerate() {
        head(&mut out, actor, columns.x[index], bottom);
    }
    out.push_str(&drawing.out);
    let right = reach.map_or(0, |(_, right)| right + MARGIN);
    let title = sequence.heading();
    let frame = Frame::around(columns.width.max(right), &title, &sequence.left_out);
    frame.picture(&title, bottom + NOTE, &out)
}

/// The positions of the lifelines.
struct Columns {
    /// Of each actor, by its index in the sequence.
    x: Vec<usize>,
    /// The indices of actors from left to right.
    order: Vec<usize>,
    width: usize,
}

impl Columns {
    fn new(sequence: &Sequence) -> Self {
        let order = order(&sequence.actors);
        let mut column = vec![0; order.len()];
        for (at, actor) in order.iter().enumerate() {
            column[*actor] = at;
        }
        // The widths that must fit between two columns, by the right one.
        let mut needs: Vec<Vec<(usize, usize)>> = vec![Vec::new(); order.len() + 1];
        each_message(&sequence.items, &mut |message| {
            let (Some(from), Some(to)) = (column.get(message.from), column.get(message.to)) else { return };
            let (left, right) = (*from.min(to), *from.max(to));
            let room = width(&words(message)) + 20;
            if left == right {
                needs[right + 1].push((left, room + LOOP_BACK));
            } else {
                needs[right].push((left, room));
            }
        });
        let half = |at: usize| order.get(at).map_or(0, |actor| half_width(&sequence.actors[*actor]));
        let mut x: Vec<usize> = Vec::with_capacity(order.len() + 1);
        for (at, needs) in needs.iter().enumerate() {
            let beside = match at.checked_sub(1) {
                None => MARGIN + half(at),
                Some(last) => x[last] + half(last) + half(at) + GAP,
            };
            let fits = needs.iter().map(|(left, room)| x[*left] + room).max();
            x.push(fits.unwrap_or_default().max(beside));
        }
        let end = x.pop().unwrap_or_default();
        let mut places = vec![0; order.len()];
        for (at, actor) in order.iter().enumerate() {
            places[*actor] = x[at];
        }
        Self { x: places, order, width: end + MARGIN }
    }

    fn of(&self, actor: usize) -> usize {
        self.x.get(actor).copied().unwrap_or(MARGIN)
    }
}

fn half_width(actor: &Actor) -> usize {
    width(&cut(&actor.title, MOST_WIDTH)) / 2 + 12
}

fn each_message(items: &[Item], see: &mut impl FnMut(&Message)) {
    for item in items {
        match item {
            Item::Message(message) => see(message),
            Item::Loop { items, .. } | Item::Transaction { items } => each_message(items, see),
            Item::Branch { arms } => arms.iter().for_each(|arm| each_message(&arm.items, see)),
            Item::Note { .. } => {}
        }
    }
}

/// The label of a message's arrow.
fn words(message: &Message) -> String {
    let awaited = if message.is_awaited { "await " } else { "" };
    cut(&format!("{awaited}{}", message.text), MOST_WIDTH)
}

/// The layers behind the lifelines of their classes, which are adjacent.
fn lanes(out: &mut String, sequence: &Sequence, columns: &Columns, bottom: usize) {
    let mut at = 0;
    while let Some(first) = columns.order.get(at) {
        let layer = sequence.actors[*first].layer;
        let last = columns.order[at..]
            .iter()
            .take_while(|actor| sequence.actors[**actor].layer == layer)
            .last()
            .unwrap_or(first);
        at = columns.order.iter().position(|actor| actor == last).map_or(usize::MAX, |last| last + 1);
        let Some(layer) = layer else { continue };
        let left = columns.of(*first).saturating_sub(half_width(&sequence.actors[*first]) + 8);
        let right = columns.of(*last) + half_width(&sequence.actors[*last]) + 8;
        let _ = writeln!(
            out,
            "<rect class=\"lane\" x=\"{left}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"6\"/>\
             <text class=\"soft\" x=\"{}\" y=\"{}\">{}</text>",
            TOP - 24,
            right - left,
            bottom - TOP + 24,
            left + 8,
            TOP - 9,
            escaped(layer)
        );
    }
}

fn head(out: &mut String, actor: &Actor, x: usize, bottom: usize) {
    let half = half_width(actor);
    let hint = match (&actor.file, actor.line) {
        (Some(file), Some(line)) => format!("{} · {file}:{line}", actor.title),
        (Some(file), None) => format!("{} · {file}", actor.title),
        _ => actor.title.clone(),
    };
    let round = if actor.kind == ActorKind::Database { 14 } else { 5 };
    let is_dashed = matches!(actor.kind, ActorKind::Outside | ActorKind::Unknown);
    let dashed = if is_dashed { " dashed" } else { "" };
    let _ = writeln!(
        out,
        "<path class=\"line dashed\" d=\"M{x} {}V{bottom}\"/><g><title>{}</title>\
         <rect class=\"box{dashed}\" x=\"{}\" y=\"{TOP}\" width=\"{}\" height=\"{ACTOR}\" rx=\"{round}\"/>\
         <text x=\"{x}\" y=\"{}\" text-anchor=\"middle\">{}</text></g>",
        TOP + ACTOR,
        escaped(&hint),
        x.saturating_sub(half),
        2 * half,
        TOP + 19,
        escaped(&cut(&actor.title, MOST_WIDTH))
    );
}

/// The drawing so far, and the current position.
struct Drawing<'c> {
    columns: &'c Columns,
    out: String,
    y: usize,
}

/// The left and right extent of something.
type Reach = Option<(usize, usize)>;

fn joined(one: Reach, other: Reach) -> Reach {
    match (one, other) {
        (Some((left, right)), Some((other_left, other_right))) => {
            Some((left.min(other_left), right.max(other_right)))
        }
        (one, other) => one.or(other),
    }
}

impl Drawing<'_> {
    fn items(&mut self, items: &[Item]) -> Reach {
        items.iter().fold(None, |reach, item| joined(reach, self.item(item)))
    }

    fn item(&mut self, item: &Item) -> Reach {
        match item {
            Item::Message(message) => Some(self.message(message)),
            Item::Note { over, text } => Some(self.note(*over, text)),
            Item::Loop { title, items } => self.frame("loop", &[(title, items)]),
            Item::Transaction { items } => self.frame("transaction", &[("", items)]),
            Item::Branch { arms } => {
                let word = if arms.len() == 1 { "opt" } else { "alt" };
                let arms: Vec<(&str, &[Item])> = arms.iter().map(Arm::as_part).collect();
                self.frame(word, &arms)
            }
        }
    }

    fn message(&mut self, message: &Message) -> (usize, usize) {
        self.y += ROW;
        let (from, to, y) = (self.columns.of(message.from), self.columns.of(message.to), self.y);
        let class = match message.kind {
            MessageKind::Unresolved | MessageKind::Answer => " dashed",
            MessageKind::Raise => " against",
            MessageKind::Call | MessageKind::Query => "",
        };
        let head = if message.kind == MessageKind::Raise { "head-against" } else { "head" };
        let place = match (&message.file, message.line) {
            (Some(file), Some(line)) => format!(" · {file}:{line}"),
            _ => String::new(),
        };
        let hint = escaped(&format!("{}{place}", message.text));
        let words = words(message);
        let (path, x, anchor) = if from == to {
            let (out, top) = (from + LOOP_BACK, y.saturating_sub(10));
            (format!("M{from} {top}H{out}V{y}H{from}"), out + 6, "start")
        } else {
            (format!("M{from} {y}H{to}"), from.midpoint(to), "middle")
        };
        let _ = writeln!(
            self.out,
            "<g><title>{hint}</title><path class=\"line{class}\" marker-end=\"url(#{head})\" d=\"{path}\"/>\
             <text class=\"halo\" text-anchor=\"{anchor}\" x=\"{x}\" y=\"{}\">{}</text></g>",
            if from == to { y } else { y - 6 },
            escaped(&words)
        );
        let right = if from == to { x + width(&words) } else { from.max(to) };
        (from.min(to), right)
    }

    fn note(&mut self, over: usize, text: &str) -> (usize, usize) {
        self.y += ROW;
        let shown = cut(text, MOST_WIDTH);
        let (x, half) = (self.columns.of(over), width(&shown) / 2 + 8);
        // A note over the first lifeline stays within the picture.
        let left = x.saturating_sub(half).max(INSET);
        let _ = writeln!(
            self.out,
            "<g><title>{}</title><rect class=\"box\" x=\"{left}\" y=\"{}\" width=\"{}\" height=\"24\"/>\
             <text x=\"{}\" y=\"{}\" text-anchor=\"middle\">{}</text></g>",
            escaped(text),
            self.y - 18,
            2 * half,
            left + half,
            self.y - 2,
            escaped(&shown)
        );
        self.y += 8;
        (left, left + 2 * half)
    }

    /// A frame around parts, each with its heading.
    fn frame(&mut self, word: &str, parts: &[(&str, &[Item])]) -> Reach {
        self.y += 14;
        let top = self.y;
        // The frame is drawn before its contents, but its size is known only afterwards.
        let held = std::mem::take(&mut self.out);
        let mut reach = None;
        let mut headings: Vec<(usize, String)> = Vec::new();
        for (index, (condition, items)) in parts.iter().enumerate() {
            let words = match index {
                0 => format!("{word} {condition}"),
                _ => format!("else {condition}"),
            };
            headings.push((self.y, words.trim_end().to_owned()));
            self.y += HEADING - 8;
            reach = joined(reach, self.items(items));
            self.y += 10;
        }
        let inner = std::mem::replace(&mut self.out, held);
        let (left, right) = reach?;
        let widest = headings.iter().map(|(_, words)| width(&cut(words, MOST_WIDTH))).max();
        let left = left.saturating_sub(2 * INSET);
        let right = (right + 2 * INSET).max(left + widest.unwrap_or_default() + 16);
        let _ = writeln!(
            self.out,
            "<rect class=\"frame\" x=\"{left}\" y=\"{top}\" width=\"{}\" height=\"{}\" rx=\"4\"/>",
            right - left,
            self.y - top
        );
        for (index, (y, words)) in headings.iter().enumerate() {
            if index > 0 {
                let _ = write!(self.out, "<path class=\"line dashed\" d=\"M{left} {y}H{right}\"/>");
            }
            let _ = writeln!(
                self.out,
                "<g><title>{}</title><text class=\"soft halo\" x=\"{}\" y=\"{}\">{}</text></g>",
                escaped(words),
                left + 6,
                y + 15,
                escaped(&cut(words, MOST_WIDTH))
            );
        }
        self.out.push_str(&inner);
        Some((left, right))
    }
}

impl Arm {
    fn as_part(&self) -> (&str, &[Item]) {
        (&self.condition, &self.items)
    }
}
