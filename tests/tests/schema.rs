//! `editors/architrave.schema.json`, with which TOML editors complete and check `architrave.toml`: generated here, and
//! held to the keys that the reader knows. `UPDATE_EXPECT=1` writes it.

use std::collections::BTreeSet;

use camino::Utf8Path;
use config::{Layer, Level, Style};
use rules::{OptionDefault, OptionSpec, Preset};
use serde_json::{Map, Value, json};

#[test]
fn the_schema_is_up_to_date() {
    let text = serde_json::to_string_pretty(&schema()).expect("JSON can be written") + "\n";
    expect_test::expect_file!["../../editors/architrave.schema.json"].assert_eq(&text);
}

/// A key that nobody knows makes the reader name those it knows.
#[test]
fn the_schema_has_the_keys_that_the_reader_knows() {
    let schema = schema();
    let contracts = &schema["properties"]["contracts"]["items"]["oneOf"];
    let mut tables = vec![
        (String::new(), &schema),
        ("[[overrides]]\npaths = [\"a\"]\n".to_owned(), &schema["properties"]["overrides"]["items"]),
    ];
    for contract in contracts.as_array().expect("contracts are of several types") {
        let kind = contract["properties"]["type"]["const"].as_str().expect("each has a type");
        tables.push((format!("[[contracts]]\nname = \"x\"\ntype = \"{kind}\"\n"), contract));
    }
    for (head, schema) in tables {
        let written: BTreeSet<&str> =
            schema["properties"].as_object().expect("it is a table").keys().map(String::as_str).collect();
        let known = known_keys(&head);
        assert_eq!(written, known.iter().map(String::as_str).collect(), "{head}");
        assert_eq!(schema["additionalProperties"], false, "{head}");
    }
}

fn known_keys(head: &str) -> BTreeSet<String> {
    let (_, problems) = config::parse(Utf8Path::new("architrave.toml"), &format!("{head}0123456789 = 1\n"));
    let message =
        problems.iter().map(|problem| problem.message.as_str()).find(|text| text.contains("known are"));
    let list = message.and_then(|text| text.split_once("known are ")).expect("an unknown key is told").1;
    list.split(", ").map(|key| key.trim_matches('`').to_owned()).collect()
}

fn schema() -> Value {
    let layers: Map<String, Value> = Layer::ALL
        .iter()
        .map(|layer| (layer.to_string(), strings("Modules (`shop.*.domain`) or paths (`src/shop/domain/`).")))
        .collect();
    let mut schema = table(
        "Configuration of Architrave.",
        &[
            ("source-roots", strings("Folders that imports start from. Found by themselves when left out.")),
            ("exclude", strings("Paths that are left out, in the syntax of `.gitignore`.")),
            (
                "style",
                words(
                    "Which way is inward. Inferred when left out.",
                    Style::ALL.map(Style::as_str).as_slice(),
                ),
            ),
            (
                "layers",
                json!({
                    "description": "Which modules belong to which layer; the first that matches counts. The rest is inferred.",
                    "type": "object",
                    "additionalProperties": false,
                    "properties": layers,
                }),
            ),
            (
                "contexts",
                strings("Packages that are bounded contexts, as patterns: `shop.*`. Inferred when left out."),
            ),
            ("require-reasons", boolean("An ignore comment without a reason is reported.", false)),
            ("report-unused-ignores", boolean("An ignore comment that ignores nothing is reported.", true)),
            ("presets", presets()),
            ("rules", rules_table()),
            (
                "overrides",
                list(&table(
                    "Levels and options for some paths.",
                    &[("paths", strings("In the syntax of `.gitignore`.")), ("rules", rules_table())],
                    &["paths"],
                )),
            ),
            ("contracts", list(&json!({ "oneOf": contracts() }))),
        ],
        &[],
    );
    schema["$schema"] = json!("http://json-schema.org/draft-07/schema#");
    schema["title"] = json!("architrave.toml");
    schema
}

fn presets() -> Value {
    let presets =
        Preset::ALL.iter().map(|preset| json!({ "const": preset.name, "description": preset.summary }));
    json!({
        "description": "Named sets of levels and options, the strongest last. What `rules` says wins over them.",
        "type": "array",
        "items": { "oneOf": presets.collect::<Vec<_>>() },
        "uniqueItems": true,
    })
}

