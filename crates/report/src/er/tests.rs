use super::*;

fn column(name: &str, sql_type: &str) -> Column {
    Column { name: name.to_owned(), sql_type: Some(sql_type.to_owned()), ..Column::default() }
}

fn shop() -> Er {
    let table = |name: &str, class: &str, columns: Vec<Column>| Table {
        name: name.to_owned(),
        class: Some(class.to_owned()),
        columns,
        ..Table::default()
    };
    let key = Column { is_primary_key: true, ..column("id", "int") };
    Er {
        title: "Entities".to_owned(),
        tables: vec![
            table("one", "One", vec![key.clone(), column("a\"b; {c}", "list[\"x\"] | dict")]),
            table(
                "orders",
                "Order",
                vec![
                    key,
                    Column { is_foreign_key: true, is_nullable: true, ..column("customer_id", "int") },
                    Column { enumeration: Some("Status".to_owned()), ..column("status", "Enum(Status)") },
                ],
            ),
        ],
        links: vec![Link {
            from: 1,
            to: 0,
            kind: LinkKind::Key,
            from_end: End::Many,
            to_end: End::ZeroOrOne,
            by: vec!["customer_id".to_owned()],
            label: "customer / \"orders\" (selectin)".to_owned(),
            crosses: true,
        }],
        enumerations: vec![Enumeration {
            name: "Status".to_owned(),
            members: vec!["OPEN".to_owned(), "PAID".to_owned()],
        }],
        left_out: Vec::new(),
    }
}

#[test]
fn names_that_the_grammar_takes_for_words_do_no_harm() {
    assert_eq!(
        mermaid(&shop()),
        "erDiagram
  accTitle: Entities
  e1[\"One (one)\"] {
    int id PK
    list[_x_]_dict a_b__c_
  }
  e2[\"Order (orders)\"] {
    int id PK
    int customer_id FK \"nullable\"
    Enum(Status) status \"OPEN PAID\"
  }
  e1 |o--o{ e2 : \"customer / 'orders' (selectin) (crosses contexts)\"
"
    );
}

#[test]
fn a_choice_keeps_what_is_near() {
    let all = shop();
    let near = all
        .clone()
        .chosen(&Choice { around: Some("Order".to_owned()), hops: 0, ..Choice::default() })
        .expect("there is one");
    assert_eq!((near.tables.len(), near.links.len()), (1, 0));
    let near = all
        .clone()
        .chosen(&Choice { around: Some("orders".to_owned()), hops: 1, ..Choice::default() })
        .expect("there is one");
    assert_eq!((near.tables.len(), near.links.len()), (2, 1));
    let unknown = all
        .chosen(&Choice { around: Some("ord".to_owned()), hops: 1, ..Choice::default() })
        .expect_err("there is none");
    assert_eq!(unknown.to_string(), "there is no entity or table called `ord`; there is Order (orders)");
    let unknown = shop()
        .chosen(&Choice { around: Some("Odrer".to_owned()), hops: 1, ..Choice::default() })
        .expect_err("there is none");
    assert_eq!(unknown.to_string(), "there is no entity or table called `Odrer`; there is Order (orders)");
}

#[test]
fn what_is_too_much_is_left_out_and_said() {
    let mut all = shop();
    all.tables.extend((0..60).map(|at| Table { name: format!("t{at}"), ..Table::default() }));
    let few = all.chosen(&Choice::default()).expect("there is one");
    assert_eq!((few.tables.len(), few.links.len()), (40, 1));
    assert!(few.left_out[0].starts_with("22 of 62 tables"), "{:?}", few.left_out);
}

#[test]
fn tables_that_are_too_many_come_in_parts_that_lose_nothing() {
    let table = |at: usize| Table {
        name: format!("table_{at}"),
        columns: (0..40)
            .map(|column| Column { name: format!("column_{column}_with_a_long_name"), ..Column::default() })
            .collect(),
        ..Table::default()
    };
    let link = |from: usize| Link {
        from,
        to: 0,
        kind: LinkKind::Key,
        from_end: End::Many,
        to_end: End::One,
        by: vec!["parent_id".to_owned()],
        label: String::new(),
        crosses: false,
    };
    let whole = Er {
        title: "Entities".to_owned(),
        tables: (0..60).map(table).collect(),
        links: (1..60).map(link).collect(),
        ..Er::default()
    };
    let parts = whole.clone().parts();
    assert!(parts.len() > 1);
    let columns = |er: &Er| er.tables.iter().map(|it| it.columns.len()).sum::<usize>();
    assert_eq!(parts.iter().map(columns).sum::<usize>(), columns(&whole));
    assert_eq!(parts.iter().map(|part| part.links.len()).sum::<usize>(), whole.links.len());
    for part in &parts {
        let text = mermaid(part);
        assert!(text.len() < 50_000, "{}", text.len());
        assert!(part.tables.iter().any(|it| it.name == "table_0"), "where the keys lead");
        assert!(text.starts_with("---\ntitle: \"Entities. Part "), "{}", &text[..80]);
    }
}
