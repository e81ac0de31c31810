//! Short bodies in which each line mentions the result of the previous line several times. As a tree, the result
//! doubles with each line; the work must not.

use std::fmt::Write;

use crate::fixture::Fixture;
use crate::query;

/// With this many lines, anything that doubles with each line is infeasible.
const LINES: usize = 40;
/// The most work that one function may take. The walker stops at its limit, and its inputs are bounded.
const MUCH: usize = 60_000;

/// Repeats `line`. `{new}` is the name that it binds, `{old}` the name bound by the previous line, `{n}` the line
/// number.
fn lines(line: &str) -> String {
    let mut text = String::new();
    for n in 1..LINES {
        let line = line.replace("{new}", &format!("a{n}")).replace("{old}", &format!("a{}", n - 1));
        writeln!(text, "{}", line.replace("{n}", &n.to_string())).expect("a text takes any line");
    }
    text
}

/// Does what the rules do for a project of one file: computes everything about its functions and classes.
fn effort(text: &str) -> usize {
    let fixture = Fixture::new(&format!("//- shop/main.py\n{text}"));
    let (db, project) = (&fixture.db, fixture.project);
    let module = fixture.module("shop/main.py");
    let before = super::done();
    for (function, _) in fixture.definitions("shop/main.py").functions() {
        query::analysis(db, project, module, function);
        query::types::returned(db, project, module, function);
    }
    for class in &fixture.definitions("shop/main.py").classes {
        query::types::ancestors(db, project, module, class.name.clone());
        query::types::stored(db, project, module, class.name.clone());
        for name in ["a1", "a39", "v"] {
            query::types::attribute(db, project, module, class.name.clone(), name.into());
        }
    }
    for variable in &fixture.definitions("shop/main.py").variables {
        query::types::variable(db, project, module, variable.name.clone());
        query::types::alias(db, project, module, variable.name.clone());
    }
    super::done() - before
}

fn is_bounded(name: &str, text: &str) {
    let effort = effort(text);
    let functions = text.matches("def ").count().max(1);
    assert!(effort < MUCH * functions, "{name} takes {effort}:\n{text}");
}

/// A function consisting of repeated `line`s, which iterates over and returns the last result.
fn body(line: &str) -> String {
    let last = LINES - 1;
    let indented = lines(&format!("    {line}"));
    format!(
        "import functools\nasync def f(x, g, h):\n    a0 = [x, h]\n{indented}    for row in a{last}:\n        row.x.y\n    return a{last}\n"
    )
}

#[test]
fn no_kind_of_expression_doubles() {
    for (name, line) in [
        ("a tuple", "{new} = ({old}, {old}, {old})"),
        ("a list", "{new} = [{old}, {old}, {old}]"),
        ("a set", "{new} = {{old}, {old}, {old}}"),
        ("a dictionary", "{new} = {'a': {old}, 'b': {old}}"),
        ("a dictionary by anything", "{new} = {1: {old}, x: ({old}, {old})}"),
        ("a text", "{new} = f'{{old}}{{old}}'"),
        ("either", "{new} = ({old}, {old}) or [{old}, {old}]"),
        ("both", "{new} = ({old}, {old}) and ({old}, x)"),
        ("a condition", "{new} = ({old}, {old}) if x else ({old}, x)"),
        ("a comprehension", "{new} = [({old}, one, one) for one in {old}]"),
        ("a comprehension of a dictionary", "{new} = {one: ({old}, one) for one in {old}}"),
        ("a generator", "{new} = (({old}, one) for one in {old})"),
        ("a sum", "{new} = ({old}, {old}) + ({old}, {old})"),
        ("a star", "{new} = (*{old}, *{old})"),
        ("a lambda", "{new} = lambda z: ({old}(z), {old}(z))"),
        ("a partial", "{new} = functools.partial(g, {old}, {old})"),
        ("a partial of partials", "{new} = functools.partial({old}, {old}, {old})"),
        ("a walrus", "{new} = ((w := {old}), w, w)"),
        ("an await", "{new} = (await {old}, await {old})"),
        ("a call", "{new} = g({old}, ({old}, {old}))"),
        ("a call by names", "{new} = g(a={old}, b=({old}, {old}))"),
        ("a method", "{new} = {old}.copy({old}, {old}.get({old}))"),
        ("a pair", "{new} = list(enumerate(zip({old}, {old})))"),
        ("a map", "{new} = list(map(lambda z: (z, z), {old}))"),
        ("a map of maps", "{new} = lambda z: list(map({old}, map({old}, z)))"),
        ("what is taken out", "{new} = ({old}[0], {old}[x], {old}[1:])"),
        ("a yield", "{new} = ({old}, {old}); yield {new}"),
    ] {
        is_bounded(name, &body(line));
    }
}

