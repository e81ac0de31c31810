//! Writes a member where it is needed.

use std::fmt::Write as _;

use super::{Access, Body, Default, Method, Signature};
use crate::rewrite::{At, Carried, FileRewrite, Meaning};

/// Maximum line length if the project doesn't configure one.
const USUAL_LENGTH: usize = 88;
/// What members are indented by in a class.
const INDENTATION: usize = 4;

/// A member as lines that end with `\n`, not indented, with the file's names for its types. `None` if a name is
/// unavailable.
pub(crate) fn write(
    signature: &Signature,
    body: Body,
    file: &mut FileRewrite<'_>,
    place: &dyn Fn(&Meaning) -> At,
) -> Option<String> {
    match signature {
        Signature::Method(method) => of_method(method, body, file, place),
        Signature::Attribute { name, annotation, access } => {
            let annotation = file.render_type(annotation, place)?;
            // An attribute that is never assigned to may be a property too: a port requires no more than is needed.
            let text = match access {
                Access::Write if body != Body::NotImplemented => format!("{name}: {annotation}\n"),
                Access::Class if body != Body::NotImplemented => {
                    let meaning = Carried::name(Meaning::standard("typing", "ClassVar"));
                    let class_var = file.render(&meaning, &|_| At::RunTime)?;
                    format!("{name}: {class_var}[{annotation}]\n")
                }
                _ => {
                    let decorator = abstract_decorator(body, file)?;
                    let head = format!("def {name}");
                    let receiver = ["self".to_owned()];
                    let body = statement(body);
                    let getter = function(longest(file), &head, &receiver, Some(&annotation), (body, None));
                    format!("@property\n{decorator}{getter}")
                }
            };
            Some(text)
        }
    }
}

fn of_method(
    method: &Method,
    body: Body,
    file: &mut FileRewrite<'_>,
    place: &dyn Fn(&Meaning) -> At,
) -> Option<String> {
    let mut text = String::new();
    for decorator in &method.decorators {
        // Decorators run with the module.
        let decorator = file.render(decorator, &|_| At::RunTime)?;
        let _ = writeln!(text, "@{decorator}");
    }
    text.push_str(&abstract_decorator(body, file)?);
    let mut parameters = Vec::new();
    for parameter in &method.parameters {
        // An implementation needs the default values; a port only needs to show that there are some.
        let default = match (&parameter.default, body) {
            (Some(Default::Known(default)), Body::NotImplemented) => {
                Some(file.render(default, &|_| At::RunTime)?)
            }
            (Some(_), _) => Some("...".to_owned()),
            (None, _) => None,
        };
        let written = match (&parameter.annotation, default) {
            (Some(annotation), default) => {
                let annotation = file.render_type(annotation, place)?;
                let default = default.map(|default| format!(" = {default}")).unwrap_or_default();
                format!("{}: {annotation}{default}", parameter.name)
            }
            (None, Some(default)) => format!("{}={default}", parameter.name),
            (None, None) => parameter.name.clone(),
        };
        parameters.push(written);
    }
    let returns = match &method.returns {
        Some(returns) => Some(file.render_type(returns, place)?),
        None => None,
    };
    let type_parameters: Option<Vec<String>> =
        method.type_parameters.iter().map(|parameter: &Carried| file.render(parameter, place)).collect();
    let type_parameters = type_parameters?;
    let mut head = format!("{}def {}", if method.is_async { "async " } else { "" }, method.name);
    if !type_parameters.is_empty() {
        let _ = write!(head, "[{}]", type_parameters.join(", "));
    }
    let docstring = method.docstring.as_deref().filter(|_| body != Body::NotImplemented);
    let body = (statement(body), docstring);
    text.push_str(&function(longest(file), &head, &parameters, returns.as_deref(), body));
    Some(text)
}

fn abstract_decorator(body: Body, file: &mut FileRewrite<'_>) -> Option<String> {
    if body != Body::Abstract {
        return Some(String::new());
    }
    let meaning = Carried::name(Meaning::standard("abc", "abstractmethod"));
    let name = if file.imports_module("abc") {
        "abc.abstractmethod".to_owned()
    } else {
        file.render(&meaning, &|_| At::RunTime)?
    };
    Some(format!("@{name}\n"))
}

fn statement(body: Body) -> &'static str {
    match body {
        Body::Ellipsis | Body::Abstract => "...",
        Body::NotImplemented => "raise NotImplementedError",
    }
}

/// The longest line that the project's tools allow in a file.
fn longest(file: &FileRewrite<'_>) -> usize {
    let formatting = file.cx.formatting();
    formatting.line_length.or(formatting.limit).unwrap_or(USUAL_LENGTH)
}

/// A function, on one line where that is no longer than `longest`.
fn function(
    longest: usize,
    head: &str,
    parameters: &[String],
    returns: Option<&str>,
    (body, docstring): (&str, Option<&str>),
) -> String {
    let returns = returns.map(|returns| format!(" -> {returns}")).unwrap_or_default();
    let flat = format!("{head}({}){returns}:", parameters.join(", "));
    let signature = if flat.len() + INDENTATION <= longest {
        flat
    } else {
        // A trailing comma after `*args` and `**kwargs` is valid since Python 3.6; a lone `*` never comes last.
        let lines = parameters.join(",\n    ");
        format!("{head}(\n    {lines},\n){returns}:")
    };
    match docstring {
        Some(docstring) => format!("{signature}\n{}    {body}\n", indented(docstring)),
        None if body == "..." && last_line(&signature) + INDENTATION + 4 <= longest => {
            format!("{signature} ...\n")
        }
        None => format!("{signature}\n    {body}\n"),
    }
}

/// Lines that end with `\n`, indented by one level except empty ones.
pub(crate) fn indented(text: &str) -> String {
    let mut out = String::new();
    for line in text.lines() {
        if !line.trim().is_empty() {
            out.push_str("    ");
            out.push_str(line);
        }
        out.push('\n');
    }
    out
}

fn last_line(text: &str) -> usize {
    text.lines().last().map_or(0, str::len)
}
