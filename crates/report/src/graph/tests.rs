use super::*;

fn hostile() -> Graph {
    let names = [
        "end",
        "a\"b",
        "x; y",
        "GET /orders/{id}",
        "${HOME}",
        "<b>&amp;</b>",
        "a.b|c",
        "`t`\\n",
        "__init__",
        "  ",
        "line\nbreak",
    ];
    Graph {
        title: "a \"picture\"; of #35; {things}".to_owned(),
        lanes: vec![Lane { title: "do[main] \"x\"".to_owned() }],
        boxes: names
            .iter()
            .enumerate()
            .map(|(at, name)| Node {
                key: (*name).to_owned(),
                title: (*name).to_owned(),
                details: vec!["1 module; \"x\"".to_owned()],
                lane: (at % 2 == 0).then_some(0),
                ..Node::default()
            })
            .collect(),
        edges: vec![
            Edge { from: 0, to: 1, label: Some("\"3\" | {4}".to_owned()), ..Edge::default() },
            Edge {
                from: 1,
                to: 2,
                verdict: Verdict::Against { reason: "up \"x\"".to_owned() },
                ..Edge::default()
            },
            Edge { from: 2, to: 3, verdict: Verdict::Unknown { reason: "?".to_owned() }, ..Edge::default() },
        ],
        left_out: vec!["3 boxes: \"x\"; #1.".to_owned()],
    }
}

#[test]
fn no_name_stands_unquoted_in_mermaid() {
    let text = mermaid(&hostile());
    for line in text.lines().filter(|line| line.trim_start().starts_with('n')) {
        // One opening and one closing quote: none of the name's own are left.
        assert!(matches!(line.matches('"').count(), 0 | 2), "{line}");
    }
    assert!(text.contains("n2[\"a#quot;b<br/>1 module#59; #quot;x#quot;\"]"), "{text}");
    assert!(text.contains("  linkStyle 1 stroke:#d1242f"), "{text}");
    assert!(text.contains("  n3 -.-> n4"), "{text}");
}

#[test]
fn no_quote_ends_a_string_of_dot_or_d2() {
    for text in [dot(&hostile()), d2(&hostile())] {
        for line in text.lines() {
            let unescaped = line.replace("\\\\", "").replace("\\\"", "");
            assert_eq!(unescaped.matches('"').count() % 2, 0, "{line}");
        }
    }
    assert!(d2(&hostile()).contains("\"n5\": \"\\${HOME}"));
}

#[test]
fn what_does_not_fit_is_left_out_and_said() {
    let boxes = (0..50).map(|at| Node { key: at.to_string(), title: format!("b{at}"), ..Node::default() });
    let edges = (0..49).flat_map(|at| [(at, at + 1), (0, at + 1)]).filter(|(from, to)| from != to);
    let mut edges: Vec<Edge> = edges.map(|(from, to)| Edge { from, to, ..Edge::default() }).collect();
    edges[40].verdict = Verdict::Cycle;
    let graph = Graph { boxes: boxes.collect(), edges, ..Graph::default() }.limited(20, 10);
    assert_eq!((graph.boxes.len(), graph.edges.len()), (20, 10));
    assert!(graph.edges.iter().any(|edge| edge.verdict == Verdict::Cycle));
    assert!(graph.edges.iter().all(|edge| edge.from < 20 && edge.to < 20));
    assert_eq!(graph.left_out.len(), 2, "{:?}", graph.left_out);
    assert!(graph.left_out[0].starts_with("30 boxes"), "{:?}", graph.left_out);
}

#[test]
fn arrows_that_close_cycles_leave_room_for_the_others() {
    let boxes = (0..30).map(|at| Node { key: at.to_string(), title: format!("b{at}"), ..Node::default() });
    let edges = |cycles: usize, fine: usize| -> Vec<Edge> {
        let verdicts = [Verdict::Against { reason: "layers".to_owned() }].into_iter();
        let verdicts =
            verdicts.chain((0..cycles).map(|_| Verdict::Cycle)).chain((0..fine).map(|_| Verdict::Fine));
        verdicts
            .enumerate()
            .map(|(at, verdict)| Edge { from: at, to: at + 1, verdict, ..Edge::default() })
            .collect()
    };
    let all = Graph { boxes: boxes.collect(), ..Graph::default() };
    for (cycles, fine, wanted) in [(12, 12, (1, 4, 5)), (2, 20, (1, 2, 7)), (20, 2, (1, 7, 2))] {
        let graph = Graph { edges: edges(cycles, fine), ..all.clone() }.limited(30, 10);
        let count = |is_it: fn(&Verdict) -> bool| graph.edges.iter().filter(|it| is_it(&it.verdict)).count();
        let counts = (
            count(|it| matches!(it, Verdict::Against { .. })),
            count(|it| *it == Verdict::Cycle),
            count(Verdict::is_fine),
        );
        assert_eq!(counts, wanted, "{:?}", graph.left_out);
    }
}

#[test]
fn a_drawing_with_too_many_arrows_comes_in_parts_that_lose_nothing() {
    let boxes = (0..61).map(|at| Node { key: at.to_string(), title: format!("b{at}"), ..Node::default() });
    let edges = (0..60).flat_map(|from| (0..20).map(move |step| (from, (from + step + 1) % 60)));
    let edges: Vec<Edge> = edges.map(|(from, to)| Edge { from, to, ..Edge::default() }).collect();
    let whole = Graph { boxes: boxes.collect(), edges, ..Graph::default() };
    let names = |graph: &Graph| -> Vec<(String, String)> {
        let name = |at: usize| graph.boxes[at].title.clone();
        graph.edges.iter().map(|edge| (name(edge.from), name(edge.to))).collect()
    };
    let parts = whole.clone().parts();
    assert_eq!(parts.len(), 3);
    assert!(parts.iter().all(|part| part.edges.len() < 500));
    assert_eq!(parts.iter().flat_map(names).collect::<Vec<_>>(), names(&whole));
    assert!(parts.iter().any(|part| part.boxes.iter().any(|it| it.title == "b60")), "nobody imports it");
    for (at, part) in parts.iter().enumerate() {
        let said = format!("left[\"Part {} of 3: the whole is too large for one document.\"]", at + 1);
        assert!(mermaid(part).contains(&said), "{}", mermaid(part));
    }
    assert_eq!(hostile().parts(), [hostile()]);
}
