//! The arguments of `architrave diagram`.

use camino::Utf8PathBuf;
use clap::{Args, Subcommand, ValueEnum, ValueHint};

/// `architrave diagram`
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true, arg_required_else_help = true)]
pub(crate) struct Diagram {
    /// What to draw.
    #[command(subcommand)]
    pub(crate) what: Option<Drawing>,
    /// Exit with 1 if a diagram between markers in one of these Markdown files is stale.
    #[arg(long, value_name = "FILE", num_args = 1.., value_hint = ValueHint::FilePath, conflicts_with = "update")]
    pub(crate) check: Vec<Utf8PathBuf>,
    /// Update the diagrams between markers in these Markdown files.
    #[arg(long, value_name = "FILE", num_args = 1.., value_hint = ValueHint::FilePath)]
    pub(crate) update: Vec<Utf8PathBuf>,
}

/// What to draw.
#[derive(Debug, Subcommand)]
pub(crate) enum Drawing {
    /// Layers, packages and bounded contexts with the imports between them; imports that break a rule are red.
    Component(Component),
    /// The calls of one request in order: from the route through injected dependencies, services and adapters to the
    /// queries.
    Sequence(Sequence),
    /// Where the data of one request goes: through the layers down to the tables that it reads and writes, and to
    /// services outside.
    DataFlow(DataFlow),
    /// Tables with columns, keys and relationships, read from the models without importing them.
    Er(Er),
    /// What is deployed, by compose files, Kubernetes manifests, Procfile and Dockerfiles, joined with what the code
    /// talks to.
    Deployment(Deployment),
}

/// `architrave diagram deployment`
#[derive(Debug, Args)]
pub(crate) struct Deployment {
    /// Of what, and how.
    #[command(flatten)]
    pub(crate) drawn: Drawn,
}

/// `architrave diagram er`
#[derive(Debug, Args)]
pub(crate) struct Er {
    /// Of what, and how.
    #[command(flatten)]
    pub(crate) drawn: Drawn,
    /// Draw this bounded context and its neighbouring tables.
    #[arg(long, value_name = "CONTEXT")]
    pub(crate) context: Option<String>,
    /// Draw the neighbourhood of this class or table.
    #[arg(long, value_name = "ENTITY", conflicts_with = "context")]
    pub(crate) around: Option<String>,
    /// How many hops the neighbourhood reaches.
    #[arg(long, default_value_t = 1, requires = "around")]
    pub(crate) hops: usize,
}

/// `architrave diagram component`
#[derive(Debug, Args)]
pub(crate) struct Component {
    /// Of what, and how.
    #[command(flatten)]
    pub(crate) drawn: Drawn,
    /// In a page of HTML: make places links that open VS Code on this machine. The page then names the project's
    /// folder.
    #[arg(long)]
    pub(crate) editor_links: bool,
}

/// `architrave diagram sequence`
#[derive(Debug, Args)]
pub(crate) struct Sequence {
    /// The route: `"GET /orders"`, `/orders`, or the name of its handler.
    #[arg(value_name = "ROUTE")]
    pub(crate) route: String,
    /// Draw at most this many messages; the least informative are left out first. 0 draws all.
    #[arg(long, value_name = "MESSAGES", default_value_t = report::sequence::MESSAGES)]
    pub(crate) limit: usize,
    /// Of what, and how.
    #[command(flatten)]
    pub(crate) drawn: Drawn,
}

/// `architrave diagram data-flow`
#[derive(Debug, Args)]
pub(crate) struct DataFlow {
    /// The route: `"GET /orders"`, `/orders`, or the name of its handler.
    #[arg(value_name = "ROUTE")]
    pub(crate) route: String,
    /// Of what, and how.
    #[command(flatten)]
    pub(crate) drawn: Drawn,
}

/// Of what a picture is, and how it is written.
#[derive(Debug, Args)]
pub(crate) struct Drawn {
    /// The folder to analyse.
    #[arg(default_value = ".", value_hint = ValueHint::AnyPath)]
    pub(crate) path: Utf8PathBuf,
    /// Output format.
    #[arg(long, visible_alias = "format", value_enum, default_value_t = DiagramFormat::Mermaid)]
    pub(crate) output_format: DiagramFormat,
    /// Draw this part of a picture that is too large for one Mermaid document; the first by default. Documents get all.
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) part: Option<u32>,
    /// Print nothing; exit with 1 if this file differs from the diagram.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) check: Option<Utf8PathBuf>,
    /// Write to this file instead of standard output.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, conflicts_with = "check")]
    pub(crate) output: Option<Utf8PathBuf>,
}

/// How to write a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum DiagramFormat {
    /// Mermaid, which code hosts render in Markdown.
    Mermaid,
    /// For Graphviz.
    Dot,
    /// For D2.
    D2,
    /// For programs.
    Json,
    /// Lines of text with places; for routes only.
    Text,
    /// An SVG image, for browsers and documents.
    Svg,
    /// A self-contained page to explore in a browser, offline; for components only.
    Html,
}
