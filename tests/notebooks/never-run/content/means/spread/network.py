import torch

layer = torch.randn(4, 4)
assert layer.std() > 0
