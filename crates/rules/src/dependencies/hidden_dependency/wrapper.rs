//! Classes that wrap the client of one service: adapters, whatever folder they are in.

use libraries::Kind;
use model::Target;
use python::{BodyId, BodyOwner, ClassId, Expr, ExprId, FunctionId, Name, Scope, Stmt};
use rustc_hash::FxHashSet;
use view::checked_classes;
use view::collaborators::{self, Class};
use view::scope::{Meaning, Names, of_self};

use crate::dependencies::shape::awaited;

/// Whether all that the class does is to talk to the client of one service, which its constructor makes and keeps: each
/// public method uses it, and the class has no other collaborator.
pub(super) fn wraps_client(names: &Names<'_>, class: ClassId) -> bool {
    let definitions = &names.cx.module.definitions;
    let methods: Vec<(FunctionId, &python::Function)> =
        definitions.functions().filter(|(_, it)| it.scope == Scope::Class(class)).collect();
    let Some((_, constructor)) = methods.iter().find(|(_, it)| it.name == "__init__") else { return false };
    let Some((client, made)) = kept_client(names, constructor.body) else { return false };
    if has_other_collaborator(names, class, made) || is_given_collaborator(names, constructor) {
        return false;
    }
    // What calls a method that uses the client uses it too.
    let mut using: FxHashSet<&Name> = FxHashSet::default();
    using.insert(client);
    loop {
        let known = using.len();
        let more = methods.iter().filter(|(_, it)| it.name != "__init__" && uses(names, it.body, &using));
        let more: Vec<&Name> = more.map(|(_, it)| &it.name).collect();
        using.extend(more);
        if using.len() == known {
            break;
        }
    }
    let mut public = methods.iter().filter(|(_, it)| !it.name.starts_with('_')).peekable();
    public.peek().is_some() && public.all(|(_, it)| using.contains(&it.name))
}

/// The attribute in which a constructor keeps the client that it makes, and where it makes that.
fn kept_client<'n>(names: &Names<'n>, constructor: BodyId) -> Option<(&'n Name, (BodyId, ExprId))> {
    let body = names.body(constructor);
    body.stmts.iter().find_map(|stmt| {
        let Stmt::Assign { targets, value: Some(value), .. } = stmt else { return None };
        let made = awaited(body, *value);
        let (collaborator, _) = collaborators::of_call(names, constructor, made)?;
        // A client for any HTTP says nothing of what the class is about.
        let is_client = matches!(&collaborator.class, Class::Library(full)
            if matches!(libraries::kind(full), Some(Kind::Cloud | Kind::Service)));
        let kept = targets.iter().find_map(|target| of_self(body, *target))?;
        is_client.then_some((kept, (constructor, made)))
    })
}

/// Whether any body of the class builds or fetches another collaborator.
fn has_other_collaborator(names: &Names<'_>, class: ClassId, made: (BodyId, ExprId)) -> bool {
    names.bodies().any(|(id, body)| {
        let around = match body.owner {
            BodyOwner::Function(function) => checked_classes::class_around(names.cx, function),
            _ => None,
        };
        around.is_some_and(|(around, _)| around == class)
            && body.exprs.list.iter().enumerate().any(|(index, expr)| {
                let at = ExprId(index as u32);
                matches!(expr, Expr::Call { .. })
                    && (id, at) != made
                    && collaborators::of_call(names, id, at).is_some()
            })
    })
}

/// Whether a constructor is given an object of the project.
fn is_given_collaborator(names: &Names<'_>, constructor: &python::Function) -> bool {
    let definitions = &names.cx.module.definitions;
    constructor.parameters.iter().filter_map(|it| it.annotation).any(|annotation| {
        let mut open = vec![annotation];
        while let Some(at) = open.pop() {
            if let Expr::Name(name) = &definitions[at] {
                let is_own = match names.meaning(BodyId(0), name) {
                    Meaning::Import(import) => matches!(names.target(import), Some(Target::Symbol { .. })),
                    Meaning::Bound(..) => true,
                    Meaning::Free => false,
                };
                if is_own {
                    return true;
                }
            }
            definitions[at].for_each_child(|child| open.push(child));
        }
        false
    })
}

/// Whether a body takes one of these attributes of its object.
fn uses(names: &Names<'_>, id: BodyId, attributes: &FxHashSet<&Name>) -> bool {
    let body = names.body(id);
    (0..body.exprs.list.len())
        .any(|index| of_self(body, ExprId(index as u32)).is_some_and(|name| attributes.contains(name)))
}
