//! Plans of small graphs, and invariants of every plan.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use proptest::prelude::*;

use crate::facts::{Facts, Pair, Role, Used, What};
use crate::fixture::facts;
use crate::make::{Plan, make};
use crate::steps::Stage;
use crate::text;
use crate::trial::Untried;

/// The steps with the dependencies that they remove, one per line.
fn told(plan: &Plan) -> Vec<String> {
    let steps = plan.steps().filter(|step| step.stage != Stage::Freeze);
    steps
        .map(|step| {
            let edits: Vec<String> =
                step.edits.iter().map(|edit| format!("{} -> {}", edit.importer, edit.imported)).collect();
            let edits = if edits.is_empty() { String::new() } else { format!(": {}", edits.join(", ")) };
            format!("{} {}{edits}", step.stage.as_str(), step.title)
        })
        .collect()
}

fn of(text: &str, style: &str) -> Plan {
    made(&facts(text, style))
}

fn made(facts: &Facts) -> Plan {
    let plan = make(facts, &Untried);
    holds(facts, &plan);
    plan
}

/// The invariants of every plan.
fn holds(facts: &Facts, plan: &Plan) {
    assert!(plan.after.are_clean(), "{}", text(plan));
    let there: BTreeSet<Pair> =
        facts.architecture.imports.iter().map(|import| (import.from, import.to)).collect();
    let mut ids = BTreeSet::new();
    for step in plan.steps() {
        assert!(step.after.iter().all(|id| ids.contains(id)), "{} comes after {:?}", step.id, step.after);
        assert!(ids.insert(step.id.clone()), "{} names two steps", step.id);
        assert!(step.opens.is_empty(), "{} opens {:?}", step.id, step.opens);
        for edit in &step.edits {
            assert!(there.contains(&edit.pair), "{} -> {} is not there", edit.importer, edit.imported);
            assert!(!edit.imports.is_empty(), "{} -> {} has no place", edit.importer, edit.imported);
        }
    }
    let is_more = |pair: &[usize]| pair[0] < pair[1];
    let violations: Vec<usize> = plan.steps().map(|step| step.figures.layer_violations).collect();
    assert!(!violations.windows(2).any(is_more), "violations come back: {violations:?}");
    assert_eq!(*plan, make(facts, &Untried), "the same code gives the same plan");
}

#[test]
fn where_all_is_well_nothing_is_to_do() {
    let plan = of("shop.api -> shop.orders.service\nshop.orders.service -> shop.kit", "layered");
    assert!(plan.is_empty());
    assert_eq!(
        text(&plan),
        "nothing to do: 3 modules with 2 dependencies hold to the layered style, without a cycle\n"
    );
}

/// What a framework loads names what it loads by nature: nobody could hand it over.
#[test]
fn a_module_that_nobody_imports_keeps_its_imports() {
    let plan = of(
        "app.site.urls presentation\napp.shop.views presentation\napp.site.urls -> app.shop.views\n\
         app.shop.views -> app.site.models\napp.shop.mail -> app.site.models\napp.shop.tasks -> app.site.models",
        "layered",
    );
    assert_eq!(told(&plan), ["moves move `app.site.models` into `app.shop`"]);
}

/// Nor is it cheaper to take its imports out where many go the other way.
#[test]
fn a_table_of_urls_is_not_cut_for_a_large_package() {
    let mut text =
        "app.site.urls presentation\napp.shop.views presentation\napp.site.urls -> app.shop.views\n"
            .to_owned();
    for number in 0..60 {
        let _ =
            writeln!(text, "app.shop.m{number} -> app.site.config\napp.site.n{number} -> app.site.config");
    }
    let cuts = of(&text, "layered");
    let edits: Vec<&str> = cuts.steps().flat_map(|step| &step.edits).map(|it| it.importer.as_str()).collect();
    assert!(!edits.contains(&"app.site.urls"), "{edits:?}");
}

#[test]
fn an_import_against_the_direction_is_turned_around() {
    let plan = of(
        "shop.domain.order domain\nshop.infra.db infrastructure\nshop.domain.order -> shop.infra.db!\n\
         shop.infra.db -> shop.domain.order",
        "clean",
    );
    assert_eq!(
        told(&plan),
        ["ports let `shop.domain.order` stop importing `shop.infra.db`: shop.domain.order -> shop.infra.db"]
    );
    let steps: Vec<_> = plan.steps().filter(|step| step.stage == Stage::Ports).collect();
    assert_eq!(steps[0].clears, [("layer-violation".to_owned(), 1)]);
    assert_eq!((plan.before.layer_violations, plan.before.package_cycles), (1, 1));
}

