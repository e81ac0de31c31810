#![allow(clippy::unwrap_used)]

use super::*;

fn pruned(text: &str, fields: &[&str]) -> String {
    let special: Vec<Special> = fields.iter().map(|name| Special::Field((*name).to_owned())).collect();
    let subject = Subject::of("order").unwrap();
    prune(&[text.to_owned()], &special, &subject).texts.remove(0)
}

#[test]
fn the_smallest_part_goes() {
    let text = "class Order(Base):\n    id: int\n    email: str\n    name: str\n\n\ndef create(self, name: str, email: str = \"\"):\n    if self.repo.by_email(email):\n        raise Taken(email)\n    address = clean(email)\n    order = Order(name=name, email=address)\n    order.email = email\n    log({\"name\": name, \"email\": email})\n    return order\n";
    let after = "class Order(Base):\n    id: int\n    name: str\n\n\ndef create(self, name: str):\n    order = Order(name=name)\n    log({\"name\": name})\n    return order\n";
    assert_eq!(pruned(text, &["email"]), after);
}

#[test]
fn what_can_t_do_without_goes_or_keeps_it() {
    let text = "class Orders:\n    def by_email_address(self, email):\n        return self.q(email)\n\n    def get(self, id):\n        return self.q(id)\n";
    let after = "class Orders:\n    def get(self, id):\n        return self.q(id)\n";
    assert_eq!(pruned(text, &["email"]), after);
    let text = "class Orders:\n    def get(self, email):\n        return self.q(email)\n";
    assert_eq!(pruned(text, &["email"]), text, "`get` is what any slice has");
}

#[test]
fn arguments_by_position_go_with_their_parameters() {
    let text = "def create(self, name, email):\n    return Order(name, email)\n\n\ndef route(body):\n    return create(body.name, body.email)\n";
    let after = "def create(self, name):\n    return Order(name)\n\n\ndef route(body):\n    return create(body.name)\n";
    let class = "class Order:\n    name: str\n    email: str\n\n\n";
    let pruned = pruned(&format!("{class}{text}"), &["email"]);
    assert_eq!(pruned, format!("{}{after}", class.replace("    email: str\n", "")));
}

#[test]
fn tests_of_what_is_gone_go() {
    let text = "def test_email_is_checked():\n    assert 1\n\n\ndef test_it():\n    assert 2\n";
    assert_eq!(pruned(text, &["email"]), "def test_it():\n    assert 2\n");
}

#[test]
fn nobody_catches_what_nobody_raises() {
    let text = "def create(email):\n    if taken(email):\n        raise Taken\n    return 1\n\n\ndef post(email):\n    try:\n        x = create()\n        return x\n    except errors.Taken as e:\n        raise Http(409) from e\n";
    let after = "def create():\n    return 1\n\n\ndef post():\n    x = create()\n    return x\n";
    assert_eq!(pruned(text, &["email"]), after);
}

#[test]
fn a_star_goes_with_the_last_parameter_behind_it() {
    assert_eq!(
        pruned("def create(a, *, email):\n    return a\n", &["email"]),
        "def create(a):\n    return a\n"
    );
}

#[test]
fn a_class_is_not_left_without_a_body() {
    assert_eq!(
        pruned("class A(B):\n    email: str\n\n\nx = 1\n", &["email"]),
        "class A(B):\n    pass\n\n\nx = 1\n"
    );
}

#[test]
fn a_check_goes_with_its_column() {
    let text = "class Order(Base):\n    __table_args__ = (\n        CheckConstraint(\"price >= 0\", name=\"ck_price\"),\n        CheckConstraint(\"name <> ''\", name=\"ck_name\"),\n    )\n    price: int\n    name: str\n";
    let after = "class Order(Base):\n    __table_args__ = (\n        CheckConstraint(\"name <> ''\", name=\"ck_name\"),\n    )\n    name: str\n";
    assert_eq!(pruned(text, &["price"]), after);
    let table = "orders = Table(\"orders\", meta, Column(\"id\"), Column(\"price\", Int), sa.CheckConstraint(\"price > 0\"))\n";
    assert_eq!(pruned(table, &["price"]), "orders = Table(\"orders\", meta, Column(\"id\"))\n");
    let meta = "class Order(Model):\n    class Meta:\n        constraints = [\n            models.CheckConstraint(check=models.Q(price__gte=0), name=\"a\"),\n            models.CheckConstraint(check=models.Q(prices__gte=0), name=\"b\"),\n        ]\n";
    let kept =
        meta.replace("            models.CheckConstraint(check=models.Q(price__gte=0), name=\"a\"),\n", "");
    assert_eq!(pruned(meta, &["price"]), kept);
}
