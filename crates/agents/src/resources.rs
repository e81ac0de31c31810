//! Resources that a client may read at any time: the layers, and the contracts.

use serde_json::{Value, json};

use crate::answer::{Answer, BUDGET};
use crate::session::{Session, project};
use crate::{Refused, context, contracts};

/// A resource.
#[derive(Debug)]
pub(crate) struct Resource {
    pub(crate) uri: &'static str,
    pub(crate) name: &'static str,
    pub(crate) description: &'static str,
    answer: fn(&Session) -> Result<Value, Refused>,
}

/// All of them.
pub(crate) static ALL: [Resource; 2] = [
    Resource {
        uri: "architrave://layers",
        name: "layers",
        description: "The style of the project, its bounded contexts, and how many modules each layer has",
        answer: layers,
    },
    Resource {
        uri: "architrave://contracts",
        name: "contracts",
        description: "The contracts that are declared, each in one sentence",
        answer: declared,
    },
];

impl Resource {
    /// Reads it, from the current files.
    pub(crate) fn read(&self, session: &mut Session) -> Result<Value, Refused> {
        session.refresh();
        (self.answer)(session)
    }
}

fn layers(session: &Session) -> Result<Value, Refused> {
    session.look(|snapshot| {
        let project = project(snapshot)?;
        let architecture = snapshot.architecture(project);
        let mut answer = Answer::default();
        let styles = architecture.layers.styles.iter();
        answer.list(
            "styles",
            0,
            1,
            styles.map(|it| format!("{} in {}: {}", it.style, it.name(), it.reason())),
        );
        let code = architecture.modules.iter().filter(|(_, info)| info.has_edges());
        let code: Vec<_> = code.map(|(id, _)| id).collect();
        answer.list("layers", 0, 2, context::by_layer(&architecture, &code));
        answer.list("bounded_contexts", 1, 4, &architecture.layers.contexts);
        Ok(answer.fit(BUDGET))
    })?
}

fn declared(session: &Session) -> Result<Value, Refused> {
    session.look(|snapshot| {
        let mut answer = Answer::default();
        let contracts = contracts::all(snapshot, project(snapshot)?);
        answer.field("count", json!(contracts.len()));
        answer.list("contracts", 0, 1, contracts);
        Ok(answer.fit(BUDGET))
    })?
}
