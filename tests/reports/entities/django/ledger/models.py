"""Models of many kinds: what the picture of them must get right."""

from django.db import models


class Stamped(models.Model):
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True


class Owner(Stamped):
    email = models.CharField(max_length=80, unique=True)
    nick = models.CharField(max_length=20, null=True)
    referrer = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="referred")


class Company(Owner):
    register = models.CharField(max_length=20)


class Passport(models.Model):
    number = models.CharField(max_length=20, primary_key=True, db_column="no")
    owner = models.OneToOneField(Owner, on_delete=models.CASCADE)


class Account(Stamped):
    class Kind(models.TextChoices):
        ASSET = "asset"
        DEBT = "debt"

    iban = models.CharField(max_length=34)
    label = models.CharField(max_length=40)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    balance = models.DecimalField(max_digits=10, decimal_places=2)
    owner = models.ForeignKey(Owner, on_delete=models.CASCADE, related_name="accounts")
    tags = models.ManyToManyField("Tag", related_name="accounts")
    auditors = models.ManyToManyField(Owner, through="Audit", related_name="+")

    class Meta:
        db_table = "accounts"
        constraints = [models.UniqueConstraint(fields=["iban"], name="unique_iban")]
        unique_together = [("owner", "label")]


class Tag(models.Model):
    name = models.SlugField(unique=True)
    parents = models.ManyToManyField("self")


class Audit(models.Model):
    account = models.ForeignKey("account", on_delete=models.CASCADE)
    auditor = models.ForeignKey(Owner, on_delete=models.CASCADE)


class Grown(Owner):
    class Meta:
        proxy = True
