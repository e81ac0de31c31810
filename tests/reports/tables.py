"""Checks the entity diagram against the libraries themselves: `tables.py PROGRAM FOLDER KIND MODULE`.

KIND is `sqlalchemy`, `sqlmodel` or `django`; MODULE is the module to import so that all tables are registered. Tables,
columns with their keys, nullability and uniqueness, foreign keys, association tables, and the multiplicity at each end
must be equal.
"""

import importlib
import json
import subprocess
import sys

Table = dict[str, object]


def unique_alone(columns, constraints):
    return {name for names in constraints for name in names if len(names) == 1} | columns


def of_sqlalchemy(metadata):
    from sqlalchemy import UniqueConstraint

    for table in metadata.tables.values():
        keys = table.primary_key.columns
        constraints = [[c.name for c in it.columns] for it in table.constraints if isinstance(it, UniqueConstraint)]
        unique = unique_alone({c.name for c in table.columns if c.unique}, constraints)
        yield (
            table.fullname,
            {
                c.name: (c.primary_key, False if c.primary_key else bool(c.nullable), c.name in unique)
                for c in table.columns
            },
            sorted(
                (sorted(e.parent.name for e in key.elements), next(iter(key.elements)).column.table.fullname)
                for key in table.foreign_key_constraints
            ),
            [c.name for c in keys],
        )


def of_django(labels):
    from django.apps import apps

    for model in apps.get_models(include_auto_created=True):
        meta = model._meta
        if meta.app_label not in labels or meta.proxy:
            continue
        fields = [field for field in meta.local_fields]
        constraints = [list(it.fields) for it in meta.constraints if hasattr(it, "fields")]
        constraints += [list(it) for it in meta.unique_together]
        unique = unique_alone({field.name for field in fields if field.unique}, constraints)
        yield (
            meta.db_table,
            {
                field.column: (
                    field.primary_key,
                    False if field.primary_key else field.null,
                    field.name in unique and not field.primary_key,
                )
                for field in fields
            },
            sorted(
                ([field.column], field.related_model._meta.db_table) for field in fields if field.remote_field
            ),
            [field.column for field in fields if field.primary_key],
        )


def drawn(er):
    """The same from the diagram; association tables are returned as tables with two keys."""

    def name(index):
        table = er["tables"][index]
        return f"{table['schema']}.{table['name']}" if table["schema"] else table["name"]

    tables = {}
    for index, table in enumerate(er["tables"]):
        if table["is_outside"]:
            continue
        columns = {
            c["name"]: (c["is_primary_key"], c["is_nullable"], c["is_unique"] and not c["is_primary_key"])
            for c in table["columns"]
        }
        keys = sorted(
            (sorted(link["by"]), name(link["to"]))
            for link in er["links"]
            if link["from"] == index and link["kind"] != "many-to-many"
        )
        tables[name(index)] = (columns, keys)
    between = sorted(
        (link["by"][0], *sorted([name(link["from"]), name(link["to"])]))
        for link in er["links"]
        if link["kind"] == "many-to-many"
    )
    ends = {
        (name(link["from"]), tuple(sorted(link["by"]))): (link["from_end"], link["to_end"])
        for link in er["links"]
        if link["kind"] != "many-to-many"
    }
    return tables, between, ends


def main(program, folder, kind, module):
    sys.path.insert(0, folder)
    if kind == "django":
        import os

        from django.conf import settings

        if module.endswith(".settings"):
            os.environ["DJANGO_SETTINGS_MODULE"] = module
            label = None
        else:
            settings.configure(INSTALLED_APPS=[module], DEFAULT_AUTO_FIELD="django.db.models.AutoField")
        import django

        django.setup()
        from django.apps import apps

        own = [app.label for app in apps.get_app_configs() if app.path.startswith(folder)]
        real = list(of_django(own))
    else:
        loaded = importlib.import_module(module)
        metadata = loaded.SQLModel.metadata if kind == "sqlmodel" else loaded.Base.metadata
        real = list(of_sqlalchemy(metadata))
    run = subprocess.run(
        [program, "diagram", "er", folder, "--output-format", "json"], capture_output=True, text=True, check=True
    )
    tables, between, ends = drawn(json.loads(run.stdout))
    wrong = []
    matched = set()
    for name, columns, keys, primary in real:
        if name not in tables:
            # A table with nothing but two keys is drawn as a line.
            lines = [line for line in between if line[0] == name]
            surrogate = {c for c, (is_key, *_) in columns.items() if is_key} if len(columns) == 3 else set()
            is_line = set(columns) - surrogate == {c for names, _ in keys for c in names} and len(keys) == 2
            if len(lines) == 1 and is_line and list(lines[0][1:]) == sorted(to for _, to in keys):
                matched.add(name)
                continue
            wrong.append(f"{name}: not drawn")
            continue
        matched.add(name)
        own_columns, own_keys = tables[name]
        for column in sorted(set(columns) | set(own_columns)):
            left, right = columns.get(column), own_columns.get(column)
            if left is not None and left[0]:
                # A key is unique anyway.
                left = (left[0], left[1], False)
            if left != right:
                wrong.append(f"{name}.{column}: {right} is drawn, {left} is true (key, nullable, unique)")
        if own_keys != keys:
            wrong.append(f"{name}: keys {own_keys} are drawn, {keys} are true")
        for names, _ in keys:
            first = columns[names[0]]
            alone = (len(names) == 1 and first[2]) or sorted(primary) == sorted(names)
            may_be_none = any(columns[name][1] for name in names)
            expected = ("zero-or-one" if alone else "many", "zero-or-one" if may_be_none else "one")
            if ends.get((name, tuple(names))) != expected:
                wrong.append(f"{name}.{names}: ends {ends.get((name, tuple(names)))} are drawn, {expected} are true")
    for name in tables:
        if name not in matched:
            wrong.append(f"{name}: drawn, and there is no such table")
    for line in wrong:
        print(f"{folder}: {line}")
    print(f"{folder}: {len(real)} tables, {sum(len(it[1]) for it in real)} columns, {len(wrong)} wrong")
    return 1 if wrong or not real else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
