//! Command line settings that override every configuration.

use std::collections::BTreeSet;
use std::sync::Arc;

use camino::Utf8Path;
use config::{Config, Level, Style};
use view::Rule;

/// A style and a choice of rules that override every configuration. Without a configuration file, they are the
/// configuration.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Overlay {
    /// The style of every folder.
    pub style: Option<Style>,
    /// Ids of rules that run even if they are off; `None` to leave that to the configuration.
    pub selected: Option<BTreeSet<&'static str>>,
    /// Ids of rules that don't run.
    pub ignored: BTreeSet<&'static str>,
}

impl Overlay {
    /// Whether it sets nothing.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Applies it to the configurations at and below `root`.
    pub(crate) fn apply(&self, configs: &mut Vec<Arc<Config>>, root: &Utf8Path) {
        if self.is_empty() {
            return;
        }
        if !configs.iter().any(|config| root.starts_with(&config.folder)) {
            configs.insert(0, Arc::new(Config { folder: root.to_owned(), ..Config::default() }));
        }
        for config in configs {
            self.lay_over(Arc::make_mut(config));
        }
    }

    fn lay_over(&self, config: &mut Config) {
        config.style = self.style.or(config.style);
        for rule in rules::ALL {
            let is_selected = self.selected.as_ref().map(|selected| selected.contains(rule.id));
            if is_selected == Some(false) || self.ignored.contains(rule.id) {
                for entry in &mut config.overrides {
                    if let Some(settings) = entry.rules.get_mut(rule.id) {
                        settings.level = None;
                    }
                }
                config.rules.entry(rule.id.into()).or_default().level = Some(Level::Off);
            } else if is_selected == Some(true) && view::level_in(config, rule).0 == Level::Off {
                config.rules.entry(rule.id.into()).or_default().level = Some(level_when_selected(rule));
            }
        }
    }
}

/// The level of a rule that is off but selected: its own, or that of the preset with all rules.
fn level_when_selected(rule: &Rule) -> Level {
    let levels = [Some(rule.level), rule.presets.strict, Some(Level::Info)];
    levels.into_iter().flatten().find(|level| *level != Level::Off).unwrap_or(Level::Info)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn level(config: &Config, id: &str) -> Level {
        view::level_in(config, rules::by_id(id).expect("the rule is there")).0
    }

    #[test]
    fn what_is_selected_runs_and_nothing_else() {
        let mut configs = Vec::new();
        let overlay = Overlay {
            style: Some(Style::Clean),
            selected: Some(["fat-protocol", "hidden-import", "n-plus-one"].into()),
            ignored: ["n-plus-one"].into(),
        };
        overlay.apply(&mut configs, "/p".into());
        let config = &configs[0];
        assert_eq!((config.folder.as_str(), config.style), ("/p", Some(Style::Clean)));
        assert_eq!(level(config, "hidden-import"), Level::Warning);
        assert_eq!(level(config, "fat-protocol"), Level::Info, "off unless it is selected");
        assert_eq!(level(config, "n-plus-one"), Level::Off);
        assert_eq!(level(config, "layer-violation"), Level::Off);
    }

    #[test]
    fn it_wins_over_configurations_and_keeps_what_they_say_elsewhere() {
        let text = "style = \"layered\"\nrules.hidden-import = \"error\"\nrules.n-plus-one = \"off\"\n\
            [[overrides]]\npaths = [\"a\"]\nrules.hidden-import = \"hint\"\nrules.orm-leak = \"off\"\n";
        let config = config::parse("/p/architrave.toml".into(), text).config.expect("it can be read");
        let mut configs = vec![Arc::new(config)];
        let ignored = Overlay { ignored: ["hidden-import"].into(), ..Overlay::default() };
        ignored.apply(&mut configs, "/p".into());
        let config = &configs[0];
        assert_eq!((config.style, configs.len()), (Some(Style::Layered), 1));
        assert_eq!(level(config, "hidden-import"), Level::Off);
        assert_eq!(config.overrides[0].rules["hidden-import"].level, None);
        assert_eq!(config.overrides[0].rules["orm-leak"].level, Some(Level::Off));
        let selected = Overlay { selected: Some(["n-plus-one"].into()), ..Overlay::default() };
        selected.apply(&mut configs, "/p".into());
        assert_eq!(level(&configs[0], "n-plus-one"), Level::Warning);
    }

    #[test]
    fn saying_nothing_changes_nothing() {
        let mut configs = Vec::new();
        Overlay::default().apply(&mut configs, "/p".into());
        assert!(configs.is_empty());
    }
}
