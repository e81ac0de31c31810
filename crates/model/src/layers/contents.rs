//! Scores the layers of a module by its contents: tables from signals to points.

use config::Layer::{
    self, Application, Composition, Config, Domain, Infrastructure, Presentation, Shared, Tests,
};

use super::classes::ClassFacts;
use super::names::class_word;
use super::score::Score;
use crate::{Amount, ClassRole, Mark, Reason, Signals, Technology, Uses};
use libraries::Kind;

/// Adds the evidence from the contents of one module.
pub(super) fn add_scores(signals: &Signals, classes: &[ClassFacts], score: &mut Score) {
    // Entry points and settings access whatever they need at startup; that doesn't make them infrastructure.
    let may_reach = is_entry_point(signals, classes)
        || is_settings(signals, classes)
        || signals.marks.has(Mark::MainGuard);
    let weighed = |layer: Layer, weight: i32| {
        if may_reach && layer == Infrastructure { weight / 2 } else { weight }
    };
    for (mark, layer, weight, reason) in MARKS {
        if !signals.marks.has(*mark) {
            continue;
        }
        match mark {
            Mark::Engine => score.add_use(Technology::Outside, *layer, weighed(*layer, *weight), reason),
            _ => score.add(*layer, weighed(*layer, *weight), *reason),
        }
    }
    for (kind, layer, weight, reason) in USES {
        if !signals.uses.has(*kind) {
            continue;
        }
        match kind {
            Kind::Driver | Kind::Client | Kind::Broker | Kind::Service => {
                score.add_use(Technology::Outside, *layer, weighed(*layer, *weight), reason);
            }
            _ => score.add(*layer, weighed(*layer, *weight), *reason),
        }
    }
    if let Some((weight, reason)) = http_at_hand(signals) {
        score.add_use(Technology::Http, Presentation, weight, reason);
    }
    if let Some((weight, reason)) = data_at_hand(signals) {
        score.add_use(Technology::Outside, Infrastructure, weighed(Infrastructure, weight), reason);
    }
    score_requests(signals, score);
    score_classes(signals, classes, score);
    score_purity(signals, score);
}

/// Routers, routes and hooks. In the module that creates the application, they are part of its setup.
fn score_requests(signals: &Signals, score: &mut Score) {
    let makes_app = signals.marks.has(Mark::CreatesApp);
    let weight = |alone: i32| if makes_app { alone / 2 } else { alone };
    match signals.routes {
        Amount::None => {}
        Amount::Few => score.add(Presentation, weight(55), "handles requests"),
        Amount::Many => score.add(Presentation, if makes_app { 45 } else { 65 }, "handles requests"),
    }
    let setting_up = if makes_app { Composition } else { Presentation };
    for (mark, points, reason) in [
        (Mark::Router, 60, "makes a router"),
        (Mark::IncludesRouter, 30, "puts routers together"),
        (Mark::RequestHook, 40, "hooks into request handling"),
    ] {
        if signals.marks.has(mark) {
            score.add(setting_up, weight(points), reason);
        }
    }
}

/// Whether code outside the program calls into this module.
pub(super) fn is_entry_point(signals: &Signals, classes: &[ClassFacts]) -> bool {
    const MARKS: [Mark; 5] =
        [Mark::Router, Mark::UrlPatterns, Mark::CliCommand, Mark::Consumer, Mark::GraphQl];
    signals.routes > Amount::None
        || MARKS.into_iter().any(|mark| signals.marks.has(mark))
        || classes.iter().any(|facts| matches!(facts.role, Some(ClassRole::View | ClassRole::Command)))
}

/// Whether this module is about settings.
pub(super) fn is_settings(signals: &Signals, classes: &[ClassFacts]) -> bool {
    let has = |mark: Mark| signals.marks.has(mark);
    let reads = has(Mark::ReadsEnvironment) && (has(Mark::ManyConstants) || has(Mark::OnlyConstants));
    reads || classes.iter().any(|facts| facts.role == Some(ClassRole::Settings))
}

