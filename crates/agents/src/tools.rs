//! The tools by name: what each returns, which arguments it takes, and how it is called. The command line and the
//! protocol use the same table.

use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::session::Session;
use crate::{Refused, check, context, explain, impact, may_import, place, route, simulate};

/// A tool.
#[derive(Debug)]
pub struct Tool {
    /// Its name.
    pub name: &'static str,
    /// What it returns, when to use it, and one example.
    pub description: &'static str,
    /// Its arguments.
    pub arguments: &'static [Argument],
    run: fn(&mut Session, Value) -> Result<Value, Refused>,
}

/// An argument of a tool.
#[derive(Debug)]
pub struct Argument {
    /// Its name.
    pub name: &'static str,
    /// Its meaning.
    pub description: &'static str,
    /// Its type.
    pub kind: Kind,
    /// Whether it is required.
    pub is_required: bool,
}

/// The type of an argument.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    /// A text.
    Text,
    /// Some texts.
    Texts,
    /// A text, or null, for each path.
    Contents,
    /// Objects with these texts.
    Objects(&'static [&'static str]),
    /// One of these words.
    Word(&'static [&'static str]),
    /// A number.
    Number,
}

const fn required(name: &'static str, kind: Kind, description: &'static str) -> Argument {
    Argument { name, description, kind, is_required: true }
}

const fn optional(name: &'static str, kind: Kind, description: &'static str) -> Argument {
    Argument { name, description, kind, is_required: false }
}

const BUDGET: Argument = optional("budget", Kind::Number, "most tokens of the answer (2000)");
const CONTENTS: Argument = optional(
    "contents",
    Kind::Contents,
    "unsaved files: path to whole text, null for one that would be deleted",
);

/// All of them.
pub const ALL: [Tool; 8] = [
    Tool {
        name: "context",
        description: "Call before editing a file or symbol: its layer with the evidence, contracts that bind it, ports and their implementations, what is injected, users by layer, routes that reach it, findings, and a sibling file to take as pattern.",
        arguments: &[
            required(
                "target",
                Kind::Text,
                "shop/orders.py, shop.orders, shop/orders.py:Order.close or Order",
            ),
            BUDGET,
        ],
        run: |session, arguments| context::run(session, &read(arguments)?),
    },
    Tool {
        name: "may_import",
        description: "Call before adding an import across folders: allowed or not, the rule or contract it would break, the cycle it would close, and lawful ways (port, public interface, injection, event). The import is tried out, so the answer is what check would say.",
        arguments: &[
            required("from", Kind::Text, "importing file, which need not exist yet"),
            required("to", Kind::Text, "file, module, symbol or library"),
            optional("names", Kind::Texts, "names to import from it"),
            BUDGET,
        ],
        run: |session, arguments| may_import::run(session, &read(arguments)?),
    },
    Tool {
        name: "place",
        description: "Call before creating a class or module: folder, file, class name, base class and places that import it, as its siblings have them, with one as example; and whether what it uses may be imported there.",
        arguments: &[
            required(
                "kind",
                Kind::Text,
                "service, repository, port, entity, value object, route, schema, model, client, event, error, task ...",
            ),
            required("name", Kind::Text, "Invoice, InvoiceService"),
            optional("uses", Kind::Texts, "files or symbols that it will import"),
            optional("context", Kind::Text, "package of its bounded context"),
            BUDGET,
        ],
        run: |session, arguments| place::run(session, &read(arguments)?),
    },
    Tool {
        name: "check",
        description: "Call after every edit: only what is new, worse or fixed since a git revision (HEAD), here and in files that depend on the change. status is clean, findings, nothing checked or incomplete. With contents or diff: the change need not be saved.",
        arguments: &[
            optional("paths", Kind::Texts, "changed files that count (all)"),
            optional("since", Kind::Text, "git revision to compare with (HEAD)"),
            optional("diff", Kind::Text, "unified diff that is not applied yet"),
            CONTENTS,
            optional(
                "level",
                Kind::Word(&["error", "warning", "info", "hint"]),
                "lowest level reported (warning)",
            ),
            BUDGET,
        ],
        run: |session, arguments| check::run(session, &read(arguments)?),
    },
    Tool {
        name: "simulate",
        description: "What if: moves of files or definitions (imports follow), imports added or removed, files rewritten. Findings and figures before and after; nothing is written.",
        arguments: &[
            optional(
                "moves",
                Kind::Objects(&["what", "to"]),
                "what: file, folder or file.py:Name; to: path, or module of a definition",
            ),
            optional("edges", Kind::Objects(&["from", "to"]), "imports; remove: true takes one out"),
            CONTENTS,
            BUDGET,
        ],
        run: |session, arguments| simulate::run(session, read(arguments)?),
    },
    Tool {
        name: "route",
        description: "What an endpoint does: handler, dependencies before it, authentication, the chain of functions by layer, queries with how often each runs, writes, and libraries that reach outside.",
        arguments: &[
            required("path", Kind::Text, "/orders/{id}, with or without the method before it"),
            optional("method", Kind::Text, "GET"),
            BUDGET,
        ],
        run: |session, arguments| route::run(session, &read(arguments)?),
    },
    Tool {
        name: "impact",
        description: "Who is hit by a change of a file or symbol: direct users, dependants by layer, routes, and the tests to run.",
        arguments: &[required("target", Kind::Text, "as for context"), BUDGET],
        run: |session, arguments| impact::run(session, &read(arguments)?),
    },
    Tool {
        name: "explain",
        description: "Why a rule exists, or why one finding is reported: its chain, the edits of its fix, the command that carries it out.",
        arguments: &[
            required("what", Kind::Text, "rule id, fingerprint, or place such as shop/orders.py:12"),
            BUDGET,
        ],
        run: |session, arguments| explain::run(session, &read(arguments)?),
    },
];

