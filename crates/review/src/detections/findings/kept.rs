//! What rules of layers look for and don't find: a domain without frameworks, layers that are imported in one direction.

use libraries::{Kind, kind};
use python::naming::counted;

use crate::claim::{Area, Claim, Kind as ClaimKind, Place};
use crate::evidence::{Evidence, Source};

/// Fewer modules or imports show nothing.
const SPEAKS: usize = 3;

/// The strengths.
pub(super) fn kept(evidence: &Evidence) -> Vec<Claim> {
    [domain(evidence), direction(evidence)].into_iter().flatten().collect()
}

fn is_found(evidence: &Evidence, rule: &str) -> bool {
    evidence.findings.iter().any(|it| it.rule == rule)
}

fn strength(key: &str, text: String, place: Place) -> Claim {
    let mut claim = Claim::new(super::ID, Area::Architecture, ClaimKind::Strength, text).keyed(&[key]);
    claim.at(place);
    claim
}

/// No module of the domain imports what is outside of it.
fn domain(evidence: &Evidence) -> Option<Claim> {
    let paths = evidence.structure.layer_of.iter().filter(|(_, layer)| *layer == "domain");
    let domain: Vec<&Source> =
        paths.filter_map(|(path, _)| evidence.sources.iter().find(|it| it.path == *path)).collect();
    let is_pure = !domain.iter().any(|it| reaches_out(it)) && !is_found(evidence, "framework-in-domain");
    if domain.len() < SPEAKS || !is_pure {
        return None;
    }
    let names: Vec<String> = domain.iter().take(2).map(|it| format!("`{}`", it.name)).collect();
    let text = format!(
        "None of the {} modules of the domain, as {}, imports a web framework, a database library or a client.",
        domain.len(),
        names.join(" and ")
    );
    Some(strength("domain", text, Place::new(domain[0].path.clone(), 1)))
}

fn reaches_out(source: &Source) -> bool {
    let is_outside = |name: &python::Name| {
        let of = kind(name);
        of.is_some_and(|it| {
            matches!(
                it,
                Kind::Web
                    | Kind::Server
                    | Kind::Orm
                    | Kind::Driver
                    | Kind::Client
                    | Kind::Broker
                    | Kind::Cloud
                    | Kind::Mail
                    | Kind::Service
                    | Kind::Tasks
                    | Kind::GraphQl
            )
        })
    };
    source.outside.iter().any(is_outside)
}

/// All imports between layers go the way that the style allows.
fn direction(evidence: &Evidence) -> Option<Claim> {
    let structure = &evidence.structure;
    let is_kept = structure.doubtful == 0 && !is_found(evidence, "layer-violation");
    if structure.between < SPEAKS || !is_kept || structure.style.is_empty() {
        return None;
    }
    let (first, _) = structure.layer_of.first()?;
    let layers: Vec<&str> = structure.layers.iter().filter_map(|(layer, _)| *layer).collect();
    let text = format!(
        "All {} between modules whose layer is certain ({}) go the way that the {} style allows.",
        counted(structure.between, "import"),
        layers.join(", "),
        structure.style
    );
    Some(strength("direction", text, Place::new(first.clone(), 1)))
}
