//! From the model of a project to its tables and links.

use std::collections::{BTreeMap, BTreeSet};

use model::{
    ClassRef, Column as Facts, Key, Loading, Member, ModuleId, Project, Relationship, Schema, Tables,
};
use source::PositionEncoding;
use workspace::Snapshot;

use super::{Column, End, Enumeration, Er, Link, LinkKind, Table};

/// Details of class bodies by class.
type Details = BTreeMap<ClassRef, model::ClassDetails>;

/// The tables of one project.
pub fn er(snapshot: &Snapshot, project: Project) -> Er {
    let db = snapshot.db();
    let tables = model::query::tables(db, project);
    let schema = model::query::schema(db, project);
    let mut er = Er { title: "Entities".to_owned(), ..Er::default() };
    let details = details(snapshot, project, &mut er);
    let mut places: BTreeMap<ClassRef, usize> = BTreeMap::new();
    let enumerations = er.enumerations.iter().map(|it| it.name.clone()).collect();
    let collector = Collector { snapshot, project, details: &details, schema: &schema, enumerations };
    for table in tables.list.iter().filter(|table| !table.shares_table) {
        places.insert(table.class.clone(), er.tables.len());
        er.tables.push(collector.table(table));
    }
    // Classes that share a table add their columns to it, however deep their inheritance.
    for table in tables.list.iter().filter(|table| table.shares_table) {
        let Some(home) = home(&tables, &places, table) else { continue };
        places.insert(table.class.clone(), home);
        let columns = collector.table(table).columns;
        let shared = &mut er.tables[home];
        shared.also.push(table.class.name.to_string());
        for column in columns {
            if !shared.columns.iter().any(|it| it.name == column.name) {
                shared.columns.push(Column { is_nullable: true, ..column });
            }
        }
    }
    collector.links(&tables, &mut places, &mut er);
    er.links.sort_by(|a, b| (a.from, a.to, &a.by, &a.label).cmp(&(b.from, b.to, &b.by, &b.label)));
    er
}

fn home(tables: &Tables, places: &BTreeMap<ClassRef, usize>, table: &model::Table) -> Option<usize> {
    let mut at = table;
    for _ in 0..32 {
        let parent = at.parent.as_ref()?;
        if let Some(place) = places.get(parent) {
            return Some(*place);
        }
        at = tables.list.iter().find(|it| it.class == *parent)?;
    }
    None
}

fn details(snapshot: &Snapshot, project: Project, er: &mut Er) -> Details {
    let db = snapshot.db();
    let modules = model::query::modules(db, project);
    let mut found = Details::new();
    for (id, info) in modules.iter().filter(|(_, info)| info.role == model::PathRole::Code) {
        for class in model::query::column_details(db, info.file).iter() {
            if !class.members.is_empty() && !er.enumerations.iter().any(|it| class.class == it.name) {
                let members = class.members.iter().map(ToString::to_string).collect();
                er.enumerations.push(Enumeration { name: class.class.to_string(), members });
            }
            found.insert(ClassRef::new(id, class.class.clone()), class.clone());
        }
    }
    found
}

struct Collector<'c> {
    snapshot: &'c Snapshot,
    project: Project,
    details: &'c Details,
    schema: &'c Schema,
    /// The names of those in use.
    enumerations: BTreeSet<String>,
}

