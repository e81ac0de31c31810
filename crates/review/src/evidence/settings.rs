//! Settings declared in code: fields of settings classes, and reads of the environment.

use super::facts::Source;
use super::value::Value;
use crate::claim::Place;

/// A variable that the code reads.
#[derive(Debug, Clone)]
pub struct Setting {
    /// The variable: `DATABASE_URL`. For a field of a class, case is ignored.
    pub variable: String,
    /// Its owner in code: `Settings.database_url`, `os.environ`.
    pub owner: String,
    /// The attribute, of a class.
    pub field: Option<String>,
    /// The module, by index.
    pub source: usize,
    /// Its default, if it is a literal.
    pub default: Option<Value>,
    /// Whether the program can't start without it.
    pub is_required: bool,
    /// Where it is declared.
    pub place: Place,
}

/// All settings of modules.
pub(super) fn settings(sources: &[Source]) -> Vec<Setting> {
    let mut found = Vec::new();
    for (at, source) in sources.iter().enumerate() {
        for class in &source.classes {
            if class.foreign.iter().any(|base| libraries::is_settings_base(base)) {
                of_class(source, at, &class.name, &mut found);
            }
        }
        for read in &source.reads {
            let is_required = read.is_certain && read.missing == view::environment::Missing::Fails;
            found.push(Setting {
                variable: read.name.to_string(),
                owner: "the environment".to_owned(),
                field: None,
                source: at,
                default: read.default.clone(),
                is_required,
                place: Place::new(source.path.clone(), read.line),
            });
        }
    }
    found
}

fn of_class(source: &Source, at: usize, class: &str, found: &mut Vec<Setting>) {
    let of_it = || source.assignments.iter().filter(move |it| it.class.as_deref() == Some(class));
    let configured = of_it().find(|it| it.name == "model_config").and_then(|it| it.value.as_ref());
    let inner =
        source.assignments.iter().find(|it| it.class.as_deref() == Some("Config") && it.name == "env_prefix");
    let text = |value: &Value, key: &str| match value {
        Value::Call(call) => call.keyword(key).and_then(Value::text).map(str::to_owned),
        dict => dict.entry(key).and_then(Value::text).map(str::to_owned),
    };
    let prefix = configured
        .and_then(|it| text(it, "env_prefix"))
        .or_else(|| inner.and_then(|it| it.value.as_ref()?.text().map(str::to_owned)))
        .unwrap_or_default();
    // If fields have sources other than the environment, an unset one may be set there.
    let has_sources =
        source.functions.iter().any(|it| it.name == format!("{class}.settings_customise_sources"))
            || configured.is_some_and(|it| text(it, "secrets_dir").is_some());
    for field in
        of_it().filter(|it| it.annotation.is_some() && it.name != "model_config" && !it.name.starts_with('_'))
    {
        let annotation = field.annotation.as_ref();
        let is_plain = annotation.is_some_and(|it| match it {
            Value::Name(name) => {
                let last = name.rsplit('.').next().unwrap_or(name);
                matches!(
                    last,
                    "str"
                        | "int"
                        | "bool"
                        | "float"
                        | "SecretStr"
                        | "PostgresDsn"
                        | "RedisDsn"
                        | "AnyUrl"
                        | "HttpUrl"
                        | "AnyHttpUrl"
                        | "EmailStr"
                        | "Path"
                        | "MySQLDsn"
                        | "AmqpDsn"
                )
            }
            _ => false,
        });
        let call = field.value.as_ref().and_then(Value::call).filter(|it| it.method == "Field");
        let alias = call.and_then(|call| {
            ["validation_alias", "alias", "env"]
                .iter()
                .find_map(|key| call.keyword(key).and_then(Value::text))
        });
        let is_hidden = call.is_some_and(|call| {
            call.has_hidden_arguments()
                || (alias.is_none()
                    && ["validation_alias", "alias", "env"].iter().any(|it| call.keyword(it).is_some()))
        });
        let default = match (&field.value, call) {
            (_, Some(call)) => {
                let first = call.positional(0).filter(|it| !matches!(it, Value::Other));
                call.keyword("default").or(first).or_else(|| call.keyword("default_factory")).cloned()
            }
            (Some(value), None) => Some(value.clone()),
            (None, None) => None,
        };
        let is_missing =
            field.value.is_none() || (call.is_some_and(|it| it.positional(0).is_none()) && default.is_none());
        found.push(Setting {
            variable: alias.map_or_else(|| format!("{prefix}{}", field.name).to_uppercase(), str::to_owned),
            owner: format!("{class}.{}", field.name),
            field: Some(field.name.to_string()),
            source: at,
            default,
            is_required: is_missing && is_plain && !is_hidden && !has_sources && !field.is_conditional,
            place: Place::new(source.path.clone(), field.line),
        });
    }
}