/// HTTP features that belong in a request handler but also leak into services and repositories. Only the strongest one
/// counts.
fn http_at_hand(signals: &Signals) -> Option<(i32, &'static str)> {
    if signals.marks.has(Mark::Depends) {
        Some((25, "declares dependencies of requests"))
    } else if signals.marks.has(Mark::HttpError) {
        Some((18, "raises HTTP errors"))
    } else if signals.uses.has(Kind::Web) {
        Some((12, "uses a web framework"))
    } else {
        None
    }
}

/// Data access that is also normal in a service of layered code. Only the strongest one counts.
fn data_at_hand(signals: &Signals) -> Option<(i32, &'static str)> {
    match signals.data_access {
        Amount::Many => Some((22, "talks to a database")),
        Amount::Few => Some((14, "talks to a database")),
        Amount::None => signals.uses.has(Kind::Orm).then_some((12, "uses an ORM")),
    }
}

fn score_classes(signals: &Signals, classes: &[ClassFacts], score: &mut Score) {
    let all = classes.len();
    if all == 0 {
        return;
    }
    // A single class of a kind among many counts half as much as a module full of them.
    let scaled = |weight: i32, count: usize| {
        weight / 2 + weight * i32::try_from(count * 100 / all).unwrap_or(100) / 200
    };
    for (role, layer, weight, reason) in ROLES {
        let count = classes.iter().filter(|facts| role_holds(**facts, *role)).count();
        if count > 0 {
            score.add(*layer, scaled(*weight, count), *reason);
        }
    }
    let ports = classes.iter().filter(|facts| facts.is_port).count();
    if ports > 0 {
        // An interface module that uses HTTP or an ORM is unlikely to be part of the domain.
        let weight = |points: i32| scaled(if signals.is_pure() { points } else { points / 2 }, ports);
        score.add(Domain, weight(35), "defines ports");
        score.add(Application, weight(25), "defines ports");
    }
    for layer in Layer::ALL {
        let mut words =
            signals.classes.iter().zip(classes).filter(|(_, facts)| !facts.is_port && facts.role.is_none());
        let count = words
            .clone()
            .filter(|(class, _)| class_word(&class.name).is_some_and(|word| word.0 == layer))
            .count();
        let first = words.find_map(|(class, _)| {
            class_word(&class.name).filter(|word| word.0 == layer).map(|word| (class, word.1))
        });
        if let Some((class, weight)) = first {
            score.add(layer, scaled(weight, count), Reason::Class(class.name.clone()));
        }
    }
}

fn role_holds(facts: ClassFacts, role: ClassRole) -> bool {
    match (role, facts.role) {
        (ClassRole::OrmModel, _) => facts.is_row,
        (_, Some(ClassRole::SqlModel)) if facts.is_row => false,
        (ClassRole::Schema, Some(ClassRole::SqlModel)) => true,
        (role, held) => held == Some(role),
    }
}

fn score_purity(signals: &Signals, score: &mut Score) {
    if !signals.is_pure() || !signals.others.is_empty() || signals.marks.iter().next().is_some() {
        return;
    }
    if !signals.classes.is_empty() {
        score.add(Domain, 8, "is free of frameworks");
    } else if signals.functions > Amount::None {
        score.add(Shared, 10, "holds plain functions alone");
    }
}

/// Marks, with the layers that they indicate.
const MARKS: &[(Mark, Layer, i32, &str)] = &[
    (Mark::CreatesApp, Composition, 55, "makes the application"),
    (Mark::RunsApp, Composition, 60, "runs the application"),
    (Mark::TakesApp, Composition, 22, "is given the application"),
    (Mark::WiresApp, Composition, 25, "puts the application together"),
    (Mark::Container, Composition, 55, "fills a dependency-injection container"),
    (Mark::MainGuard, Composition, 12, "runs as a script"),
    (Mark::UrlPatterns, Presentation, 65, "declares URL patterns"),
    (Mark::CliCommand, Presentation, 60, "declares commands of a command line"),
    (Mark::Consumer, Presentation, 50, "consumes messages"),
    (Mark::GraphQl, Presentation, 55, "declares GraphQL fields"),
    (Mark::Admin, Presentation, 55, "registers models with the admin site"),
    (Mark::Task, Application, 45, "declares background tasks"),
    (Mark::Receiver, Application, 20, "reacts to events of models"),
    (Mark::Table, Infrastructure, 50, "declares tables or their base"),
    (Mark::Engine, Infrastructure, 45, "opens connections"),
    (Mark::ReadsEnvironment, Config, 25, "reads the environment while it is imported"),
    (Mark::OnlyConstants, Shared, 15, "holds constants alone"),
    (Mark::ManyConstants, Config, 8, "holds many constants"),
    (Mark::OnlyConstants, Config, 8, "holds constants alone"),
];

