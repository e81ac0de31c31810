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

#[test]
fn a_sequence_that_is_too_long_comes_in_parts_that_lose_nothing() {
    let inner: Vec<Item> =
        (0..900).map(|at| message(&format!("call number {at} of a function with a long name"))).collect();
    let whole = Sequence {
        items: vec![
            message("first"),
            Item::Loop {
                title: "one per order".to_owned(),
                items: vec![Item::Branch { arms: vec![Arm { condition: "x".to_owned(), items: inner }] }],
            },
            message("last"),
        ],
        ..hostile()
    };
    let parts = whole.clone().parts();
    assert!(parts.len() > 1);
    assert_eq!(parts.iter().map(Sequence::messages).sum::<usize>(), whole.messages());
    for (at, part) in parts.iter().enumerate() {
        let text = part.mermaid();
        assert!(text.len() < 50_000, "{}", text.len());
        let said = format!("Part {} of {}: the whole is too large for one document.", at + 1, parts.len());
        assert!(text.contains(&format!("Note over p0: {said}")), "{text}");
        assert!(text.contains("loop one per order\n        opt x\n"), "the blocks go on");
    }
    assert_eq!(hostile().parts(), [hostile()]);
}
