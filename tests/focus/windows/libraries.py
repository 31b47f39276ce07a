"""Libraries of Windows made of Python functions, which carry types as those of ctypes do."""

from collections.abc import Callable, Mapping
from typing import Any

Answers = Mapping[str, Callable[..., Any]]


class FakeLibrary:
    """Every function answers 1, or as told; all calls are noted."""

    def __init__(self, answers: Answers) -> None:
        self.calls: list[tuple[Any, ...]] = []
        self._answers = answers
        self._made: dict[str, Any] = {}

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        if name not in self._made:
            self._made[name] = self._function(name)
        return self._made[name]

    def _function(self, name: str) -> Any:
        class Function:
            restype: Any = None
            argtypes: Any = None

            def __call__(inner, *arguments: Any) -> Any:  # noqa: N805
                assert len(arguments) == len(inner.argtypes), name
                self.calls.append((name, *arguments))
                answer = self._answers.get(name)
                return answer(*arguments) if answer else 1

        return Function()


class Libraries:
    """Loads libraries by name, each once."""

    def __init__(self, **answers: Callable[..., Any]) -> None:
        self._answers = answers
        self.loaded: dict[str, FakeLibrary] = {}

    def __call__(self, name: str) -> FakeLibrary:
        return self.loaded.setdefault(name, FakeLibrary(self._answers))
