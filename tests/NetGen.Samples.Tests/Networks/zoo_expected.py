#!/usr/bin/python3
"""Writes zoo_expected.json beside this file: what PyTorch computes, in double precision, for the networks of samples/ModelZoo.Networks.

usage: /usr/bin/python3 zoo_expected.py [--counts|--rounding] [NETWORK...]
    (Debian: apt-get install python3-torch python3-torchvision libopenblas0-pthread; written with PyTorch 1.13 and torchvision 0.14)
With names, these networks are computed anew and the others kept. --counts prints parameters and
multiply-adds instead; --rounding computes the last of the numbers below anew.

No weights and no inputs are stored. Every tensor is a stream of values v(seed, i) of ../../NetGen.Tests/Reference/pytorch_expected.py, scaled, and rounded to
single precision:
    parameters and running statistics: seed = FNV-1a of the name in UTF-8 (32 bits)
        weights of normalisations and running variances 1 + v / 2, their biases and running means v / 2
        other weights v * sqrt(6 / fan-in), other biases v / 4
    inputs v(seed, i), 90 where SEEDS has no other    gradient of the output v(92, i), of further outputs v(93, i) and v(94, i)
Of a network that is too large to be trained here there is the output alone. In training mode the gradient starts where the first dropout begins, if there is one. Of each result the file holds its norm, its sum, and values at places
j * 7919 mod size: 32 of outputs and of the gradient of the input, 2 of others;
and as "rounding" the largest relative deviation of PyTorch's own results in single precision: where a value near 0 gets the other sign, a ReLU lets a gradient
pass or not, and a deep network makes more of that.
"""
import argparse
import json
import math
import os

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
import torchvision.models as tv

HERE = os.path.dirname(os.path.abspath(__file__))


def stream(seed, shape):
    count = int(np.prod(shape))
    with np.errstate(over="ignore"):
        i = np.arange(count, dtype=np.uint32)
        x = i * np.uint32(0x9E3779B9) + np.uint32((seed * 0x85EBCA6B) & 0xFFFFFFFF)
        x ^= x >> np.uint32(16)
        x *= np.uint32(0x7FEB352D)
        x ^= x >> np.uint32(15)
        x *= np.uint32(0x846CA68B)
        x ^= x >> np.uint32(16)
    return ((x >> np.uint32(12)).astype(np.float64) / 2**19 - 1).reshape(shape)


def fnv(name):
    h = 0x811C9DC5
    for byte in name.encode():
        h = ((h ^ byte) * 0x01000193) & 0xFFFFFFFF
    return h


def fill(net):
    norms = {name for name, module in net.named_modules() if isinstance(module, (nn.BatchNorm1d, nn.BatchNorm2d))}
    for name, tensor in net.state_dict(keep_vars=True).items():
        layer, _, kind = name.rpartition(".")
        if kind == "num_batches_tracked":
            continue
        value = stream(fnv(name), tuple(tensor.shape))
        if layer in norms:
            value = 1 + value / 2 if kind in ("weight", "running_var") else value / 2
        elif kind == "weight":
            transposed = isinstance(dict(net.named_modules())[layer], nn.ConvTranspose2d)
            fan_in = tensor.shape[0] if transposed else int(np.prod(tensor.shape[1:]))
            value = value * math.sqrt(6 / fan_in)
        else:
            value = value / 4
        with torch.no_grad():
            tensor.copy_(torch.from_numpy(value.astype(np.float32)))


# Networks whose definition is not torchvision's.

class Named(nn.Module):
    """Modules one after the other under names of their own; those without parameters have names that begin with an underscore."""

    def __init__(self, **modules):
        super().__init__()
        for name, module in modules.items():
            self.add_module(name, module)

    def forward(self, x):
        for module in self.children():
            x = module(x)
        return x


def conv(i, o, k, s=1, p=0, **options):
    return nn.Conv2d(i, o, k, s, p, **options)


def linear():
    return Named(_0=nn.Flatten(), linear1=nn.Linear(784, 10))


def mlp():
    return Named(_0=nn.Flatten(), linear1=nn.Linear(784, 256), _1=nn.ReLU(), linear2=nn.Linear(256, 84), _2=nn.ReLU(), linear3=nn.Linear(84, 10))