#[test]
fn no_kind_of_statement_doubles() {
    for (name, line) in [
        ("a branch", "if x: {new} = ({old}, {old})\n    else: {new} = ({old}, [{old}])"),
        ("a loop", "for {new} in [({old}, {old}), ({old}, x)]: pass"),
        ("unpacking", "{new}, rest = ({old}, {old}), [{old}, {old}]"),
        ("what is appended", "{new} = []; {new}.append({old}); {new}.append(({old}, {old}))"),
        ("what is put in", "{new} = {}; {new}['a'] = ({old}, {old}); {new}[x] = [{old}, {old}]"),
        ("what is added", "{new} = [{old}]; {new} += [({old}, {old})]"),
        ("an attribute", "x.b{n} = ({old}, {old}); {new} = (x.b{n}, x.b{n})"),
        ("itself", "{new} = {old}; {new} = ({new}, {new}); {new} = ({new}, {new})"),
        ("an inner function", "def {new}(z): return ({old}(z), {old}(z))"),
        ("a try", "try: {new} = ({old}, {old})\n    except ValueError: {new} = ({old}, x)"),
        ("a while", "{new} = {old}\n    while x: {new} = ({new}, {old})"),
        ("a manager", "with g(({old}, {old})) as b{n}: {new} = (b{n}, {old}, {old})"),
    ] {
        is_bounded(name, &body(line));
    }
    let loops = (1..LINES).map(|n| format!("{}for a{n} in [(a{}, a{})]:\n", "    ".repeat(n), n - 1, n - 1));
    let loops: String = loops.collect();
    is_bounded("loops in loops", &format!("def f(a0):\n{loops}{}pass\n", "    ".repeat(LINES)));
}

#[test]
fn nothing_doubles_from_function_to_function() {
    let last = LINES - 1;
    for (name, head, line, tail) in [
        ("what is returned", "def a0(x): return (x, x)\n", "def {new}(x): return ({old}(x), {old}(x))", ""),
        ("what is passed", "def a0(x): return (x, x)\n", "def {new}(x): return {old}((x, {old}(x)))", ""),
        ("what is yielded", "def a0(x): yield x\n", "def {new}(x):\n    yield ({old}(x), {old}(x))", ""),
        (
            "what is awaited",
            "async def a0(x): return x\n",
            "async def {new}(x): return (await {old}(x), {old}(x))",
            "",
        ),
        (
            "who is called",
            "def a0(g, x): g(x); g(x)\n",
            "def {new}(g, x): g({old}, x); g(g, {old})",
            "def f(x): a39(a38, x)\n",
        ),
        (
            "who is called below",
            "def a0(g): g(1); g(2)\n",
            "def {new}(g): {old}(lambda z: {old}(g)); {old}(g)",
            "def f(x): a39(a38)\n",
        ),
        (
            "functions of methods",
            "class C:\n    def a0(self): return (self, self)\n",
            "    def {new}(self): return (self.{old}(), self.{old}())",
            "",
        ),
        (
            "properties",
            "class C:\n    @property\n    def a0(self): return 1\n",
            "    @property\n    def {new}(self): return (self.{old}, self.{old})",
            "def f(c: C): return c.a39\n",
        ),
    ] {
        is_bounded(name, &format!("{head}{}{tail}", lines(line)));
    }
    is_bounded("itself", "def t(g):\n    g(g)\n    g(g)\n    g(g)\ndef f():\n    t(t)\n");
    is_bounded(
        "each other",
        &format!(
            "{}\ndef a0(x): a{last}(x); a{last}(x)\n",
            lines("def {new}(x):\n    for one in x.b{n}: {old}(one); {old}(one)")
        ),
    );
}

