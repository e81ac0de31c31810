//! The kind of a class, for rules that treat entities, value objects, rows, ports and services differently.
//!
//! The ancestors and decorators of a class are the strongest indication, then its module, then its name, then its
//! fields. If none of these is conclusive, it is [`ClassKind::Other`], and rules report nothing. Reads definitions,
//! class hierarchies and layers, and no bodies except the names that methods assign on `self`.

mod data;
mod fields;
mod values;
mod words;

use config::Layer;
use model::{ClassRef, ClassRole, ClassSignals, ModuleInfo, PathRole, Project};
use python::{Class, ClassId, Definitions, Name, Scope};

pub use data::{DataLibrary, DataShape, shape};
pub use fields::{Field, fields, has_identity, is_identity, mutates_itself};
pub use values::is_made_of_values;
pub use words::is_domain;

use crate::Db;
use words::Word;

/// The kind of a class.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ClassKind {
    /// Part of the domain, with an identity that outlives its changes; includes aggregate roots.
    Entity,
    /// Part of the domain, and equal to anything with the same values.
    ValueObject,
    /// An event, a command or a query as an object, which is sent rather than changed.
    Message,
    /// A table row, including active record.
    Row,
    /// Input and output: schemas, requests, responses, serializers, forms, DTOs.
    Schema,
    /// A dataclass, named tuple or the like that is none of the above.
    Data,
    /// Configuration.
    Settings,
    /// An error.
    Exception,
    /// An enumeration.
    Enum,
    /// A service, a use case, or a message handler: behaviour of the application or the domain.
    Service,
    /// Accesses the outside: repositories, gateways, clients, units of work.
    Adapter,
    /// An interface that others implement.
    Port,
    /// Handles requests: views, controllers, middleware, admin classes.
    View,
    /// Composes a program: containers, providers, applications.
    Composition,
    /// A test case.
    Test,
    /// Anything else, and anything uncertain.
    Other,
}

/// Determines the kind of `class`. Call [`crate::query::class_kind`] instead, which caches it.
pub fn class_kind(db: &dyn Db, project: Project, class: &ClassRef) -> ClassKind {
    let Some(subject) = Subject::of(db, project, class) else { return ClassKind::Other };
    subject.by_role().or_else(|| subject.by_place_and_name()).unwrap_or(ClassKind::Other)
}

/// A class with its context.
pub struct Subject<'a> {
    /// The database, for queries about it.
    pub db: &'a dyn Db,
    /// The project.
    pub project: Project,
    /// The class.
    pub class: &'a ClassRef,
    /// The id of the class in its module.
    pub id: ClassId,
    /// The definitions in its module.
    pub definitions: std::sync::Arc<Definitions>,
    module: ModuleInfo,
}

impl<'a> Subject<'a> {
    /// `None` unless the class is defined at module level.
    pub fn of(db: &'a dyn Db, project: Project, class: &'a ClassRef) -> Option<Self> {
        let module = model::query::modules(db, project)[class.module].clone();
        let definitions = python::query::definitions(db, module.file);
        let (id, _) = definitions
            .classes()
            .filter(|(_, it)| it.scope == Scope::Module && it.name == class.name)
            .last()?;
        Some(Self { db, project, class, id, definitions, module })
    }

    /// The class statement.
    pub fn facts(&self) -> &Class {
        &self.definitions[self.id]
    }

    /// Its project ancestors, nearest first.
    pub fn bases(&self) -> std::sync::Arc<[ClassRef]> {
        flow::types::classes::bases(self.db, self.project, self.class)
    }

    /// The full names of its non-project ancestors.
    pub fn foreign(&self) -> std::sync::Arc<[Name]> {
        flow::types::classes::foreign_ancestors(self.db, self.project, self.class)
    }

    /// The names of all its ancestors, without their modules.
    fn ancestor_names(&self) -> Vec<Name> {
        let own = self.bases();
        let foreign = self.foreign();
        let last = |full: &Name| Name::from(full.rsplit('.').next().unwrap_or_default());
        own.iter().map(|class| class.name.clone()).chain(foreign.iter().map(last)).collect()
    }

    fn signals(&self) -> Option<ClassSignals> {
        let signals = model::query::signals(self.db, self.module.file);
        signals.classes.iter().find(|class| class.name == self.class.name).cloned()
    }

    fn layer(&self) -> Option<Layer> {
        model::query::layers(self.db, self.project).sure_layer(self.class.module)
    }

