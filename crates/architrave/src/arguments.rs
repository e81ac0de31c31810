//! What can be said on the command line.

mod adr;
mod design;
mod diagram;
mod review;

use camino::Utf8PathBuf;
use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint};

pub(crate) use adr::{Adr, AdrAction, AdrIndex, AdrList, RecordPlace, Renumber, Supersede};
use config::{Level, Style};
pub(crate) use design::Design;
pub(crate) use diagram::{Component, DataFlow, Diagram, DiagramFormat, Drawing, Drawn, Er, Sequence};
pub(crate) use review::{Review, ReviewFormat};

/// Shows where the architecture of a Python backend cracks.
#[derive(Debug, Parser)]
#[command(version, about, max_term_width = 100)]
pub(crate) struct Arguments {
    /// Read nothing that earlier runs kept, and keep nothing.
    #[arg(long, global = true)]
    pub(crate) no_cache: bool,
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Report findings. Exit code 0: clean, 1: findings, 2: could not do its work.
    Check(Check),
    /// Accept the findings that there are: from then on `check` fails on new ones only.
    Baseline(Baseline),
    /// Show the layer of each module, with the evidence.
    Layers(Layers),
    /// Show each endpoint with its handler, response model, authentication, and how many queries it runs.
    Routes(Routes),
    /// Show cycles with a plan to open them, the coupling of packages, and paths between modules.
    Deps(Deps),
    /// Plan the way to an architecture without cycles and wrong imports, in steps with the state after each.
    Modernize(Modernize),
    /// Draw the architecture, or hold documents with pictures to the code.
    Diagram(Diagram),
    /// Write what a lead architect would say of a project, with the places that prove it.
    Review(Review),
    /// List all rules with their levels in each preset.
    Rules(Rules),
    /// Change code as the editor's refactorings do. Exit code 2: this can't be done here.
    Refactor(Refactor),
    /// Write a new slice (router, schemas, service, repository, model, wiring, tests) after the nearest one of the project.
    Design(Design),
    /// Record a decision, or hold the records to each other and to the code.
    Adr(Adr),
    /// Explain a rule.
    Explain(Explain),
    /// Write a configuration that says what was inferred, or (`--agent`) the files by which coding agents use Architrave.
    Init(Init),
    /// Show what must be known before a file or a symbol is edited.
    Context(Context),
    /// Ask one of the tools for coding agents, with its arguments as JSON. Exit code 1: `check` found something.
    Tool(Tool),
    /// Serve the tools for coding agents over the Model Context Protocol on stdio.
    Mcp(Mcp),
    /// Check the file that a coding agent has edited: for its hook, whose event comes on stdin. Exit code 2: it broke something.
    Hook,
    /// Run the language server over stdio.
    Server(Server),
    /// Say where what is kept for the next run is, or remove it.
    Cache(Cache),
    /// Print a script that completes this command line in a shell.
    Completions(Completions),
    /// Print the manual page of the program or of one of its commands, in roff.
    Man(Man),
}

/// `architrave check`
#[derive(Debug, Args)]
#[allow(clippy::struct_excessive_bools, reason = "each is a switch of its own on the command line")]
pub(crate) struct Check {
    /// Folders or files to report on. They limit what is reported, never what is indexed.
    #[arg(default_value = ".", value_hint = ValueHint::AnyPath)]
    pub(crate) paths: Vec<Utf8PathBuf>,
    /// How to write findings.
    #[arg(long, value_enum, default_value_t = CheckFormat::Full)]
    pub(crate) output_format: CheckFormat,
    /// Show findings from this level on (default: warning). JSON, SARIF and statistics hold all levels.
    #[arg(long, value_enum)]
    pub(crate) level: Option<FromLevel>,
    /// Exit with 1 from this level on (default: the configuration's `fail-on`, else warning).
    #[arg(long, value_enum, value_name = "LEVEL")]
    pub(crate) fail_on: Option<FromLevel>,
    /// Run only these rules or groups of rules, also those that are off. Repeat it, or separate names by commas.
    #[arg(long, value_delimiter = ',', value_name = "RULE")]
    pub(crate) select: Vec<String>,
    /// Leave out these rules or groups of rules.
    #[arg(long, value_delimiter = ',', value_name = "RULE")]
    pub(crate) ignore: Vec<String>,
    /// Judge by this style, whatever the configuration says.
    #[arg(long, value_parser = style)]
    pub(crate) style: Option<Style>,
    /// Apply safe fixes to the files, then report what is left.
    #[arg(long)]
    pub(crate) fix: bool,
    /// Count findings by rule and level instead of listing them, as text or (with `--output-format json`) as JSON.
    #[arg(long)]
    pub(crate) statistics: bool,
    /// Report only what changes since this git revision (or in a range `A..B`) could have caused.
    #[arg(long, value_name = "BASE")]
    pub(crate) affected: Option<String>,
    /// Use this baseline instead of the nearest `.architrave-baseline.json` upwards.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) baseline: Option<Utf8PathBuf>,
    /// Report accepted findings too.
    #[arg(long, conflicts_with = "baseline")]
    pub(crate) no_baseline: bool,
    /// Fail where entries of the baseline no longer hold, instead of taking them out. So it is where `CI` is set.
    #[arg(long)]
    pub(crate) locked: bool,
}

