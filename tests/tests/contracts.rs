//! What is said about contracts as such, in the file that declares them.

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

/// tach's interfaces become contracts that allow whoever belongs to no module; here nobody is left.
#[test]
fn patterns_that_nobody_wrote_are_not_missed() {
    let tach = "[[modules]]\npath = \"shop\"\n[[modules]]\npath = \"shop.data\"\n\
                [[interfaces]]\nexpose = [\"rows\"]\nfrom = [\"shop.data\"]\n";
    let project = TestProject::new(FILES.into_iter().chain([("tach.toml", tach)]));
    assert_eq!(project.contract_problems(), [""; 0]);
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
