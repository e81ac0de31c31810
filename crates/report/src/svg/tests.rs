use crate::graph::{Edge, Graph, Node, Verdict};
use crate::sequence::{Actor, ActorKind, Arm, Item, Message, MessageKind, Sequence};

fn drawing() -> Graph {
    let boxes = ["<api>", "service & co", "models"].map(|title| Node {
        key: title.to_owned(),
        title: title.to_owned(),
        ..Node::default()
    });
    let edge =
        |from, to, verdict| Edge { from, to, label: Some("2".to_owned()), verdict, imports: Vec::new() };
    Graph {
        title: "Components of \"shop\"".to_owned(),
        boxes: boxes.into(),
        edges: vec![
            edge(0, 1, Verdict::Fine),
            edge(1, 2, Verdict::Fine),
            edge(2, 0, Verdict::Against { reason: "models import <api>".to_owned() }),
        ],
        ..Graph::default()
    }
}

#[test]
fn names_of_code_are_text_and_the_same_drawing_gives_the_same_bytes() {
    let text = super::graph(&drawing());
    assert_eq!(text, super::graph(&drawing()));
    assert!(text.contains("&lt;api&gt;") && text.contains("service &amp; co"), "{text}");
    assert!(!text.contains("<api>"), "{text}");
    assert!(text.contains("class=\"line against\""), "{text}");
}

/// Panics if `text` isn't one well-formed XML element.
fn parse(text: &str) {
    let mut open: Vec<&str> = Vec::new();
    let mut rest = text.trim_end();
    let mut roots = 0;
    while let Some((words, after)) = rest.split_once('<') {
        assert!(!open.is_empty() || words.is_empty(), "text outside of the root: {words}");
        assert!(!words.contains('>') && words.split('&').skip(1).all(is_reference), "{words}");
        let (tag, after) = after.split_once('>').expect("each tag ends");
        assert!(tag.matches('"').count() % 2 == 0, "{tag}");
        roots += usize::from(open.is_empty());
        match (tag.strip_prefix('/'), tag.ends_with('/')) {
            (Some(name), _) => assert_eq!(open.pop(), Some(name), "{text}"),
            (None, true) => {}
            (None, false) => open.push(tag.split(' ').next().unwrap_or_default()),
        }
        rest = after;
    }
    assert!(open.is_empty() && rest.is_empty() && roots == 1, "{open:?} {rest:?} {roots}");
}

fn is_reference(after: &str) -> bool {
    ["amp;", "lt;", "gt;", "quot;"].iter().any(|name| after.starts_with(name))
}

#[test]
fn a_picture_is_well_formed_whatever_names_say() {
    let mut hostile = drawing();
    let name = "\"/></svg><script>a&b]]>\u{0}\u{1b}'\u{ffff}\n--";
    hostile.title = name.to_owned();
    hostile.left_out = vec![name.to_owned()];
    hostile.lanes = vec![crate::graph::Lane { title: name.to_owned() }];
    for node in &mut hostile.boxes {
        node.title = name.repeat(3);
        node.details = vec![name.to_owned()];
        node.file = Some(name.to_owned());
        node.lane = Some(0);
    }
    for edge in &mut hostile.edges {
        edge.label = Some(name.to_owned());
        edge.verdict = Verdict::Unknown { reason: name.to_owned() };
    }
    hostile.edges.push(Edge { from: 1, to: 1, label: Some(name.to_owned()), ..Edge::default() });
    hostile.edges.push(Edge { from: 0, to: 99, ..Edge::default() });
    let text = super::graph(&hostile);
    parse(&text);
    assert!(!text.contains("<script") && !text.contains('\u{1b}') && !text.contains('\0'), "{text}");
    parse(&super::graph(&drawing()));
    parse(&super::graph(&Graph::default()));
}

