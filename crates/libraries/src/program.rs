//! Programs that start code: how their command lines refer to it, how many processes they run, and on which port.

/// What a program does with the code that it starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Job {
    /// Answers requests.
    Web,
    /// Processes tasks.
    Worker,
    /// Changes the schema of a database.
    Migration,
    /// Runs a module.
    Script,
}

/// How a command line refers to the code that it starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Names {
    /// `uvicorn shop.main:app`
    Attribute,
    /// `celery -A shop.worker`, `flask --app shop.main`: with these options. The attribute may be omitted.
    Option(&'static [&'static str]),
    /// `fastapi run shop/main.py`
    File,
    /// `arq shop.worker.Settings`
    Dotted,
    /// Not on the command line.
    Nothing,
}

/// A program.
#[derive(Debug, Clone, Copy)]
pub struct Program {
    /// The command that starts it.
    pub name: &'static str,
    /// What it does.
    pub job: Job,
    /// How it refers to the code that it starts.
    pub names: Names,
    /// Options for the number of processes.
    pub workers: &'static [&'static str],
    /// The environment variable for the number of processes, if it reads one.
    pub workers_variable: Option<&'static str>,
    /// Options for a port, or for an address that ends with one.
    pub ports: &'static [&'static str],
    /// The default port.
    pub port: Option<u16>,
    /// Options for development mode.
    pub development: &'static [&'static str],
    /// Options for the address that it listens at.
    pub hosts: &'static [&'static str],
    /// Whether it listens on all addresses by default, not only at its own machine.
    pub is_open: bool,
}

const fn web(
    name: &'static str,
    workers: &'static [&'static str],
    ports: &'static [&'static str],
    port: Option<u16>,
) -> Program {
    Program {
        name,
        job: Job::Web,
        names: Names::Attribute,
        workers,
        workers_variable: Some("WEB_CONCURRENCY"),
        ports,
        port,
        development: &["--reload"],
        hosts: &["--host"],
        is_open: false,
    }
}

const fn worker(name: &'static str, names: Names, workers: &'static [&'static str]) -> Program {
    Program {
        name,
        job: Job::Worker,
        names,
        workers,
        workers_variable: None,
        ports: &[],
        port: None,
        development: &[],
        hosts: &[],
        is_open: true,
    }
}

/// All known programs.
static ALL: &[Program] = &[
    web("uvicorn", &["--workers"], &["--port"], Some(8000)),
    Program {
        hosts: &["--bind", "-b"],
        ..web("gunicorn", &["--workers", "-w"], &["--bind", "-b"], Some(8000))
    },
    Program {
        workers_variable: None,
        hosts: &["--bind", "-b"],
        ..web("hypercorn", &["--workers", "-w"], &["--bind", "-b"], Some(8000))
    },
    Program { workers_variable: None, ..web("granian", &["--workers"], &["--port"], Some(8000)) },
    Program {
        workers_variable: None,
        hosts: &["--bind", "-b", "-e", "-u"],
        ..web("daphne", &[], &["--port", "-p"], Some(8000))
    },
    Program {
        workers_variable: None,
        is_open: true,
        ..web("waitress-serve", &[], &["--port", "--listen"], Some(8080))
    },
    Program {
        names: Names::Option(&["--module", "--wsgi", "-w", "--wsgi-file", "--mount"]),
        workers_variable: Some("UWSGI_PROCESSES"),
        development: &[],
        hosts: &[],
        is_open: true,
        ..web(
            "uwsgi",
            &["--processes", "-p", "--workers"],
            &["--http", "--http-socket", "--socket", "-s", "--uwsgi-socket"],
            None,
        )
    },
    Program { names: Names::File, is_open: true, ..web("fastapi", &["--workers"], &["--port"], Some(8000)) },
    Program {
        names: Names::Option(&["--app", "-A"]),
        workers_variable: None,
        hosts: &["--host", "-h"],
        ..web("flask", &[], &["--port", "-p"], Some(5000))
    },
    Program {
        names: Names::Option(&["--app"]),
        hosts: &["--host", "-H"],
        ..web("litestar", &["--wc", "--web-concurrency", "-W"], &["--port", "-p"], Some(8000))
    },
    worker("celery", Names::Option(&["-A", "--app"]), &["--concurrency", "-c"]),
    worker("taskiq", Names::Attribute, &["--workers", "-w"]),
    worker("faststream", Names::Attribute, &["--workers"]),
    worker("arq", Names::Dotted, &[]),
    Program { job: Job::Migration, ..worker("alembic", Names::Nothing, &[]) },
];

impl Program {
    /// The program that a word of a command starts; the word may be a path.
    pub fn of_word(word: &str) -> Option<&'static Self> {
        let name = word.rsplit('/').next().unwrap_or(word);
        ALL.iter().find(|it| it.name == name)
    }

    /// The variable that names the code to start, if the command line doesn't.
    pub fn target_variable(&self) -> Option<&'static str> {
        match self.name {
            "flask" => Some("FLASK_APP"),
            "litestar" => Some("LITESTAR_APP"),
            _ => None,
        }
    }

    /// The section of an INI file that it reads its options from, if it reads one.
    pub fn settings_section(&self) -> Option<&'static str> {
        (self.name == "uwsgi").then_some("uwsgi")
    }

    /// The words after which it starts code, if only these do: `fastapi run`, `flask run`.
    pub fn subcommands(&self) -> &'static [&'static str] {
        match self.name {
            "fastapi" => &["run", "dev"],
            "flask" | "litestar" | "faststream" => &["run"],
            "celery" => &["worker", "beat"],
            "taskiq" => &["worker", "scheduler"],
            _ => &[],
        }
    }
}