/// A level that something begins at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum FromLevel {
    /// What the ideal of the architecture would have.
    Hint,
    /// What is true and worth knowing.
    Info,
    /// What should be changed.
    Warning,
    /// What must be changed.
    Error,
}

impl From<FromLevel> for Level {
    fn from(level: FromLevel) -> Self {
        match level {
            FromLevel::Hint => Level::Hint,
            FromLevel::Info => Level::Info,
            FromLevel::Warning => Level::Warning,
            FromLevel::Error => Level::Error,
        }
    }
}

/// The style with this name.
fn style(name: &str) -> Result<Style, String> {
    let known = Style::ALL.map(Style::as_str);
    let found = Style::ALL.into_iter().find(|style| style.as_str() == name);
    found.ok_or_else(|| format!("known are {}", known.join(", ")))
}

/// `architrave baseline`
#[derive(Debug, Args)]
pub(crate) struct Baseline {
    /// The folder or file whose findings are accepted.
    #[arg(default_value = ".", value_hint = ValueHint::AnyPath)]
    pub(crate) path: Utf8PathBuf,
    /// Write this file instead of `.architrave-baseline.json` in the root of the project.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) baseline: Option<Utf8PathBuf>,
}

/// How to write findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum CheckFormat {
    /// With the lines of code and the reasons.
    Full,
    /// One line each.
    Concise,
    /// One JSON object; see the README for its shape.
    Json,
    /// Workflow commands, which GitHub Actions shows as annotations.
    Github,
    /// A Code Quality report of GitLab.
    Gitlab,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// `JUnit` XML: a failure for each finding.
    Junit,
}

/// `architrave layers`
#[derive(Debug, Args)]
pub(crate) struct Layers {
    /// The folder to look at.
    #[arg(default_value = ".", value_hint = ValueHint::AnyPath)]
    pub(crate) path: Utf8PathBuf,
    /// How to write.
    #[arg(long, value_enum, default_value_t = TextOrJson::Text)]
    pub(crate) output_format: TextOrJson,
}

/// `architrave routes`
#[derive(Debug, Args)]
pub(crate) struct Routes {
    /// The folder to look at, or a file whose handlers are wanted.
    #[arg(default_value = ".", value_hint = ValueHint::AnyPath)]
    pub(crate) path: Utf8PathBuf,
    /// Show the calls and queries behind the figure of one route: `"GET /orders"`, `/orders`, or the name of its handler.
    #[arg(long, value_name = "ROUTE", conflicts_with_all = ["sort", "only"])]
    pub(crate) explain: Option<String>,
    /// In which order.
    #[arg(long, value_enum, default_value_t = RouteOrder::Path)]
    pub(crate) sort: RouteOrder,
    /// Only some of them.
    #[arg(long, value_enum)]
    pub(crate) only: Option<RouteChoice>,
    /// How to write.
    #[arg(long, value_enum, default_value_t = TextOrJson::Text)]
    pub(crate) output_format: TextOrJson,
}

/// In which order routes are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum RouteOrder {
    /// By path.
    Path,
    /// Those that run most queries first: what grows with the data before what doesn't.
    Cost,
}

/// Which routes are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum RouteChoice {
    /// Those whose number of queries grows with the data.
    Costly,
}

/// `architrave deps`
#[derive(Debug, Args)]
pub(crate) struct Deps {
    /// The folder to look at.
    #[arg(default_value = ".", value_hint = ValueHint::AnyPath)]
    pub(crate) path: Utf8PathBuf,
    /// How to write.
    #[arg(long, visible_alias = "format", value_enum, default_value_t = DepsFormat::Text)]
    pub(crate) output_format: DepsFormat,
    /// Show the shortest way from this module or package, by dotted name or path.
    #[arg(long, requires = "to", value_name = "MODULE")]
    pub(crate) from: Option<String>,
    /// Where the way leads.
    #[arg(long, requires = "from", value_name = "MODULE")]
    pub(crate) to: Option<String>,
    /// Show the structure matrix of a package's parts instead.
    #[arg(long, conflicts_with = "from")]
    pub(crate) matrix: bool,
    /// The package whose parts are drawn or put into the matrix; the outermost one without.
    #[arg(long, value_name = "PACKAGE")]
    pub(crate) package: Option<String>,
    /// Write into this file instead of to standard output.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) output: Option<Utf8PathBuf>,
    /// In a page of HTML: make places links that open VS Code on this machine. The page then names the project's folder.
    #[arg(long)]
    pub(crate) editor_links: bool,
}