def convnet():
    return Named(conv1=conv(1, 6, 5, 2), _1=nn.ReLU(), conv2=conv(6, 16, 5, 2), _2=nn.ReLU(), _3=nn.Flatten(),
                 linear1=nn.Linear(256, 84), _4=nn.ReLU(), linear2=nn.Linear(84, 10))


def separable_convnet():
    return Named(conv1=conv(1, 6, 5, 2), _1=nn.ReLU(), conv2=conv(6, 16, 1), conv3=conv(16, 16, 5, 2, groups=16), _2=nn.ReLU(), _3=nn.Flatten(),
                 linear1=nn.Linear(256, 84), _4=nn.ReLU(), linear2=nn.Linear(84, 10))


def lenet5():
    return Named(conv1=conv(1, 6, 5), _1=nn.ReLU(), _2=nn.MaxPool2d(2), conv2=conv(6, 16, 5), _3=nn.ReLU(), _4=nn.MaxPool2d(2), _5=nn.Flatten(),
                 linear1=nn.Linear(256, 120), _6=nn.ReLU(), linear2=nn.Linear(120, 84), _7=nn.ReLU(), linear3=nn.Linear(84, 10))


def lenet_caffe():
    return Named(conv1=conv(1, 20, 5), _1=nn.MaxPool2d(2), conv2=conv(20, 50, 5), _2=nn.MaxPool2d(2), _3=nn.Flatten(),
                 ip1=nn.Linear(800, 500), _4=nn.ReLU(), ip2=nn.Linear(500, 10))


def mnistnet():
    return Named(conv1=conv(1, 8, 3), _1=nn.ReLU(), conv2=conv(8, 16, 3), _2=nn.ReLU(), conv3=conv(16, 24, 3), _3=nn.ReLU(), norm1=nn.BatchNorm2d(24),
                 _4=nn.Flatten(), fc1=nn.Linear(11616, 32), _5=nn.ReLU(), fc2=nn.Linear(32, 10), norm2=nn.BatchNorm1d(10), _6=nn.LogSoftmax(1))


class Zeros(nn.Module):
    """The shortcut that learns nothing: every second pixel, between channels of zeros."""

    def __init__(self, channels):
        super().__init__()
        self.channels = channels // 4

    def forward(self, x):
        return F.pad(x[:, :, ::2, ::2], (0, 0, 0, 0, self.channels, self.channels))


class BasicBlock(nn.Module):
    def __init__(self, i, o, stride, zeros):
        super().__init__()
        self.conv1, self.bn1 = conv(i, o, 3, stride, 1, bias=False), nn.BatchNorm2d(o)
        self.conv2, self.bn2 = conv(o, o, 3, 1, 1, bias=False), nn.BatchNorm2d(o)
        self.downsample = nn.Identity() if stride == 1 else Zeros(o) if zeros else nn.Sequential(conv(i, o, 1, stride, bias=False), nn.BatchNorm2d(o))

    def forward(self, x):
        return torch.relu(self.bn2(self.conv2(torch.relu(self.bn1(self.conv1(x))))) + self.downsample(x))


def small_resnet(blocks, zeros):
    def stage(i, o, stride):
        return nn.Sequential(*[BasicBlock(i if b == 0 else o, o, stride if b == 0 else 1, zeros) for b in range(blocks)])
    return Named(conv1=conv(3, 16, 3, 1, 1, bias=False), bn1=nn.BatchNorm2d(16), _1=nn.ReLU(), layer1=stage(16, 16, 1), layer2=stage(16, 32, 2), layer3=stage(32, 64, 2),
                 _2=nn.AdaptiveAvgPool2d(1), _3=nn.Flatten(), linear=nn.Linear(64, 10))


class Residual(nn.Module):
    def __init__(self, fn):
        super().__init__()
        self.fn = fn

    def forward(self, x):
        return self.fn(x) + x


