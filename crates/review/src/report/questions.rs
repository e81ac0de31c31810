//! Questions that code can't answer, each with what the repository says about it.

use std::collections::BTreeSet;

use libraries::Job;
use model::MessageKind;
use python::naming::counted;

use crate::claim::{Area, Question};
use crate::evidence::{Evidence, ServedRoute, Target};

/// Limit on the names in one question.
const NAMES: usize = 4;

/// The questions beside those of detections.
pub(super) fn questions(evidence: &Evidence) -> Vec<Question> {
    let mut found = Vec::new();
    let mut ask = |area: Area, text: Option<String>| {
        found.extend(text.map(|text| Question { detection: "review", area, text }));
    };
    ask(Area::Performance, load(evidence));
    ask(Area::Deployment, which_file(evidence));
    ask(Area::Deployment, how_started(evidence));
    ask(Area::Deployment, how_many(evidence));
    ask(Area::Database, which_database(evidence));
    ask(Area::Security, which_are_public(evidence));
    ask(Area::State, who_handles(evidence));
    found
}

fn named(names: &[String]) -> String {
    let shown: Vec<String> = names.iter().take(NAMES).map(|it| format!("`{it}`")).collect();
    let more = names.len() - shown.len();
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("{}{more}", shown.join(", "))
}

/// How many rows are behind the route that grows most.
fn load(evidence: &Evidence) -> Option<String> {
    let route = evidence.routes.iter().filter(|it| it.degree > 0).min_by_key(|it| it.rank)?;
    let mut names: Vec<&str> = Vec::new();
    for part in route.own.split("N(").skip(1) {
        let name = part.split(')').next().unwrap_or_default();
        if !name.is_empty() && !names.contains(&name) {
            names.push(name);
        }
    }
    let names: Vec<String> = names.into_iter().map(|it| format!("N({it})")).collect();
    let are = if names.len() > 1 { "are" } else { "is" };
    Some(format!(
        "How large {are} {} for those who use `{}` most? One request runs up to {} queries (`{}:{}`).",
        names.join(", "),
        route.title(),
        route.own,
        route.place.path,
        route.place.line
    ))
}

/// Which of several descriptions is in operation.
fn which_file(evidence: &Evidence) -> Option<String> {
    let mut files: Vec<String> = Vec::new();
    for service in evidence.services() {
        let is_list = service.file.ends_with("yml") || service.file.ends_with("yaml");
        if is_list && service.technology().is_none() && !files.contains(&service.file) {
            files.push(service.file.clone());
        }
    }
    (files.len() > 1).then(|| format!("Which of {} is in operation, and where?", named(&files)))
}

/// What starts the application, where no file does.
fn how_started(evidence: &Evidence) -> Option<String> {
    // `python run.py` may start it as well.
    let is_started = evidence.launches.iter().any(|it| it.job == Job::Web)
        || evidence.started().any(|(launch, _)| launch.job == Job::Script)
        || evidence.launches.iter().zip(&evidence.targets).any(|(_, target)| *target == Target::Unknown);
    if is_started || evidence.routes.is_empty() || names_a_server(evidence) {
        return None;
    }
    let makes = |name: &str| libraries::call(name) == Some(libraries::Mark::CreatesApp);
    let mut apps: Vec<String> = Vec::new();
    for (source, call) in evidence.calls() {
        if call.called.callee.as_deref().is_some_and(makes) && !apps.contains(&source.path) {
            apps.push(source.path.clone());
        }
    }
    (!apps.is_empty()).then(|| {
        format!("What starts {} in operation, and in how many processes? No Dockerfile, compose file, manifest or Procfile here does.", named(&apps))
    })
}

/// Whether any file that is run or built from names a server, even where the reader doesn't follow it: in a stage that is left
/// out, or behind a condition.
fn names_a_server(evidence: &Evidence) -> bool {
    // uWSGI is installed as a program of the system as often as by pip.
    let servers = || libraries::distributions_for("server").iter().chain(&["uwsgi"]);
    evidence.files.iter().any(|file| {
        let low = file.path.to_ascii_lowercase();
        let is_run = low.contains("dockerfile")
            || low.contains("containerfile")
            || low.ends_with("procfile")
            || [".sh", ".yml", ".yaml", ".ini"].iter().any(|it| low.ends_with(it));
        is_run && servers().any(|name| file.text.contains(name))
    })
}

/// How many processes run what is started without a number.
fn how_many(evidence: &Evidence) -> Option<String> {
    let (launch, _) = evidence.started().find(|(launch, _)| launch.job == Job::Web)?;
    if !evidence.processes(launch).is_empty() {
        return None;
    }
    let service = evidence.service(launch);
    Some(format!(
        "How many processes and replicas of `{}` (`{}:{}`) run? It says no number.",
        service.name, service.file, service.line
    ))
}

/// Whether the database of the compose file is the one in operation.
fn which_database(evidence: &Evidence) -> Option<String> {
    let mut found: Vec<(String, String)> = Vec::new();
    for service in evidence.services() {
        let Some(technology) = service.technology() else { continue };
        let image = service.image.as_deref().unwrap_or_default();
        let Some((_, tag)) = image.rsplit('/').next().and_then(|it| it.split_once(':')) else { continue };
        let is_database = matches!(technology.name, "PostgreSQL" | "MySQL" | "MariaDB" | "MongoDB");
        if is_database && !tag.contains('$') && tag != "latest" {
            let at = service.image_place();
            found.push((format!("{} {tag}", technology.program(image)), format!("{}:{}", at.file, at.line)));
        }
    }
    let (what, place) = found.first()?;
    let others: BTreeSet<&str> =
        found.iter().skip(1).map(|(what, _)| what.as_str()).filter(|it| it != what).collect();
    let others = if others.is_empty() {
        String::new()
    } else {
        format!(" Other files start {}.", others.into_iter().collect::<Vec<_>>().join(", "))
    };
    Some(format!("Is {what}, which `{place}` starts, also the version in operation?{others}"))
}

/// Which routes that change state may be called by anybody.
fn which_are_public(evidence: &Evidence) -> Option<String> {
    let changes = |it: &&ServedRoute| {
        it.methods.iter().any(|method| matches!(method.as_str(), "POST" | "PUT" | "PATCH" | "DELETE"))
    };
    let all: Vec<&ServedRoute> = evidence.routes.iter().filter(changes).collect();
    let open: Vec<String> =
        all.iter().filter(|it| it.authentication.is_none()).map(|it| it.title()).collect();
    let is_said = evidence.routes.iter().any(|it| it.authentication.is_some());
    // If most show none, it is somewhere that isn't read: a middleware, a gateway.
    let is_most = open.len() * 2 > all.len();
    (is_said && !open.is_empty() && !is_most).then(|| {
        format!(
            "Which of these may be called by anybody? For {} of {} that change state no authentication was seen: {}.",
            open.len(),
            counted(all.len(), "route"),
            named(&open)
        )
    })
}

/// Who handles events without a handler.
fn who_handles(evidence: &Evidence) -> Option<String> {
    let of =
        |it: &&crate::evidence::Message| it.kind == MessageKind::Event && !it.is_handled && it.makers > 0;
    let events: Vec<String> = evidence.messages.iter().filter(of).map(|it| it.name.clone()).collect();
    (!events.is_empty())
        .then(|| format!("Who listens to {}? They are made, and no handler of them is here.", named(&events)))
}
