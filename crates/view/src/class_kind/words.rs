//! Common words in the names of classes, bases and modules.

use config::Layer::{self, Application, Domain, Infrastructure, Presentation};

use super::ClassKind;

/// What a name indicates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Word {
    /// This kind, in any layer.
    Sure(ClassKind),
    /// This kind, in these layers.
    In(ClassKind, &'static [Layer]),
}

/// Last words of class names that contain more than that word; a longer suffix precedes a shorter one that it contains.
const ENDINGS: &[(&str, Word)] = &[
    ("Error", Word::Sure(ClassKind::Exception)),
    ("Exception", Word::Sure(ClassKind::Exception)),
    ("Settings", Word::Sure(ClassKind::Settings)),
    ("Config", Word::Sure(ClassKind::Settings)),
    ("Configuration", Word::Sure(ClassKind::Settings)),
    ("ValueObject", Word::In(ClassKind::ValueObject, &[Domain])),
    ("AggregateRoot", Word::In(ClassKind::Entity, &[Domain])),
    ("UseCase", Word::Sure(ClassKind::Service)),
    ("Usecase", Word::Sure(ClassKind::Service)),
    ("Interactor", Word::Sure(ClassKind::Service)),
    ("CommandHandler", Word::Sure(ClassKind::Service)),
    ("QueryHandler", Word::Sure(ClassKind::Service)),
    ("EventHandler", Word::Sure(ClassKind::Service)),
    ("MessageBus", Word::Sure(ClassKind::Service)),
    ("Handler", Word::In(ClassKind::Service, &[Application])),
    ("Service", Word::Sure(ClassKind::Service)),
    ("UnitOfWork", Word::Sure(ClassKind::Adapter)),
    ("Repository", Word::Sure(ClassKind::Adapter)),
    ("Repo", Word::Sure(ClassKind::Adapter)),
    ("Dao", Word::Sure(ClassKind::Adapter)),
    ("DAO", Word::Sure(ClassKind::Adapter)),
    ("Gateway", Word::Sure(ClassKind::Adapter)),
    ("Adapter", Word::Sure(ClassKind::Adapter)),
    ("Client", Word::In(ClassKind::Adapter, &[Infrastructure, Application])),
    ("Storage", Word::In(ClassKind::Adapter, &[Infrastructure, Application])),
    ("Provider", Word::In(ClassKind::Adapter, &[Infrastructure])),
    ("Publisher", Word::In(ClassKind::Adapter, &[Infrastructure])),
    ("DTO", Word::Sure(ClassKind::Schema)),
    ("Dto", Word::Sure(ClassKind::Schema)),
    ("Schema", Word::Sure(ClassKind::Schema)),
    ("Serializer", Word::Sure(ClassKind::Schema)),
    ("Request", Word::Sure(ClassKind::Schema)),
    ("Response", Word::Sure(ClassKind::Schema)),
    ("Payload", Word::Sure(ClassKind::Schema)),
    ("ReadModel", Word::Sure(ClassKind::Schema)),
    ("ViewModel", Word::Sure(ClassKind::Schema)),
    ("Input", Word::Sure(ClassKind::Schema)),
    ("Output", Word::Sure(ClassKind::Schema)),
    ("Result", Word::Sure(ClassKind::Schema)),
    ("Parameters", Word::Sure(ClassKind::Schema)),
    ("Params", Word::Sure(ClassKind::Schema)),
    ("Options", Word::Sure(ClassKind::Schema)),
    ("Info", Word::Sure(ClassKind::Schema)),
    ("Data", Word::Sure(ClassKind::Schema)),
    ("Filter", Word::Sure(ClassKind::Schema)),
    ("Filters", Word::Sure(ClassKind::Schema)),
    ("Criteria", Word::Sure(ClassKind::Schema)),
    ("Args", Word::Sure(ClassKind::Schema)),
    ("Report", Word::Sure(ClassKind::Schema)),
    ("Context", Word::Sure(ClassKind::Data)),
    ("State", Word::Sure(ClassKind::Data)),
    ("Event", Word::Sure(ClassKind::Message)),
    ("Command", Word::In(ClassKind::Message, &[Domain, Application])),
    ("Query", Word::In(ClassKind::Message, &[Domain, Application])),
    ("Message", Word::In(ClassKind::Message, &[Domain, Application])),
    ("ViewSet", Word::Sure(ClassKind::View)),
    ("APIView", Word::Sure(ClassKind::View)),
    ("Controller", Word::Sure(ClassKind::View)),
    ("Middleware", Word::Sure(ClassKind::View)),
    ("View", Word::In(ClassKind::View, &[Presentation])),
    ("Container", Word::In(ClassKind::Composition, &[Layer::Composition])),
    ("TestCase", Word::Sure(ClassKind::Test)),
];

