//! The list of all rules.

use view::Rule;

use crate::{dependencies, domain, ignores, imports, interfaces, layers, queries, security, structure};

/// All rules, sorted by id.
pub const ALL: &[&Rule] = &[
    // One per line, so that a new rule is one line of a diff.
    &domain::anemic_model::RULE,
    &queries::blocking_call_in_async::RULE,
    &layers::circular_import::RULE,
    &interfaces::concrete_dependency::RULE,
    &imports::dynamic_import::RULE,
    &dependencies::environment_outside_config::RULE,
    &layers::fat_controller::RULE,
    &interfaces::fat_protocol::RULE,
    &layers::forbidden_import::RULE,
    &layers::framework_in_domain::RULE,
    &structure::god_object::RULE,
    &dependencies::hidden_dependency::RULE,
    &imports::hidden_import::RULE,
    &layers::http_outside_presentation::RULE,
    &queries::interpolated_sql::RULE,
    &ignores::invalid_ignore::RULE,
    &structure::junk_drawer::RULE,
    &layers::layer_violation::RULE,
    &queries::lazy_load_in_async::RULE,
    &layers::logic_in_composition::RULE,
    &interfaces::missing_protocol::RULE,
    &domain::mutable_message::RULE,
    &domain::mutable_value_object::RULE,
    &queries::n_plus_one::RULE,
    &queries::n_plus_one_serialization::RULE,
    &layers::orm_leak::RULE,
    &interfaces::pass_through_layer::RULE,
    &layers::private_module_import::RULE,
    &interfaces::protocol_drift::RULE,
    &domain::query_handler_writes::RULE,
    &layers::query_in_route::RULE,
    &queries::sequential_awaits::RULE,
    &dependencies::service_locator::RULE,
    &domain::several_handlers::RULE,
    &dependencies::shared_mutable_state::RULE,
    &layers::sibling_service_import::RULE,
    &domain::side_effect_in_model::RULE,
    &queries::unbounded_query::RULE,
    &domain::unhandled_message::RULE,
    &security::unprotected_route::RULE,
    &ignores::unused_ignore::RULE,
];

/// The rule called `id`.
pub fn by_id(id: &str) -> Option<&'static Rule> {
    ALL.iter().copied().find(|rule| rule.id == id)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::disallowed_methods)]

    use super::*;

    #[test]
    fn ids_are_sorted_and_unique() {
        let ids: Vec<&str> = ALL.iter().map(|rule| rule.id).collect();
        assert!(ids.is_sorted_by(|a, b| a < b), "{ids:?}");
    }

    #[test]
    fn each_rule_lies_in_the_folder_of_its_group_under_its_own_name() {
        for rule in ALL {
            let stem = rule.id.replace('-', "_");
            let folder = format!("{}/src/{}", env!("CARGO_MANIFEST_DIR"), rule.group.as_str());
            let page = std::fs::read_to_string(format!("{folder}/{stem}.md")).unwrap();
            assert_eq!(page, rule.docs, "{}", rule.id);
            assert!(std::fs::exists(format!("{folder}/{stem}.rs")).unwrap(), "{}", rule.id);
        }
    }

    #[test]
    fn descriptions_can_be_listed() {
        for rule in ALL {
            assert!(!rule.summary.is_empty() && !rule.summary.ends_with('.'), "{}", rule.id);
            let release: Vec<u32> = rule.since.split('.').map(|part| part.parse().unwrap()).collect();
            assert_eq!(release.len(), 3, "{}", rule.id);
            let mut names: Vec<&str> = rule.options.iter().map(|option| option.name).collect();
            names.sort_unstable();
            names.dedup();
            assert_eq!(names.len(), rule.options.len(), "{}", rule.id);
        }
    }

    #[test]
    fn the_page_ends_where_the_specification_begins() {
        for rule in ALL {
            assert!(
                rule.page().contains("## Example") && !rule.page().contains("## Edge cases"),
                "{}",
                rule.id
            );
        }
    }
}
