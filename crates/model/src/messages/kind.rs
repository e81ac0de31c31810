//! The words by which kinds of messages are distinguished.

use super::MessageKind;

/// Names of methods that handle their argument.
pub(super) const HANDLES: &[&str] =
    &["handle", "__call__", "execute", "run", "process", "invoke", "on_event"];

/// Decorators that turn a function into a handler.
pub(super) const DECORATORS: &[&str] = &[
    "subscriber",
    "subscribe",
    "handler",
    "handles",
    "listener",
    "listens_to",
    "consumer",
    "event_handler",
    "command_handler",
    "query_handler",
    "message_handler",
    "on",
];

/// Methods that take a message class and then its handlers.
pub(super) fn registers(method: &str) -> bool {
    let begins =
        ["register", "subscribe", "add_handler", "add_listener", "add_subscriber", "connect", "bind", "map"];
    let method = method.trim_start_matches('_');
    begins
        .iter()
        .any(|it| method.strip_prefix(it).is_some_and(|rest| rest.is_empty() || rest.starts_with('_')))
}

/// Whether a base class is a handler's: `CommandHandler[Place]`, `EventListener[Placed]`, but not `Repository[Order]`.
pub(super) fn is_handler(base: &str) -> bool {
    let last = base.rsplit('.').next().unwrap_or(base);
    ["Handler", "Listener", "Subscriber", "Consumer"]
        .iter()
        .any(|it| last.ends_with(it) || last.starts_with(it))
        || of_base(last).is_some()
}

/// The kind by the name of a registration; messages that have listeners or subscribers are events.
pub(super) fn of_registration(by: &str) -> Option<MessageKind> {
    let last = by.rsplit('.').next().unwrap_or(by);
    of_words(last).or_else(|| {
        let words = split(last);
        let is_listening = words.iter().any(|it| {
            matches!(it.as_str(), "subscribe" | "subscriber" | "listener" | "listens" | "consumer")
        });
        is_listening.then_some(MessageKind::Event)
    })
}

/// The kind by the name of a base: `BaseDomainEvent`, `Command`, `CommandHandler`.
pub(super) fn of_base(name: &str) -> Option<MessageKind> {
    let name = name.rsplit('.').next().unwrap_or(name);
    let name = name.strip_suffix("Base").unwrap_or(name);
    let name = ["Base", "Abstract", "I"]
        .iter()
        .find_map(|it| name.strip_prefix(it).filter(|rest| rest.starts_with(char::is_uppercase)))
        .unwrap_or(name);
    let name = ["Domain", "Integration", "Application", "External", "Internal"]
        .iter()
        .find_map(|it| name.strip_prefix(it))
        .unwrap_or(name);
    let name =
        ["Handler", "Listener", "Subscriber"].iter().find_map(|it| name.strip_suffix(it)).unwrap_or(name);
    match name {
        "Command" => Some(MessageKind::Command),
        "Query" => Some(MessageKind::Query),
        "Event" => Some(MessageKind::Event),
        _ => None,
    }
}

/// The kind by a word in the name of a table, method, module or class: `EVENT_HANDLERS`, `register_command`.
pub(super) fn of_words(name: &str) -> Option<MessageKind> {
    let last = name.rsplit('.').next().unwrap_or(name);
    let words = split(last);
    words.iter().rev().find_map(|word| match word.as_str() {
        "command" | "commands" => Some(MessageKind::Command),
        "query" | "queries" => Some(MessageKind::Query),
        "event" | "events" => Some(MessageKind::Event),
        _ => None,
    })
}

/// Splits `EVENT_HANDLERS` and `EventHandlers` into `event`, `handlers`.
fn split(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut was_lower = false;
    for letter in name.chars() {
        if letter == '_' {
            was_lower = false;
            words.push(String::new());
            continue;
        }
        if words.is_empty() || (letter.is_uppercase() && was_lower) {
            words.push(String::new());
        }
        was_lower = letter.is_lowercase();
        if let Some(word) = words.last_mut() {
            word.extend(letter.to_lowercase());
        }
    }
    words.retain(|it| !it.is_empty());
    words
}
