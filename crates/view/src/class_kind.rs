//! What a class is, for rules that ask different things of entities, value objects, rows, ports and services.
//!
//! What a class descends from and is decorated with says most, then what its module is, then its name, then its fields.
//! Where none of that speaks it is [`ClassKind::Other`], and a rule says nothing. Reads definitions, heritage and layers,
//! no bodies but the names that methods store on `self`.

mod data;
mod fields;
mod values;
mod words;

use config::Layer;
use model::{ClassRef, ClassRole, ClassSignals, ModuleInfo, PathRole, Project};
use python::{Class, ClassId, Definitions, Name, Scope};

pub use data::{DataLibrary, DataShape, shape};
pub use fields::{Field, fields, is_identity, mutates_itself};
pub use words::is_domain;

use crate::Db;
use words::Word;

/// What a class is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ClassKind {
    /// Of the domain, with an identity that outlives its changes; roots of aggregates too.
    Entity,
    /// Of the domain, equal to whatever has the same values.
    ValueObject,
    /// An event, a command or a query as an object: told, not changed.
    Message,
    /// A row of a table, active record included.
    Row,
    /// What comes in and goes out: schemas, requests, responses, serializers, forms, DTOs.
    Schema,
    /// A dataclass, named tuple or the like that is none of those above.
    Data,
    /// Configuration.
    Settings,
    /// An error.
    Exception,
    /// An enumeration.
    Enum,
    /// A service, a use case, a handler of messages: behaviour of the application or the domain.
    Service,
    /// What reaches the outside: repositories, gateways, clients, units of work.
    Adapter,
    /// An interface that others implement.
    Port,
    /// What answers requests: views, controllers, middleware, admin classes.
    View,
    /// Puts a program together: containers, providers, applications.
    Composition,
    /// A test case.
    Test,
    /// Anything else, and whatever is not sure.
    Other,
}

/// What `class` is; asked through [`crate::query::class_kind`], which remembers it.
pub fn class_kind(db: &dyn Db, project: Project, class: &ClassRef) -> ClassKind {
    let Some(subject) = Subject::of(db, project, class) else { return ClassKind::Other };
    subject.by_role().or_else(|| subject.by_place_and_name()).unwrap_or(ClassKind::Other)
}

/// A class with what is known around it.
pub struct Subject<'a> {
    /// For queries about it.
    pub db: &'a dyn Db,
    /// The project.
    pub project: Project,
    /// The class.
    pub class: &'a ClassRef,
    /// Its id in its module.
    pub id: ClassId,
    /// What its module defines.
    pub definitions: std::sync::Arc<Definitions>,
    module: ModuleInfo,
}

impl<'a> Subject<'a> {
    /// Nothing where the class does not stand at the head of its module.
    pub fn of(db: &'a dyn Db, project: Project, class: &'a ClassRef) -> Option<Self> {
        let module = model::query::modules(db, project)[class.module].clone();
        let definitions = python::query::definitions(db, module.file);
        let (id, _) = definitions
            .classes()
            .filter(|(_, it)| it.scope == Scope::Module && it.name == class.name)
            .last()?;
        Some(Self { db, project, class, id, definitions, module })
    }

    /// The statement.
    pub fn facts(&self) -> &Class {
        &self.definitions[self.id]
    }

    /// Classes of the project that it descends from, nearest first.
    pub fn bases(&self) -> std::sync::Arc<[ClassRef]> {
        flow::classes::bases(self.db, self.project, self.class)
    }

    /// The full names of the outside classes that it descends from.
    pub fn foreign(&self) -> std::sync::Arc<[Name]> {
        flow::classes::foreign_ancestors(self.db, self.project, self.class)
    }

    /// The names of all that it descends from, without their modules.
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

    /// By what it descends from.
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

    /// By its module, its name and its fields.
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

    /// A class of the domain that is nothing special by name.
    fn of_domain(&self, shape: Option<&DataShape>, place: Option<ClassKind>) -> Option<ClassKind> {
        let fields = fields(self);
        if fields.iter().any(|field| is_identity(&field.name, &self.class.name)) || self.is_mapped() {
            return Some(ClassKind::Entity);
        }
        let Some(shape) = shape else {
            // Written out by hand: equality by one attribute is an identity, several may be a value.
            return (place == Some(ClassKind::Entity) && !fields.is_empty()).then_some(ClassKind::Entity);
        };
        if place == Some(ClassKind::ValueObject) {
            return Some(ClassKind::ValueObject);
        }
        let is_schema = shape.library == DataLibrary::Pydantic && !shape.is_frozen;
        if is_schema {
            return Some(ClassKind::Schema);
        }
        // Named as the domain by somebody: a place that was only inferred may hold any data.
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

    /// Whether a mapper of the ORM knows the class, although it descends from nothing of the ORM's.
    fn is_mapped(&self) -> bool {
        model::query::entity(self.db, self.project, self.class.module, self.class.name.clone()).is_some()
    }
}
