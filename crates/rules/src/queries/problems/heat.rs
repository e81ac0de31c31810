//! How much does it matter? How a loop is reached, and how many elements it can have.

use config::Level;
use flow::ways::{Reached, Way};
use flow::{Analysis, FunctionRef, ProblemKind, Site, Traits, Walks};
use python::Scope;
use view::{Context, Draft, OptionDefault, OptionSpec, Options, Place};

use super::{Found, PerLoop, analysis};

/// Loops in commands, which a person waits for, are only a hint by default.
pub(crate) const COMMANDS: OptionSpec = OptionSpec {
    name: "commands",
    default: OptionDefault::Bool(false),
    summary: "whether code reached only by commands, scripts and program startup is `info` instead of `hint`",
};

/// How much a loop matters.
pub(crate) struct Heat {
    /// How it is reached.
    way: Way,
    /// The function that contains it.
    function: FunctionRef,
    /// Why it matters less than others, if it does.
    cooler: Option<Cooler>,
}

/// Why a loop matters less than one that requests run over many rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cooler {
    /// Only commands reach it.
    Command,
    /// Only workers and schedulers reach it.
    Later,
    /// Nothing is known to reach it.
    Nobody,
    /// Only a list of Django's admin shows it: a page for staff.
    Admin,
    /// It writes, and writes happen per element.
    Writes,
    /// Each iteration waits for the network anyway.
    Remote,
    /// The loop iterates over data sent by the client.
    Payload,
    /// It reads what belongs to the one row that a request changes.
    OneRow,
    /// What is walked are no rows, as far as is seen, and nothing shows how many there can be.
    Unclear,
}

impl Heat {
    /// The heat of a loop.
    pub(crate) fn of_loop(cx: &Context<'_>, group: &PerLoop) -> Self {
        let function = group.first().function;
        let known = analysis(cx, function);
        let way = way_to(cx, function, &known, group.first().problem.site);
        let by_loop = || {
            let changes = is_of_changes(&way);
            let is_assumed = matches!(&way, Way::In(way) if way.is_guess);
            // Of what a request runs to change each row, a loader saves one statement among several. A request that
            // reads gains by it whatever it writes besides.
            if known.written.contains(&group.site) && (changes || is_assumed || group.all().all(is_query)) {
                Some(Cooler::Writes)
            } else if changes && group.around.walks == Walks::Children && !group.all().any(is_query) {
                Some(Cooler::OneRow)
            } else if known.remote.contains(&group.site) {
                Some(Cooler::Remote)
            } else if is_sent(cx, group, &way) {
                Some(Cooler::Payload)
            } else {
                (is_unclear(group, &way) && group.all().all(is_query)).then_some(Cooler::Unclear)
            }
        };
        let cooler = cooler(cx, &way, function).or_else(by_loop);
        Self { way, function, cooler }
    }

    /// The heat of a call that renders rows, and what it loops over.
    pub(crate) fn of_rendering(cx: &Context<'_>, groups: &[PerLoop]) -> Self {
        let heats = groups.iter().map(|group| Self::of_loop(cx, group));
        // One loop that nothing cools counts for all.
        let mut heat = heats.min_by_key(|heat| heat.cooler.is_some()).expect("a call renders in a loop");
        let is_behind = |found: &Found| match &found.problem.kind {
            ProblemKind::LazyPerRow { chain, .. } => chain.len() > 1,
            _ => false,
        };
        if is_of_changes(&heat.way)
            && heat.cooler.is_none()
            && groups.iter().flat_map(PerLoop::all).all(is_behind)
        {
            heat.cooler = Some(Cooler::OneRow);
        }
        heat
    }

    /// The heat of a route's response. One row and what belongs to it is what a request renders that changes the row.
    pub(crate) fn of_response(cx: &Context<'_>, function: FunctionRef, is_many: bool) -> Self {
        let way = way_in(cx, function);
        let of_one = || (is_of_changes(&way) && !is_many).then_some(Cooler::OneRow);
        let cooler = cooler(cx, &way, function).or_else(of_one);
        Self { way, function, cooler }
    }