/// The tool called `name`.
pub fn by_name(name: &str) -> Option<&'static Tool> {
    const TOOLS: &[Tool; 8] = &ALL;
    TOOLS.iter().find(|tool| tool.name == name)
}

impl Tool {
    /// Answers from the current files.
    ///
    /// # Errors
    /// If the arguments can't be read, or the question has no answer.
    pub fn call(&self, session: &mut Session, arguments: Value) -> Result<Value, Refused> {
        session.refresh();
        let answer = (self.run)(session, arguments);
        session.lift();
        answer.map_err(|refused| Refused::new(format!("{}: {refused}", self.name)))
    }

    /// The JSON schema of its arguments.
    pub fn schema(&self) -> Value {
        let properties = self.arguments.iter().map(|argument| (argument.name.to_owned(), argument.schema()));
        let required = self.arguments.iter().filter(|argument| argument.is_required).map(|it| it.name);
        let mut schema = json!({
            "type": "object",
            "properties": properties.collect::<serde_json::Map<_, _>>(),
            "additionalProperties": false,
        });
        let required: Vec<&str> = required.collect();
        if !required.is_empty() {
            schema["required"] = json!(required);
        }
        schema
    }
}

impl Argument {
    fn schema(&self) -> Value {
        let mut schema = match self.kind {
            Kind::Text => json!({ "type": "string" }),
            Kind::Texts => json!({ "type": "array", "items": { "type": "string" } }),
            Kind::Contents => json!({ "type": "object" }),
            Kind::Objects(_) => json!({ "type": "array", "items": { "type": "object" } }),
            Kind::Word(words) => json!({ "enum": words }),
            Kind::Number => json!({ "type": "integer" }),
        };
        if let Kind::Objects(names) = self.kind {
            schema["items"]["required"] = json!(names);
        }
        schema["description"] = json!(self.description);
        schema
    }
}

fn read<T: DeserializeOwned>(arguments: Value) -> Result<T, Refused> {
    let arguments = if arguments.is_null() { json!({}) } else { arguments };
    serde_json::from_value(arguments)
        .map_err(|error| Refused::new(format!("the arguments can't be read: {error}")))
}

/// The Markdown of an answer.
pub fn markdown(answer: &Value) -> String {
    context::markdown(answer)
}
