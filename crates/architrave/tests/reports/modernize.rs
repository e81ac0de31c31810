//! `modernize`: plans, and steps carried out.

use std::path::Path;
use std::{env, fs};

use serde_json::Value;

use crate::shell::Project;

/// `shop.users` imports `shop.orders.names`, which nothing in `shop.orders` needs, and `shop.orders` imports
/// `shop.users`.
fn shop() -> Project {
    Project::new(&[
        ("pyproject.toml", "[project]\nname = \"shop\"\n"),
        ("shop/__init__.py", ""),
        ("shop/orders/__init__.py", ""),
        ("shop/orders/names.py", "def shown(name: str) -> str:\n    return name.title()\n"),
        (
            "shop/orders/service.py",
            "from shop.users.account import Account\n\n\ndef place(account: Account) -> Account:\n    return account\n",
        ),
        ("shop/users/__init__.py", ""),
        (
            "shop/users/account.py",
            "from shop.orders.names import shown\n\n\nclass Account:\n    name = shown(\"ann\")\n",
        ),
        (
            "shop/users/letters.py",
            "from shop.orders.names import shown\nfrom shop.users.account import Account\n\n\n\
             def greet(account: Account) -> str:\n    return shown(account.name)\n",
        ),
        (
            "tests/test_letters.py",
            "from shop.users.letters import greet\n\n\ndef test_it() -> None:\n    greet\n",
        ),
    ])
}

fn committed(project: Project) -> Project {
    project.git(&["init", "--quiet"]);
    project.git(&["add", "."]);
    project.git(&["commit", "--quiet", "-m", "begin"]);
    project
}

fn steps(plan: &Value) -> Vec<&Value> {
    let phases = plan["phases"].as_array().unwrap();
    phases.iter().flat_map(|phase| phase["steps"].as_array().unwrap()).collect()
}

fn id_of<'p>(plan: &'p Value, stage: &str) -> &'p str {
    let ids = steps(plan).into_iter().map(|step| step["id"].as_str().unwrap());
    ids.into_iter().find(|id| id.starts_with(stage)).unwrap()
}

#[test]
fn a_step_is_carried_out_and_its_figures_come_true() {
    let project = committed(shop());
    let plan = project.run(&["modernize", "--format", "json"]).json();
    assert_eq!(plan["before"]["package_cycles"], 1, "{plan}");
    assert_eq!(
        (&plan["after"]["package_cycles"], &plan["after"]["layer_violations"]),
        (&0.into(), &0.into())
    );
    let step = id_of(&plan, "moves");
    let told = steps(&plan).into_iter().find(|it| it["id"] == step).unwrap();
    assert_eq!(told["command"], "architrave refactor move shop/orders/names.py shop/users/names.py");
    assert_eq!(told["untested"], serde_json::json!(["shop.orders.names", "shop.users.account"]));
    let tried = project.run(&["modernize", "--apply", step, "--dry-run"]);
    assert_eq!(tried.code, 0, "{}", tried.err);
    assert!(tried.out.contains("+from shop.users.names import shown"), "{}", tried.out);
    assert!(project.read("shop/orders/names.py").is_some(), "nothing is written");
    let done = project.run(&["modernize", "--apply", step]);
    assert_eq!(done.code, 0, "{}", done.err);
    assert!(project.read("shop/users/account.py").unwrap().starts_with("from shop.users.names import shown"));
    let after = project.run(&["modernize", "--format", "json"]).json();
    assert_eq!(after["before"], told["figures"], "what was foretold");
    let text = project.run(&["modernize"]);
    assert!(text.out.starts_with("nothing to do: "), "{}", text.out);
}

#[test]
fn a_dirty_work_tree_and_unknown_steps_are_refused() {
    let project = committed(shop());
    let plan = project.run(&["modernize", "--format", "json"]).json();
    let step = id_of(&plan, "moves");
    let unknown = project.run(&["modernize", "--apply", "moves-0"]);
    assert_eq!(unknown.code, 2);
    assert!(
        unknown.err.contains("no step is called `moves-0`") && unknown.err.contains(step),
        "{}",
        unknown.err
    );
    project.write("notes.txt", "mine");
    let dirty = project.run(&["modernize", "--apply", step]);
    assert_eq!(dirty.code, 2);
    assert!(dirty.err.contains("the work tree is not clean (notes.txt)"), "{}", dirty.err);
    assert!(project.read("shop/orders/names.py").is_some());
    let alone = shop().run(&["modernize", "--apply", step]);
    assert_eq!(alone.code, 2, "without git nothing is taken back: {}", alone.out);
}

#[test]
fn what_is_frozen_fails_on_what_is_new() {
    let project = committed(shop());
    let plan = project.run(&["modernize", "--format", "json"]).json();
    let contract = project.run(&["modernize", "--apply", id_of(&plan, "freeze")]);
    assert_eq!((contract.code, contract.out.as_str()), (0, "architrave.toml\n"), "{}", contract.err);
    let check = project.run(&["check"]);
    assert_eq!(check.code, 0, "what closes cycles today is excepted: {}", check.out);
    project.write(
        "shop/users/audit.py",
        "from shop.orders.service import place\n\n\ndef audit() -> object:\n    return place\n",
    );
    let check = project.run(&["check"]);
    assert_eq!(check.code, 1);
    assert!(check.out.contains("Packages stay free of cycles"), "{}", check.out);
}

#[test]
fn where_nothing_can_be_planned_it_is_said() {
    for (files, words) in [
        (&[("pyproject.toml", "[project]\nname = \"shop\"\n")][..], "no Python"),
        (&[("pyproject.toml", "[project]\nname = \"shop\"\n"), ("shop.py", "X = 1\n")], "one module"),
    ] {
        let run = Project::new(files).run(&["modernize"]);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{words}");
        assert!(run.err.contains(words), "{}", run.err);
    }
    let nowhere = shop().run(&["modernize", "nowhere"]);
    assert_eq!(nowhere.code, 2);
    assert!(nowhere.err.contains("nowhere"), "{}", nowhere.err);
}

/// The page of a sample; `UPDATE_PAGES=1` rewrites it.
#[test]
fn the_plan_of_a_sample_is_as_it_was() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let project = Project::new(&[]);
    let sample = here.join("../../tests/projects/parcels");
    let run =
        project.run(&["modernize", sample.to_str().unwrap(), "--style", "clean", "--format", "markdown"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let page = here.join("tests/reports/parcels.plan.md");
    if env::var_os("UPDATE_PAGES").is_some() {
        fs::write(&page, &run.out).unwrap();
    }
    assert_eq!(run.out, fs::read_to_string(&page).unwrap_or_default().replace("\r\n", "\n"));
    let html = project.run(&["modernize", sample.to_str().unwrap(), "--format", "html"]);
    assert!(html.out.ends_with("</body></html>\n") && !html.out.contains("<script"), "{}", html.out);
}
