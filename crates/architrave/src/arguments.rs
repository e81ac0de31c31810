//! The arguments of the command line.

mod adr;
mod check;
mod design;
mod diagram;
mod modernize;
mod refactor;
mod review;

use camino::Utf8PathBuf;
use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint};

pub(crate) use adr::{Adr, AdrAction, AdrIndex, AdrList, RecordPlace, Renumber, Supersede};
pub(crate) use check::{Baseline, Check, CheckFormat};
pub(crate) use design::Design;
pub(crate) use diagram::{Component, DataFlow, Diagram, DiagramFormat, Drawing, Drawn, Er, Sequence};
pub(crate) use modernize::{Modernize, PlanFormat};
pub(crate) use refactor::{
    CarryOut, Definition, ExtractProtocol, Members, Move, OfClass, Refactor, Refactoring,
};
pub(crate) use review::{Review, ReviewFormat};

/// Find architecture problems in a Python backend.
#[derive(Debug, Parser)]
#[command(version, about, max_term_width = 100)]
pub(crate) struct Arguments {
    /// Neither read nor write the cache.
    #[arg(long, global = true)]
    pub(crate) no_cache: bool,
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Report findings. Exit code 0: clean, 1: findings, 2: error.
    Check(Check),
    /// Accept the current findings, so that `check` fails only on new ones.
    Baseline(Baseline),
    /// Show the layer of each module, with the evidence.
    Layers(Layers),
    /// Show each endpoint with its handler, response model, authentication and query count.
    Routes(Routes),
    /// Show import cycles with a plan to break them, package coupling, and paths between modules.
    Deps(Deps),
    /// Plan a migration to an architecture without cycles and forbidden imports, in steps with the state after each.
    Modernize(Modernize),
    /// Draw the architecture, or keep the diagrams in documents in sync with the code.
    Diagram(Diagram),
    /// Write an architecture review of the project, with the places that support each statement.
    Review(Review),
    /// List all rules with their levels in each preset.
    Rules(Rules),
    /// Apply one of the editor's refactorings. Exit code 2: it can't be applied here.
    Refactor(Refactor),
    /// Write a new slice (router, schemas, service, repository, model, wiring, tests) after the nearest one of the
    /// project.
    Design(Design),
    /// Record a decision, or manage the records and check them against each other and the code.
    Adr(Adr),
    /// Explain a rule.
    Explain(Explain),
    /// Write a configuration that says what was inferred, or (`--agent`) the files by which coding agents use
    /// Architrave.
    Init(Init),
    /// Show what to know before editing a file or symbol.
    Context(Context),
    /// Call one of the tools for coding agents, with its arguments as JSON. Exit code 1: `check` reported findings.
    Tool(Tool),
    /// Serve the tools for coding agents over the Model Context Protocol on stdio.
    Mcp(Mcp),
    /// Check the file that a coding agent has edited: for its hook, whose event comes on stdin. Exit code 2: it broke
    /// something.
    Hook,
    /// Run the language server over stdio.
    Server(Server),
    /// Show where the cache is, or remove it.
    Cache(Cache),
    /// Print a shell completion script.
    Completions(Completions),
    /// Print the manual page of the program or of one of its commands, in roff.
    Man(Man),
}

/// `architrave layers`
#[derive(Debug, Args)]
pub(crate) struct Layers {
    /// The folder to analyse.
    #[arg(default_value = ".", value_hint = ValueHint::AnyPath)]
    pub(crate) path: Utf8PathBuf,
    /// Output format.
    #[arg(long, value_enum, default_value_t = TextOrJson::Text)]
    pub(crate) output_format: TextOrJson,
}