fn rules_table() -> Value {
    let rules: Map<String, Value> = rules::ALL
        .iter()
        .map(|rule| {
            let options = rule.options.iter().map(|spec| (spec.name, option(spec)));
            let level = ("level", level("How loudly it is told."));
            let options: Vec<_> = std::iter::once(level).chain(options).collect();
            let either = json!({ "description": rule.summary, "anyOf": [level_word(), table(rule.summary, &options, &[])] });
            (rule.id.to_owned(), either)
        })
        .collect();
    json!({
        "description": "Levels and options by rule.",
        "type": "object",
        "additionalProperties": false,
        "properties": rules,
    })
}

fn option(spec: &OptionSpec) -> Value {
    match spec.default {
        OptionDefault::Bool(default) => boolean(spec.summary, default),
        OptionDefault::Integer(default) => {
            json!({ "description": spec.summary, "type": "integer", "default": default })
        }
        OptionDefault::String(default) => {
            json!({ "description": spec.summary, "type": "string", "default": default })
        }
        OptionDefault::Strings(default) => {
            let mut schema = strings(spec.summary);
            schema["default"] = json!(default);
            schema
        }
    }
}

fn contracts() -> Vec<Value> {
    let as_packages = || boolean("Whether the modules count with all below them.", true);
    let direct = || boolean("Only direct imports count.", false);
    vec![
        contract(
            "layers",
            "A higher layer may import a lower one, never the other way.",
            &["layers"],
            &[
                (
                    "layers",
                    strings("Highest first. `a | b` are independent, `a : b` are not, `(a)` may be missing."),
                ),
                ("containers", strings("Packages that each hold these layers.")),
                ("exhaustive", boolean("Every child of a container must be a layer.", false)),
                ("exhaustive-ignores", strings("Children that need not be layers.")),
                (
                    "closed",
                    json!({
                        "description": "Layers that may not be skipped: their names, or `true` for all.",
                        "anyOf": [{ "type": "boolean" }, strings("Names of layers.")],
                    }),
                ),
                ("allow-indirect-imports", direct()),
            ],
        ),
        contract(
            "forbidden",
            "Some modules must not import others, of the project or third parties.",
            &["source-modules", "forbidden-modules"],
            &[
                ("source-modules", strings("Who must not import.")),
                ("forbidden-modules", strings("What must not be imported.")),
                ("allow-indirect-imports", direct()),
                ("as-packages", as_packages()),
            ],
        ),
        contract(
            "independence",
            "Modules must not import each other, also not through others.",
            &["modules"],
            &[("modules", strings("The modules."))],
        ),
        contract(
            "protected",
            "Only some may import a module directly.",
            &["protected-modules"],
            &[
                ("protected-modules", strings("What is protected.")),
                ("allowed-importers", strings("Who may import it.")),
                ("as-packages", as_packages()),
                ("exposed", strings("Names below it that everyone may import: `api.*`.")),
            ],
        ),
        contract(
            "acyclic",
            "The children of some packages must not form cycles.",
            &["ancestors"],
            &[
                ("ancestors", strings("The packages.")),
                (
                    "depth",
                    json!({
                        "description": "How many generations below the children are looked at too.",
                        "type": "integer",
                        "minimum": 0,
                        "default": 10,
                    }),
                ),
                ("skip-descendants", strings("Packages whose children are left out.")),
            ],
        ),
    ]
}

fn contract(kind: &str, description: &str, required: &[&str], own: &[(&str, Value)]) -> Value {
    let shared = [
        ("name", json!({ "description": "For messages; no two are alike.", "type": "string" })),
        ("type", json!({ "description": description, "const": kind })),
        ("ignore-imports", strings("Imports that don't count: `shop.a -> shop.b`.")),
        ("exclude-type-checking-imports", boolean("Imports under `TYPE_CHECKING` don't count.", false)),
        ("level", level("How loudly it is told. An error unless set.")),
        ("guidance", json!({ "description": "Words shown where it is broken.", "type": "string" })),
    ];
    let required: Vec<&str> = ["name", "type"].into_iter().chain(required.iter().copied()).collect();
    table(description, &[shared.as_slice(), own].concat(), &required)
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

fn strings(description: &str) -> Value {
    json!({ "description": description, "type": "array", "items": { "type": "string" } })
}

fn boolean(description: &str, default: bool) -> Value {
    json!({ "description": description, "type": "boolean", "default": default })
}

fn words(description: &str, words: &[&str]) -> Value {
    json!({ "description": description, "enum": words })
}

fn level(description: &str) -> Value {
    words(description, Level::ALL.map(Level::as_str).as_slice())
}

fn level_word() -> Value {
    level("How loudly it is told.")
}
