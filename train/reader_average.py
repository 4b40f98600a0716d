"""The mean of a network's weights over its last steps: less noisy than the weights of any one step."""

import contextlib
from collections.abc import Iterator

import torch
from torch import Tensor, nn

DECAY = 0.999  # of what was before, at each step, once there were a thousand of them


class Averaged:
    """An exponential mean of the weights of modules."""

    def __init__(self, *modules: nn.Module) -> None:
        self.weights = [weight for module in modules for weight in module.parameters() if weight.requires_grad]
        self.steps = 0
        self.means = [weight.detach().clone() for weight in self.weights]

    def begin(self) -> None:
        """Forget what was; the mean is the weights as they are."""
        self.load({"steps": 0, "means": [weight.detach().clone() for weight in self.weights]})

    @torch.no_grad()
    def take(self) -> None:
        """Take in the weights as they are after a step; earlier steps count little at the beginning."""
        self.steps += 1
        torch._foreach_lerp_(self.means, self.weights, 1 - min(DECAY, self.steps / (self.steps + 10)))

    def state(self) -> dict[str, int | list[Tensor]]:
        """What is stored."""
        return {"steps": self.steps, "means": self.means}

    def load(self, state: dict[str, int | list[Tensor]]) -> None:
        """Go on from what was stored."""
        steps, means = state["steps"], state["means"]
        assert isinstance(steps, int)
        assert isinstance(means, list)
        self.steps, self.means = steps, means

    @contextlib.contextmanager
    def in_place(self) -> Iterator[None]:
        """The modules with the mean for their weights."""
        own = [weight.detach().clone() for weight in self.weights]
        self.put(self.means)
        try:
            yield
        finally:
            self.put(own)

    @torch.no_grad()
    def put(self, values: list[Tensor]) -> None:
        """Set the weights."""
        for weight, value in zip(self.weights, values, strict=True):
            weight.copy_(value)