    /// The heat of a function as a whole.
    pub(crate) fn of_function(cx: &Context<'_>, function: FunctionRef) -> Self {
        let way = way_in(cx, function);
        let cooler = cooler(cx, &way, function);
        Self { way, function, cooler }
    }

    /// The highest level it is reported at; [`COMMANDS`] decides whether commands count like tasks.
    fn level(&self, options: &Options<'_>) -> Option<Level> {
        match self.cooler? {
            Cooler::Command if !options.bool(COMMANDS.name) => Some(Level::Hint),
            _ => Some(Level::Info),
        }
    }

    /// Whether only commands and program startup reach it.
    pub(crate) fn is_of_commands(&self) -> bool {
        self.cooler == Some(Cooler::Command)
    }

    /// How it is reached, as the end of a sentence: `` ; reached by `GET /orders` ``.
    pub(crate) fn words(&self) -> String {
        let Way::In(way) = &self.way else { return String::new() };
        let is_own = way.function == Some(self.function);
        let name = &way.name;
        match way.reached {
            _ if way.is_guess => String::new(),
            Reached::Listed | Reached::Route if is_own && !way.is_route => String::new(),
            Reached::Listed | Reached::Route => format!("; reached by `{name}`"),
            Reached::Task if is_own => "; runs in a task".to_owned(),
            Reached::Task => format!("; runs in the task `{name}`"),
            Reached::Schedule if is_own => "; runs in a scheduled job".to_owned(),
            Reached::Schedule => format!("; runs in the scheduled job `{name}`"),
            Reached::Command if is_own => "; runs in a command".to_owned(),
            Reached::Command => format!("; runs in the command `{name}`"),
        }
    }

    /// Sets the level on a finding, and the reason.
    pub(crate) fn put(&self, draft: &mut Draft, options: &Options<'_>) {
        if let (Some(cooler), Some(level)) = (self.cooler, self.level(options)) {
            draft.at_most(level);
            draft.evidence(match cooler {
                Cooler::Command => "Only commands and program startup reach it",
                Cooler::Later => "Only workers and scheduled jobs reach it; no request waits",
                Cooler::Nobody => "No route, task or command is known to reach it",
                Cooler::Admin => "Only the admin's list shows it",
                Cooler::Writes => "It writes for each element",
                Cooler::Remote => "Each iteration sends a request over the network anyway",
                Cooler::Payload => "It loops over what the request sent",
                Cooler::OneRow => "It reads what belongs to one row",
                Cooler::Unclear => "Nothing shows how many there can be",
            });
        }
    }

    /// Shows the entry point of the call chain.
    pub(crate) fn relate(&self, cx: &Context<'_>, draft: &mut Draft) {
        if let Way::In(way) = &self.way
            && let Some(entry) = way.function.filter(|entry| *entry != self.function && !way.is_guess)
        {
            let text = if way.is_route {
                format!("`{}` begins here", way.name)
            } else {
                format!("`{}` is called from outside", way.name)
            };
            draft.related(cx.file_of(entry.module), Place::Function(entry.function), text);
        }
    }
}

fn way_in(cx: &Context<'_>, function: FunctionRef) -> Way {
    flow::query::way_in(cx.db, cx.project, function.module, function.function)
}

/// How a place in a function is reached: some are below a test of the request's method.
fn way_to(cx: &Context<'_>, function: FunctionRef, known: &Analysis, site: Site) -> Way {
    let way = way_in(cx, function);
    match (way, known.modifying.iter().find(|noted| noted.site == site)) {
        (Way::In(way), Some(noted)) => Way::In(way.modifying(noted.method.as_deref())),
        (way, _) => way,
    }
}

/// Whether only requests that modify something reach it.
fn is_of_changes(way: &Way) -> bool {
    matches!(way, Way::In(way) if way.reached == Reached::Route)
}

