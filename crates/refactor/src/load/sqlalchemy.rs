//! `select(Order).options(joinedload(Order.customer), selectinload(Order.items))`

mod known;

use flow::Traits;
use model::ClassRef;
use python::{Arg, Expr, ExprId};
use source::TextEdit;
use view::Context;

use super::chain::Chain;
use super::layout::{self, Additions, NewCall};
use super::names::{self, Names};
use super::steps::LoadPath;
use known::Known;

/// Loaders by a separate statement, and by a join.
const APART: &str = "selectinload";
const JOINED: &str = "joinedload";
/// Continues with the relationship's existing loading.
const DEFAULT: &str = "defaultload";

/// The edits. `None` if no loader fits what the query does.
pub(super) fn edits(
    cx: &Context<'_>,
    chain: &Chain<'_>,
    paths: &[LoadPath],
    traits: Traits,
) -> Option<Vec<TextEdit>> {
    // Two strategies for one relationship raise; the result of a write accepts no joins.
    if traits.has(Traits::WRITTEN | Traits::KEPT_LAZY) {
        return None;
    }
    let begins = Begins::of(chain)?;
    let is_legacy = matches!(begins, Begins::Query);
    if traits.has(Traits::COMBINED) && (!is_legacy || traits.has(Traits::RAW)) {
        return None;
    }
    let options = begins.options(chain);
    let known = Known::all(chain, &options);
    // Options that can't be read here: what they load, and how, is unknown.
    let is_opaque = traits.has(Traits::OPTIONED) && (options.is_empty() || known.is_opaque);
    let mut names = Names::default();
    let (mut additions, mut new) = (Additions::default(), Vec::new());
    for path in paths {
        let steps: Vec<&str> = path.steps.iter().map(|step| step.name.as_str()).collect();
        let longest = known.longest(&steps);
        let extended = longest.filter(|option| option.is_beginning_of(&steps));
        let shared = longest.map_or(0, |option| option.shared(&steps));
        let mut text = String::new();
        let mut is_in_statement = true;
        for (index, step) in path.steps.iter().enumerate() {
            let known = longest.filter(|_| index < shared).map(|option| option.loaders[index]);
            let may_join = !(is_in_statement && traits.has(Traits::LOCKED | Traits::RAW | Traits::GROUPED));
            let loader = match known {
                Some(loader) => loader,
                None if is_opaque && !step.is_wanted => DEFAULT,
                None if step.is_generic => return None,
                None if step.is_many || !may_join => APART,
                None => JOINED,
            };
            is_in_statement &= matches!(loader, JOINED | DEFAULT | "contains_eager");
            if extended.is_some() && index < shared {
                continue;
            }
            let class = if index == 0 {
                root_as_written(cx, chain, &step.owner)?
            } else {
                names.class(cx, &step.owner)?
            };
            let called = if index == 0 { names.loader(cx, loader)? } else { format!(".{loader}") };
            text += &[&called, "(", &class, ".", &step.name, ")"].concat();
        }
        match extended {
            // It is already loaded: the finding is about something else.
            Some(_) if text.is_empty() => return None,
            Some(option) => additions.edits.push(layout::insertion(chain.span(option.expr).end, text)),
            None => new.push(text),
        }
    }
    if !new.is_empty() {
        begins.add(chain, &options, new, &mut additions)?;
    }
    let mut edits = layout::fit(chain, additions);
    edits.extend(names.imports(cx));
    Some(edits)
}

/// The start of a query.
enum Begins {
    /// `select(Order)`
    Select,
    /// `session.query(Order)`, `Order.query`
    Query,
    /// `session.get(Order, 1)`
    Get,
}

impl Begins {
    fn of(chain: &Chain<'_>) -> Option<Self> {
        match &chain.body[chain.origin] {
            Expr::Attribute { .. } => Some(Self::Query),
            Expr::Call { callee, .. } => match &chain.body[*callee] {
                Expr::Attribute { name, .. } | Expr::Name(name) => match name.as_str() {
                    "get" | "get_one" => Some(Self::Get),
                    "query" => Some(Self::Query),
                    // How to pass it to `session.get()` depends on the version of the library.
                    name if name.ends_with("_or_404") => None,
                    _ => Some(Self::Select),
                },
                _ => None,
            },
            _ => None,
        }
    }

    /// Where options are passed: calls of `options()`, the list argument of `session.get()`.
    fn options(&self, chain: &Chain<'_>) -> Vec<ExprId> {
        if matches!(self, Self::Get) {
            let given = chain.args(chain.origin).iter().find_map(|arg| match arg {
                Arg::Keyword(name, value) if name == "options" => Some(*value),
                _ => None,
            });
            return given.into_iter().collect();
        }
        chain.calls(&["options"])
    }

    /// Adds options.
    fn add(
        &self,
        chain: &Chain<'_>,
        given: &[ExprId],
        new: Vec<String>,
        additions: &mut Additions,
    ) -> Option<()> {
        let edit = match (self, given.last()) {
            (Self::Get, Some(list)) => {
                let Expr::List(elements) = &chain.body[*list] else { return None };
                let (last, span) = (chain.span(*elements.last()?), chain.span(*list));
                layout::append_behind(chain, last, span.end - 1, &new)?
            }
            (Self::Get, None) => {
                let argument = format!("options=[{}]", new.join(", "));
                layout::append(chain, chain.origin, &[argument])?
            }
            (_, Some(call)) => layout::append(chain, *call, &new)?,
            (_, None) => {
                additions.calls = Some((chain.origin, vec![NewCall::method("options", new)]));
                return Some(());
            }
        };
        additions.edits.push(edit);
        Some(())
    }
}

/// The entity as written where the query starts: its own name, another one, or an alias created here.
fn root_as_written(cx: &Context<'_>, chain: &Chain<'_>, class: &ClassRef) -> Option<String> {
    let written: Vec<String> = match &chain.body[chain.origin] {
        Expr::Call { args, .. } => {
            args.iter().filter_map(|arg| chain.body.exprs.dotted(arg.value())).collect()
        }
        Expr::Attribute { value, .. } => chain.body.exprs.dotted(*value).into_iter().collect(),
        _ => Vec::new(),
    };
    let is_it = |name: &&String| {
        let last = name.rsplit('.').next().unwrap_or_default();
        last == class.name || names::means(cx, name, class) || is_alias(cx, chain, name, class)
    };
    written.iter().find(is_it).cloned()
}

/// Whether a name of the function is bound to `aliased(Order)` and nothing else.
fn is_alias(cx: &Context<'_>, chain: &Chain<'_>, name: &str, class: &ClassRef) -> bool {
    let Some(value) = chain.body.assigned_once(name) else { return false };
    let Expr::Call { callee, args } = &chain.body[value] else { return false };
    let function = chain.body.exprs.dotted(*callee).unwrap_or_default();
    let of = args.first().and_then(|arg| chain.body.exprs.dotted(arg.value())).unwrap_or_default();
    function.rsplit('.').next() == Some("aliased")
        && (names::means(cx, &of, class) || of.rsplit('.').next() == Some(class.name.as_str()))
}
