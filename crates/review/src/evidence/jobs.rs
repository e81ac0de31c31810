//! What schedulers are handed to run once: at the start of the program.

use super::facts::{Function, Source};
use super::value::{Called, Value};
use super::{Evidence, Found};

impl Evidence {
    /// Whether schedulers run once what leads to a finding.
    pub fn is_once(&self, found: &Found) -> bool {
        let Some(function) = self.function_of(found) else { return false };
        let entry = function.entry.unwrap_or(function.id);
        let mut functions = self.sources.iter().flat_map(|of| of.functions.iter().map(move |it| (of, it)));
        let Some((source, function)) = functions.find(|(_, it)| it.id == entry) else { return false };
        let mut jobs = self.calls().filter(|(_, call)| takes(&call.called, source, function)).peekable();
        jobs.peek().is_some() && jobs.all(|(_, call)| runs_once(&call.called))
    }
}

/// Whether a scheduler is handed a function: `add_job(load, "date")`.
fn takes(called: &Called, source: &Source, function: &Function) -> bool {
    let given = called.positional(0).or_else(|| called.keyword("func"));
    called.method == "add_job"
        && matches!(given, Some(Value::Name(name)) if *name == format!("{}.{}", source.name, function.name))
}

/// Whether a job has a date, or no trigger at all.
fn runs_once(called: &Called) -> bool {
    match called.positional(1).or_else(|| called.keyword("trigger")) {
        None => !called.has_hidden_arguments(),
        Some(Value::Text(trigger)) => trigger == "date",
        Some(Value::Call(trigger)) => trigger.method == "DateTrigger",
        Some(_) => false,
    }
}
