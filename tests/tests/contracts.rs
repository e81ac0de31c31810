//! Problems of contracts, reported in the file that declares them.

use tests::TestProject;

const FILES: [(&str, &str); 4] = [
    ("shop/web.py", "from shop import data\nimport requests\n"),
    ("shop/data/__init__.py", ""),
    ("shop/data/rows.py", "from shop import web\n"),
    ("shop/tools/paths.py", "import os\n"),
];

fn problems(contract: &str) -> Vec<String> {
    let config = format!("[[contracts]]\nname = \"C\"\n{contract}\n");
    let files = FILES.into_iter().chain([("architrave.toml", config.as_str())]);
    let project = TestProject::new(files);
    assert_eq!(project.config_problems(), [""; 0], "{contract}");
    project.contract_problems()
}

#[test]
fn a_contract_over_something_and_exceptions_that_are_needed_are_fine() {
    let fine = [
        "type = \"layers\"\nlayers = [\"shop.web\", \"(shop.jobs)\", \"shop.data\"]\n\
         ignore-imports = [\"shop.data.* -> shop.web\"]",
        "type = \"layers\"\ncontainers = [\"shop\"]\nlayers = [\"web\", \"data\"]",
        "type = \"forbidden\"\nsource-modules = [\"shop\"]\nforbidden-modules = [\"requests\"]\n\
         ignore-imports = [\"shop.web -> requests\"]",
        "type = \"independence\"\nmodules = [\"shop.*\"]",
        "type = \"protected\"\nprotected-modules = [\"shop.data\"]\nallowed-importers = [\"shop.web\"]",
        "type = \"acyclic\"\nancestors = [\"shop\"]",
        // A folder without `__init__` is a package.
        "type = \"independence\"\nmodules = [\"shop.tools\", \"shop.data\"]",
    ];
    for contract in fine {
        assert_eq!(problems(contract), [""; 0], "{contract}");
    }
}

#[test]
fn a_contract_over_nothing_is_told() {
    let table = [
        ("type = \"layers\"\nlayers = [\"shop.web\", \"shop.jobs\", \"shop.data\"]", "shop.jobs"),
        ("type = \"layers\"\ncontainers = [\"shop\"]\nlayers = [\"web\", \"jobs\"]", "shop.jobs"),
        ("type = \"layers\"\ncontainers = [\"shops\"]\nlayers = [\"(web)\", \"(data)\"]", "shops"),
        ("type = \"forbidden\"\nsource-modules = [\"shop.jobs\"]\nforbidden-modules = [\"x\"]", "shop.jobs"),
        ("type = \"independence\"\nmodules = [\"shop.web\", \"shop.job.*\"]", "shop.job.*"),
        ("type = \"protected\"\nprotected-modules = [\"shop.rows\"]", "shop.rows"),
        ("type = \"acyclic\"\nancestors = [\"shops\"]", "shops"),
    ];
    for (contract, named) in table {
        let expected =
            format!("/project/architrave.toml: the contract \"C\" names {named}, which is no module");
        assert_eq!(problems(contract), [expected], "{contract}");
    }
}

#[test]
fn an_exception_that_excepts_nothing_is_told_once() {
    let contract = "type = \"layers\"\nlayers = [\"shop.web\", \"shop.data\"]\n\
                    ignore-imports = [\"shop.data.rows -> shop.web\", \"shop.data -> shop.web\"]";
    let expected = "/project/architrave.toml: no import matches `shop.data -> shop.web`";
    assert_eq!(problems(contract), [expected]);
}

#[test]
fn modules_of_tach_that_name_nothing_are_told() {
    let tach = "[[modules]]\npath = \"shop\"\ndepends_on = [\"shop.dat\", { path = \"shop.web\", deprecated = true }]\n\
                cannot_depend_on = [\"shop.nothing\", \"shop.*.x\"]\n\
                [[modules]]\npath = \"shop.web\"\nvisibility = [\"shop.data\"]\n\
                [[modules]]\npath = \"shop.jobs\"\n[[modules]]\npath = \"shop.tools\"\n\
                [[interfaces]]\nexpose = [\"rows\"]\nfrom = [\"shop.data\"]\n";
    let domain = "[[modules]]\npath = \"rows\"\n[[modules]]\npath = \"columns\"\n";
    let files = [("tach.toml", tach), ("shop/data/tach.domain.toml", domain)];
    let project = TestProject::new(FILES.into_iter().chain(files));
    let expected = [
        "/project/tach.toml: `shop.dat` is no module",
        "/project/tach.toml: `shop.nothing` is no module",
        "/project/tach.toml: `shop.web` is not visible to `shop`",
        "/project/tach.toml: `shop.jobs` is no module",
        "/project/shop/data/tach.domain.toml: `shop.data.columns` is no module",
    ];
    assert_eq!(project.contract_problems(), expected);
}

#[test]
fn what_import_linter_refuses_is_told() {
    let config = |external: &str| {
        format!(
            "[importlinter]\nroot_package = shop\n{external}\n[importlinter:contract:c]\nname = C\ntype = forbidden\n\
             source_modules = shop\nforbidden_modules =\n    requests\n    shop.gone\n"
        )
    };
    let problems =
        |text: &str| TestProject::new(FILES.into_iter().chain([(".importlinter", text)])).contract_problems();
    let gone = "/project/.importlinter: the contract \"C\" names shop.gone, which is no module";
    let refused = "/project/.importlinter: import-linter refuses to look at `requests` without \
                   `include_external_packages = True`";
    assert_eq!(problems(&config("")), [gone, refused]);
    assert_eq!(problems(&config("include_external_packages = True")), [gone]);
}

#[test]
fn patterns_that_match_nothing_are_told_where_they_are_written() {
    let table = [
        (
            "[layers]\ndomain = ['shop', 'shop.dta']",
            "'shop.dta'",
            "`shop.dta` matches no module, did you mean `shop.data`?",
        ),
        ("[layers]\ndomain = ['shop.*.domain']", "'shop.*.domain'", "`shop.*.domain` matches no module"),
        ("[layers]\ndomain = ['src/shop/']", "'src/shop/'", "`src/shop/` matches no module"),
        ("contexts = ['shops']", "'shops'", "`shops` matches no package"),
        ("[[overrides]]\npaths = ['shop/', 'scripts/']", "'scripts/'", "`scripts/` matches no file"),
        (
            "[[contracts]]\nname = 'C'\ntype = 'independence'\nmodules = ['shop.web', 'shop.jobs']",
            "'shop.jobs'",
            "the contract \"C\" names shop.jobs, which is no module",
        ),
        ("contexts = ['shop']\n[layers]\ndomain = ['shop.data', 'shop/data/']", "", ""),
    ];
    for (configuration, written, message) in table {
        let project = TestProject::new(FILES.into_iter().chain([("architrave.toml", configuration)]));
        let problems = project.snapshot().contract_problems();
        let told: Vec<(&str, &str)> = problems
            .iter()
            .map(|it| (&configuration[it.span.start as usize..it.span.end as usize], it.message.as_str()))
            .collect();
        let expected = [(written, message)];
        assert_eq!(told, expected[..usize::from(!message.is_empty())], "{configuration}");
    }
}
