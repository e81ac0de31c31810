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
            summary: "maximum number of lines of a class, whatever it contains",
        },
        OptionSpec {
            name: "methods",
            default: OptionDefault::Integer(20),
            summary: "maximum number of methods of a class, whatever they do",
        },
        OptionSpec {
            name: "collaborators",
            default: OptionDefault::Integer(10),
            summary: "maximum number of other modules and libraries that a class uses, whatever its size",
        },
        OptionSpec {
            name: "cohesion",
            default: OptionDefault::Integer(33),
            summary: "minimum percentage of pairs of methods that share an attribute for a class to be cohesive",
        },
        OptionSpec {
            name: "module-lines",
            default: OptionDefault::Integer(2000),
            summary: "maximum number of lines of a module, whatever it contains",
        },
        OptionSpec {
            name: "module-collaborators",
            default: OptionDefault::Integer(15),
            summary: "maximum number of other modules of the project that a module uses, whatever its size",
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
