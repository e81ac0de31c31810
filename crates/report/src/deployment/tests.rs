use super::address::{Address, addresses};
use super::command::named;
use super::*;

fn files(list: &[(&str, &str)]) -> Vec<File> {
    list.iter().map(|(path, text)| File { path: (*path).to_owned(), text: (*text).to_owned() }).collect()
}

const COMPOSE: &str = "
x-env: &env
  DATABASE_URL: postgresql+asyncpg://shop:hunter2@db:5432/shop
  CACHE_URL: redis://cache:6379/0
services:
  api:
    build: .
    environment:
      <<: *env
      PAYMENTS: https://user:secret@pay.example.com/v1
    ports: ['8000:80']
    depends_on: [db]
  worker:
    build: .
    command: celery -A shop.worker worker
    environment:
      - BROKER=amqp://guest:guest@rabbit:5672//
  db:
    image: docker.io/library/postgres:16
    environment: {POSTGRES_PASSWORD: hunter2}
  unused:
    image: redis:7
";

fn architecture() -> Architecture {
    let mut architecture = Architecture {
        schema: 1,
        name: "shop".to_owned(),
        root: "/shop".into(),
        style: String::new(),
        lanes: Vec::new(),
        folders: Vec::new(),
        modules: Vec::new(),
        left_out: ide::architecture::LeftOut::default(),
        imports: Vec::new(),
        violations: Vec::new(),
        cycles: Vec::new(),
        picture: ide::architecture::Picture {
            shown: Vec::new(),
            rest: Vec::new(),
            folded: None,
            boxes: Vec::new(),
            edges: Vec::new(),
        },
    };
    for name in ["shop.main", "shop.mail"] {
        architecture.modules.push(ide::architecture::Module {
            name: name.to_owned(),
            path: format!("{}.py", name.replace('.', "/")).into(),
            folder: 0,
            layer: None,
            confidence: None,
            is_sure: false,
            reason: None,
            context: None,
            is_package: false,
        });
    }
    architecture.imports.push(ide::architecture::Import {
        from: 0,
        to: 1,
        line: 1,
        when: ide::architecture::ImportTime::Load,
        names: Vec::new(),
    });
    architecture
}

fn edges(graph: &Graph) -> Vec<String> {
    let title = |at: usize| graph.boxes[at].title.as_str();
    let show = |edge: &Edge| {
        let mark = edge.verdict.reason().map(|reason| format!(" ! {reason}")).unwrap_or_default();
        format!(
            "{} -> {}: {}{mark}",
            title(edge.from),
            title(edge.to),
            edge.label.as_deref().unwrap_or_default()
        )
    };
    graph.edges.iter().map(show).collect()
}

#[test]
fn compose_and_code_are_joined_and_gaps_are_marked() {
    let docker = "FROM python:3.13\nCMD [\"uvicorn\", \\\n \"shop.main:app\"]\n";
    let files = files(&[("compose.yaml", COMPOSE), ("Dockerfile", docker)]);
    let clients = Clients::from([("shop/mail.py".to_owned(), BTreeSet::from(["NATS", "PostgreSQL"]))]);
    let graph = deployment(&architecture(), &clients, &files).expect("there are services");
    assert_eq!(
        edges(&graph),
        [
            "api -> cache: CACHE_URL ! CACHE_URL names cache, and no service here is called so",
            "api -> db: DATABASE_URL",
            "api -> pay.example.com: PAYMENTS",
            "api -> NATS: not said here ! the code is a client of NATS, and nothing here runs it",
            "worker -> rabbit: BROKER ! BROKER names rabbit, and no service here is called so",
        ]
    );
    let api = graph.boxes.iter().find(|it| it.title == "api").expect("it is drawn");
    assert_eq!(api.details, ["shop.main", "port 8000"]);
    let worker = graph.boxes.iter().find(|it| it.title == "worker").expect("it is drawn");
    assert_eq!(worker.details, ["shop.worker is no module here"]);
    assert_eq!(graph.left_out, ["No file says what talks to unused."]);
    let all = format!("{graph:?}");
    assert!(!all.contains("hunter2") && !all.contains("secret") && !all.contains("guest"), "{all}");
}