#[test]
fn a_large_cycle_is_a_plan_of_few_steps() {
    let ring = (0..100).map(|number| format!("shop.m{number:02} -> shop.m{:02}", (number + 1) % 100));
    let plan = of(&ring.collect::<Vec<String>>().join("\n"), "layered");
    assert_eq!(plan.before.modules_in_cycles, 100);
    assert_eq!(told(&plan).len(), 1, "{}", text(&plan));
}

#[test]
fn a_module_in_the_wrong_package_goes_to_the_right_one() {
    let plan = of(
        "shop.orders.names\nshop.orders.service -> shop.users.model\nshop.users.service -> shop.orders.names\n\
         shop.users.mail -> shop.orders.names\nshop.users.service -> shop.users.model",
        "layered",
    );
    assert_eq!(told(&plan), ["moves move `shop.orders.names` into `shop.users`"]);
    let step = plan.steps().find(|step| step.stage == Stage::Moves).expect("there is one");
    assert_eq!(
        step.command.as_deref(),
        Some("architrave refactor move shop/orders/names.py shop/users/names.py")
    );
    assert_eq!((plan.before.package_cycles, step.figures.package_cycles), (1, 0));
}

#[test]
fn what_a_framework_finds_by_its_place_stays() {
    let mut facts = facts(
        "shop.orders.names\nshop.orders.service -> shop.users.model\nshop.users.service -> shop.orders.names\n\
         shop.users.mail -> shop.orders.names\nshop.users.service -> shop.users.model",
        "layered",
    );
    for module in &mut facts.modules {
        module.bound = Some("it is found by its name or its place");
    }
    assert_eq!(told(&made(&facts)).len(), 1);
    assert!(told(&made(&facts))[0].starts_with("cuts "), "{:?}", told(&made(&facts)));
}

#[test]
fn hubs_stop_importing_what_rests_on_them() {
    let mut lines = vec!["shop.kit.base -> shop.p0.m".to_owned(), "shop.kit.base -> shop.p1.m".to_owned()];
    for number in 0..9 {
        lines.push(format!("shop.p{number}.m -> shop.kit.base"));
        lines.push(format!("shop.p{number}.n -> shop.kit.other"));
    }
    let plan = of(&lines.join("\n"), "layered");
    assert_eq!(
        told(&plan),
        ["hubs let `shop.kit` stop importing `shop.p0` and `shop.p1`: shop.kit.base -> shop.p0.m, \
          shop.kit.base -> shop.p1.m"]
    );
}

#[test]
fn what_closes_cycles_today_is_an_exception_of_the_contract() {
    let plan = of("shop.a.x -> shop.b.y\nshop.b.y -> shop.a.x", "layered");
    let contract = plan.steps().next().expect("the first step freezes");
    assert_eq!(contract.stage, Stage::Freeze);
    let Some(crate::Command::Contract { text, .. }) = &contract.action else {
        panic!("{contract:?}");
    };
    assert!(text.contains("ancestors = [\"shop\"]"), "{text}");
    assert!(text.contains("\"shop.a.x -> shop.b.y\"") ^ text.contains("\"shop.b.y -> shop.a.x\""), "{text}");
    assert_eq!(plan.steps().nth(1).map(|step| step.after.clone()), Some(vec![contract.id.clone()]));
}

/// The index of a module.
fn at(facts: &Facts, name: &str) -> u32 {
    facts.architecture.modules.iter().position(|module| module.name == name).expect("it is named") as u32
}

/// Lets a module use a name of another.
fn uses(facts: &mut Facts, from: &str, to: &str, name: &str, role: Role, what: What, origin: Option<&str>) {
    let pair = (at(facts, from), at(facts, to));
    let origin = origin.map(|name| at(facts, name));
    let used = Used { name: name.to_owned(), roles: [role].into(), what, origin };
    facts.uses.entry(pair).or_default().push(used);
}

