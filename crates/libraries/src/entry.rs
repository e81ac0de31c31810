//! What calls code that the project itself doesn't call: requests, workers, schedules, the command line.

use crate::{ClassRole, Decorator, Mark, lookup};

/// The external caller of a project function, the most frequent first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Entry {
    /// Each request, or many of them.
    Request,
    /// A worker, for each task or message.
    Task,
    /// A schedule.
    Schedule,
    /// The command line, a migration, or the start of the program.
    Command,
}

impl Entry {
    /// The caller of functions that a decorator marks this way.
    pub const fn of_decorator(decorator: Decorator) -> Option<Self> {
        match decorator {
            Decorator::Route => Some(Entry::Request),
            Decorator::Mark(mark) => Self::of_mark(mark),
        }
    }

    const fn of_mark(mark: Mark) -> Option<Self> {
        match mark {
            // A receiver runs in the code that modifies the row, usually a request.
            Mark::GraphQl | Mark::Receiver | Mark::RequestHook | Mark::Admin => Some(Entry::Request),
            Mark::Task | Mark::Consumer => Some(Entry::Task),
            Mark::CliCommand => Some(Entry::Command),
            _ => None,
        }
    }

    /// The caller of the methods of a class with this role.
    pub const fn of_class(role: ClassRole) -> Option<Self> {
        match role {
            ClassRole::View
            | ClassRole::Http
            | ClassRole::Middleware
            | ClassRole::Serializer
            | ClassRole::Schema
            | ClassRole::Form
            | ClassRole::Admin
            | ClassRole::GraphQl => Some(Entry::Request),
            ClassRole::Task => Some(Entry::Task),
            ClassRole::Command | ClassRole::AppConfig => Some(Entry::Command),
            _ => None,
        }
    }
}

/// The caller of code that is decorated with, passed to, or derived from `full_name`, if a library determines it.
pub fn entry(full_name: &str) -> Option<Entry> {
    lookup::entry_row(full_name)
}

/// Methods that pass a function on to be called later, by a worker's queue, a scheduler or the command line, whatever
/// the receiver.
pub fn takes_callback(method: &str) -> Option<Entry> {
    const WORKERS: &[&str] = &[
        "add_task",
        "apply_async",
        "defer",
        "defer_async",
        "delay",
        "delay_on_commit",
        "enqueue",
        "enqueue_at",
        "enqueue_in",
        "enqueue_job",
        "kiq",
        "s",
        "send_with_options",
        "si",
        "signature",
    ];
    const CLOCKS: &[&str] = &["add_job", "add_periodic_task", "run_daily", "run_repeating", "run_every"];
    match method {
        // A group of the command line: `cli.add_command(show)`.
        "add_command" => Some(Entry::Command),
        _ if WORKERS.contains(&method) => Some(Entry::Task),
        _ if CLOCKS.contains(&method) => Some(Entry::Schedule),
        _ => None,
    }
}

/// The caller of functions with a decorator of this name, whatever object it belongs to:
/// `@scheduler.scheduled_job("cron")`, `@app.on_event("startup")`, or a first-party `@actor` around a library's.
pub fn registers(method: &str) -> Option<Entry> {
    match method {
        "cron" | "repeat_every" | "scheduled_job" | "periodic" | "periodic_task" => Some(Entry::Schedule),
        "on_after_configure" | "on_after_finalize" | "on_event" | "on_startup" | "on_shutdown"
        | "cli_command" => Some(Entry::Command),
        "actor" | "background_task" | "celery_task" | "job" | "shared_task" | "task" => Some(Entry::Task),
        "event" | "field" | "mutation" | "on" | "query" | "resolver" | "subscription" => Some(Entry::Request),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_calls() {
        assert_eq!(Entry::of_class(ClassRole::View), Some(Entry::Request));
        assert_eq!(Entry::of_class(ClassRole::OrmModel), None);
        assert_eq!(Entry::of_decorator(Decorator::Mark(Mark::Task)), Some(Entry::Task));
        assert_eq!(takes_callback("delay"), Some(Entry::Task));
        assert_eq!(entry("django_q.tasks.schedule"), Some(Entry::Schedule));
        assert_eq!(entry("django_q.tasks.async_task"), Some(Entry::Task));
        assert!(Entry::Request < Entry::Command);
    }
}
