from tests.papers import demo, paper

__all__ = ["demo", "paper"]
