//! From the trace of a request to its data flow.

use flow::trace::{Call, Step, StepKind};
use flow::{Bound, Db};
use model::{ClassRef, Project, Route};

use super::{DataFlow, Flow, Station, StationKind};
use crate::sequence::{Actor, ActorKind, Cast, outside};

/// The data flow of a request.
pub fn of_route(db: &dyn Db, project: Project, route: &Route) -> DataFlow {
    let trace = flow::trace::of_route(db, project, route);
    let mut drawing =
        Drawing { cast: Cast::new(db, project), tables: Vec::new(), flows: Vec::new(), loops: Vec::new() };
    let framework = drawing.cast.named(route.framework.as_str(), ActorKind::Framework);
    let response = route.response.as_ref().map(|response| format!("gives {}", response.text));
    drawing.flow(0, framework, &route.title(), (false, false));
    if let Some(response) = response {
        drawing.flow(0, framework, &response, (false, false));
    }
    let before = trace.before.iter().chain(&trace.handler).chain(&trace.answered);
    for step in before.chain(&trace.rendering).chain(&trace.after) {
        drawing.step(framework, step);
    }
    let mut result = DataFlow {
        title: route.title(),
        cost: trace.cost.to_string(),
        stations: drawing.cast.actors.iter().map(station).collect(),
        flows: drawing.flows,
        left_out: Vec::new(),
    };
    for table in drawing.tables {
        if let Some(station) = result.stations.get_mut(table) {
            station.kind = StationKind::Table;
            station.layer = None;
        }
    }
    if trace.handler.is_none() {
        result.left_out.push(format!("What {} runs is the library's.", route.handler.qualified()));
    }
    without_helpers(&mut result);
    result
}

/// Leaves out code that leads neither to a table, nor to a service, nor to an unresolved target.
fn without_helpers(result: &mut DataFlow) {
    let mut left_out: Vec<usize> = Vec::new();
    loop {
        let is_end = |index: usize| {
            result.stations.get(index).is_some_and(|station| station.kind == StationKind::Code)
                && !left_out.contains(&index)
                && !result
                    .flows
                    .iter()
                    .any(|flow| flow.from == index && flow.to != index && !left_out.contains(&flow.to))
                && result.flows.iter().any(|flow| flow.to == index && flow.from > 1)
        };
        let ends: Vec<usize> = (0..result.stations.len()).filter(|index| is_end(*index)).collect();
        if ends.is_empty() {
            break;
        }
        left_out.extend(ends);
    }
    if left_out.is_empty() {
        return;
    }
    left_out.sort_unstable();
    let named: Vec<&str> = left_out
        .iter()
        .filter_map(|index| result.stations.get(*index))
        .map(|station| station.title.as_str())
        .collect();
    result.left_out.push(format!("Not drawn: code that hands data on to nobody ({}).", named.join(", ")));
    result.flows.retain(|flow| !left_out.contains(&flow.from) && !left_out.contains(&flow.to));
    let moved = |index: usize| index - left_out.iter().filter(|out| **out < index).count();
    for flow in &mut result.flows {
        (flow.from, flow.to) = (moved(flow.from), moved(flow.to));
    }
    let mut index = 0;
    result.stations.retain(|_| {
        index += 1;
        !left_out.contains(&(index - 1))
    });
}

fn station(actor: &Actor) -> Station {
    let kind = match actor.kind {
        ActorKind::Client => StationKind::Client,
        ActorKind::Framework => StationKind::Framework,
        ActorKind::Code => StationKind::Code,
        ActorKind::Database => StationKind::Table,
        ActorKind::Outside => StationKind::Outside,
        ActorKind::Unknown => StationKind::Unknown,
    };
    Station {
        title: actor.title.clone(),
        kind,
        layer: actor.layer,
        file: actor.file.clone(),
        line: actor.line,
    }
}

struct Drawing<'a> {
    cast: Cast<'a>,
    /// The indices of actors that are tables.
    tables: Vec<usize>,
    flows: Vec<Flow>,
    /// The loops around the step.
    loops: Vec<String>,
}

impl Drawing<'_> {
    fn steps(&mut self, from: usize, steps: &[Step]) {
        for step in steps {
            self.step(from, step);
        }
    }

    fn step(&mut self, from: usize, step: &Step) {
        match &step.kind {
            StepKind::Call(call) => self.call(from, call),
            StepKind::Query { what, model, is_write, .. } => {
                let to = match model.class() {
                    Some(class) => self.table(class),
                    None => self.cast.database(),
                };
                self.flow(from, to, what, (!is_write, *is_write));
            }
            StepKind::Session { method, entity: Some(entity) }
                if matches!(method.as_str(), "add" | "add_all" | "delete" | "merge") =>
            {
                let to = self.table(entity);
                self.flow(from, to, &format!("{method}({})", entity.name), (false, true));
            }
            StepKind::Library(name) => {
                if let Some(outside) = outside(name).filter(|it| it.kind.is_some()) {
                    let to = self.cast.named(&outside.library, ActorKind::Outside);
                    self.flow(from, to, &outside.call, (false, false));
                }
            }
            StepKind::Unknown(name) => {
                let to = self.cast.named("unresolved", ActorKind::Unknown);
                self.flow(from, to, name, (false, false));
            }
            StepKind::Loop { label, bound, steps, .. } => {
                let counts = *bound == Bound::Data && !label.is_empty();
                if counts {
                    self.loops.push(format!("N({label})"));
                }
                self.steps(from, steps);
                if counts {
                    self.loops.pop();
                }
            }
            StepKind::Branch(arms) => {
                for arm in arms {
                    self.steps(from, &arm.steps);
                }
            }
            StepKind::Transaction(steps) => self.steps(from, steps),
            StepKind::Session { .. } | StepKind::Raise(_) | StepKind::Yield => {}
        }
    }

    fn call(&mut self, from: usize, call: &Call) {
        let to = self.cast.of_call(call);
        if from != to {
            let name = if call.name == "__init__" { "create" } else { call.name.as_str() };
            self.flow(from, to, name, (false, false));
        }
        self.steps(to, &call.steps);
    }

    fn table(&mut self, class: &ClassRef) -> usize {
        let to = self.cast.of_table(class);
        if !self.tables.contains(&to) {
            self.tables.push(to);
        }
        to
    }

    fn flow(&mut self, from: usize, to: usize, call: &str, (reads, writes): (bool, bool)) {
        let known = self.flows.iter().position(|flow| flow.from == from && flow.to == to);
        let known = known.unwrap_or_else(|| {
            let nothing = Flow { from, to, calls: Vec::new(), reads, writes, repeated: Vec::new() };
            self.flows.push(nothing);
            self.flows.len() - 1
        });
        let repeated = self.loops.join("·");
        let Some(flow) = self.flows.get_mut(known) else { return };
        flow.reads |= reads;
        flow.writes |= writes;
        if !flow.calls.iter().any(|it| it == call) {
            flow.calls.push(call.to_owned());
        }
        if !repeated.is_empty() && !flow.repeated.contains(&repeated) {
            flow.repeated.push(repeated);
        }
    }
}