/// What makes it matter less, according to how it is reached.
fn cooler(cx: &Context<'_>, way: &Way, function: FunctionRef) -> Option<Cooler> {
    match way {
        Way::Nobody | Way::Unknown if is_of_admin(cx, function) => Some(Cooler::Admin),
        // Only calls of a method with this name are known, on values that aren't.
        Way::In(way) if way.is_guess && is_method_of_row(cx, function) => Some(Cooler::Nobody),
        Way::In(way) => match way.reached {
            Reached::Listed | Reached::Route => None,
            Reached::Task | Reached::Schedule => Some(Cooler::Later),
            Reached::Command => Some(Cooler::Command),
        },
        Way::Nobody => (!takes_request(cx, function)).then_some(Cooler::Nobody),
        Way::Unknown => None,
    }
}

/// Whether a function does what a list of Django's admin needs: it is the body of its class, or one of its columns.
fn is_of_admin(cx: &Context<'_>, function: FunctionRef) -> bool {
    function.class_body().is_some()
        || (!is_method_of_row(cx, function) && flow::query::is_column(cx.db, cx.project, function))
}

/// Whether a function without known callers is one that requests reach: it takes a request.
fn takes_request(cx: &Context<'_>, function: FunctionRef) -> bool {
    let definitions = python::query::definitions(cx.db, cx.file_of(function.module));
    // The body of a class or a module takes nothing.
    let facts = definitions.functions.get(function.function.0 as usize);
    facts.is_some_and(|facts| {
        facts.parameters.iter().any(|parameter| parameter.name == "request" || parameter.name == "info")
    })
}

/// Whether a function is a method or a property of an entity.
pub(crate) fn is_method_of_row(cx: &Context<'_>, function: FunctionRef) -> bool {
    let definitions = python::query::definitions(cx.db, cx.file_of(function.module));
    let facts = definitions.functions.get(function.function.0 as usize);
    let Some(Scope::Class(class)) = facts.map(|facts| facts.scope) else { return false };
    model::query::entity(cx.db, cx.project, function.module, definitions[class].name.clone()).is_some()
}

/// Whether something is a query of its own for each element: no loader can serve it.
fn is_query(found: &Found) -> bool {
    match &found.problem.kind {
        ProblemKind::QueryPerRow { .. } => true,
        // What is read of a row that the loop itself fetched is another query for the element.
        ProblemKind::LazyPerRow { is_refined, chain, traits, .. } => {
            *is_refined || (traits.has(Traits::ONE) && chain.len() == 1)
        }
        ProblemKind::LazyInAsync { .. } | ProblemKind::BlocksInAsync { .. } => false,
    }
}

/// Whether the client sends what the loop iterates over: a field of the body, or an argument of the route.
fn is_sent(cx: &Context<'_>, group: &PerLoop, way: &Way) -> bool {
    // If only modifying requests reach it, then anything except rows is the data that they submit.
    let changes = is_of_changes(way);
    match group.around.walks {
        Walks::Payload => true,
        Walks::Given | Walks::Something if changes => true,
        Walks::Given => {
            let function = group.first().function;
            let routes = model::query::routes(cx.db, cx.project);
            let is_route = routes.of_function(function.module, function.function).next().is_some();
            let given = group.around.over.as_ref().filter(|path| path.steps.is_empty());
            is_route && given.is_some()
        }
        Walks::Rows | Walks::Children | Walks::Something | Walks::Page => false,
    }
}

/// Whether the value that the loop walks is unknown. The callers know what a parameter holds, and it may be rows; a
/// part of it (`data["tickets"]`) may be anything.
fn is_unclear(group: &PerLoop, way: &Way) -> bool {
    if matches!(way, Way::Unknown) {
        return false;
    }
    match group.around.walks {
        Walks::Something => true,
        Walks::Given => group.around.over.as_ref().is_none_or(|path| !path.steps.is_empty()),
        Walks::Rows | Walks::Children | Walks::Page | Walks::Payload => false,
    }
}
