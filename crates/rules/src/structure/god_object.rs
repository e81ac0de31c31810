//! Classes and modules with too many reasons to change: large, with many collaborators, and made of unrelated parts.
//! All three, never size alone (Lanza and Marinescu, "Object-Oriented Metrics in Practice", 2006).

mod class;
mod module;

use config::Level;
use source::Span;
use view::{Context, Findings, Group, InPresets, OptionDefault, OptionSpec, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "god-object",
    group: Group::Structure,
    summary: "a class or module with too many reasons to change, by cohesion, coupling and size",
    level: Level::Info,
    since: "0.1.0",
    docs: include_str!("god_object.md"),
    options: &[
        OptionSpec {
            name: "class-lines",
            default: OptionDefault::Integer(500),
            summary: "how many lines a class may have, whatever is in it",
        },
        OptionSpec {
            name: "methods",
            default: OptionDefault::Integer(20),
            summary: "how many methods a class may have, whatever they do",
        },
        OptionSpec {
            name: "collaborators",
            default: OptionDefault::Integer(10),
            summary: "how many other modules and libraries a class may use, whatever its size",
        },
        OptionSpec {
            name: "cohesion",
            default: OptionDefault::Integer(33),
            summary: "from how many percent of pairs of methods that share an attribute on a class is cohesive",
        },
        OptionSpec {
            name: "module-lines",
            default: OptionDefault::Integer(2000),
            summary: "how many lines a module may have, whatever is in it",
        },
        OptionSpec {
            name: "module-collaborators",
            default: OptionDefault::Integer(15),
            summary: "how many other modules of the project a module may use, whatever its size",
        },
    ],
    has_fix: false,
    presets: InPresets {
        strict: Some(Level::Warning),
        layered: Some(Level::Warning),
        clean: Some(Level::Warning),
        hexagonal: Some(Level::Warning),
        ..InPresets::KEEP
    },
    judges: Rule::CODE,
    check,
};

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    class::check(cx, out);
    module::check(cx, out);
}

/// The configured limit.
fn limit(cx: &Context<'_>, name: &str) -> usize {
    usize::try_from(cx.options(&RULE).integer(name)).unwrap_or(0)
}

/// The number of lines of a span.
fn lines(cx: &Context<'_>, span: Span) -> usize {
    cx.text.as_str().get(span.start as usize..span.end as usize).map_or(0, |text| text.lines().count())
}
