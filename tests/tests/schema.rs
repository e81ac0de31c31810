//! The schema of the configuration matches the keys that the parser knows.

use std::collections::BTreeSet;

use camino::Utf8Path;
use tests::generated::schema;

/// An unknown key makes the parser list the known ones.
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
    let config::Parsed { problems, .. } =
        config::parse(Utf8Path::new("architrave.toml"), &format!("{head}0123456789 = 1\n"));
    let message =
        problems.iter().map(|problem| problem.message.as_str()).find(|text| text.contains("known are"));
    let list = message.and_then(|text| text.split_once("known are ")).expect("an unknown key is told").1;
    list.split(", ").map(|key| key.trim_matches('`').to_owned()).collect()
}