    /// Determines the kind by the ancestors.
    fn by_role(&self) -> Option<ClassKind> {
        if self.module.role == PathRole::Tests {
            return Some(ClassKind::Test);
        }
        let signals = self.signals()?;
        if signals.is_table {
            return Some(ClassKind::Row);
        }
        let inherited = self.foreign().iter().filter_map(|base| model::role_of_base(base)).min();
        let role = signals.role.into_iter().chain(inherited).min();
        Some(match role? {
            ClassRole::OrmModel => ClassKind::Row,
            ClassRole::SqlModel | ClassRole::Serializer | ClassRole::Form | ClassRole::GraphQl => {
                ClassKind::Schema
            }
            ClassRole::OrmType | ClassRole::OrmQuery | ClassRole::Repository => ClassKind::Adapter,
            ClassRole::Service => ClassKind::Service,
            ClassRole::View | ClassRole::Http | ClassRole::Middleware | ClassRole::Admin => ClassKind::View,
            ClassRole::HttpError | ClassRole::Exception => ClassKind::Exception,
            ClassRole::Command | ClassRole::Task => ClassKind::Other,
            ClassRole::App | ClassRole::AppConfig | ClassRole::Container => ClassKind::Composition,
            ClassRole::Settings => ClassKind::Settings,
            ClassRole::Enum => ClassKind::Enum,
            ClassRole::Test => ClassKind::Test,
            ClassRole::Protocol => ClassKind::Port,
            ClassRole::Abstract if signals.is_port() => ClassKind::Port,
            ClassRole::Schema | ClassRole::Data | ClassRole::Abstract => return None,
        })
    }

    /// Determines the kind by the module, the name and the fields.
    fn by_place_and_name(&self) -> Option<ClassKind> {
        let signals = self.signals()?;
        let is_port = || {
            model::query::port(self.db, self.project, self.class.clone())
                .is_some_and(|port| port.members.iter().any(|member| member.is_required))
        };
        if signals.is_port() || is_port() {
            return Some(ClassKind::Port);
        }
        let layer = self.layer();
        let shape = shape(self);
        let ancestors = self.ancestor_names();
        if let Some(kind) = ancestors.iter().find_map(|name| words::of_base(name)) {
            let is_own = matches!(kind, ClassKind::Entity | ClassKind::ValueObject);
            return Some(if is_own && self.is_mapped() { ClassKind::Entity } else { kind });
        }
        let place = words::of_module(&self.module.name);
        let is_placed = matches!(place, Some(ClassKind::Entity | ClassKind::ValueObject));
        match words::of_name(&self.class.name) {
            Some(Word::Sure(kind)) => return Some(kind),
            Some(Word::In(kind, layers))
                if !is_placed && layer.is_some_and(|layer| layers.contains(&layer)) =>
            {
                return Some(kind);
            }
            _ => {}
        }
        if place == Some(ClassKind::Message) && shape.is_some() {
            return Some(ClassKind::Message);
        }
        if layer == Some(Layer::Domain) && place != Some(ClassKind::Schema) {
            return self.of_domain(shape.as_ref(), place);
        }
        let schema = shape.as_ref().is_some_and(|shape| shape.library == DataLibrary::Pydantic);
        match (shape, layer) {
            (Some(_), _) if place == Some(ClassKind::ValueObject) => Some(ClassKind::ValueObject),
            (Some(_), _) if schema || place == Some(ClassKind::Schema) => Some(ClassKind::Schema),
            (Some(_), _) => Some(ClassKind::Data),
            (None, Some(Layer::Infrastructure))
                if !model::query::ports_of(self.db, self.project, self.class.clone()).is_empty() =>
            {
                Some(ClassKind::Adapter)
            }
            _ => None,
        }
    }

    /// A class of the domain without a distinctive name.
    fn of_domain(&self, shape: Option<&DataShape>, place: Option<ClassKind>) -> Option<ClassKind> {
        let fields = fields(self);
        if fields.iter().any(|field| is_identity(&field.name, &self.class.name)) || self.is_mapped() {
            return Some(ClassKind::Entity);
        }
        let Some(shape) = shape else {
            // An ordinary class: equality by one attribute indicates an identity, equality by several may indicate a
            // value.
            return (place == Some(ClassKind::Entity) && !fields.is_empty()).then_some(ClassKind::Entity);
        };
        if place == Some(ClassKind::ValueObject) {
            return Some(ClassKind::ValueObject);
        }
        let is_schema = shape.library == DataLibrary::Pydantic && !shape.is_frozen;
        if is_schema {
            return Some(ClassKind::Schema);
        }
        // What is called by its number and may change is an entity, whatever else it holds.
        if words::is_domain(&self.module.name)
            && !shape.is_frozen
            && fields.len() > 1
            && fields.first().is_some_and(|field| words::may_identify(&field.name))
        {
            return Some(ClassKind::Entity);
        }
        // Requires a module that is explicitly named as domain: one that is only inferred may contain any data.
        let is_value = words::is_domain(&self.module.name)
            && shape.is_equal_by_value
            && !fields.is_empty()
            && !mutates_itself(self)
            && !(fields.len() > 1 && fields.iter().any(|field| words::may_identify(&field.name)))
            && (shape.is_frozen || fields.iter().all(|field| values::is_plain(self, field)));
        Some(if is_value && place != Some(ClassKind::Entity) {
            ClassKind::ValueObject
        } else if place == Some(ClassKind::Entity) {
            ClassKind::Entity
        } else {
            ClassKind::Data
        })
    }

    /// Whether the ORM maps the class, although it has no ORM ancestor.
    fn is_mapped(&self) -> bool {
        model::query::entity(self.db, self.project, self.class.module, self.class.name.clone()).is_some()
    }
}