impl Collector<'_> {
    fn table(&self, table: &model::Table) -> Table {
        let architecture = self.snapshot.architecture(self.project);
        let info = &architecture.modules[table.class.module];
        let told = self.details.get(&table.class);
        let is_unique = |name: &str| {
            told.is_some_and(|told| told.unique.iter().any(|set| set.len() == 1 && set[0] == name))
        };
        let keys = table.columns.iter().filter(|it| it.column.is_primary_key).count();
        let columns = table.columns.iter().map(|column| {
            let said = self.said(column);
            let Facts { is_primary_key, is_unique: unique, .. } = column.column;
            let named = said.and_then(|said| said.enumeration.as_ref()).map(|name| last(name).to_owned());
            let enumeration = named.filter(|name| self.enumerations.contains(name));
            Column {
                name: self.name(column).to_owned(),
                sql_type: said.and_then(|said| said.sql_type.as_ref()).map(ToString::to_string),
                is_primary_key,
                is_foreign_key: column.key.is_some()
                    || table.composite.iter().any(|(names, _)| names.contains(&column.attribute)),
                is_unique: (unique && !(is_primary_key && keys > 1)) || is_unique(&column.attribute),
                is_nullable: !is_primary_key
                    && said.and_then(|said| said.is_nullable).unwrap_or(column.column.is_nullable),
                enumeration,
            }
        });
        Table {
            name: told.and_then(|told| told.table.clone()).unwrap_or_else(|| table.name.clone()).to_string(),
            schema: told.and_then(|told| told.schema.as_ref()).map(ToString::to_string),
            class: Some(table.class.name.to_string()),
            qualified: Some(format!("{}.{}", info.name, table.class.name)),
            context: architecture.layers.context(table.class.module).map(ToString::to_string),
            file: Some(info.path.to_string()),
            line: self.line(table.class.module, &table.class.name),
            columns: columns.collect(),
            ..Table::default()
        }
    }

    /// What the class body says of a column.
    fn said(&self, column: &model::TableColumn) -> Option<&model::ColumnDetails> {
        let class = self.details.get(&column.owner)?;
        class.columns.iter().find(|(name, _)| *name == column.attribute).map(|(_, said)| said)
    }

    /// The name in the database, which need not be that of the attribute.
    fn name<'a>(&'a self, column: &'a model::TableColumn) -> &'a str {
        self.said(column).and_then(|said| said.name.as_ref()).unwrap_or(&column.name).as_str()
    }

    fn line(&self, module: ModuleId, class: &str) -> Option<u32> {
        let db = self.snapshot.db();
        let file = model::query::file_of(db, self.project, module);
        let definitions = python::query::definitions(db, file);
        let (id, _) =
            definitions.classes().find(|(_, it)| it.name == class && it.scope == python::Scope::Module)?;
        let span = python::query::spans(db, file).class_name(id);
        Some(self.snapshot.text(file).position(span.start, PositionEncoding::Utf8).line + 1)
    }

    fn links(&self, tables: &Tables, places: &mut BTreeMap<ClassRef, usize>, er: &mut Er) {
        for table in &tables.list {
            let Some(from) = places.get(&table.class).copied() else { continue };
            for column in table.columns.iter().filter(|column| column.key.is_some()) {
                let Some(key) = &column.key else { continue };
                let to = place(er, places, key);
                let name = self.name(column);
                let drawn = er.tables[from].columns.iter().find(|it| it.name == name);
                let keys = table.columns.iter().filter(|it| it.column.is_primary_key).count();
                let is_alone = drawn.is_some_and(|it| it.is_unique || (it.is_primary_key && keys == 1));
                let is_parent =
                    key.class.is_some() && key.class == table.parent && column.column.is_primary_key;
                let label = self.label(&table.class, column, key, table);
                let link = Link {
                    from,
                    to,
                    kind: if is_parent { LinkKind::Inherits } else { LinkKind::Key },
                    from_end: if is_alone { End::ZeroOrOne } else { End::Many },
                    to_end: if drawn.is_some_and(|it| it.is_nullable) { End::ZeroOrOne } else { End::One },
                    by: vec![name.to_owned()],
                    label: if is_parent { String::new() } else { label },
                    crosses: false,
                };
                er.links.push(link);
            }
            for (columns, key) in &table.composite {
                let to = place(er, places, key);
                let is_held = |column: &&Column| columns.iter().any(|it| it.as_str() == column.name);
                let held: Vec<&Column> = er.tables[from].columns.iter().filter(is_held).collect();
                let keys = er.tables[from].columns.iter().filter(|it| it.is_primary_key).count();
                let is_key = keys == columns.len() && held.iter().all(|it| it.is_primary_key);
                let is_alone = is_key || matches!(held[..], [only] if only.is_unique);
                let may_be_none = held.iter().any(|it| it.is_nullable);
                er.links.push(Link {
                    from,
                    to,
                    kind: LinkKind::Key,
                    from_end: if is_alone { End::ZeroOrOne } else { End::Many },
                    to_end: if may_be_none { End::ZeroOrOne } else { End::One },
                    by: columns.iter().map(ToString::to_string).collect(),
                    label: String::new(),
                    crosses: false,
                });
            }
            for relation in &table.many_to_many {
                let said = self.details.get(&relation.owner).and_then(|class| {
                    class.columns.iter().find(|(name, _)| *name == relation.attribute).map(|(_, said)| said)
                });
                // An explicit association table is drawn with its own keys.
                if said.is_some_and(|said| said.through.is_some()) {
                    continue;
                }
                let to = place(er, places, &relation.to);
                let name = format!("{}_{}", er.tables[from].name, relation.attribute);
                er.links.push(many_to_many(from, to, vec![name], relation.attribute.to_string()));
            }
        }
        for association in &tables.associations {
            let keys: Vec<&Key> = association.columns.iter().filter_map(|(.., key)| key.as_ref()).collect();
            if let ([left, right], true) = (keys.as_slice(), association.columns.len() == keys.len()) {
                let (from, to) = (place(er, places, left), place(er, places, right));
                let label = self.between(left, right);
                er.links.push(many_to_many(from, to, vec![association.name.to_string()], label));
                continue;
            }
            let from = er.tables.len();
            let architecture = self.snapshot.architecture(self.project);
            er.tables.push(Table {
                name: association.name.to_string(),
                file: Some(architecture.modules[association.module].path.to_string()),
                context: architecture.layers.context(association.module).map(ToString::to_string),
                columns: association
                    .columns
                    .iter()
                    .map(|(name, column, key)| Column {
                        name: name.to_string(),
                        is_primary_key: column.is_primary_key,
                        is_foreign_key: key.is_some(),
                        is_unique: column.is_unique,
                        is_nullable: column.is_nullable && !column.is_primary_key,
                        ..Column::default()
                    })
                    .collect(),
                ..Table::default()
            });
            for (name, column, key) in &association.columns {
                let Some(key) = key else { continue };
                let to = place(er, places, key);
                er.links.push(Link {
                    from,
                    to,
                    kind: LinkKind::Key,
                    from_end: if column.is_unique { End::ZeroOrOne } else { End::Many },
                    to_end: if column.is_nullable { End::ZeroOrOne } else { End::One },
                    by: vec![name.to_string()],
                    label: String::new(),
                    crosses: false,
                });
            }
        }
        for link in &mut er.links {
            let (from, to) = (&er.tables[link.from].context, &er.tables[link.to].context);
            link.crosses = from.is_some() && to.is_some() && from != to;
        }
    }

    /// The relationships along a key: the one of its class, and the reverse one.
    fn label(
        &self,
        class: &ClassRef,
        column: &model::TableColumn,
        key: &Key,
        table: &model::Table,
    ) -> String {
        let Some(target) = &key.class else { return column.attribute.to_string() };
        let rivals =
            table.columns.iter().filter(|it| it.key.as_ref().is_some_and(|it| it.class == key.class)).count();
        let fits = |name: &str| {
            rivals == 1
                || column.attribute == name
                || column.attribute.strip_suffix("_id").is_some_and(|it| it == name)
        };
        let forward = self.relationships(class).find(|(name, it)| {
            !it.is_many && !it.is_reverse && it.target.as_ref() == Some(target) && fits(name)
        });
        let back = self.relationships(target).find(|(name, it)| {
            it.target.as_ref() == Some(class)
                && match forward {
                    Some((forward, own)) => {
                        it.inverse.as_deref() == Some(forward) || own.inverse.as_deref() == Some(*name)
                    }
                    None => rivals == 1 && it.is_many,
                }
        });
        let words: Vec<String> = [forward, back].into_iter().flatten().map(worded).collect();
        words.join(" / ")
    }

    /// The to-many relationships between two classes.
    fn between(&self, left: &Key, right: &Key) -> String {
        let (Some(left), Some(right)) = (&left.class, &right.class) else { return String::new() };
        let many = |from: &ClassRef, to: &ClassRef| {
            self.relationships(from).find(|(_, it)| it.is_many && it.target.as_ref() == Some(to)).map(worded)
        };
        let words = [many(left, right), many(right, left).filter(|_| left != right)];
        words.into_iter().flatten().collect::<Vec<_>>().join(" / ")
    }

    fn relationships(&self, class: &ClassRef) -> impl Iterator<Item = (&str, &Relationship)> {
        let entity = self.schema.entities.get(class);
        entity.into_iter().flat_map(|entity| &entity.members).filter_map(|(name, member)| match member {
            Member::Relationship(relationship) => Some((name.as_str(), relationship)),
            _ => None,
        })
    }
}