#[test]
fn boxes_of_a_row_stand_apart_and_inside_of_the_picture() {
    let mut many = drawing();
    many.boxes =
        (0..20).map(|at| Node { title: format!("package.number.{at}"), ..Node::default() }).collect();
    let layout = super::layout::layout(&many);
    for (at, one) in layout.places.iter().enumerate() {
        assert!(one.x + one.width < layout.width && one.y + one.height < layout.height, "{one:?}");
        for other in &layout.places[at + 1..] {
            let apart = |a: usize, length: usize, b: usize| a + length <= b;
            let is_apart = apart(one.x, one.width, other.x)
                || apart(other.x, other.width, one.x)
                || apart(one.y, one.height, other.y)
                || apart(other.y, other.height, one.y);
            assert!(is_apart, "{one:?} {other:?}");
        }
    }
}

#[test]
fn arrows_lead_down_but_those_that_close_a_cycle() {
    let layout = super::layout::layout(&drawing());
    let [api, service, models] = &layout.places[..] else { panic!("three boxes") };
    assert!(api.y < service.y && service.y < models.y, "{layout:?}");
}

#[test]
fn a_drawing_of_nothing_is_a_picture() {
    assert!(super::graph(&Graph::default()).ends_with("</svg>\n"));
}

fn happens(name: &str) -> Sequence {
    let actor = |kind, layer| Actor {
        title: name.to_owned(),
        kind,
        layer,
        file: Some(name.to_owned()),
        line: Some(3),
    };
    let message = |from, to, kind| {
        let (text, file) = (name.to_owned(), Some(name.to_owned()));
        Item::Message(Message { from, to, text, kind, is_awaited: true, file, line: Some(7) })
    };
    let arm = |items| Arm { condition: name.to_owned(), items };
    let arms =
        vec![arm(vec![message(1, 2, MessageKind::Query)]), arm(vec![message(2, 2, MessageKind::Raise)])];
    Sequence {
        title: name.to_owned(),
        cost: "1".to_owned(),
        actors: vec![
            actor(ActorKind::Client, None),
            actor(ActorKind::Code, Some("application")),
            actor(ActorKind::Database, None),
        ],
        items: vec![
            message(0, 1, MessageKind::Call),
            Item::Loop { title: name.to_owned(), items: vec![Item::Branch { arms }] },
            Item::Transaction { items: vec![message(1, 99, MessageKind::Unresolved)] },
            Item::Transaction { items: Vec::new() },
            Item::Note { over: 0, text: name.repeat(9) },
            message(1, 0, MessageKind::Answer),
        ],
        left_out: vec![name.to_owned()],
    }
}

#[test]
fn a_sequence_is_well_formed_whatever_names_say() {
    let text = super::sequence(&happens("\"/></svg><script>a&b]]>\u{0}\u{1b}'\u{ffff}\n--"));
    parse(&text);
    assert!(!text.contains("<script") && !text.contains('\u{1b}'), "{text}");
    parse(&super::sequence(&Sequence::default()));
}

#[test]
fn calls_are_whole_lines_and_unresolved_ones_dashed_and_errors_red() {
    let text = super::sequence(&happens("load"));
    assert_eq!(text, super::sequence(&happens("load")));
    let drawn = |class: &str| text.matches(&format!("<path class=\"line{class}\" marker-end")).count();
    assert_eq!((drawn(""), drawn(" dashed"), drawn(" against")), (2, 2, 1), "{text}");
    for heading in ["loop load", "alt load", "else load", ">transaction<"] {
        assert!(text.contains(heading), "{heading}: {text}");
    }
}

/// The positions of the lifelines, from left to right.
fn lifelines(text: &str) -> Vec<usize> {
    let lines = text.split("<path class=\"line dashed\" d=\"M").skip(1);
    let starts = lines.filter(|line| line.split('"').next().is_some_and(|path| path.contains('V')));
    starts.filter_map(|line| line.split(' ').next()?.parse().ok()).collect()
}

#[test]
fn lifelines_stand_so_far_apart_that_words_fit_between_them() {
    for words in ["x", "a call with so many words that it is longer than the names"] {
        let mut sequence = happens("x");
        sequence.items = vec![Item::Note { over: 1, text: String::new() }];
        if let Item::Message(mut message) = happens(words).items.remove(0) {
            message.is_awaited = false;
            sequence.items.push(Item::Message(message));
        }
        let [client, code, _] = lifelines(&super::sequence(&sequence))[..] else { panic!("three lifelines") };
        assert!(code - client >= super::width(words) + 20, "{words}: {client} {code}");
    }
}
