//! Fixtures: the interfaces of a project, their implementations, and the requested dependencies.

#![allow(clippy::unwrap_used)]

mod injection_sites;
mod ports;
mod registered;
mod reruns;

use std::fmt::Write;

use expect_test::Expect;

use crate::fixture::Fixture;
use crate::{How, InjectionPlace, PortKind, Via, query};

/// All interfaces with their members (optional ones in brackets) and implementations.
fn check(text: &str, expected: &Expect) {
    expected.assert_eq(&render(&Fixture::new(text)));
}

fn render(fixture: &Fixture) -> String {
    let interfaces = query::interfaces(&fixture.db, fixture.project);
    let mut ports: Vec<_> = interfaces.ports.keys().cloned().collect();
    ports.sort();
    let mut out = String::new();
    for class in ports {
        let port = query::port(&fixture.db, fixture.project, class.clone()).unwrap();
        let kind = match port.kind {
            PortKind::Protocol => "protocol",
            PortKind::Abstract => "abstract",
            PortKind::Stubs => "stubs",
        };
        let members: Vec<String> = port
            .members
            .iter()
            .map(|member| {
                let from =
                    if member.declared_in == class { "" } else { &*format!("{}.", member.declared_in.name) };
                let kind = if member.method.is_some() { "" } else { ":" };
                let name = format!("{from}{}{kind}", member.name);
                if member.is_required { name } else { format!("[{name}]") }
            })
            .collect();
        let _ = writeln!(out, "{} ({kind}) {}", class.name, members.join(" "));
        for adapter in query::adapters(&fixture.db, fixture.project, class.clone()).iter() {
            let how = match adapter.how {
                How::Base => "base",
                How::Registered => "registered",
                How::Structure => "structure",
            };
            let _ = writeln!(out, "  {} by {how}", adapter.class.name);
            let back = query::ports_of(&fixture.db, fixture.project, adapter.class.clone());
            assert!(back.iter().any(|port| port.class == class && port.how == adapter.how));
        }
    }
    out
}

/// All dependencies that a fixture requests.
fn check_sites(text: &str, expected: &Expect) {
    let fixture = Fixture::new(text);
    let modules = fixture.modules();
    let mut out = String::new();
    for (_, module) in modules.iter() {
        let definitions = python::query::definitions(&fixture.db, module.file);
        for ask in query::injection_sites(&fixture.db, fixture.project, module.file).iter() {
            let place = match ask.place {
                InjectionPlace::Parameter { function, parameter } => {
                    let facts = &definitions[function];
                    format!("{}({})", facts.name, facts.parameters[usize::from(parameter)].name)
                }
                InjectionPlace::Field { class, variable } => {
                    format!("{}.{}", definitions[class].name, definitions.variables[variable as usize].name)
                }
            };
            let via = if ask.via == Via::Provider { ", provided" } else { "" };
            let others = if ask.is_alone { "" } else { " or something else" };
            let _ = writeln!(out, "{place}: {}{others}{via}", ask.class.name);
            let back = query::dependents(&fixture.db, fixture.project, ask.class.clone());
            assert!(back.iter().any(|(_, asker)| asker == ask));
        }
    }
    expected.assert_eq(&out);
}