/// How to write dependencies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum DepsFormat {
    /// For people.
    Text,
    /// For programs.
    Json,
    /// For a pull request or a wiki.
    Markdown,
    /// A picture for Graphviz.
    Dot,
    /// A picture for Mermaid.
    Mermaid,
    /// A picture for D2.
    D2,
    /// A picture as it is.
    Svg,
    /// One page to explore in a browser, offline.
    Html,
}

/// `architrave modernize`
#[derive(Debug, Args)]
pub(crate) struct Modernize {
    /// The folder to plan for.
    #[arg(default_value = ".", value_hint = ValueHint::AnyPath)]
    pub(crate) path: Utf8PathBuf,
    /// Where the plan leads; without, to the style that the code claims already.
    #[arg(long, value_parser = style)]
    pub(crate) style: Option<Style>,
    /// How to write.
    #[arg(long, visible_alias = "format", value_enum, default_value_t = PlanFormat::Text)]
    pub(crate) output_format: PlanFormat,
    /// Write into this file instead of to standard output.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) output: Option<Utf8PathBuf>,
    /// Carry out this step, by its id, in a clean work tree of git.
    #[arg(long, value_name = "STEP", conflicts_with = "output")]
    pub(crate) apply: Option<String>,
    /// With `--apply`: write no file; print what would change as a diff.
    #[arg(long, requires = "apply")]
    pub(crate) dry_run: bool,
}

/// How to write a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum PlanFormat {
    /// For people.
    Text,
    /// For programs.
    Json,
    /// For a pull request or a wiki.
    Markdown,
    /// One page for a browser, offline.
    Html,
}

/// Text for people or JSON for programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum TextOrJson {
    /// For people.
    Text,
    /// For programs.
    Json,
}

/// `architrave rules`
#[derive(Debug, Args)]
pub(crate) struct Rules {
    /// Show the levels that this preset makes.
    #[arg(long)]
    pub(crate) preset: Option<String>,
    /// How to write.
    #[arg(long, value_enum, default_value_t = TextOrJson::Text)]
    pub(crate) output_format: TextOrJson,
}

/// `architrave refactor`
#[derive(Debug, Args)]
pub(crate) struct Refactor {
    /// What to change.
    #[command(subcommand)]
    pub(crate) what: Refactoring,
}

/// What to change.
#[derive(Debug, Subcommand)]
pub(crate) enum Refactoring {
    /// Write a Protocol for a class, and let whoever asks for the class ask for the Protocol.
    ExtractProtocol(ExtractProtocol),
    /// Ask for a port of a class wherever the class is asked for.
    DependOnPort(OfClass),
    /// Write the members that a class lacks of a port that it inherits from.
    ImplementMembers(OfClass),
    /// Move a class, function or constant to another module, or a file or folder to another path; every import follows.
    Move(Move),
}

/// `architrave refactor move`
#[derive(Debug, Args)]
pub(crate) struct Move {
    /// What goes: a definition as its file and its name (`shop/orders.py:Order`), or a file or folder.
    pub(crate) what: String,
    /// Where it goes: the dotted name of a module (`shop.domain.order`) for a definition, a path for a file or folder.
    pub(crate) target: String,
    /// Take private names along that only it uses; otherwise they stay and are imported.
    #[arg(long)]
    pub(crate) with_helpers: bool,
    /// How it is carried out.
    #[command(flatten)]
    pub(crate) carry: CarryOut,
}

/// `architrave refactor extract-protocol`
#[derive(Debug, Args)]
pub(crate) struct ExtractProtocol {
    /// The class, as its file and its name: `shop/db.py:SqlOrders`.
    #[arg(value_parser = Definition::parse)]
    pub(crate) class: Definition,
    /// Which members the Protocol asks for.
    #[arg(long, value_enum, default_value_t = Members::Used)]
    pub(crate) members: Members,
    /// Decorate it with `@runtime_checkable`.
    #[arg(long)]
    pub(crate) runtime_checkable: bool,
    /// How it is carried out.
    #[command(flatten)]
    pub(crate) carry: CarryOut,
}

