//! A table as the body of a request: clients may set each column.

use model::Framework;

use crate::claim::{Area, Level};
use crate::detection::{Answers, Detection};
use crate::evidence::{Evidence, Parameter, Value};

/// See the page.
pub static DETECTION: Detection = Detection {
    id: "table-as-body",
    area: Area::Api,
    title: "What clients may set is listed",
    docs: include_str!("table_as_body.md"),
    asvs: Some("V15 Secure Coding and Architecture"),
    factor: None,
    run,
};

fn run(evidence: &Evidence, out: &mut Answers<'_>) {
    for route in evidence.routes.iter().filter(|it| it.framework == Framework::FastApi) {
        let writes = route.methods.iter().any(|it| matches!(it.as_str(), "POST" | "PUT" | "PATCH"));
        let Some((_, function)) = evidence.handler(route).filter(|_| writes) else { continue };
        for parameter in function.parameters.iter().filter(|it| is_sent(it)) {
            let Some(Value::Name(annotation)) = &parameter.annotation else { continue };
            let table = evidence.tables.iter().find(|it| {
                let source = &evidence.sources[it.source];
                *annotation == format!("{}.{}", source.name, it.class)
            });
            let Some(table) = table else { continue };
            let text = format!(
                "`{}` takes the table `{}` as its body: whoever calls `{}` sets any of its {} columns, and nothing checks \
                 their values.",
                function.name,
                table.class,
                route.title(),
                table.columns.len()
            );
            let claim = out.presence(Level::Medium, &[&route.handler, &table.class], text);
            claim.at(route.place.clone()).at(table.place.clone());
            claim.recommend(format!(
                "Declare a model with what `{}` may set, and make `{}` from it.",
                route.title(),
                table.class
            ));
            claim.example("python", format!("class {}Create(SQLModel): ...", table.class));
        }
    }
}

/// Whether a client sends a parameter: nothing says where else it comes from, as `Depends` does.
fn is_sent(parameter: &Parameter) -> bool {
    let is_body = |mark: &Value| {
        mark.call().is_some_and(|it| ["Body", "Form"].iter().any(|name| it.is("fastapi", name)))
    };
    parameter.default.iter().chain(&parameter.marks).all(is_body)
}