/// Whether the driver in a database URL blocks or awaits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Waits {
    /// It blocks.
    Blocking,
    /// It awaits.
    Awaiting,
    /// Either.
    Both,
}

/// The behaviour of the driver in a database URL: `postgresql+asyncpg`, or the default of `postgresql`. `None` if it
/// isn't known.
pub fn driver_waits(scheme: &str) -> Option<Waits> {
    let (dialect, driver) = scheme.split_once('+').map_or((scheme, None), |(it, driver)| (it, Some(driver)));
    match driver {
        Some("asyncpg" | "aiosqlite" | "aiomysql" | "asyncmy" | "aioodbc" | "psycopg_async") => {
            Some(Waits::Awaiting)
        }
        Some("psycopg" | "oracledb") => Some(Waits::Both),
        Some("psycopg2" | "pysqlite" | "pymysql" | "mysqldb" | "pg8000" | "pyodbc" | "cx_oracle") => {
            Some(Waits::Blocking)
        }
        Some(_) => None,
        // A URL with a dialect but without a driver.
        None => matches!(dialect, "postgresql" | "sqlite" | "mysql" | "mariadb" | "mssql" | "oracle")
            .then_some(Waits::Blocking),
    }
}

/// Whether a distribution is a driver that a database URL or a setting names, so that nobody has to import it.
pub fn is_named_driver(distribution: &str) -> bool {
    let is_driver = |module: &str| driver_waits(&format!("any+{}", module.to_ascii_lowercase())).is_some();
    is_driver(distribution) || crate::distributions::modules_of(distribution).iter().any(|it| is_driver(it))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_are_known_by_their_paths_too() {
        assert_eq!(Program::of_word("/app/.venv/bin/uvicorn").map(|it| it.port), Some(Some(8000)));
        assert!(Program::of_word("uvicorn.workers.UvicornWorker").is_none());
    }

    #[test]
    fn a_dialect_alone_is_its_default_driver() {
        assert_eq!(driver_waits("postgresql"), Some(Waits::Blocking));
        assert_eq!(driver_waits("postgresql+asyncpg"), Some(Waits::Awaiting));
        assert_eq!(driver_waits("postgresql+psycopg"), Some(Waits::Both));
        assert_eq!(driver_waits("cockroachdb"), None);
        assert!(is_named_driver("psycopg2-binary") && is_named_driver("mysqlclient"));
        assert!(!is_named_driver("redis"));
    }
}