/// `architrave routes`
#[derive(Debug, Args)]
pub(crate) struct Routes {
    /// The folder to analyse, or a file to show only the handlers in it.
    #[arg(default_value = ".", value_hint = ValueHint::AnyPath)]
    pub(crate) path: Utf8PathBuf,
    /// Show the calls and queries behind the figure of one route: `"GET /orders"`, `/orders`, or the name of its
    /// handler.
    #[arg(long, value_name = "ROUTE", conflicts_with_all = ["sort", "only"])]
    pub(crate) explain: Option<String>,
    /// Sort order.
    #[arg(long, value_enum, default_value_t = RouteOrder::Path)]
    pub(crate) sort: RouteOrder,
    /// Show only these routes.
    #[arg(long, value_enum)]
    pub(crate) only: Option<RouteChoice>,
    /// Output format.
    #[arg(long, value_enum, default_value_t = TextOrJson::Text)]
    pub(crate) output_format: TextOrJson,
}

/// In which order routes are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum RouteOrder {
    /// By path.
    Path,
    /// Most queries first; counts that grow with the data come before fixed ones.
    Cost,
}

/// Which routes are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum RouteChoice {
    /// Routes whose query count grows with the data.
    Costly,
}

/// `architrave deps`
#[derive(Debug, Args)]
pub(crate) struct Deps {
    /// The folder to analyse.
    #[arg(default_value = ".", value_hint = ValueHint::AnyPath)]
    pub(crate) path: Utf8PathBuf,
    /// Output format.
    #[arg(long, visible_alias = "format", value_enum, default_value_t = DepsFormat::Text)]
    pub(crate) output_format: DepsFormat,
    /// Show the shortest path from this module or package, given as a dotted name or a file path.
    #[arg(long, requires = "to", value_name = "MODULE")]
    pub(crate) from: Option<String>,
    /// The module or package where the path ends.
    #[arg(long, requires = "from", value_name = "MODULE")]
    pub(crate) to: Option<String>,
    /// Show the dependency structure matrix of a package's parts instead.
    #[arg(long, conflicts_with = "from")]
    pub(crate) matrix: bool,
    /// The package whose parts are drawn or put into the matrix (default: the outermost one).
    #[arg(long, value_name = "PACKAGE")]
    pub(crate) package: Option<String>,
    /// Write to this file instead of standard output.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) output: Option<Utf8PathBuf>,
    /// In a page of HTML: make places links that open VS Code on this machine. The page then names the project's
    /// folder.
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
    /// A Graphviz diagram.
    Dot,
    /// A Mermaid diagram.
    Mermaid,
    /// A D2 diagram.
    D2,
    /// An SVG image.
    Svg,
    /// A self-contained page to explore in a browser, offline.
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
    /// Show the levels that this preset sets.
    #[arg(long)]
    pub(crate) preset: Option<String>,
    /// Output format.
    #[arg(long, value_enum, default_value_t = TextOrJson::Text)]
    pub(crate) output_format: TextOrJson,
}

/// `architrave explain`
#[derive(Debug, Args)]
pub(crate) struct Explain {
    /// The rule's id, such as `hidden-import`; without one, all rules are listed.
    pub(crate) rule: Option<String>,
}

/// `architrave init`
#[derive(Debug, Args)]
pub(crate) struct Init {
    /// A folder of the project.
    #[arg(default_value = ".", value_hint = ValueHint::DirPath)]
    pub(crate) project: Utf8PathBuf,
    /// Write what makes coding agents use Architrave: the protocol's server, a hook after each edit, and rules in
    /// words.
    #[arg(long)]
    pub(crate) agent: bool,
    /// Write no files; print the changes as a diff.
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
    /// Approximate limit of the answer in tokens; the least important parts are left out first, and counted.
    #[arg(long, value_name = "TOKENS", default_value_t = agents::answer::BUDGET)]
    pub(crate) budget: usize,
    /// Output format.
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
    /// The tool's name; without one, all tools are listed with their arguments.
    pub(crate) name: Option<String>,
    /// The tool's arguments as a JSON object; `-` reads them from standard input.
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
    /// Remove the cache of all projects.
    Clean,
    /// Print the folder of the cache.
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
    /// The command, such as `check` or `refactor move`; without one, the program itself.
    pub(crate) command: Vec<String>,
}