def convmixer(dim, depth, kernel, patch, classes):
    return nn.Sequential(
        conv(3, dim, patch, patch), nn.GELU(), nn.BatchNorm2d(dim),
        *[nn.Sequential(Residual(nn.Sequential(conv(dim, dim, kernel, 1, kernel // 2, groups=dim), nn.GELU(), nn.BatchNorm2d(dim))),
                        conv(dim, dim, 1), nn.GELU(), nn.BatchNorm2d(dim)) for _ in range(depth)],
        nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(dim, classes))


def mobilenet(alpha):
    def c(n):
        return int(n * alpha)

    def separable(i, o, s):
        return nn.Sequential(conv(c(i), c(i), 3, s, 1, groups=c(i), bias=False), nn.BatchNorm2d(c(i)), nn.ReLU(),
                             conv(c(i), c(o), 1, bias=False), nn.BatchNorm2d(c(o)), nn.ReLU())
    plan = [(32, 64, 1), (64, 128, 2), (128, 128, 1), (128, 256, 2), (256, 256, 1), (256, 512, 2)] + [(512, 512, 1)] * 5 + [(512, 1024, 2), (1024, 1024, 1)]
    model = nn.Sequential(nn.Sequential(conv(3, c(32), 3, 2, 1, bias=False), nn.BatchNorm2d(c(32)), nn.ReLU()), *[separable(*step) for step in plan])
    return Named(model=model, _1=nn.AdaptiveAvgPool2d(1), _2=nn.Flatten(), fc=nn.Linear(c(1024), 1000))


def alexnet_two_groups():
    def norm():
        return nn.LocalResponseNorm(5, alpha=5e-4, beta=0.75, k=2)
    return Named(conv1=conv(3, 96, 11, 4), _1=nn.ReLU(), _2=norm(), _3=nn.MaxPool2d(3, 2), conv2=conv(96, 256, 5, 1, 2, groups=2), _4=nn.ReLU(), _5=norm(), _6=nn.MaxPool2d(3, 2),
                 conv3=conv(256, 384, 3, 1, 1), _7=nn.ReLU(), conv4=conv(384, 384, 3, 1, 1, groups=2), _8=nn.ReLU(), conv5=conv(384, 256, 3, 1, 1, groups=2), _9=nn.ReLU(),
                 _10=nn.MaxPool2d(3, 2), _11=nn.Flatten(), fc6=nn.Linear(9216, 4096), _12=nn.ReLU(), _13=nn.Dropout(), fc7=nn.Linear(4096, 4096), _14=nn.ReLU(),
                 _15=nn.Dropout(), fc8=nn.Linear(4096, 1000))


def mobilenet_tensorflow():
    def c(n):
        return n // 4

    def separable(k, i, o, s):
        pad = [nn.ZeroPad2d((0, 1, 0, 1))] if s == 2 else []
        modules = {f"_pad{k}": pad[0]} if pad else {}
        return {**modules, f"dw{k}": conv(c(i), c(i), 3, s, 0 if s == 2 else 1, groups=c(i)), f"_dw{k}": nn.ReLU6(), f"pw{k}": conv(c(i), c(o), 1), f"_pw{k}": nn.ReLU6()}
    plan = [(32, 64, 1), (64, 128, 2), (128, 128, 1), (128, 256, 2), (256, 256, 1), (256, 512, 2)] + [(512, 512, 1)] * 5 + [(512, 1024, 2), (1024, 1024, 1)]
    modules = {"_pad0": nn.ZeroPad2d((0, 1, 0, 1)), "conv0": conv(3, 8, 3, 2), "_0": nn.ReLU6()}
    for k, step in enumerate(plan, 1):
        modules.update(separable(k, *step))
    return Named(**modules, logits=conv(256, 1001, 1), _1=nn.AdaptiveAvgPool2d(1), _2=nn.Flatten())


class FireCaffe(nn.Module):
    def __init__(self, i, squeezed, expanded):
        super().__init__()
        self.conv1x1_1, self.conv1x1_2, self.conv3x3_2 = conv(i, squeezed, 1), conv(squeezed, expanded, 1), conv(squeezed, expanded, 3, 1, 1)

    def forward(self, x):
        x = torch.relu(self.conv1x1_1(x))
        return torch.cat([torch.relu(self.conv1x1_2(x)), torch.relu(self.conv3x3_2(x))], 1)


def squeezenet_caffe():
    return Named(conv1=conv(3, 96, 7, 2), _1=nn.ReLU(), _2=nn.MaxPool2d(3, 2), fire2=FireCaffe(96, 16, 64), fire3=FireCaffe(128, 16, 64), fire4=FireCaffe(128, 32, 128),
                 _3=nn.MaxPool2d(3, 2), fire5=FireCaffe(256, 32, 128), fire6=FireCaffe(256, 48, 192), fire7=FireCaffe(384, 48, 192), fire8=FireCaffe(384, 64, 256),
                 _4=nn.MaxPool2d(3, 2), fire9=FireCaffe(512, 64, 256), _5=nn.Dropout(), conv_final=conv(512, 1000, 1, 1, 1), _6=nn.ReLU(), _7=nn.AdaptiveAvgPool2d(1), _8=nn.Flatten())


class PlainBlock(nn.Module):
    def __init__(self, i, o, stride):
        super().__init__()
        self.conv1, self.bn1 = conv(i, o, 3, stride, 1, bias=False), nn.BatchNorm2d(o)
        self.conv2, self.bn2 = conv(o, o, 3, 1, 1, bias=False), nn.BatchNorm2d(o)

    def forward(self, x):
        return torch.relu(self.bn2(self.conv2(torch.relu(self.bn1(self.conv1(x))))))


def plainnet34():
    def stage(i, o, blocks, stride):
        return nn.Sequential(*[PlainBlock(i if b == 0 else o, o, stride if b == 0 else 1) for b in range(blocks)])
    return Named(conv1=conv(3, 64, 7, 2, 3, bias=False), bn1=nn.BatchNorm2d(64), _1=nn.ReLU(), _2=nn.MaxPool2d(3, 2, 1),
                 layer1=stage(64, 64, 3, 1), layer2=stage(64, 128, 4, 2), layer3=stage(128, 256, 6, 2), layer4=stage(256, 512, 3, 2),
                 _3=nn.AdaptiveAvgPool2d(1), _4=nn.Flatten(), fc=nn.Linear(512, 1000))


class Inception(nn.Module):
    def __init__(self, i, one, three_reduced, three, five_reduced, five, pooled):
        super().__init__()
        self.branch1 = conv(i, one, 1)
        self.branch2 = nn.ModuleList([conv(i, three_reduced, 1), conv(three_reduced, three, 3, 1, 1)])
        self.branch3 = nn.ModuleList([conv(i, five_reduced, 1), conv(five_reduced, five, 5, 1, 2)])
        self.branch4 = nn.ModuleList([nn.MaxPool2d(3, 1, 1), conv(i, pooled, 1)])

    def forward(self, x):
        two, three = (torch.relu(second(torch.relu(first(x)))) for first, second in (self.branch2, self.branch3))
        return torch.cat([torch.relu(self.branch1(x)), two, three, torch.relu(self.branch4[1](self.branch4[0](x)))], 1)


class GoogLeNetAux(tv.GoogLeNet):
    """torchvision's with its auxiliary outputs in both modes."""

    def __init__(self):
        super().__init__(aux_logits=True, init_weights=False)

    def forward(self, x):
        for layer in (self.conv1, self.maxpool1, self.conv2, self.conv3, self.maxpool2, self.inception3a, self.inception3b, self.maxpool3, self.inception4a):
            x = layer(x)
        aux1 = self.aux1(x)
        for layer in (self.inception4b, self.inception4c, self.inception4d):
            x = layer(x)
        self.further = {"aux1": aux1, "aux2": self.aux2(x)}
        for layer in (self.inception4e, self.maxpool4, self.inception5a, self.inception5b, self.avgpool):
            x = layer(x)
        return self.fc(self.dropout(torch.flatten(x, 1)))


class NamedWithAuxiliaries(Named):
    """Layers one after the other, but that those called aux… are further outputs."""

    def forward(self, x):
        self.further = {}
        for name, layer in self.named_children():
            if name.startswith("aux"):
                self.further[name] = layer(x)
            else:
                x = layer(x)
        return x


def auxiliary(channels):
    return Named(_0=nn.AvgPool2d(5, 3), conv=conv(channels, 128, 1), _1=nn.ReLU(), _2=nn.Flatten(), fc1=nn.Linear(2048, 1024), _3=nn.ReLU(), _4=nn.Dropout(0.7), fc2=nn.Linear(1024, 1000))


def googlenet_original(auxiliaries=False):
    def pool():
        return nn.MaxPool2d(3, 2, ceil_mode=True)
    def aux(number, channels):
        return {f"aux{number}": auxiliary(channels)} if auxiliaries else {}
    kind = NamedWithAuxiliaries if auxiliaries else Named
    return kind(conv1=conv(3, 64, 7, 2, 3), _1=nn.ReLU(), _2=pool(), _3=nn.LocalResponseNorm(5), conv2=conv(64, 64, 1), _4=nn.ReLU(), conv3=conv(64, 192, 3, 1, 1), _5=nn.ReLU(),
                 _6=nn.LocalResponseNorm(5), _7=pool(), inception3a=Inception(192, 64, 96, 128, 16, 32, 32), inception3b=Inception(256, 128, 128, 192, 32, 96, 64), _8=pool(),
                 inception4a=Inception(480, 192, 96, 208, 16, 48, 64), **aux(1, 512), inception4b=Inception(512, 160, 112, 224, 24, 64, 64), inception4c=Inception(512, 128, 128, 256, 24, 64, 64),
                 inception4d=Inception(512, 112, 144, 288, 32, 64, 64), **aux(2, 528), inception4e=Inception(528, 256, 160, 320, 32, 128, 128), _9=pool(),
                 inception5a=Inception(832, 256, 160, 320, 32, 128, 128), inception5b=Inception(832, 384, 192, 384, 48, 128, 128),
                 avgpool=nn.AdaptiveAvgPool2d(1), _10=nn.Flatten(), _11=nn.Dropout(0.4), fc=nn.Linear(1024, 1000))


class UNet(nn.Module):
    """Two convolutions a level, pooling down, transposed convolutions up; what goes across is cut to the size it meets, which is its own where they are padded."""

    def __init__(self, channels, padding):
        super().__init__()

        def double(i, o):
            return nn.Sequential(conv(i, o, 3, 1, padding), nn.ReLU(), conv(o, o, 3, 1, padding), nn.ReLU())
        up = channels[::-1]
        self.down = nn.ModuleList([double(i, o) for i, o in zip([1] + channels, channels)])
        self.up = nn.ModuleList([nn.ConvTranspose2d(i, o, 2, 2) for i, o in zip(up, up[1:])])
        self.dec = nn.ModuleList([double(2 * o, o) for o in up[1:]])
        self.out = conv(channels[0], 2, 1)

    def forward(self, x):
        across = []
        for level, block in enumerate(self.down):
            x = block(F.max_pool2d(x, 2) if level else x)
            across.append(x)
        for up, block, skip in zip(self.up, self.dec, across[-2::-1]):
            x = up(x)
            edge = (skip.shape[2] - x.shape[2]) // 2
            x = block(torch.cat([skip[:, :, edge:skip.shape[2] - edge, edge:skip.shape[3] - edge], x], 1))
        return self.out(x)


DIGIT, CIFAR, PHOTO = (1, 28, 28), (3, 32, 32), (3, 224, 224)

# Inputs of which no value comes so near to 0 that single precision gives it the other sign, where that was easily found.
SEEDS = {("resnet56", "training"): 96, ("resnet56-a", "training"): 91}

# Larger than what a training pass can address.
FORWARD_ONLY = {"convmixer-1536", "unet-original"}

# Name: module, input, batch, and of those with batch normalisation and dropout the module whose output is before it with that layer's name in NetGen.
NETWORKS = {
    "linear": (linear, DIGIT, 4, None),
    "mlp": (mlp, DIGIT, 4, None),
    "convnet": (convnet, DIGIT, 4, None),
    "separable-convnet": (separable_convnet, DIGIT, 4, None),
    "lenet5": (lenet5, DIGIT, 4, None),
    "lenet-caffe": (lenet_caffe, DIGIT, 4, None),
    "mnistnet": (mnistnet, DIGIT, 4, None),
    "resnet20": (lambda: small_resnet(3, False), CIFAR, 2, None),
    "resnet20-a": (lambda: small_resnet(3, True), CIFAR, 2, None),
    "resnet56": (lambda: small_resnet(9, False), CIFAR, 2, None),
    "resnet56-a": (lambda: small_resnet(9, True), CIFAR, 2, None),
    "convmixer": (lambda: convmixer(256, 8, 5, 2, 10), CIFAR, 2, None),
    "convmixer-1536": (lambda: convmixer(1536, 20, 9, 7, 1000), PHOTO, 1, None),
    "mobilenet-0.50-160": (lambda: mobilenet(0.5), (3, 160, 160), 2, None),
    "mobilenet": (lambda: mobilenet(1), PHOTO, 2, None),
    "mobilenet-0.25-128-tensorflow": (mobilenet_tensorflow, (3, 128, 128), 2, None),
    "squeezenet": (tv.squeezenet1_0, PHOTO, 2, None),
    "squeezenet-1.1": (tv.squeezenet1_1, PHOTO, 2, None),
    "squeezenet-caffe": (squeezenet_caffe, (3, 227, 227), 2, None),
    "alexnet": (tv.alexnet, PHOTO, 2, None),
    "alexnet-two-groups": (alexnet_two_groups, (3, 227, 227), 2, None),
    "vgg16": (tv.vgg16, PHOTO, 1, None),
    "resnet18": (tv.resnet18, PHOTO, 2, None),
    "plainnet34": (plainnet34, PHOTO, 2, None),
    "resnet34": (tv.resnet34, PHOTO, 2, None),
    "resnet50": (tv.resnet50, PHOTO, 2, None),
    "googlenet": (lambda: tv.googlenet(aux_logits=False, init_weights=False), PHOTO, 2, ("avgpool", "avgpool")),
    "googlenet-original": (googlenet_original, PHOTO, 2, None),
    "googlenet-aux": (GoogLeNetAux, PHOTO, 2, ("avgpool", "avgpool")),
    "googlenet-original-aux": (lambda: googlenet_original(True), PHOTO, 2, None),
    "densenet121": (tv.densenet121, PHOTO, 2, None),
    "unet": (lambda: UNet([32, 64, 128, 256], 1), (1, 128, 128), 1, None),
    "unet-original": (lambda: UNet([64, 128, 256, 512, 1024], 0), (1, 572, 572), 1, None),
}


def probe(tensor, values=2):
    flat = tensor.detach().numpy().reshape(-1).astype(np.float64)
    places = [j * 7919 % flat.size for j in range(min(values, flat.size))]
    return [float(f"{x:.7g}") for x in (np.linalg.norm(flat), flat.sum(), *flat[places])]


def given(seed, shape):
    return torch.from_numpy(stream(seed, shape)).to(torch.get_default_dtype())


def forward(net, shape, batch, seed):
    """The output, as a probe, and how many values it has."""
    fill(net)
    with torch.inference_mode():
        output = net.eval()(given(seed, (batch, *shape)))
    return {"seed": seed, "from": None, "output": probe(output, 32), "inputGradient": None, "gradients": {}, "buffers": {}}, {"output": output.numel()}


def run(net, shape, batch, training, start, seed):
    """All results, as probes, and how many values each has."""
    fill(net)
    net.train(training)
    net.zero_grad(set_to_none=True)
    kept = {}
    for name, module in net.named_modules():
        if isinstance(module, nn.ReLU):
            module.inplace = False
        if training and start and name == start[0]:
            module.register_forward_hook(lambda module, inputs, output: kept.update(output=output))
    x = given(seed, (batch, *shape)).requires_grad_()
    output = net(x)
    # Where the gradient starts within, nothing comes from further outputs; else from each of them by a seed of its own.
    further = {} if "output" in kept else getattr(net, "further", {})
    output = kept.get("output", output)
    torch.autograd.backward([output, *further.values()], [given(92 + i, tuple(each.shape)) for i, each in enumerate([output, *further.values()])])
    return {
        "seed": seed,
        "from": start[1] if training and start else None,
        "output": probe(output, 32),
        **({"further": {name: probe(value, 32) for name, value in further.items()}} if further else {}),
        "inputGradient": probe(x.grad, 32),
        "gradients": {name: probe(p.grad) for name, p in net.named_parameters() if p.grad is not None},
        "buffers": {name: probe(b) for name, b in net.named_buffers() if training and not name.endswith("num_batches_tracked")},
    }, {"output": output.numel(), "inputGradient": x.numel(), **{name: tensor.numel() for name, tensor in net.state_dict().items()}}


def deviation(expected, actual, sizes):
    """The largest of all probes' deviations, in the measure of the tests: of norms, sums and values, relative to the size that they can have."""
    gradients = {"inputGradient": expected["inputGradient"], **expected["gradients"]} if expected["inputGradient"] else {}
    floor = 1e-3 * max((abs(x) for numbers in gradients.values() for x in numbers[2:]), default=0)
    found = {"output": actual["output"], "inputGradient": actual["inputGradient"], **actual["gradients"], **actual["buffers"]}

    def of(name, a, floor):
        b, size = found[name], sizes[name]
        typical = max(a[0] / math.sqrt(size), floor)
        return max(abs(a[0] - b[0]) / (typical * math.sqrt(size)), abs(a[1] - b[1]) / (typical * size),
                   *(abs(x - y) / max(abs(x), typical) for x, y in zip(a[2:], b[2:])))
    others = {"output": expected["output"], **expected["buffers"]}
    return float(f"{max([of(n, a, floor) for n, a in gradients.items()] + [of(n, a, 1e-6) for n, a in others.items()]):.2g}")


def save(path, known):
    with open(path, "w") as file:
        json.dump({name: known[name] for name in NETWORKS if name in known}, file, separators=(",", ":"))
        file.write("\n")


def counts(net, shape):
    total = [0]

    def add(module, inputs, output):
        if isinstance(module, nn.ConvTranspose2d):
            total[0] += inputs[0].numel() * module.out_channels // module.groups * module.kernel_size[0] * module.kernel_size[1]
        elif isinstance(module, nn.Conv2d):
            total[0] += output.numel() * module.in_channels // module.groups * module.kernel_size[0] * module.kernel_size[1]
        elif isinstance(module, nn.Linear):
            total[0] += output.numel() * module.in_features
    for module in net.modules():
        module.register_forward_hook(add)
    with torch.inference_mode():
        net.eval()(torch.zeros(1, *shape))
    return sum(p.numel() for p in net.parameters()), total[0]


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--counts", action="store_true")
    arguments.add_argument("--rounding", action="store_true", help="only what single precision makes of them")
    arguments.add_argument("networks", nargs="*")
    given_arguments = arguments.parse_args()
    names = given_arguments.networks or list(NETWORKS)
    if given_arguments.counts:
        for name in names:
            make, shape, _, _ = NETWORKS[name]
            print(name, *(f"{count:_}" for count in counts(make(), shape)), flush=True)
        return
    path = os.path.join(HERE, "zoo_expected.json")
    known = json.load(open(path)) if os.path.exists(path) else {}
    for name in names:
        make, shape, batch, start = NETWORKS[name]

        def runs(dtype):
            torch.set_default_dtype(dtype)
            net = make()
            # Without batch normalisation a network is the same in both modes, but for dropout.
            differs = any(isinstance(module, (nn.BatchNorm1d, nn.BatchNorm2d)) for module in net.modules()) and name not in FORWARD_ONLY
            modes = {"evaluation": False, **({"training": True} if differs else {})}
            seeds = {mode: SEEDS.get((name, mode), 90) for mode in modes}
            return {mode: forward(net, shape, batch, seeds[mode]) if name in FORWARD_ONLY else run(net, shape, batch, training, start, seeds[mode]) for mode, training in modes.items()}
        if not given_arguments.rounding:
            known[name] = {"batch": batch, "evaluation": None, "training": None, **{mode: result for mode, (result, _) in runs(torch.float64).items()}}
        for mode, (result, sizes) in runs(torch.float32).items():
            known[name][mode]["rounding"] = deviation(known[name][mode], result, sizes)
            print(name, mode, known[name][mode]["rounding"], flush=True)
        save(path, known)


main()
