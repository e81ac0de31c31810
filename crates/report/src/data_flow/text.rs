//! A data flow as text.

use std::fmt::Write as _;

use super::{DataFlow, Flow};

pub(super) fn write(flow: &DataFlow) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "{}\nqueries: {}", flow.title, flow.cost);
    let title = |index: usize| {
        flow.stations.get(index).map_or_else(String::new, |station| match station.layer {
            Some(layer) => format!("{} ({layer})", station.title),
            None => station.title.clone(),
        })
    };
    for it in &flow.flows {
        let _ = writeln!(out, "{} -> {}: {}", title(it.from), title(it.to), it.words());
    }
    for sentence in &flow.left_out {
        let _ = writeln!(out, "{sentence}");
    }
    out
}

impl Flow {
    /// The label of the arrow: `reads, writes: session.get(Order), Order.save · N(orders)`.
    pub fn words(&self) -> String {
        const SHOWN: usize = 3;
        let mut calls: Vec<String> = self.calls.iter().take(SHOWN).cloned().collect();
        if self.calls.len() > SHOWN {
            calls.push(format!("{} more", self.calls.len() - SHOWN));
        }
        let calls = calls.join(", ");
        let mut words = match (self.reads, self.writes) {
            (true, true) => format!("reads, writes: {calls}"),
            (true, false) => format!("reads: {calls}"),
            (false, true) => format!("writes: {calls}"),
            (false, false) => calls,
        };
        if !self.repeated.is_empty() {
            let _ = write!(words, " · {}", self.repeated.join(", "));
        }
        words
    }
}