#[test]
fn manifests_are_read_and_templates_are_counted() {
    let manifest = "
apiVersion: apps/v1
kind: Deployment
metadata: {name: api}
spec:
  template:
    spec:
      containers:
        - name: api
          image: shop:1
          command: [python, -m, shop.main]
          env:
            - {name: DB_HOST, value: postgres.shop.svc.cluster.local}
            - {name: DB_PASSWORD, valueFrom: {secretKeyRef: {name: db, key: password}}}
---
apiVersion: v1
kind: Service
metadata: {name: postgres}
spec: {selector: {app: database}}
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: database}
spec: {template: {spec: {containers: [{name: db, image: 'postgres:16'}]}}}
";
    let files = files(&[
        ("k8s/all.yaml", manifest),
        ("chart/x.yaml", "apiVersion: v1\nkind: {{ x }}\n"),
        ("other.yml", "a: ["),
    ]);
    let graph = deployment(&architecture(), &Clients::new(), &files).expect("there are services");
    assert_eq!(edges(&graph), ["api -> database: DB_HOST"]);
    assert_eq!(graph.left_out, ["Files that were not read, as templates or no YAML: 1."]);
    assert!(deployment(&architecture(), &Clients::new(), &[]).is_none());
}

#[test]
fn of_an_address_only_scheme_and_host_are_kept() {
    let found = addresses("a=redis://:p@ss@cache:6379/0, http://x.example.com?y=1 ://z");
    let of = |scheme: &str, host: &str| Address { scheme: scheme.to_owned(), host: host.to_owned() };
    assert_eq!(found, [of("redis", "cache"), of("http", "x.example.com")]);
    assert!(addresses("postgresql://${USER}:${PASSWORD}@${HOST}/x").is_empty());
}

#[test]
fn commands_name_modules() {
    let of = |text: &str| named(&text.split(' ').map(str::to_owned).collect::<Vec<_>>());
    for (command, module) in [
        ("uvicorn shop.main:app --host 0.0.0.0", Some("shop.main")),
        ("python -m uvicorn shop.main:app", Some("shop.main")),
        ("celery -A shop.worker worker", Some("shop.worker")),
        ("gunicorn shop.wsgi --bind :8000", Some("shop.wsgi")),
        ("python manage.py migrate", Some("manage")),
        ("fastapi run app/main.py", Some("app.main")),
        ("redis-server --save 60", None),
        ("wait http://db:5432", None),
    ] {
        assert_eq!(of(command).as_deref(), module, "{command}");
    }
}

#[test]
fn defaults_of_variables_are_read_and_no_part_of_a_password_is_a_host() {
    let hosts = |value: &str| addresses(value).into_iter().map(|it| it.host).collect::<Vec<_>>();
    assert_eq!(hosts("postgresql://shop:${PASSWORD:?Variable not set}@db:5432/shop"), ["db"]);
    assert_eq!(hosts("${CACHE_URL:-redis://:${PASSWORD}@cache:6379/0}"), ["cache"]);
    assert_eq!(hosts("redis://${CACHE:-cache}:6379"), ["cache"]);
    assert!(hosts("amqp://guest:hunter/2@rabbit:5672").is_empty());
    assert!(hosts("amqp://hunter?2@rabbit").is_empty());
    assert_eq!(hosts("http://a/x,http://u:p@b/y"), ["a", "b"]);
}

#[test]
fn an_image_built_here_is_what_its_dockerfile_begins_with() {
    let compose = "
services:
  api: {build: ., command: 'python -m shop.main', depends_on: [db]}
  db: {build: ./db, ports: ['5432:5432']}
  .base: {image: x}
";
    let files =
        files(&[("compose.yml", compose), ("db/Dockerfile", "FROM --platform=x postgres:16 AS db\n")]);
    let clients = Clients::from([("shop/mail.py".to_owned(), BTreeSet::from(["PostgreSQL"]))]);
    let graph = deployment(&architecture(), &clients, &files).expect("there are services");
    assert_eq!(edges(&graph), ["api -> db: client in code"]);
    assert_eq!(graph.boxes.len(), 2);
}

