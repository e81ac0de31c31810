//! Pictures of one request: `architrave diagram sequence ROUTE`, `architrave diagram data-flow ROUTE`.

use anyhow::bail;
use serde::Serialize;

use super::{NO_PAGE, write_graph};
use crate::arguments::{DataFlow, DiagramFormat, Sequence};
use crate::project::{Loaded, one_route};

/// A JSON document; its shape is a contract.
#[derive(Debug, Serialize)]
struct Document<T> {
    schema: u32,
    #[serde(flatten)]
    picture: T,
}

fn document<T: Serialize>(picture: T) -> anyhow::Result<String> {
    Ok(serde_json::to_string_pretty(&Document { schema: 1, picture })? + "\n")
}

/// The sequence of one request.
pub(super) fn sequence(loaded: &Loaded, options: &Sequence) -> anyhow::Result<Vec<String>> {
    let snapshot = loaded.snapshot();
    let (project, route) = one_route(&snapshot, &options.route)?;
    let sequence = report::sequence::of_route(snapshot.db(), project, &route, options.limit);
    let text = match options.drawn.output_format {
        DiagramFormat::Mermaid => {
            return Ok(sequence.parts().iter().map(report::sequence::Sequence::mermaid).collect());
        }
        DiagramFormat::D2 => sequence.d2(),
        DiagramFormat::Text => sequence.text(),
        DiagramFormat::Json => document(sequence)?,
        DiagramFormat::Html => bail!(NO_PAGE),
        DiagramFormat::Svg => sequence.svg(),
        DiagramFormat::Dot => bail!("a sequence can be written as mermaid, d2, svg, text and json alone"),
    };
    Ok(vec![text])
}

/// The data flow of one request.
pub(super) fn data_flow(loaded: &Loaded, options: &DataFlow) -> anyhow::Result<Vec<String>> {
    let snapshot = loaded.snapshot();
    let (project, route) = one_route(&snapshot, &options.route)?;
    let flow = report::data_flow::of_route(snapshot.db(), project, &route);
    match options.drawn.output_format {
        DiagramFormat::Text => Ok(vec![flow.text()]),
        DiagramFormat::Json => Ok(vec![document(flow)?]),
        format => write_graph(flow.graph(), format),
    }
}