fn many_to_many(from: usize, to: usize, by: Vec<String>, label: String) -> Link {
    Link {
        from,
        to,
        kind: LinkKind::ManyToMany,
        from_end: End::Many,
        to_end: End::Many,
        by,
        label,
        crosses: false,
    }
}

/// A relationship with its loading strategy, unless it is lazy.
fn worded((name, relationship): (&str, &Relationship)) -> String {
    let loading = match relationship.loading {
        Loading::Lazy => return name.to_owned(),
        Loading::Eager => "joined",
        Loading::Apart => "selectin",
        Loading::Immediate => "immediate",
        Loading::Raise => "raise",
        Loading::Dynamic => "dynamic",
        Loading::Never => "noload",
    };
    format!("{name} ({loading})")
}

/// The table that a key refers to; one of a library is added.
fn place(er: &mut Er, places: &BTreeMap<ClassRef, usize>, key: &Key) -> usize {
    if let Some(place) = key.class.as_ref().and_then(|class| places.get(class)) {
        return *place;
    }
    let name = if key.text.is_empty() { "unknown" } else { key.text.as_str() };
    if let Some(place) = er.tables.iter().position(|it| it.is_outside && it.name == name) {
        return place;
    }
    er.tables.push(Table { name: name.to_owned(), is_outside: true, ..Table::default() });
    er.tables.len() - 1
}

fn last(dotted: &str) -> &str {
    dotted.rsplit('.').next().unwrap_or(dotted)
}
