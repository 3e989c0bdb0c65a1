"""W1, W2 and W4 with Django: python3 django_peer.py sqlite:<file>|<postgresql URL> <rounds>."""

import random
import sys

import django
from django.conf import settings

from timing import connection, report

url, rounds = sys.argv[1], int(sys.argv[2])
server = connection(url)
if server:
    database = {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": server["dbname"],
        "HOST": server["host"],
        "USER": server["user"],
    }
else:
    database = {"ENGINE": "django.db.backends.sqlite3", "NAME": url.removeprefix("sqlite:")}
settings.configure(DATABASES={"default": database}, USE_TZ=True, DEFAULT_AUTO_FIELD="django.db.models.BigAutoField")
django.setup()

from django.db import models, transaction  # noqa: E402 (the settings come first)

Time = models.DateTimeField if server else models.BigIntegerField


class User(models.Model):
    id = models.BigAutoField(primary_key=True)
    name = models.TextField()
    email = models.TextField()
    hair_color = models.TextField(null=True)
    age = models.IntegerField()
    score = models.FloatField()
    active = models.BooleanField()
    created_at = Time()

    class Meta:
        app_label = "blog"
        db_table = "users"


class Post(models.Model):
    id = models.BigAutoField(primary_key=True)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="posts")
    title = models.TextField()
    body = models.TextField(null=True)
    views = models.BigIntegerField()
    created_at = Time()

    class Meta:
        app_label = "blog"
        db_table = "posts"


generator = random.Random(7)
ids = [generator.randint(1, 10000) for _ in range(1000)]


def find():
    with transaction.atomic():
        return [User.objects.get(pk=key) for key in ids]


def users():
    return list(User.objects.all())


def tree():
    found = User.objects.filter(id__lte=1000).prefetch_related("posts")
    return [post for user in found for post in user.posts.all()]


report(rounds, {"W1": (find, 1000), "W2": (users, 10000), "W4": (tree, 10000)})
