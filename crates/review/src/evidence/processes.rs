//! How many processes a command runs: by its options, its variables, its replicas, or a Python module that configures it.

use report::deployment::Spot;

use super::Evidence;
use super::facts::Source;
use super::launch::{Count, Launch};
use super::value::Value;

impl Evidence {
    /// The number of processes of a launch, with all its sources: more than one, or empty.
    pub fn processes(&self, launch: &Launch) -> Vec<Count> {
        let mut found: Vec<Count> = Vec::new();
        let service = self.service(launch);
        let reloads = launch.program.is_some_and(|it| launch.has(it.development));
        if !reloads {
            found.extend(launch.processes().or_else(|| self.processes_said(launch)));
        }
        found.extend(service.replicas.as_ref().map(|it| Count {
            count: it.count,
            words: if it.is_most {
                format!("up to {} replicas", it.count)
            } else {
                format!("{} replicas", it.count)
            },
            at: it.at.clone(),
        }));
        found.retain(|it| it.count > 1);
        found
    }

    /// The Python module that configures a program: of gunicorn.
    fn configuration(&self, launch: &Launch) -> Option<&Source> {
        launch.program.filter(|it| it.name == "gunicorn")?;
        let named = launch.option(&["-c", "--config"]).map(|it| it.trim_start_matches("python:"));
        self.sources.iter().find(|it| match named {
            // In the image it may be in another place.
            Some(named) => {
                let named = named.trim_start_matches("./").trim_start_matches('/');
                it.path.ends_with(named) || named.ends_with(&it.path)
            }
            None => it.path.rsplit('/').next() == Some("gunicorn.conf.py"),
        })
    }

    /// The application that the configuration of a program names, where its command names none.
    pub(super) fn application_configured(&self, launch: &Launch) -> Option<String> {
        let config = self.configuration(launch).filter(|_| launch.module.is_none())?;
        let (application, _) = config.value("wsgi_app")?;
        application.text().map(str::to_owned)
    }

    /// The number of processes in a variable that the program reads, or in its Python configuration.
    fn processes_said(&self, launch: &Launch) -> Option<Count> {
        let program = launch.program?;
        let service = self.service(launch);
        let variable = program.workers_variable?;
        if let Some(set) = service.environment.iter().find(|it| it.name == variable) {
            let count = report::deployment::filled(set.value.as_deref()?).parse().ok()?;
            return Some(Count { count, words: format!("{variable}={count}"), at: set.at.clone() });
        }
        let config = self.configuration(launch)?;
        let (value, line) = config.value("workers")?;
        let at = Spot { file: config.path.clone(), line };
        if let Value::Int(count) = value {
            return Some(Count {
                count: u32::try_from(*count).ok()?,
                words: format!("workers = {count}"),
                at,
            });
        }
        let (variable, default) = number_read(value)?;
        if let Some(set) = service.environment.iter().find(|it| it.name == variable) {
            let count = report::deployment::filled(set.value.as_deref()?).parse().ok()?;
            return Some(Count { count, words: format!("{variable}={count}"), at: set.at.clone() });
        }
        let may_be_set = service.has_hidden_environment || !service.environment_files.is_empty();
        (!may_be_set).then(|| Count { count: default, words: format!("workers = {default} by default"), at })
    }
}

/// The variable and the default of a number that the environment may set: `int(os.environ.get("WORKERS", "4"))`.
fn number_read(value: &Value) -> Option<(&str, u32)> {
    let read = match value {
        Value::Call(call) if call.method == "int" => call.positional(0)?.call()?,
        Value::Call(call) => call,
        _ => return None,
    };
    if !matches!(read.callee.as_deref(), Some("os.getenv" | "os.environ.get")) {
        return None;
    }
    let default = match read.positional(1)? {
        Value::Int(count) => u32::try_from(*count).ok()?,
        Value::Text(text) => text.parse().ok()?,
        _ => return None,
    };
    Some((read.positional(0)?.text()?, default))
}