/// First words of imperative names: commands and their inputs.
const STARTS: &[&str] = &["Create", "Update", "Delete", "Get", "Find", "List", "Add", "Remove", "Set"];

/// What a class name indicates: its last word, if there are others before it. `Impl` and the like are ignored.
pub(crate) fn of_name(name: &str) -> Option<Word> {
    let name = ["Implementation", "Impl", "Base", "Mixin"]
        .iter()
        .find_map(|end| name.strip_suffix(end).filter(|rest| !rest.is_empty()))
        .unwrap_or(name);
    if STARTS
        .iter()
        .any(|start| name.strip_prefix(start).is_some_and(|rest| rest.starts_with(char::is_uppercase)))
    {
        let is_plain = ENDINGS.iter().all(|(end, _)| !name.ends_with(end));
        if is_plain {
            return Some(Word::Sure(ClassKind::Message));
        }
    }
    let (_, word) = ENDINGS.iter().find(|(end, _)| name.ends_with(end) && name.len() > end.len())?;
    Some(*word)
}

/// Whether a module is in a location named as the domain.
pub fn is_domain(dotted: &str) -> bool {
    const WORDS: [&str; 10] = [
        "domain",
        "domains",
        "domain_model",
        "domain_models",
        "entities",
        "entity",
        "aggregates",
        "aggregate",
        "value_objects",
        "value_object",
    ];
    dotted.split('.').any(|segment| WORDS.contains(&segment))
}

/// Whether a field with this name, among others, may either identify an object or be one of its values.
pub(crate) fn may_identify(field: &str) -> bool {
    matches!(
        field.trim_start_matches('_'),
        "number"
            | "reference"
            | "ref"
            | "slug"
            | "sku"
            | "key"
            | "code"
            | "username"
            | "login"
            | "email"
            | "token"
    )
}

/// The kind of a class with a base of this name, wherever the base comes from.
pub(crate) fn of_base(name: &str) -> Option<ClassKind> {
    match name.trim_start_matches("Base").trim_start_matches("Abstract") {
        "Entity" | "AggregateRoot" | "Aggregate" | "RootEntity" | "DomainEntity" => Some(ClassKind::Entity),
        "ValueObject" | "Value" | "SingleValueObject" => Some(ClassKind::ValueObject),
        "Event" | "DomainEvent" | "IntegrationEvent" | "Command" | "Query" | "Message" => {
            Some(ClassKind::Message)
        }
        "UseCase" | "Interactor" | "Service" | "ApplicationService" | "DomainService" | "CommandHandler"
        | "QueryHandler" | "EventHandler" => Some(ClassKind::Service),
        _ => None,
    }
}

/// What the name of a module indicates about its classes: the last of its words with a meaning.
pub(crate) fn of_module(dotted: &str) -> Option<ClassKind> {
    dotted.rsplit('.').find_map(|segment| match segment {
        "value_objects" | "value_object" | "valueobjects" | "valueobject" | "vo" | "values" => {
            Some(ClassKind::ValueObject)
        }
        "entities" | "entity" | "aggregates" | "aggregate" => Some(ClassKind::Entity),
        "events" | "event" | "commands" | "command" | "queries" | "messages" | "message" => {
            Some(ClassKind::Message)
        }
        "dto" | "dtos" | "schemas" | "schema" | "requests" | "responses" | "serializers" => {
            Some(ClassKind::Schema)
        }
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_say_what_classes_are() {
        for (name, kind) in [
            ("CreateTodoUseCaseImpl", Some(ClassKind::Service)),
            ("SqlOrderRepository", Some(ClassKind::Adapter)),
            ("OrderPlacedEvent", Some(ClassKind::Message)),
            ("TodoNotFoundError", Some(ClassKind::Exception)),
            ("UpdateTrainerModel", Some(ClassKind::Message)),
            ("CreateOrderService", Some(ClassKind::Service)),
            ("Settlement", None),
            ("ClientDTO", Some(ClassKind::Schema)),
            ("Repository", None),
            ("Service", None),
            ("Order", None),
        ] {
            let found = of_name(name).map(|word| match word {
                Word::Sure(kind) | Word::In(kind, _) => kind,
            });
            assert_eq!(found, kind, "{name}");
        }
    }

    #[test]
    fn the_innermost_word_of_a_module_counts() {
        for (dotted, kind) in [
            ("shop.domain.value_objects.money", Some(ClassKind::ValueObject)),
            ("shop.domain.entities.events", Some(ClassKind::Message)),
            ("shop.domain.order", None),
        ] {
            assert_eq!(of_module(dotted), kind, "{dotted}");
        }
    }

    #[test]
    fn no_ending_hides_behind_a_shorter_one() {
        for (index, (end, _)) in ENDINGS.iter().enumerate() {
            assert!(!ENDINGS[..index].iter().any(|(before, _)| end.ends_with(before)), "{end}");
        }
    }
}