/// A refactoring of one class.
#[derive(Debug, Args)]
pub(crate) struct OfClass {
    /// The class, as its file and its name: `shop/db.py:SqlOrders`.
    #[arg(value_parser = Definition::parse)]
    pub(crate) class: Definition,
    /// How it is carried out.
    #[command(flatten)]
    pub(crate) carry: CarryOut,
}

/// Which members of a class.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Members {
    /// Those that whoever asks for the class uses.
    Used,
    /// All public ones.
    All,
}

/// How a refactoring is carried out.
#[derive(Debug, Clone, Copy, Args)]
pub(crate) struct CarryOut {
    /// Write no file; print what would change as a diff.
    #[arg(long)]
    pub(crate) dry_run: bool,
}

/// A definition at the head of a module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Definition {
    /// Its file.
    pub(crate) path: Utf8PathBuf,
    /// Its name.
    pub(crate) name: String,
}

impl Definition {
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        match text.rsplit_once(':') {
            Some((path, name)) if !path.is_empty() && !name.is_empty() => {
                Ok(Self { path: path.into(), name: name.to_owned() })
            }
            _ => Err("give a file and a name in it, as in `shop/db.py:SqlOrders`".to_owned()),
        }
    }
}

/// `architrave explain`
#[derive(Debug, Args)]
pub(crate) struct Explain {
    /// The rule's id, such as `hidden-import`; all rules are listed without one.
    pub(crate) rule: Option<String>,
}

/// `architrave init`
#[derive(Debug, Args)]
pub(crate) struct Init {
    /// A folder of the project.
    #[arg(default_value = ".", value_hint = ValueHint::DirPath)]
    pub(crate) project: Utf8PathBuf,
    /// Write what makes coding agents use Architrave: the protocol's server, a hook after each edit, and rules in words.
    #[arg(long)]
    pub(crate) agent: bool,
    /// Write no file; print what would change as a diff.
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Write without asking.
    #[arg(long, conflicts_with = "dry_run")]
    pub(crate) yes: bool,
}

/// `architrave context`
#[derive(Debug, Args)]
pub(crate) struct Context {
    /// `shop/orders.py`, `shop/orders.py:Order.close`, `shop.orders`, or the name of a class or function.
    pub(crate) target: String,
    /// The most tokens that the answer takes, roughly; what matters least is left out first, and counted.
    #[arg(long, value_name = "TOKENS", default_value_t = agents::answer::BUDGET)]
    pub(crate) budget: usize,
    /// How to write.
    #[arg(long, value_enum, default_value_t = MarkdownOrJson::Markdown)]
    pub(crate) output_format: MarkdownOrJson,
}

/// Markdown for people and prompts, or JSON for programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum MarkdownOrJson {
    /// For people and prompts.
    Markdown,
    /// For programs.
    Json,
}

/// `architrave tool`
#[derive(Debug, Args)]
pub(crate) struct Tool {
    /// Which; all are listed with their arguments without one.
    pub(crate) name: Option<String>,
    /// Its arguments as a JSON object; `-` reads them from standard input.
    pub(crate) arguments: Option<String>,
    /// A folder of the project.
    #[arg(long, default_value = ".", value_hint = ValueHint::DirPath)]
    pub(crate) project: Utf8PathBuf,
}

/// `architrave mcp`
#[derive(Debug, Args)]
pub(crate) struct Mcp {
    /// A folder of the project.
    #[arg(default_value = ".", value_hint = ValueHint::DirPath)]
    pub(crate) project: Utf8PathBuf,
}

/// `architrave server`
#[derive(Debug, Args)]
pub(crate) struct Server {
    /// Accepted because many clients pass it; stdio is the only transport.
    #[arg(long)]
    pub(crate) stdio: bool,
}

/// `architrave cache`
#[derive(Debug, Args)]
pub(crate) struct Cache {
    /// What to do.
    #[command(subcommand)]
    pub(crate) what: CacheCommand,
}

/// What to do with what is kept.
#[derive(Debug, Clone, Copy, Subcommand)]
pub(crate) enum CacheCommand {
    /// Remove all that is kept, for all projects.
    Clean,
    /// Print the folder that it is kept in.
    Path,
}

/// `architrave completions`
#[derive(Debug, Args)]
pub(crate) struct Completions {
    /// The shell.
    #[arg(value_enum)]
    pub(crate) shell: clap_complete::Shell,
}

/// `architrave man`
#[derive(Debug, Args)]
pub(crate) struct Man {
    /// The command, such as `check` or `refactor move`; the program itself without one.
    pub(crate) command: Vec<String>,
}