/// The instructions of a plan.
fn advice(facts: &Facts) -> Vec<String> {
    let plan = made(facts);
    let edits = plan.steps().flat_map(|step| &step.edits);
    edits.map(|edit| format!("{}: {}", edit.importer, edit.advice)).collect()
}

/// Who doesn't run a module can't hand it anything.
#[test]
fn the_root_is_that_of_the_program_that_runs_the_importer() {
    let of = |more: &str| {
        let text = format!(
            "shop.app composition\nshop.app -> shop.a.x\nshop.app -> shop.b.x\nshop.app -> shop.c.x\n\
             shop.core.login -> shop.cli.ask!\n{more}"
        );
        let mut facts = facts(&text, "layered");
        uses(&mut facts, "shop.core.login", "shop.cli.ask", "confirm", Role::Call, What::Function, None);
        advice(&facts)
    };
    assert_eq!(of(""), ["shop.core.login: take `confirm` as a parameter"]);
    assert_eq!(
        of("shop.a.x -> shop.core.login"),
        ["shop.core.login: take `confirm` as a parameter that `shop.app` gives"]
    );
}

/// A step speaks of the code as the steps before leave it.
#[test]
fn a_cut_after_a_move_names_the_module_where_it_is_then() {
    let mut text = "shop.orders.names -> shop.orders.mail\nshop.users.x -> shop.orders.names\n\
                    shop.users.y -> shop.orders.names\nshop.users.z -> shop.orders.names\n"
        .to_owned();
    for model in ["a", "b", "c"] {
        let _ = write!(
            text,
            "shop.orders.{model} -> shop.users.m{model}\nshop.orders.{model} -> shop.orders.mail\nshop.users.x -> shop.users.m{model}\n\
             shop.users.y -> shop.users.m{model}\nshop.users.z -> shop.users.m{model}\n"
        );
    }
    let mut facts = facts(&text, "layered");
    uses(&mut facts, "shop.orders.names", "shop.orders.mail", "Mail", Role::Base, What::Class, None);
    let said = "shop.users.names: move `Mail`, with what it needs, into `shop.users`, from where `shop.orders.mail` may import it";
    assert_eq!(advice(&facts), [said], "{}", crate::text(&made(&facts)));
}

#[test]
fn two_importers_of_a_step_move_a_name_to_one_place() {
    let mut facts = facts(
        "shop.cli.commands.event -> shop.server.schemas!\nshop.cli.services.page -> shop.server.schemas!",
        "layered",
    );
    for from in ["shop.cli.commands.event", "shop.cli.services.page"] {
        uses(&mut facts, from, "shop.server.schemas", "LIMIT", Role::Value, What::Variable, None);
    }
    let said = "move `LIMIT`, with what it needs, into a module of its own in `shop`, from where all of them may import it";
    let expected =
        ["shop.cli.commands.event", "shop.cli.services.page"].map(|from| format!("{from}: {said}"));
    assert_eq!(advice(&facts), expected);
}

#[test]
fn a_name_is_imported_from_where_it_is_defined() {
    let mut facts =
        facts("shop.aws.setup -> shop.all!\nshop.aws.models\nshop.all -> shop.aws.models", "layered");
    uses(
        &mut facts,
        "shop.aws.setup",
        "shop.all",
        "Config",
        Role::Call,
        What::Class,
        Some("shop.aws.models"),
    );
    let said = "shop.aws.setup: import `Config` from `shop.aws.models`, where it is defined";
    assert_eq!(advice(&facts), [said]);
}

fn module() -> impl Strategy<Value = String> {
    (0..4_u8, 0..3_u8, 0..3_u8).prop_map(|(outer, inner, module)| match inner {
        0 => format!("shop.p{outer}.m{module}"),
        _ => format!("shop.p{outer}.q{inner}.m{module}"),
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn every_plan_ends_without_a_cycle(
        arrows in prop::collection::vec((module(), module(), prop::bool::weighted(0.1)), 1..60)
    ) {
        let apart = arrows.iter().filter(|(from, to, _)| from != to);
        let lines: Vec<String> =
            apart.map(|(from, to, wrong)| format!("{from} -> {to}{}", if *wrong { "!" } else { "" })).collect();
        if !lines.is_empty() {
            made(&facts(&lines.join("\n"), "layered"));
        }
    }
}
