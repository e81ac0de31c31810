use super::*;

fn actor(title: &str, kind: ActorKind) -> Actor {
    Actor { title: title.to_owned(), kind, layer: None, file: None, line: None }
}

fn message(text: &str) -> Item {
    Item::Message(Message {
        from: 0,
        to: 1,
        text: text.to_owned(),
        kind: MessageKind::Call,
        is_awaited: false,
        file: Some("shop/api.py".to_owned()),
        line: Some(3),
    })
}

fn hostile() -> Sequence {
    Sequence {
        title: "GET /a;b".to_owned(),
        cost: "1".to_owned(),
        actors: vec![actor("client", ActorKind::Client), actor("end", ActorKind::Code)],
        items: vec![
            message("DROP TABLE x; end"),
            Item::Branch {
                arms: vec![Arm { condition: "name == \"#1\"".to_owned(), items: vec![message("a\nb")] }],
            },
        ],
        left_out: Vec::new(),
    }
}

#[test]
fn words_of_mermaid_in_code_mean_nothing_to_it() {
    let text = hostile().mermaid();
    assert!(text.contains("title GET /a#59;b: 1 query"), "{text}");
    assert!(text.contains("p0->>p1: DROP TABLE x#59; end\n"), "{text}");
    assert!(text.contains("opt name == #34;#35;1#34;\n"), "{text}");
    assert!(text.contains("p0->>p1: a b\n"), "a line stays a line: {text}");
    assert!(!text.contains("as end\n"), "{text}");
}

#[test]
fn strings_of_d2_are_whole() {
    let text = hostile().d2();
    assert!(text.contains(r##""opt name == \"#1\"" {"##), "{text}");
    assert!(text.contains("_.\"p0\" -> _.\"p1\": \"a b\"\n"), "{text}");
}

#[test]
fn text_names_the_places() {
    let text = hostile().text();
    assert!(text.contains("client -> end: DROP TABLE x; end  [shop/api.py:3]\n"), "{text}");
}

#[test]
fn messages_in_blocks_count() {
    assert_eq!(hostile().messages(), 2);
}