/// Kinds of external code, with the layers that they indicate.
const USES: &[(Kind, Layer, i32, &str)] = &[
    (Kind::Server, Composition, 12, "uses an application server"),
    (Kind::GraphQl, Presentation, 25, "uses a GraphQL framework"),
    (Kind::CommandLine, Presentation, 12, "uses a command-line framework"),
    (Kind::Driver, Infrastructure, 28, "uses a database driver"),
    (Kind::Client, Infrastructure, 25, "uses an HTTP client"),
    (Kind::Broker, Infrastructure, 25, "uses a message broker"),
    (Kind::Service, Infrastructure, 28, "uses the client of an outside service"),
    (Kind::Crypto, Infrastructure, 8, "uses cryptography"),
    (Kind::Crypto, Shared, 6, "uses cryptography"),
    (Kind::Machine, Infrastructure, 6, "works on files"),
    (Kind::Tasks, Application, 12, "uses a task queue"),
    (Kind::Injection, Composition, 15, "uses dependency injection"),
    (Kind::Settings, Config, 15, "reads settings"),
    (Kind::Monitoring, Shared, 4, "uses logging"),
    (Kind::Testing, Tests, 15, "uses a test framework"),
];

/// Roles of classes, with the layers of modules that contain them.
const ROLES: &[(ClassRole, Layer, i32, &str)] = &[
    (ClassRole::OrmModel, Infrastructure, 60, "defines ORM models"),
    (ClassRole::OrmType, Infrastructure, 45, "defines column types or expressions of an ORM"),
    (ClassRole::OrmQuery, Infrastructure, 45, "defines managers or queries of an ORM"),
    (ClassRole::Repository, Infrastructure, 60, "defines repositories"),
    (ClassRole::Service, Application, 55, "defines services"),
    (ClassRole::Schema, Presentation, 28, "defines schemas"),
    (ClassRole::Schema, Domain, 14, "defines validated data classes"),
    (ClassRole::Serializer, Presentation, 55, "defines serializers"),
    (ClassRole::Form, Presentation, 55, "defines forms"),
    (ClassRole::View, Presentation, 65, "defines views"),
    (ClassRole::Http, Presentation, 50, "extends request handling"),
    (ClassRole::HttpError, Presentation, 45, "defines HTTP errors"),
    (ClassRole::Middleware, Presentation, 55, "defines middleware"),
    (ClassRole::Admin, Presentation, 60, "defines admin pages"),
    (ClassRole::GraphQl, Presentation, 55, "defines GraphQL types"),
    (ClassRole::Command, Presentation, 55, "defines commands of a command line"),
    (ClassRole::Task, Application, 45, "defines background tasks"),
    (ClassRole::App, Composition, 50, "extends the application"),
    (ClassRole::AppConfig, Composition, 60, "configures a Django application"),
    (ClassRole::Container, Composition, 65, "defines a dependency-injection container"),
    (ClassRole::Settings, Config, 65, "defines settings"),
    (ClassRole::Exception, Domain, 12, "defines exceptions"),
    (ClassRole::Exception, Shared, 10, "defines exceptions"),
    (ClassRole::Enum, Domain, 22, "defines enumerations"),
    (ClassRole::Enum, Shared, 8, "defines enumerations"),
    (ClassRole::Data, Domain, 22, "defines plain data classes"),
    (ClassRole::Data, Application, 10, "defines plain data classes"),
    (ClassRole::Test, Tests, 50, "defines tests"),
];

/// Whether a module accesses something outside the process other than the project's own database.
pub(super) fn reaches_out(signals: &Signals) -> bool {
    signals.uses.has_any(Uses::OUTWARD)
}
