//! What a file or service is for: the development of the project, or its operation.

use report::deployment::{Service, Written};

use super::Evidence;
use super::facts::Source;
use super::launch::Launch;
use super::value::{Called, Value};

/// Whether a service is for development: by the name of its file, by its own, or by its variables.
pub fn is_for_development(service: &Service) -> bool {
    let is_plain_compose = service.written == Written::Compose
        && service.environment.iter().any(|it| matches!(it.name.as_str(), "DEBUG" | "DJANGO_DEBUG"));
    is_named_for_development(&service.file) || is_named_for_development(&service.name) || is_plain_compose
}

/// Whether the name of a file or service says that it is for development.
pub fn is_named_for_development(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    ["dev", "local", "override", "test", "debug", "example", "demo", "sandbox"]
        .iter()
        .any(|it| name.contains(it))
}

impl Evidence {
    /// The Django settings that a service uses.
    pub fn django_settings(&self, launch: &Launch, module: usize) -> Option<&Source> {
        let service = self.service(launch);
        let set = service.environment.iter().find(|it| it.name == "DJANGO_SETTINGS_MODULE");
        let name = set.and_then(|it| it.value.clone()).or_else(|| {
            let said = self.sources[module].calls.iter().find(|call| {
                call.called.method == "setdefault"
                    && call.called.positional(0).and_then(Value::text) == Some("DJANGO_SETTINGS_MODULE")
            })?;
            said.called.positional(1)?.text().map(str::to_owned)
        })?;
        self.module(&name).or_else(|| {
            let mut all = self.sources.iter().filter(|it| it.name.ends_with(&format!(".{name}")));
            all.next().filter(|_| all.next().is_none())
        })
    }

    /// Modules of settings that run other files in their own names, some of which can't be found: `include("*.py")`.
    pub fn unread_settings(&self) -> Vec<&str> {
        self.code().filter(|it| self.included(it).is_none()).map(|it| it.path.as_str()).collect()
    }

    /// The files that a module of settings runs in its own names, in order: `include("base.dist.py")`. `None` if one isn't
    /// known.
    fn included(&self, source: &Source) -> Option<Vec<&Source>> {
        let calls = source.calls.iter().filter(|it| it.function.is_none());
        let mut found = Vec::new();
        for call in calls.filter(|it| it.called.method == "include" && runs_files(&it.called)) {
            for (_, value) in call.called.arguments.iter().filter(|(key, _)| key.is_none()) {
                let is_optional = value.call().is_some_and(|it| it.method == "optional");
                let name = if is_optional { value.call()?.positional(0)?.text()? } else { value.text()? };
                let path = format!("{}/{name}", source.folder());
                let path = path.trim_start_matches('/');
                match self.sources.iter().find(|it| it.path == path) {
                    Some(file) => found.push(file),
                    None if is_optional && !name.contains('*') => {}
                    None => return None,
                }
            }
        }
        Some(found)
    }

    /// The value of a Django setting that a service uses, with its module and line; `None` if a later star import may
    /// override it.
    pub fn django_setting(
        &self,
        launch: &Launch,
        module: usize,
        name: &str,
    ) -> Option<(&Source, &Value, u32)> {
        let source = self.django_settings(launch, module)?;
        let included = self.included(source)?;
        let said =
            included.into_iter().rev().find_map(|it| it.value(name).map(|(value, line)| (it, value, line)));
        if said.is_some() {
            return said;
        }
        let (value, line) = source.value(name)?;
        let is_last = source.stars.iter().all(|it| *it <= line);
        is_last.then_some((source, value, line))
    }
}

/// Whether a call is given files of Python: `include("base.py", optional("local.py"))`. Another `include` takes modules.
fn runs_files(called: &Called) -> bool {
    let is_file = |it: &Value| it.text().is_some_and(is_python);
    called
        .arguments
        .iter()
        .any(|(_, value)| is_file(value) || value.call().and_then(|it| it.positional(0)).is_some_and(is_file))
}

fn is_python(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, ending)| ending == "py")
}
