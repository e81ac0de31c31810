//! Tokens that are read without checking their signature.

use flow::FunctionRef;
use flow::ways::Reached;
use libraries::{Caution, caution};
use rustc_hash::FxHashSet;

use crate::claim::{Area, Level, Place};
use crate::detection::{Answers, Detection};
use crate::evidence::{Call, Calls, Evidence, Function, Source, Value};

/// See the page.
pub static DETECTION: Detection = Detection {
    id: "token-unchecked",
    area: Area::Security,
    title: "Tokens are checked",
    docs: include_str!("token_unchecked.md"),
    asvs: Some("V9 Self-contained Tokens"),
    factor: None,
    run,
};

/// How far a token is followed back to where it comes from.
const DEEPEST: usize = 3;

fn run(evidence: &Evidence, out: &mut Answers<'_>) {
    let tokens = Tokens::of(evidence);
    for (source, call) in evidence.calls() {
        let Some(how) = unchecked(call) else { continue };
        // What is read to find the key is checked afterwards.
        let is_checked_too = source.calls.iter().any(is_check);
        if is_checked_too || tokens.is_known(source, call, token(call), DEEPEST) {
            continue;
        }
        let who = call.function.as_deref().unwrap_or(&source.path);
        let level = if tokens.is_of_request(source, call, token(call), DEEPEST) {
            Level::High
        } else {
            Level::Medium
        };
        let text = format!("`{who}` reads a token {how}: anybody may write one.");
        let claim = out.presence(level, &[&source.path, who], text);
        claim.at(Place::new(source.path.clone(), call.line));
        claim.recommend(format!(
            "Let `{who}` check the signature with the key and the algorithm that it expects."
        ));
    }
}

/// Where tokens are made and checked.
struct Tokens<'e> {
    evidence: &'e Evidence,
    calls: Calls,
    /// Functions that make one, themselves or by calls.
    making: FxHashSet<FunctionRef>,
    /// Functions that check one.
    checking: FxHashSet<FunctionRef>,
}

impl<'e> Tokens<'e> {
    fn of(evidence: &'e Evidence) -> Self {
        let calls = evidence.call_graph();
        let making = calls.leading_to(evidence.functions_with(is_maker));
        let checking = calls.leading_to(evidence.functions_with(is_check));
        Self { evidence, calls, making, checking }
    }

    /// Whether a token that a call is given is one of ours: made before in the same function, or checked there, before it
    /// runs, or by all who hand it over.
    fn is_known(&self, source: &Source, call: &Call, token: Option<&str>, depth: usize) -> bool {
        let Some(function) = source.around(call) else { return false };
        // Who reads a token on the command line has it already.
        if function.reached == Some(Reached::Command) || self.is_checked(function) {
            return true;
        }
        let Some(token) = token else { return false };
        let is_made = |it: &Call| is_maker(it) || it.own.iter().any(|it| self.making.contains(it));
        let mut before = source.calls.iter().filter(|it| it.body == call.body && it.offset < call.offset);
        if before.any(|it| it.binds(token) && is_made(it)) {
            return true;
        }
        let Some(depth) = depth.checked_sub(1) else { return false };
        let mut handed = self.handed(function, token).peekable();
        handed.peek().is_some() && handed.all(|(from, it, given)| self.is_known(from, it, given, depth))
    }

    /// Whether a token that a call is given is seen to come with a request: its function is called from outside, or is
    /// handed it by one that is.
    fn is_of_request(&self, source: &Source, call: &Call, token: Option<&str>, depth: usize) -> bool {
        let Some(function) = source.around(call) else { return false };
        let is_asked = matches!(function.reached, Some(Reached::Listed | Reached::Route));
        let is_outermost = function.entry == Some(function.id)
            || self
                .evidence
                .routes
                .iter()
                .any(|it| it.function == Some(function.id) || it.dependencies.contains(&function.id));
        if is_asked && is_outermost {
            return true;
        }
        let (Some(token), Some(depth)) = (token, depth.checked_sub(1)) else { return false };
        self.handed(function, token).any(|(from, it, given)| self.is_of_request(from, it, given, depth))
    }

    /// The calls that hand over what a parameter of this name is, with its name there.
    fn handed<'s>(
        &'s self,
        function: &'s Function,
        name: &'s str,
    ) -> impl Iterator<Item = (&'s Source, &'s Call, Option<&'s str>)> {
        let of_class = usize::from(function.parameters.first().is_some_and(|it| it.name == "self"));
        let position = function.parameters.iter().position(|it| it.name == name);
        position.into_iter().flat_map(move |position| {
            let callers = self.calls.callers(function.id).iter();
            let calls = callers.flat_map(|caller| self.calls_to(*caller, function.id));
            calls.map(move |(from, it)| {
                let given = it
                    .called
                    .keyword(name)
                    .or_else(|| it.called.positional(position.saturating_sub(of_class)));
                (from, it, given.and_then(named))
            })
        })
    }

    /// Whether a function checks a token, or what runs before it does.
    fn is_checked(&self, function: &Function) -> bool {
        let mut of_it = self.evidence.routes.iter().filter(|it| it.function == Some(function.id));
        self.checking.contains(&function.id)
            || of_it.any(|it| it.dependencies.iter().any(|it| self.checking.contains(it)))
    }

    /// The calls of one function in another.
    fn calls_to(&self, caller: FunctionRef, callee: FunctionRef) -> impl Iterator<Item = (&Source, &Call)> {
        let inside = self.evidence.calls().filter(move |(source, _)| source.id == caller.module);
        inside.filter(move |(source, call)| {
            call.own.contains(&callee) && source.around(call).is_some_and(|it| it.id == caller)
        })
    }
}

/// The name of the token that a call reads.
fn token(call: &Call) -> Option<&str> {
    let known = ["jwt", "token"].iter().find_map(|it| call.called.keyword(it));
    call.called.positional(0).or(known).and_then(named)
}

fn named(value: &Value) -> Option<&str> {
    match value {
        Value::Name(name) => Some(name),
        _ => None,
    }
}

fn is_maker(call: &Call) -> bool {
    call.called.callee.as_deref().and_then(caution) == Some(Caution::TokenMade)
}

fn is_check(call: &Call) -> bool {
    call.called.callee.as_deref().and_then(caution) == Some(Caution::Token) && unchecked(call).is_none()
}

/// How a call reads a token without checking it.
fn unchecked(call: &Call) -> Option<&'static str> {
    let called = &call.called;
    match caution(called.callee.as_deref()?)? {
        Caution::UncheckedToken => Some("without checking its signature"),
        Caution::Token => {
            let off = Value::Bool(false);
            let off = Some(&off);
            let options = called.keyword("options").and_then(|it| it.entry("verify_signature"));
            let is_none = |it: &Value| it.text().is_some_and(|it| it.eq_ignore_ascii_case("none"));
            let algorithms = called.keyword("algorithms");
            if options == off || called.keyword("verify") == off {
                Some("without checking its signature")
            } else if algorithms.is_some_and(|it| is_none(it) || it.items().iter().any(is_none)) {
                Some("with the algorithm `none`")
            } else {
                None
            }
        }
        _ => None,
    }
}