#[test]
fn code_that_no_file_starts_is_drawn_with_what_it_talks_to() {
    let files =
        files(&[("compose.yml", "services: {db: {image: postgres}, mail: {image: axllent/mailpit}}")]);
    let clients = Clients::from([("shop/mail.py".to_owned(), BTreeSet::from(["PostgreSQL"]))]);
    let graph = deployment(&architecture(), &clients, &files).expect("there are services");
    assert_eq!(edges(&graph), ["shop -> db: client in code"]);
    assert!(graph.left_out.is_empty());
}

#[test]
fn images_of_others_with_commands_and_an_order_are_not_the_code() {
    let drawn = |setup: &str| {
        let compose = format!("services: {{db: {{image: postgres}}, setup: {{{setup}, depends_on: [db]}}}}");
        let clients = Clients::from([("shop/mail.py".to_owned(), BTreeSet::from(["PostgreSQL"]))]);
        edges(&deployment(&architecture(), &clients, &files(&[("compose.yml", &compose)])).expect("services"))
    };
    let after = "setup -> db: starts after".to_owned();
    let client = "shop -> db: client in code".to_owned();
    for theirs in ["image: acme/migrate:4, command: up", "image: busybox, command: [sh, -c, ls]"] {
        assert_eq!(drawn(theirs), [after.clone(), client.clone()], "{theirs}");
    }
    for own in [
        "image: ghcr.io/acme/backend, command: serve",
        "image: \"${IMAGE}\", command: serve",
        "image: acme/shop-api, command: serve",
        "build: .",
        "image: python, command: python -m shop.main",
    ] {
        assert!(!drawn(own).contains(&client), "{own}");
    }
}

#[test]
fn one_word_at_the_end_of_a_path_is_no_module_by_itself() {
    let of = |name: &str, folder: Option<&str>| command::module(&architecture(), name, folder);
    assert_eq!(of("main", None), command::Entry::Module(0));
    assert_eq!(of("app.shop.main", None), command::Entry::Module(0));
    assert_eq!(of("elsewhere.main", None), command::Entry::Foreign);
    assert_eq!(of("shop.main.run", None), command::Entry::Module(0));
    assert_eq!(of("shop.worker", None), command::Entry::Missing);
    assert_eq!(of("shop.migrations.run", None), command::Entry::Foreign);
    let mut two = architecture();
    two.modules[1].name = "mock.main".to_owned();
    two.modules[1].path = "tests/mock/main.py".into();
    assert_eq!(command::module(&two, "main", None), command::Entry::Foreign);
    assert_eq!(command::module(&two, "main", Some("tests/mock")), command::Entry::Module(1));
}

#[test]
fn what_an_unread_file_may_hold_is_no_contradiction() {
    let chart = ("chart/x.yaml", "apiVersion: v1\nkind: {{ x }}\n");
    let files = files(&[("compose.yaml", COMPOSE), chart]);
    let graph = deployment(&architecture(), &Clients::new(), &files).expect("there are services");
    assert!(graph.edges.iter().all(|edge| edge.verdict.reason().is_none()), "{:?}", graph.edges);
}

#[test]
fn what_tests_and_editors_run_is_no_deployment() {
    for path in [
        "tests/compose.yml",
        "docker-compose.test.yml",
        ".devcontainer/docker-compose.yml",
        "app-tests/compose.yml",
    ] {
        assert!(super::stated(&files(&[(path, COMPOSE)])).services.is_empty(), "{path}");
    }
    for path in ["compose.yml", "deploy/latest/compose.yml", "contest/compose.yml"] {
        assert!(!super::stated(&files(&[(path, COMPOSE)])).services.is_empty(), "{path}");
    }
}
