//! The schema `editors/architrave.schema.json`, which TOML editors use to complete and check `architrave.toml`.

use config::schema::{self, ContractType, Key, Takes};
use config::{Layer, Level, Style, TachRoot};
use serde_json::{Map, Value, json};
use view::{OptionDefault, OptionSpec, Preset};

/// The schema of the configuration, from the keys that the parser knows and the options of all rules.
pub fn schema() -> Value {
    let keys: Vec<_> = schema::CONFIGURATION.iter().map(|key| (key.name, of_key(key))).collect();
    let mut schema = table("Configuration of Architrave.", &keys, &[]);
    schema["$schema"] = json!("http://json-schema.org/draft-07/schema#");
    schema["title"] = json!("architrave.toml");
    schema
}

/// The schema of a key, with its description and default.
fn of_key(key: &Key) -> Value {
    let mut schema = match key.takes {
        Takes::Boolean => json!({ "type": "boolean" }),
        Takes::Number => json!({ "type": "integer", "minimum": 0 }),
        Takes::Text | Takes::ContractType => json!({ "type": "string" }),
        Takes::Folders
        | Takes::Paths
        | Takes::Modules
        | Takes::ContractLayers
        | Takes::Children
        | Takes::Names
        | Takes::Imports
        | Takes::Distributions => strings(),
        Takes::LayersOrAll => {
            let mut names = strings();
            names["description"] = json!("Names of layers.");
            json!({ "anyOf": [{ "type": "boolean" }, names] })
        }
        Takes::Style => words(Style::ALL.map(Style::as_str).as_slice()),
        Takes::Level => words(Level::ALL.map(Level::as_str).as_slice()),
        Takes::Presets => presets(),
        Takes::Layers => layers(),
        Takes::Rules => rules_table(),
        Takes::Overrides => {
            list(&of_keys("Levels and options for some paths.", schema::OVERRIDE, &["paths"]))
        }
        Takes::ModuleLayers => {
            let layer = of_keys("A layer.", schema::MODULE_LAYER, &["name"]);
            list(&json!({ "anyOf": [{ "type": "string" }, layer] }))
        }
        Takes::RootModule => words(TachRoot::ALL.map(TachRoot::as_str).as_slice()),
        Takes::DeclaredModules => list(&of_keys("A module.", schema::MODULE, &[])),
        Takes::Interfaces => list(&of_keys("An interface.", schema::INTERFACE, &["expose"])),
        Takes::External => of_keys(key.summary, schema::EXTERNAL, &[]),
        Takes::Contracts => {
            list(&json!({ "oneOf": schema::CONTRACT_TYPES.iter().map(contract).collect::<Vec<_>>() }))
        }
    };
    schema["description"] = json!(key.summary);
    if let Some(default) = key.default {
        schema["default"] = serde_json::from_str(default).expect("these defaults are JSON too");
    }
    schema
}

/// The schema of a table with these keys.
fn of_keys(description: &str, keys: &[Key], required: &[&str]) -> Value {
    let keys: Vec<_> = keys.iter().map(|key| (key.name, of_key(key))).collect();
    table(description, &keys, required)
}

fn layers() -> Value {
    let patterns = || {
        let mut patterns = strings();
        patterns["description"] = json!(schema::LAYER_PATTERNS);
        patterns
    };
    let layers: Map<String, Value> = Layer::ALL.iter().map(|layer| (layer.to_string(), patterns())).collect();
    json!({ "type": "object", "additionalProperties": false, "properties": layers })
}

fn presets() -> Value {
    let presets =
        Preset::ALL.iter().map(|preset| json!({ "const": preset.name, "description": preset.summary }));
    json!({
        "type": "array",
        "items": { "oneOf": presets.collect::<Vec<_>>() },
        "uniqueItems": true,
    })
}

fn rules_table() -> Value {
    let level = || {
        let mut level = words(Level::ALL.map(Level::as_str).as_slice());
        level["description"] = json!(schema::RULE_LEVEL);
        level
    };
    let rules: Map<String, Value> = rules::ALL
        .iter()
        .map(|rule| {
            let options = rule.options.iter().map(|spec| (spec.name, option(spec)));
            let keys: Vec<_> = std::iter::once(("level", level())).chain(options).collect();
            let either =
                json!({ "description": rule.summary, "anyOf": [level(), table(rule.summary, &keys, &[])] });
            (rule.id.to_owned(), either)
        })
        .collect();
    json!({ "type": "object", "additionalProperties": false, "properties": rules })
}

fn option(spec: &OptionSpec) -> Value {
    let mut schema = match spec.default {
        OptionDefault::Bool(default) => json!({ "type": "boolean", "default": default }),
        OptionDefault::Integer(default) => json!({ "type": "integer", "default": default }),
        OptionDefault::String(default) => json!({ "type": "string", "default": default }),
        OptionDefault::Strings(default) => {
            let mut schema = strings();
            schema["default"] = json!(default);
            schema
        }
    };
    schema["description"] = json!(spec.summary);
    schema
}

fn contract(kind: &ContractType) -> Value {
    let keys: Vec<_> = schema::CONTRACT
        .iter()
        .chain(kind.keys)
        .map(|key| match key.takes {
            Takes::ContractType => (key.name, json!({ "description": kind.summary, "const": kind.name })),
            _ => (key.name, of_key(key)),
        })
        .collect();
    let required: Vec<&str> = ["name", "type"].into_iter().chain(kind.required.iter().copied()).collect();
    table(kind.summary, &keys, &required)
}

fn table(description: &str, keys: &[(&str, Value)], required: &[&str]) -> Value {
    let keys: Map<String, Value> =
        keys.iter().map(|(key, schema)| ((*key).to_owned(), schema.clone())).collect();
    json!({
        "description": description,
        "type": "object",
        "additionalProperties": false,
        "required": required,
        "properties": keys,
    })
}

fn list(items: &Value) -> Value {
    json!({ "type": "array", "items": items })
}

fn strings() -> Value {
    json!({ "type": "array", "items": { "type": "string" } })
}

fn words(words: &[&str]) -> Value {
    json!({ "enum": words })
}
