use super::*;

fn read(name: &str, text: &str) -> (String, String, bool) {
    let found = packaging(Utf8Path::new("/p").join(name).as_path(), text).unwrap_or_default();
    (found.required.join(" "), found.optional.join(" "), found.is_complete)
}

#[test]
fn what_is_required_and_what_is_optional() {
    let cases: &[(&str, &str, (&str, &str, bool))] = &[
        ("pyproject.toml", "[tool.black]\nline-length = 3\n", ("", "", false)),
        (
            "pyproject.toml",
            "[project]\nname='a'\ndependencies=['FastAPI[all]>=0.1', 'ruamel.yaml; python_version > \"3\"']\n\
             [project.optional-dependencies]\ns3=['boto3']\nall=['a[s3]']\n",
            ("fastapi ruamel-yaml", "a boto3", true),
        ),
        ("pyproject.toml", "[project]\nname='a'\ndynamic=['dependencies']\n", ("", "", false)),
        (
            "pyproject.toml",
            "[project]\nname='a'\n[dependency-groups]\ndev=['pytest', {include-group='x'}]\n",
            ("", "pytest", true),
        ),
        (
            "pyproject.toml",
            "[tool.poetry.dependencies]\npython='^3.9'\nflask='*'\nredis={version='*', optional=true}\n\
             [tool.poetry.group.dev.dependencies]\nmypy='*'\n[tool.poetry.dev-dependencies]\nblack='*'\n",
            ("flask", "black mypy redis", true),
        ),
        ("pyproject.toml", "[tool.uv]\ndev-dependencies=['ruff']\n", ("", "ruff", false)),
        (
            "setup.cfg",
            "[options]\ninstall_requires =\n    flask>=2\n    # no\n    Foo_Bar\n\n[options.extras_require]\nx =\n    redis\n",
            ("flask foo-bar", "redis", true),
        ),
        ("setup.cfg", "[options]\ninstall_requires = file: requirements.txt\n", ("", "", false)),
        (
            "setup.py",
            "setup(\n  install_requires=[\n    'flask', # 'no'\n    \"redis>=3\",\n  ],\n  extras_require={'s3': ['boto3']})\n",
            ("flask redis", "boto3 s3", true),
        ),
        ("setup.py", "setup(install_requires=read('requirements.txt'))", ("", "", false)),
        ("setup.py", "setup(install_requires=['flask", ("", "", false)),
    ];
    for (name, text, (required, optional, is_complete)) in cases {
        let expected = ((*required).to_owned(), (*optional).to_owned(), *is_complete);
        assert_eq!(read(name, text), expected, "{name}: {text}");
    }
}

#[test]
fn the_distribution_has_a_name() {
    let name = |file: &str, text: &str| {
        packaging(Utf8Path::new("/p").join(file).as_path(), text).and_then(|found| found.name)
    };
    assert_eq!(name("pyproject.toml", "[project]\nname = 'shop'\n").as_deref(), Some("shop"));
    assert_eq!(name("pyproject.toml", "[tool.poetry]\nname = 'shop'\n").as_deref(), Some("shop"));
    assert_eq!(name("setup.cfg", "[metadata]\nname = shop\n").as_deref(), Some("shop"));
    assert_eq!(name("pyproject.toml", "[tool.black]\nline-length = 3\n"), None);
}