#[test]
fn no_name_of_a_module_and_no_class_doubles() {
    let class = "class C: ...\na0 = C\n";
    let generic = "from typing import Generic, TypeVar\nT = TypeVar('T')\nclass a0(Generic[T]):\n    v: T\n";
    for (name, head, line, tail) in [
        ("a tuple", class, "{new} = ({old}, {old})", "def f(): return a39\n"),
        ("a dictionary", class, "{new} = {'a': {old}, 'b': {old}}", "def f(): return a39\n"),
        ("a condition", class, "{new} = ({old}, {old}) if x else ({old}, x)", "def f(): return a39\n"),
        ("a type", class, "{new} = tuple[{old}, {old}]", "def f(x: a39) -> a39: return x\n"),
        (
            "types",
            class,
            "type {new} = dict[str, tuple[{old}, {old}]] | list[{old}]",
            "def f(x: a39) -> a39: return x\n",
        ),
        (
            "what a class stores",
            "class C:\n    def __init__(self, x):\n        self.a0 = x\n",
            "        self.{new} = (self.{old}, self.{old})",
            "    def f(self): return self.a39\n",
        ),
        (
            "what a class stores by a name",
            "class C:\n    def __init__(self, x):\n        a0 = x\n",
            "        {new} = {old} or ({old}, {old})",
            "        self.v = a39\n    def f(self): return self.v\n",
        ),
        (
            "what a class has",
            "class a0: ...\n",
            "class {new}:\n    def __init__(self): self.v = ({old}(), {old}())",
            "def f(x: a39): return x.v\n",
        ),
        (
            "bases",
            "class a0: ...\n",
            "class {new}({old}):\n    def m(self): return (super().m(), super().m())",
            "def f(x: a39): return x.m()\n",
        ),
        (
            "types of bases",
            generic,
            "class {new}({old}[tuple[T, T]], Generic[T]): ...",
            "def f(x: a39[int]): return x.v\n",
        ),
        (
            "types of attributes",
            generic,
            "class {new}(Generic[T]):\n    v: {old}[tuple[T, T]]\n    w: {old}[T]",
            "def f(x: a39[int]): return x.v.v.v.v.w.w.v.v\n",
        ),
    ] {
        is_bounded(name, &format!("{head}{}{tail}", lines(line)));
    }
    let deep = |open: &str, close: &str| format!("{}int{}", open.repeat(LINES), close.repeat(LINES));
    let types = format!(
        "def f(x: {}, y: '{}') -> {}: return x\n",
        deep("list[", "]"),
        deep("dict[str, ", "]"),
        deep("tuple[int, ", "]")
    );
    is_bounded("types in types", &types);
}

const ALCHEMY: &str = "\
from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship, selectinload
class Base(DeclarativeBase): ...
class A(Base):
    __tablename__ = 'a'
    id: Mapped[int] = mapped_column(primary_key=True)
    parent: Mapped[int] = mapped_column(ForeignKey('a.id'))
    p: Mapped['A'] = relationship()
    q: Mapped[list['A']] = relationship()
def f(session):
    a0 = selectinload(A.p)
";
const DJANGO: &str = "\
from django.db import models
from django.db.models import Prefetch
class A(models.Model):
    p = models.ForeignKey('self', on_delete=models.CASCADE, related_name='q')
    r = models.ManyToManyField('self')
def f():
    a0 = A.objects.all()
";

#[test]
fn nothing_that_a_query_loads_doubles() {
    for (name, head, line, tail) in [
        (
            "options",
            ALCHEMY,
            "    {new} = selectinload(A.p).options(selectinload(A.q).options({old}), {old})",
            "    for a in session.scalars(select(A).options(a39)): a.p.q\n",
        ),
        ("columns", ALCHEMY, "    {new} = select({old}, {old}, A)", "    return session.execute(a39)\n"),
        (
            "prefetches",
            DJANGO,
            "    {new} = A.objects.prefetch_related(Prefetch('q', {old}), Prefetch('r', {old}))",
            "    for a in a39: a.p.q\n    return a39\n",
        ),
        (
            "unions",
            DJANGO,
            "    {new} = {old}.union({old}, {old}) | {old}",
            "    for a in a39: a.p.q\n    return a39\n",
        ),
        (
            "rows of rows",
            DJANGO,
            "    {new} = A.objects.filter(p__in={old}).first().q.all()",
            "    return a39\n",
        ),
        ("there and back", DJANGO, "    {new} = {old}.first().p.q.all()", "    return a39\n"),
    ] {
        is_bounded(name, &format!("{head}{}{tail}", lines(line)));
    }
}
