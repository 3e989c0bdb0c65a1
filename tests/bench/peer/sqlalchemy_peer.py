"""W1, W2 and W4 with SQLAlchemy: python3 sqlalchemy_peer.py sqlite:<file>|<postgresql URL> <rounds>."""

import random
import sys

from sqlalchemy import BigInteger, Boolean, Column, DateTime, Float, ForeignKey, Integer, Text, create_engine, select
from sqlalchemy.orm import Session, declarative_base, relationship, selectinload

from timing import connection, report

url, rounds = sys.argv[1], int(sys.argv[2])
server = connection(url)
Base = declarative_base()
Time = DateTime(timezone=True) if server else BigInteger


class User(Base):
    __tablename__ = "users"
    id = Column(BigInteger, primary_key=True)
    name = Column(Text)
    email = Column(Text)
    hair_color = Column(Text)
    age = Column(Integer)
    score = Column(Float)
    active = Column(Boolean)
    created_at = Column(Time)
    posts = relationship("Post")


class Post(Base):
    __tablename__ = "posts"
    id = Column(BigInteger, primary_key=True)
    user_id = Column(BigInteger, ForeignKey("users.id"))
    title = Column(Text)
    body = Column(Text)
    views = Column(BigInteger)
    created_at = Column(Time)


if server:
    engine = create_engine("postgresql+psycopg2://", connect_args=server)
else:
    engine = create_engine("sqlite:///" + url.removeprefix("sqlite:"))
generator = random.Random(7)
ids = [generator.randint(1, 10000) for _ in range(1000)]


def find():
    with Session(engine) as session:
        return [session.get(User, key) for key in ids]


def users():
    with Session(engine) as session:
        return session.execute(select(User)).scalars().all()


def tree():
    with Session(engine) as session:
        found = session.execute(select(User).where(User.id <= 1000).options(selectinload(User.posts))).scalars().all()
        return [post for user in found for post in user.posts]


report(rounds, {"W1": (find, 1000), "W2": (users, 10000), "W4": (tree, 10000)})
