#!/usr/bin/python3
"""Writes pytorch_expected.json beside this file: what PyTorch computes, in double precision, for layers with their options and for
whole networks. The tests hold their own double-precision reference, and the emitted code, to it.

usage: /usr/bin/python3 pytorch_expected.py        (Debian: apt-get install python3-torch; written with PyTorch 1.13)

No weights and no inputs are stored. Every tensor is a stream of values that both sides compute from two integers:
    x = i * 0x9E3779B9 + seed * 0x85EBCA6B; x ^= x >> 16; x *= 0x7FEB352D; x ^= x >> 15; x *= 0x846CA68B; x ^= x >> 16    (mod 2^32)
    v(seed, i) = (x >> 12) / 2^19 - 1, in [-1, 1)
For a case with seed s:
    parameter p (0, 1, ... in state_dict order, running statistics included)    v(s + p, i), scaled by SCALES below
    inputs      v(s + 90, i)            labels    x(s + 91, i) mod classes
    targets     v(s + 92, i)            (of the mean squared error; also the coefficients of the weighted sum)
With "inputLevels" L above 0 the inputs are floor(v * L) / L, so that many of them are equal.
Step t of a training run takes samples t * batch ... of these streams.

Of each result tensor the file holds its norm, its sum, and the values at places j * 7919 mod size, j = 0, 1, ..., 7.
"""
import json
import math
import os

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)


def bits(seed, first, count):
    with np.errstate(over="ignore"):
        i = np.arange(first, first + count, dtype=np.uint32)
        x = i * np.uint32(0x9E3779B9) + np.uint32(seed) * np.uint32(0x85EBCA6B)
        x ^= x >> np.uint32(16)
        x *= np.uint32(0x7FEB352D)
        x ^= x >> np.uint32(15)
        x *= np.uint32(0x846CA68B)
        x ^= x >> np.uint32(16)
    return x


def stream(seed, first, shape):
    count = int(np.prod(shape))
    return torch.from_numpy((bits(seed, first, count) >> np.uint32(12)).astype(np.float64) / 2**19 - 1).reshape(shape)


def weight_scale(fan_in):
    """2^-k with 4^k <= fan_in < 4^(k+1)."""
    return 2.0 ** -math.floor(math.log2(fan_in) / 2 + 1e-12)


def fill(module, seed):
    """Parameters and buffers in state_dict order; SCALES: weights v * 2^-k, biases v / 4, normalisations 1 + v / 2 and v / 2."""
    p = 0
    for layer in module:
        if hasattr(layer, "shared_with"):
            continue
        norm = isinstance(layer, (nn.BatchNorm1d, nn.BatchNorm2d, nn.BatchNorm3d, nn.LayerNorm, nn.GroupNorm, nn.InstanceNorm1d, nn.InstanceNorm2d, nn.InstanceNorm3d))
        for name, tensor in layer.state_dict(keep_vars=True).items():
            if name == "num_batches_tracked":
                continue
            value = stream(seed + p, 0, tuple(tensor.shape))
            if norm:
                value = 1 + value / 2 if name in ("weight", "running_var") else value / 2
            elif name == "weight":
                value = value * weight_scale(int(np.prod(tensor.shape[1:])))
            else:
                value = value / 4
            with torch.no_grad():
                tensor.copy_(value)
            p += 1


# Layers, as the reference's own classes are written, and the PyTorch module of each.

def pair(value):
    return value if isinstance(value, tuple) else (value, value)


def extents(value):
    return {"Height": pair(value)[0], "Width": pair(value)[1]}


def linear(i, o, bias=True):
    return {"kind": "Linear", "In": i, "Out": o, "Bias": bias}, nn.Linear(i, o, bias)


def window(kernel, stride, padding, ceil=False):
    """The reference's names. Padding is a number, a pair of rows and columns, "Same", or left, right, top and bottom."""
    spec = {"Kernel": extents(kernel), "Stride": extents(stride)}
    if isinstance(padding, str):
        spec.update({"Padding": extents(0), "Rule": padding})
    elif isinstance(padding, tuple) and len(padding) == 4:
        spec.update({"Padding": extents((padding[2], padding[0])), "After": extents((padding[3], padding[1]))})
    else:
        spec["Padding"] = extents(padding)
    if ceil:
        spec["CeilMode"] = True
    return spec


MODES = ("zeros", "reflect", "replicate", "circular")


def conv(i, o, kernel, stride=1, padding=0, bias=True, groups=1, dilation=1, mode="zeros"):
    spec = {"kind": "Conv2d", "In": i, "Out": o, **window(kernel, stride, padding), "Bias": bias, "Groups": groups, "Dilation": extents(dilation)}
    if mode != "zeros":
        spec["PaddingMode"] = MODES.index(mode)
    return spec, nn.Conv2d(i, o, pair(kernel), pair(stride), "same" if padding == "Same" else pair(padding), bias=bias, groups=groups, dilation=pair(dilation), padding_mode=mode)


class FlippedConv(nn.Conv2d):
    def forward(self, x):
        return self._conv_forward(x, self.weight.flip(2, 3), self.bias)


def flipped_conv(i, o, kernel, stride=1, padding=0, groups=1):
    """A convolution as mathematics has it."""
    return {"kind": "Conv2d", "In": i, "Out": o, **window(kernel, stride, padding), "Groups": groups, "FlipKernel": True}, FlippedConv(i, o, pair(kernel), pair(stride), pair(padding), groups=groups)


class LocallyConnected(nn.Module):
    """PyTorch has no such layer: windows side by side, and a matrix for each."""

    def __init__(self, shape, o, kernel, stride, padding):
        super().__init__()
        self.kernel, self.stride, self.padding = kernel, stride, padding
        self.rows, self.columns = ((shape[d + 1] + 2 * padding[d] - kernel[d]) // stride[d] + 1 for d in (0, 1))
        self.weight = nn.Parameter(torch.empty(self.rows * self.columns, kernel[0] * kernel[1] * shape[0], o))
        self.bias = nn.Parameter(torch.empty(self.rows, self.columns, o))

    def forward(self, x):
        n, c = x.shape[:2]
        taps = F.unfold(x, self.kernel, 1, self.padding, self.stride).reshape(n, c, -1, self.rows * self.columns).permute(0, 3, 2, 1).flatten(2)
        y = torch.einsum("npk,pko->npo", taps, self.weight).reshape(n, self.rows, self.columns, -1) + self.bias
        return y.permute(0, 3, 1, 2)


def locally_connected(shape, o, kernel, stride=1, padding=0):
    return ({"kind": "LocallyConnected2d", "Input": list(shape), "Out": o, "Kernel": extents(kernel), "Stride": extents(stride), "Padding": extents(padding)},
            LocallyConnected(shape, o, pair(kernel), pair(stride), pair(padding)))


FILTERS = {
    "SobelX": [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]],
    "SobelY": [[-1, -2, -1], [0, 0, 0], [1, 2, 1]],
    "ScharrX": [[-3, 0, 3], [-10, 0, 10], [-3, 0, 3]],
    "ScharrY": [[-3, -10, -3], [0, 0, 0], [3, 10, 3]],
    "Laplacian": [[0, 1, 0], [1, -4, 1], [0, 1, 0]],
    "Box3": [[1 / 9] * 3] * 3,
    "Box5": [[1 / 25] * 5] * 5,
    "Gaussian3": np.outer([1, 2, 1], [1, 2, 1]) / 16,
    "Gaussian5": np.outer([1, 4, 6, 4, 1], [1, 4, 6, 4, 1]) / 256,
}


def filters(kernel, values, stride=1, padding=0, mode="zeros", names=None):
    """Numbers of several filters, each for every channel."""
    weight = torch.tensor(values).reshape(-1, 1, *pair(kernel))
    sides = (pair(padding)[1],) * 2 + (pair(padding)[0],) * 2
    spec = {"kind": "Filter2d", **window(kernel, stride, padding), "Values": weight.flatten().tolist(), **({"Named": names} if names else {}), **({} if mode == "zeros" else {"PaddingMode": MODES.index(mode)})}
    return spec, Apply(lambda x: F.conv2d(F.pad(x, sides, "constant" if mode == "zeros" else mode), weight.repeat(x.shape[1], 1, 1, 1), stride=pair(stride), groups=x.shape[1]))


def named_filters(names, stride=1, padding=0, mode="zeros"):
    size = max(len(FILTERS[name]) for name in names)
    values = np.stack([np.pad(np.array(FILTERS[name], dtype=np.float64), (size - len(FILTERS[name])) // 2) for name in names])
    return filters(size, values, stride, padding, mode, list(names))


def adaptive_pool(kind, size):
    return {"kind": f"Adaptive{kind}Pool2d", "Size": extents(size)}, getattr(nn, f"Adaptive{kind}Pool2d")(pair(size))


def global_max_pool():
    return {"kind": "GlobalMaxPool2d"}, nn.Sequential(nn.AdaptiveMaxPool2d(1), nn.Flatten())


def conv_transpose(i, o, kernel, stride=1, padding=0, output_padding=0, groups=1, bias=True, dilation=1):
    return ({"kind": "ConvTranspose2d", "In": i, "Out": o, "Kernel": extents(kernel), "Stride": extents(stride), "Padding": extents(padding), "Bias": bias, "Groups": groups,
             "Dilation": extents(dilation), "OutputPadding": extents(output_padding)},
            nn.ConvTranspose2d(i, o, pair(kernel), pair(stride), pair(padding), pair(output_padding), groups, bias, pair(dilation)))


class PaddedConv(nn.Conv2d):
    """With padding that differs by side: left, right, top and bottom."""

    def __init__(self, sides, *arguments, **options):
        super().__init__(*arguments, **options)
        self.sides = sides

    def forward(self, x):
        return super().forward(F.pad(x, self.sides))


def padded_conv(i, o, kernel, stride, sides):
    """As TensorFlow's SAME lies for some sizes."""
    return {"kind": "Conv2d", "In": i, "Out": o, **window(kernel, stride, sides)}, PaddedConv(sides, i, o, pair(kernel), pair(stride))


def strided_same_conv(i, o, kernel, stride, sides):
    """TensorFlow's SAME, whose sides are worked out by hand."""
    return {"kind": "Conv2d", "In": i, "Out": o, **window(kernel, stride, "Same")}, PaddedConv(sides, i, o, pair(kernel), pair(stride))


def max_pool(kernel, stride=None, padding=0, ceil=False):
    stride = kernel if stride is None else stride
    return {"kind": "MaxPool2d", **window(kernel, stride, padding, ceil)}, nn.MaxPool2d(pair(kernel), pair(stride), pair(padding), ceil_mode=ceil)


def avg_pool(kernel, stride=None, padding=0, ceil=False, count_padding=True):
    stride = kernel if stride is None else stride
    spec = {"kind": "AvgPool2d", **window(kernel, stride, padding, ceil), **({} if count_padding else {"CountIncludePad": False})}
    return spec, nn.AvgPool2d(pair(kernel), pair(stride), pair(padding), ceil_mode=ceil, count_include_pad=count_padding)


def relu():
    return {"kind": "ReLU"}, nn.ReLU()


def sigmoid():
    return {"kind": "Sigmoid"}, nn.Sigmoid()


def tanh():
    return {"kind": "Tanh"}, nn.Tanh()


class Scale(nn.Module):
    def __init__(self, factor):
        super().__init__()
        self.factor = factor

    def forward(self, x):
        return self.factor * x


class Hardsigmoid(nn.Module):
    """As documented: the gradient of PyTorch 1.13's own has a sixth in single precision."""

    def forward(self, x):
        return F.relu6(x + 3) / 6


def scale(factor):
    return {"kind": "Scale", "Factor": factor}, Scale(factor)


def relu6():
    return {"kind": "ReLU6"}, nn.ReLU6()


def leaky_relu(slope=0.01):
    return {"kind": "LeakyReLU", "Slope": slope}, nn.LeakyReLU(slope)


def elu(alpha=1.0):
    return {"kind": "ELU", "Alpha": alpha}, nn.ELU(alpha)


def gelu(approximate=False):
    return {"kind": "GELU", "Approximate": approximate}, nn.GELU("tanh" if approximate else "none")


def silu():
    return {"kind": "SiLU"}, nn.SiLU()


def hardswish():
    return {"kind": "Hardswish"}, nn.Hardswish()


def hardsigmoid():
    return {"kind": "Hardsigmoid"}, Hardsigmoid()


def softplus(beta=1, threshold=20):
    return {"kind": "Softplus", "Beta": beta, "Threshold": threshold}, nn.Softplus(beta, threshold)


def mish():
    return {"kind": "Mish"}, nn.Mish()


def flatten():
    return {"kind": "Flatten"}, nn.Flatten()


def dropout(p):
    return {"kind": "Dropout", "Probability": p}, nn.Dropout(p)


def batch_norm_1d(channels, eps=1e-5, momentum=0.1, affine=True):
    return {"kind": "BatchNorm1d", "Channels": channels, "Eps": eps, "Momentum": momentum, "Affine": affine}, nn.BatchNorm1d(channels, eps, momentum, affine)


def batch_norm_2d(channels, eps=1e-5, momentum=0.1, affine=True):
    return {"kind": "BatchNorm2d", "Channels": channels, "Eps": eps, "Momentum": momentum, "Affine": affine}, nn.BatchNorm2d(channels, eps, momentum, affine)


def cumulative_norm(make, *arguments, **options):
    """Batch normalisation whose running statistics are the mean of all batches'."""
    spec, module = make(*arguments, **options)
    module.momentum = None
    return {**spec, "Cumulative": True}, module


def layer_norm(shape, eps=1e-5, affine=True):
    return {"kind": "LayerNorm", "Shape": list(shape), "Eps": eps, "Affine": affine}, nn.LayerNorm(shape, eps, affine)


def layer_norm_of_last(*shape, eps=1e-5, affine=True):
    spec, module = layer_norm(shape, eps, affine)
    return {**spec, "IsLast": True}, module


def group_norm(channels, groups, eps=1e-5, affine=True):
    return {"kind": "GroupNorm", "Channels": channels, "Groups": groups, "Eps": eps, "Affine": affine}, nn.GroupNorm(groups, channels, eps, affine)


def instance_norm_2d(channels, eps=1e-5, affine=False):
    return {"kind": "InstanceNorm2d", "Channels": channels, "Eps": eps, "Affine": affine}, nn.InstanceNorm2d(channels, eps, affine=affine)


def local_response_norm(size, alpha=1e-4, beta=0.75, k=1.0):
    return {"kind": "LocalResponseNorm", "Size": size, "Alpha": alpha, "Beta": beta, "K": k}, nn.LocalResponseNorm(size, alpha, beta, k)


def dropout_2d(p):
    return {"kind": "Dropout", "Probability": p, "PerChannel": True}, nn.Dropout2d(p)


class Apply(nn.Module):
    """A function that PyTorch has no module for."""

    def __init__(self, function):
        super().__init__()
        self.function = function

    def forward(self, x):
        return self.function(x)


def pad(left, right, top, bottom, mode=0):
    sides = (left, right, top, bottom)
    module = Apply(lambda x: F.pad(x, sides, ("constant", "reflect", "replicate", "circular")[mode]))
    return {"kind": "Pad", "Left": left, "Right": right, "Top": top, "Bottom": bottom, "Mode": mode}, module


def crop(left, right, top, bottom):
    return {"kind": "Crop", "Left": left, "Right": right, "Top": top, "Bottom": bottom}, Apply(lambda x: F.pad(x, (-left, -right, -top, -bottom)))


def subsample(step):
    return {"kind": "Subsample", "Step": step}, Apply(lambda x: x[:, :, ::step, ::step])


def pad_channels(before, after):
    return {"kind": "PadChannels", "Before": before, "After": after}, Apply(lambda x: F.pad(x, (0, 0, 0, 0, before, after)))


def upsample(scale, bilinear=False):
    return ({"kind": "Upsample", "Scale": scale, "Bilinear": bilinear},
            nn.Upsample(scale_factor=scale, mode="bilinear", align_corners=False) if bilinear else nn.Upsample(scale_factor=scale))


def softmax():
    return {"kind": "Softmax"}, nn.Softmax(dim=1)


def log_softmax():
    return {"kind": "LogSoftmax"}, nn.LogSoftmax(dim=1)


def frozen(make):
    """The layer as a fixed function: no gradients, and in training what it is in evaluation."""
    spec, module = make()
    module.requires_grad_(False).is_frozen = True
    return {**spec, "Frozen": True}, module


def shared(make, place):
    """The layer with the parameters and running statistics of the one at a place."""
    spec, module = make()
    module.shared_with = place
    return {**spec, "Weights": place}, module


def is_shared(module, name):
    """Whether a tensor of the state_dict is another layer's."""
    return hasattr(module[int(name.split(".")[0])], "shared_with")


class Network(nn.Sequential):
    """Layers in a row, but where one takes another output than that of the one before; all outputs are kept."""

    def forward(self, x):
        self.outputs = []
        for place, layer in enumerate(self):
            source = getattr(layer, "source", place - 1)
            self.outputs.append(layer(x if source < 0 else self.outputs[source]))
        return self.outputs[-1]


def after(make, source):
    """The layer on the output of the one at a place."""
    spec, module = make()
    module.source = source
    return {**spec, "Sources": [source]}, module


def set_training(module, training):
    module.train(training)
    for layer in module:
        if getattr(layer, "is_frozen", False):
            layer.eval()
def softmax_of_pixels():
    return {"kind": "Softmax", "HasDim": True}, nn.Softmax(dim=1)


def log_softmax_of_pixels():
    return {"kind": "LogSoftmax", "HasDim": True}, nn.LogSoftmax(dim=1)


def reshape(*shape):
    return {"kind": "Reshape", "Shape": list(shape)}, Apply(lambda x: x.reshape(len(x), *shape))


def pixel_shuffle(factor):
    return {"kind": "PixelShuffle", "Factor": factor}, nn.PixelShuffle(factor)


def pixel_unshuffle(factor):
    return {"kind": "PixelUnshuffle", "Factor": factor}, nn.PixelUnshuffle(factor)


def as_image(text, made):
    """A layer of signals or volumes, as the reference has it: as one of images. Its module is PyTorch's own."""
    image, module = made
    return {"kind": "AsImage", "Text": text, "Image": image[0] if isinstance(image, tuple) else image}, module


def row(value):
    return (1, value)


def conv_1d(i, o, kernel, stride=1, padding=0, dilation=1, groups=1, mode="zeros", bias=True):
    image = {"kind": "Conv2d", "In": i, "Out": o, "Kernel": extents(row(kernel)), "Stride": extents(row(stride)), "Padding": extents((0, padding)), "Groups": groups, "Dilation": extents(row(dilation)),
             "PaddingMode": MODES.index(mode), "Bias": bias}
    text = f"Conv1d({i}, {o}, {kernel}, stride: {stride}, padding: {padding}, dilation: {dilation}, groups: {groups}, paddingMode: PadMode.{mode.capitalize()}, bias: {str(bias).lower()})"
    return as_image(text, (image, nn.Conv1d(i, o, kernel, stride, padding, dilation, groups, bias, mode)))


def causal_conv_1d(i, o, kernel):
    image = {"kind": "Conv2d", "In": i, "Out": o, "Kernel": extents(row(kernel)), "Stride": extents(1), "Padding": extents((0, kernel - 1)), "After": extents(0)}

    class Causal(nn.Conv1d):
        def forward(self, x):
            return super().forward(F.pad(x, (kernel - 1, 0)))
    return as_image(f"Conv1d({o}, {kernel}, padding: [{kernel - 1}, 0])", (image, Causal(i, o, kernel)))


def conv_transpose_1d(i, o, kernel, stride, padding, output_padding, groups=1):
    image = {"kind": "ConvTranspose2d", "In": i, "Out": o, "Kernel": extents(row(kernel)), "Stride": extents(row(stride)), "Padding": extents((0, padding)), "Groups": groups,
             "OutputPadding": extents((0, output_padding))}
    text = f"ConvTranspose1d({i}, {o}, {kernel}, stride: {stride}, padding: {padding}, outputPadding: {output_padding}, groups: {groups})"
    return as_image(text, (image, nn.ConvTranspose1d(i, o, kernel, stride, padding, output_padding, groups)))


def pool_1d(kind, kernel, stride, padding, ceil=False, count_padding=True):
    image = {"kind": f"{kind}Pool2d", **window(row(kernel), row(stride), (0, padding), ceil), **({} if count_padding else {"CountIncludePad": False})}
    text = f"{kind}Pool1d({kernel}, stride: {stride}, padding: {padding}, ceilMode: {str(ceil).lower()}{'' if count_padding else ', countIncludePad: false'})"
    options = {"ceil_mode": ceil, **({} if kind == "Max" else {"count_include_pad": count_padding})}
    return as_image(text, (image, getattr(nn, f"{kind}Pool1d")(kernel, stride, padding, **options)))


def adaptive_pool_1d(kind, size):
    return as_image(f"Adaptive{kind}Pool1d({size})", ({"kind": f"Adaptive{kind}Pool2d", "Size": extents(row(size))}, getattr(nn, f"Adaptive{kind}Pool1d")(size)))


def global_pool(kind, rank):
    return as_image(f"Global{kind}Pool{rank}d", ({"kind": f"Global{kind}Pool2d"}, nn.Sequential(getattr(nn, f"Adaptive{kind}Pool{rank}d")(1), nn.Flatten())))


def instance_norm(rank, channels, affine=False):
    image = {"kind": "InstanceNorm2d", "Channels": channels, "Affine": affine}
    return as_image(f"InstanceNorm{rank}d(Affine = {str(affine).lower()})", (image, getattr(nn, f"InstanceNorm{rank}d")(channels, affine=affine)))


def batch_norm(rank, channels):
    return {"kind": f"BatchNorm{rank}d", "Channels": channels}, getattr(nn, f"BatchNorm{rank}d")(channels)


def upsample_1d(scale, linear):
    image = {"kind": "Upsample", "Scale": scale, "Bilinear": linear, "KeepsRows": True}
    module = nn.Upsample(scale_factor=scale, mode="linear", align_corners=False) if linear else nn.Upsample(scale_factor=scale)
    return as_image(f"Upsample({scale}{', UpsampleMode.Bilinear' if linear else ''})", (image, module))


def pad_1d(left, right, mode):
    image = {"kind": "Pad", "Left": left, "Right": right, "Top": 0, "Bottom": 0, "Mode": mode}
    return as_image(f"Pad([{left}, {right}], PadMode.{('Zeros', 'Reflect', 'Replicate', 'Circular')[mode]})",
                    (image, Apply(lambda x: F.pad(x, (left, right), ("constant", "reflect", "replicate", "circular")[mode]))))


def triple(value):
    return list(value) if isinstance(value, tuple) else [value] * 3


def conv_3d(i, o, kernel, stride=1, padding=0, dilation=1, groups=1, bias=True, mode="zeros"):
    return ({"kind": "Conv3d", "In": i, "Out": o, "Kernel": triple(kernel), "Stride": triple(stride), "Padding": triple(padding), "Dilation": triple(dilation), "Groups": groups, "Bias": bias,
             "PaddingMode": MODES.index(mode)},
            nn.Conv3d(i, o, kernel, stride, padding, dilation, groups, bias, padding_mode=mode))


def pool_3d(kind, kernel, stride, padding=0, ceil=False, count_padding=True):
    options = {"ceil_mode": ceil, **({} if kind == "Max" else {"count_include_pad": count_padding})}
    return ({"kind": "Pool3d", "IsMax": kind == "Max", "Kernel": triple(kernel), "Stride": triple(stride), "Padding": triple(padding), "CeilMode": ceil, "CountIncludePad": count_padding},
            getattr(nn, f"{kind}Pool3d")(kernel, stride, padding, **options))


def adaptive_pool_3d(kind, size):
    return {"kind": "AdaptivePool3d", "IsMax": kind == "Max", "Size": triple(size)}, getattr(nn, f"Adaptive{kind}Pool3d")(size)


def conv_transpose_3d(i, o, kernel, stride=1, padding=0, output_padding=0, groups=1, bias=True, dilation=1):
    return ({"kind": "ConvTranspose3d", "In": i, "Out": o, "Kernel": triple(kernel), "Stride": triple(stride), "Padding": triple(padding), "OutputPadding": triple(output_padding),
             "Dilation": triple(dilation), "Bias": bias, "Groups": groups},
            nn.ConvTranspose3d(i, o, kernel, stride, padding, output_padding, groups, bias, dilation))


def pad_3d(sides, mode=0):
    """Left, right, top, bottom, front and back."""
    spec = {"kind": "Pad", **dict(zip(("Left", "Right", "Top", "Bottom"), sides)), "Mode": mode, "Slices": list(sides[4:])}
    return spec, Apply(lambda x: F.pad(x, sides, ("constant", "reflect", "replicate", "circular")[mode]))


def crop_3d(sides):
    spec = {"kind": "Crop", **dict(zip(("Left", "Right", "Top", "Bottom"), sides)), "Slices": list(sides[4:])}
    return spec, Apply(lambda x: F.pad(x, tuple(-side for side in sides)))


def subsample_3d(step):
    return {"kind": "Subsample", "Step": step}, Apply(lambda x: x[:, :, ::step, ::step, ::step])


def upsample_3d(scale, trilinear):
    return ({"kind": "Upsample", "Scale": scale, "Trilinear": trilinear},
            nn.Upsample(scale_factor=scale, mode="trilinear", align_corners=False) if trilinear else nn.Upsample(scale_factor=scale))


LINEAR = [flatten, lambda: linear(784, 10)]
MLP = [flatten, lambda: linear(784, 256), relu, lambda: linear(256, 84), relu, lambda: linear(84, 10)]
CONVNET = [lambda: conv(1, 6, 5, 2), relu, lambda: conv(6, 16, 5, 2), relu, flatten, lambda: linear(256, 84), relu, lambda: linear(84, 10)]
LENET5 = [lambda: conv(1, 6, 5), relu, lambda: max_pool(2), lambda: conv(6, 16, 5), relu, lambda: max_pool(2), flatten,
          lambda: linear(256, 120), relu, lambda: linear(120, 84), relu, lambda: linear(84, 10)]
# No bias stands before a normalisation: its gradient is 0 but for rounding errors, and Adam divides those by their own size.
NORMED = [lambda: conv(3, 8, 3, 2, 1, bias=False), lambda: batch_norm_2d(8), relu, lambda: avg_pool(2), flatten, lambda: linear(128, 24, bias=False),
          lambda: batch_norm_1d(24), tanh, lambda: linear(24, 5)]
DROPPED = [lambda: conv(3, 20, 3, padding=1), lambda: batch_norm_2d(20), relu, lambda: max_pool(2), lambda: dropout(0.25), flatten,
           lambda: linear(1280, 12), lambda: batch_norm_1d(12), sigmoid, lambda: dropout(0.5), lambda: linear(12, 10), log_softmax]

# name, input shape, layers, batch, loss, options
CASES = [
    ("linear", (7,), [lambda: linear(7, 5)], 3, "WeightedSum", {}),
    ("linear without bias", (33,), [lambda: linear(33, 17, bias=False)], 2, "WeightedSum", {}),
    ("conv", (1, 9, 9), [lambda: conv(1, 3, 3)], 2, "WeightedSum", {}),
    ("conv stride", (2, 11, 8), [lambda: conv(2, 5, 3, 2)], 2, "WeightedSum", {}),
    ("conv stride over kernel", (2, 13, 13), [lambda: conv(2, 4, 2, 3)], 2, "WeightedSum", {}),
    ("conv padding", (3, 5, 5), [lambda: conv(3, 4, 3, 1, 1)], 2, "WeightedSum", {}),
    ("conv rectangular", (2, 9, 12), [lambda: conv(2, 3, (3, 5), (2, 1), (1, 2))], 2, "WeightedSum", {}),
    ("conv 1x1 without bias", (17, 3, 2), [lambda: conv(17, 6, 1, bias=False)], 2, "WeightedSum", {}),
    ("conv padding over kernel", (1, 2, 2), [lambda: conv(1, 2, 3, 2, 3)], 2, "WeightedSum", {}),
    ("max pool", (3, 8, 6), [lambda: max_pool(2)], 2, "WeightedSum", {}),
    ("max pool overlapping, padded", (2, 7, 7), [lambda: max_pool(3, 2, 1)], 2, "WeightedSum", {}),
    ("max pool rectangular", (2, 9, 7), [lambda: max_pool((3, 2), (2, 3), (1, 0))], 2, "WeightedSum", {}),
    ("max pool of zeros", (2, 6, 6), [relu, lambda: max_pool(3, 1, 1)], 2, "WeightedSum", {}),
    ("max pool of equal values", (3, 7, 6), [lambda: max_pool(3, 1, 1)], 2, "WeightedSum", {"levels": 1}),
    ("max pool of equal values in rectangles", (17, 5, 7), [lambda: max_pool((2, 3), (1, 2))], 3, "WeightedSum", {"levels": 2}),
    ("avg pool", (3, 8, 6), [lambda: avg_pool(2)], 2, "WeightedSum", {}),
    ("avg pool overlapping, padded", (2, 7, 7), [lambda: avg_pool(3, 2, 1)], 2, "WeightedSum", {}),
    ("avg pool rectangular", (2, 9, 7), [lambda: avg_pool((3, 2), (2, 3), (1, 1))], 2, "WeightedSum", {}),
    ("relu", (19,), [relu], 2, "WeightedSum", {}),
    ("sigmoid", (19,), [sigmoid], 2, "WeightedSum", {}),
    ("tanh", (3, 2, 4), [tanh], 2, "WeightedSum", {}),
    ("flatten", (3, 2, 4), [flatten], 2, "WeightedSum", {}),
    ("dropout in evaluation", (9,), [lambda: dropout(0.5)], 2, "WeightedSum", {}),
    ("batch norm 1d in training", (9,), [lambda: batch_norm_1d(9)], 5, "WeightedSum", {"training": True}),
    ("batch norm 1d in evaluation", (9,), [lambda: batch_norm_1d(9)], 5, "WeightedSum", {}),
    ("batch norm 2d in training", (4, 3, 5), [lambda: batch_norm_2d(4)], 2, "WeightedSum", {"training": True}),
    ("batch norm 2d in evaluation", (4, 3, 5), [lambda: batch_norm_2d(4)], 2, "WeightedSum", {}),
    ("batch norm with its own constants", (3, 2, 5), [lambda: batch_norm_2d(3, 0.01, 0.3)], 4, "WeightedSum", {"training": True}),
    ("softmax", (6,), [softmax], 3, "WeightedSum", {}),
    ("softmax over channels", (4, 2, 3), [softmax_of_pixels], 2, "WeightedSum", {}),
    ("log-softmax", (6,), [log_softmax], 3, "WeightedSum", {}),
    ("log-softmax over channels", (4, 2, 3), [log_softmax_of_pixels], 2, "WeightedSum", {}),
    ("cross-entropy", (5,), [lambda: linear(5, 7)], 4, "CrossEntropy", {}),
    ("negative log-likelihood", (5,), [lambda: linear(5, 7), log_softmax], 4, "NegativeLogLikelihood", {}),
    ("mean squared error", (5,), [lambda: linear(5, 7)], 4, "MeanSquaredError", {}),
    ("optimizers", (5,), [lambda: linear(5, 4), tanh, lambda: linear(4, 3)], 4, "CrossEntropy", {"training": True, "steps": "all"}),
    ("Linear", (1, 28, 28), LINEAR, 4, "CrossEntropy", {"training": True, "steps": "main"}),
    ("Mlp", (1, 28, 28), MLP, 4, "CrossEntropy", {"training": True, "steps": "main"}),
    ("ConvNet", (1, 28, 28), CONVNET, 4, "CrossEntropy", {"training": True, "steps": "main"}),
    ("LeNet5", (1, 28, 28), LENET5, 4, "CrossEntropy", {"training": True, "steps": "main"}),
    ("Normed", (3, 16, 16), NORMED, 6, "MeanSquaredError", {"training": True, "steps": "main"}),
    ("Normed in evaluation", (3, 16, 16), NORMED, 6, "MeanSquaredError", {}),
    ("Dropped in evaluation", (3, 16, 16), DROPPED, 5, "NegativeLogLikelihood", {}),
    # Inputs beyond the bends.
    ("relu6", (19,), [lambda: scale(9), relu6], 3, "WeightedSum", {}),
    ("leaky relu", (19,), [leaky_relu], 2, "WeightedSum", {}),
    ("leaky relu with a slope", (3, 2, 4), [lambda: leaky_relu(0.2)], 2, "WeightedSum", {}),
    ("elu", (19,), [lambda: scale(4), elu], 2, "WeightedSum", {}),
    ("elu with alpha", (3, 2, 4), [lambda: elu(0.7)], 2, "WeightedSum", {}),
    ("gelu", (19,), [lambda: scale(4), gelu], 2, "WeightedSum", {}),
    ("gelu by tanh", (3, 2, 4), [lambda: scale(4), lambda: gelu(True)], 2, "WeightedSum", {}),
    ("silu", (19,), [lambda: scale(8), silu], 2, "WeightedSum", {}),
    ("hardswish", (19,), [lambda: scale(5), hardswish], 2, "WeightedSum", {}),
    ("hardsigmoid", (19,), [lambda: scale(5), hardsigmoid], 2, "WeightedSum", {}),
    ("softplus", (19,), [lambda: scale(30), softplus], 2, "WeightedSum", {}),
    ("softplus with its own constants", (3, 2, 4), [lambda: softplus(3, 1)], 2, "WeightedSum", {}),
    ("mish", (19,), [lambda: scale(8), mish], 2, "WeightedSum", {}),
    ("layer norm of a vector", (19,), [lambda: layer_norm((19,))], 3, "WeightedSum", {"training": True}),
    ("layer norm of an image", (3, 4, 5), [lambda: layer_norm((3, 4, 5), 0.01)], 3, "WeightedSum", {}),
    ("layer norm of a flattened image", (3, 4, 5), [lambda: conv(3, 5, 3), flatten, lambda: layer_norm((30,)), lambda: linear(30, 4)], 3, "WeightedSum", {"training": True}),
    ("layer norm without weights", (3, 4, 5), [lambda: layer_norm((3, 4, 5), affine=False)], 2, "WeightedSum", {}),
    ("group norm", (6, 4, 3), [lambda: group_norm(6, 3)], 3, "WeightedSum", {"training": True}),
    ("group norm of a vector", (40,), [lambda: group_norm(40, 8, 0.01)], 3, "WeightedSum", {}),
    ("group norm without weights", (20, 3, 3), [lambda: group_norm(20, 4, affine=False)], 2, "WeightedSum", {}),
    ("group norm behind a convolution", (3, 6, 6), [lambda: conv(3, 20, 3, padding=1), lambda: group_norm(20, 5), relu, lambda: conv(20, 4, 3)], 3, "WeightedSum", {"training": True}),
    ("instance norm", (4, 3, 5), [lambda: instance_norm_2d(4)], 2, "WeightedSum", {"training": True}),
    ("batch norm 1d without weights", (9,), [lambda: batch_norm_1d(9, affine=False)], 5, "WeightedSum", {"training": True}),
    ("batch norm 2d without weights", (3, 4, 5), [lambda: conv(3, 5, 3), lambda: batch_norm_2d(5, affine=False), relu], 4, "WeightedSum", {"training": True}),
    ("reshape", (4, 3, 2), [lambda: reshape(2, 2, 6), lambda: conv(2, 3, 2), lambda: reshape(15), lambda: linear(15, 12), lambda: reshape(3, 4, 1)], 2, "WeightedSum", {}),
    ("pixel shuffle", (12, 3, 2), [lambda: pixel_shuffle(2), lambda: conv(3, 4, 3)], 2, "WeightedSum", {}),
    ("pixel unshuffle", (3, 6, 9), [lambda: pixel_unshuffle(3), lambda: conv(27, 4, 2)], 2, "WeightedSum", {}),
    ("local response norm", (20, 3, 4), [lambda: local_response_norm(5)], 2, "WeightedSum", {}),
    ("local response norm of an even size", (7, 3, 4), [lambda: local_response_norm(4, 0.9, 0.6, 0.3)], 2, "WeightedSum", {"training": True}),
    ("local response norm of few channels", (2, 3, 2), [lambda: conv(2, 3, 2), lambda: local_response_norm(9, 3, 1.5, 2)], 2, "WeightedSum", {"training": True}),
    ("channel dropout in evaluation", (3, 2, 4), [lambda: dropout_2d(0.5)], 2, "WeightedSum", {}),
    ("pad", (3, 4, 5), [lambda: pad(1, 2, 0, 3)], 2, "WeightedSum", {}),
    ("pad by reflection", (3, 4, 5), [lambda: pad(4, 2, 3, 1, 1)], 2, "WeightedSum", {}),
    ("pad by replication", (3, 4, 5), [lambda: pad(1, 7, 5, 2, 2)], 2, "WeightedSum", {}),
    ("pad round", (3, 4, 5), [lambda: pad(5, 2, 1, 4, 3)], 2, "WeightedSum", {}),
    ("crop", (3, 6, 5), [lambda: crop(1, 2, 0, 3)], 2, "WeightedSum", {}),
    ("subsample", (3, 6, 5), [lambda: subsample(2)], 2, "WeightedSum", {}),
    ("shortcut without parameters", (4, 6, 5), [lambda: subsample(2), lambda: pad_channels(2, 3), lambda: conv(9, 2, 3)], 2, "WeightedSum", {"training": True}),
    ("upsample", (3, 4, 2), [lambda: upsample(3)], 2, "WeightedSum", {}),
    ("upsample bilinear", (3, 4, 5), [lambda: upsample(2, True)], 2, "WeightedSum", {}),
    ("upsample bilinear three times", (17, 3, 1), [lambda: upsample(3, True), lambda: conv(17, 2, 2)], 2, "WeightedSum", {"training": True}),
    ("instance norm with weights", (17, 3, 4), [lambda: instance_norm_2d(17, 0.01, True)], 2, "WeightedSum", {}),
    ("conv in groups", (6, 7, 5), [lambda: conv(6, 9, 3, 2, 1, groups=3)], 2, "WeightedSum", {}),
    ("conv in groups of blocks", (32, 5, 4), [lambda: conv(32, 64, 3, 1, 1, bias=False, groups=2)], 2, "WeightedSum", {}),
    ("depthwise conv", (20, 6, 9), [lambda: conv(20, 20, 3, 1, 1, groups=20), relu, lambda: conv(20, 20, 5, 2, 2, groups=20)], 2, "WeightedSum", {}),
    ("conv with dilation", (3, 9, 11), [lambda: conv(3, 4, (3, 2), (1, 2), (2, 1), dilation=(2, 3)), tanh, lambda: conv(4, 5, 3, 2, 3, dilation=3)], 2, "WeightedSum", {}),
    ("depthwise conv with dilation", (18, 7, 8), [lambda: conv(18, 18, 3, 1, 2, groups=18, dilation=2)], 2, "WeightedSum", {}),
    ("depthwise conv with multiplier", (5, 6, 7), [lambda: conv(5, 10, 3, 1, 1, groups=5)], 2, "WeightedSum", {}),
    ("transposed conv", (3, 4, 5), [lambda: conv_transpose(3, 4, 3), tanh, lambda: conv_transpose(4, 2, (2, 3), (1, 2), (1, 0), bias=False)], 2, "WeightedSum", {}),
    ("transposed conv that doubles", (6, 3, 4), [lambda: conv_transpose(6, 17, 2, 2), relu, lambda: conv_transpose(17, 3, 4, 2, 1)], 2, "WeightedSum", {}),
    ("transposed conv with output padding", (3, 4, 3), [lambda: conv_transpose(3, 5, 3, (3, 2), 1, (2, 1))], 2, "WeightedSum", {}),
    ("transposed conv in groups, with dilation", (6, 4, 3), [lambda: conv_transpose(6, 9, 3, 2, 1, groups=3, dilation=(2, 1)), tanh, lambda: conv_transpose(9, 9, 2, groups=9)], 2, "WeightedSum", {}),
    ("conv with padding of the other side", (3, 5, 4), [lambda: conv(3, 4, 3, 1, 1, mode="circular"), tanh, lambda: conv(4, 20, 3, 2, (2, 1), mode="circular")], 2, "WeightedSum", {}),
    ("conv with mirrored padding", (3, 5, 6), [lambda: conv(3, 4, 3, 1, 1, mode="reflect"), lambda: conv(4, 3, 5, 2, (2, 4), mode="reflect")], 2, "WeightedSum", {}),
    ("conv with repeated padding", (17, 3, 4), [lambda: conv(17, 4, 3, 1, 4, mode="replicate")], 2, "WeightedSum", {}),
    ("conv with a kernel turned round", (3, 5, 6), [lambda: flipped_conv(3, 4, (3, 2), (1, 2), (1, 0)), tanh, lambda: flipped_conv(4, 20, 2), lambda: flipped_conv(20, 20, 3, 1, 1, 20)], 2, "WeightedSum", {}),
    ("adaptive avg pool", (17, 7, 5), [lambda: adaptive_pool("Avg", (4, 5)), lambda: adaptive_pool("Avg", (3, 7)), lambda: adaptive_pool("Avg", 1)], 2, "WeightedSum", {}),
    ("adaptive max pool", (3, 7, 6), [lambda: adaptive_pool("Max", (5, 4)), tanh, lambda: adaptive_pool("Max", (5, 2))], 2, "WeightedSum", {}),
    ("global max pool", (17, 4, 5), [global_max_pool], 2, "WeightedSum", {}),
    ("locally connected", (3, 5, 6), [lambda: locally_connected((3, 5, 6), 4, (3, 2), (2, 1), (1, 0)), tanh, lambda: locally_connected((4, 3, 5), 17, 2)], 5, "WeightedSum", {}),
    ("filters by name", (3, 6, 7), [lambda: named_filters(["SobelX"], 1, 1), lambda: named_filters(["SobelY", "ScharrX", "Gaussian3"], 2, 1, "reflect")], 2, "WeightedSum", {}),
    ("filters by name, of two sizes", (17, 6, 5), [lambda: named_filters(["Gaussian5", "ScharrY", "Box3", "Laplacian", "Box5"], 1, 2, "replicate")], 2, "WeightedSum", {}),
    ("filters by numbers", (2, 5, 6), [lambda: conv(2, 3, 3, 1, 1), lambda: filters((1, 3), [[-1.0, 0.5, 2.0], [0.25, 1.0, 0.0]], (1, 2), (0, 1)), lambda: batch_norm_2d(6), relu], 3, "WeightedSum", {"training": True}),
    ("conv same", (3, 6, 7), [lambda: conv(3, 4, (4, 3), padding="Same"), tanh, lambda: conv(4, 3, 2, padding="Same", dilation=3)], 2, "WeightedSum", {}),
    ("conv same with strides", (3, 7, 8), [lambda: strided_same_conv(3, 4, 3, 2, (0, 1, 1, 1)), tanh, lambda: strided_same_conv(4, 5, (2, 5), (3, 1), (2, 2, 0, 1))], 2, "WeightedSum", {}),
    ("conv padded by side", (17, 5, 4), [lambda: padded_conv(17, 4, 3, 2, (2, 0, 1, 3))], 2, "WeightedSum", {}),
    ("max pool, rounded up", (3, 8, 7), [lambda: max_pool(3, 2, 1, ceil=True), tanh, lambda: max_pool(2, 3, ceil=True)], 2, "WeightedSum", {}),
    ("avg pool, rounded up", (3, 8, 7), [lambda: avg_pool(3, 2, 1, ceil=True), tanh, lambda: avg_pool(2, 3, ceil=True)], 2, "WeightedSum", {}),
    ("avg pool, rounded up, padding not counted", (17, 8, 7), [lambda: avg_pool((3, 2), 2, 1, ceil=True, count_padding=False)], 2, "WeightedSum", {}),
    ("pools over more than there is, rounded up", (2, 1, 2), [lambda: max_pool(2, 2, ceil=True), lambda: avg_pool(2, 2, ceil=True)], 2, "WeightedSum", {}),
    ("frozen body", (3, 6, 5), [lambda: frozen(lambda: conv(3, 6, 3, bias=False)), lambda: frozen(lambda: batch_norm_2d(6)), relu, lambda: conv(6, 4, 2, bias=False), lambda: batch_norm_2d(4),
                                relu, flatten, lambda: frozen(lambda: layer_norm((24,))), lambda: linear(24, 5)], 4, "CrossEntropy", {"training": True, "steps": "main"}),
    ("shared linear layers", (6,), [lambda: linear(6, 6), tanh, lambda: shared(lambda: linear(6, 6), 0), relu, lambda: shared(lambda: linear(6, 6), 0), lambda: linear(6, 3)], 3, "CrossEntropy",
     {"training": True, "steps": "main"}),
    ("shared layers of images", (3, 7, 6), [lambda: conv(3, 3, 3, 1, 1, bias=False), lambda: batch_norm_2d(3), relu, lambda: shared(lambda: conv(3, 3, 3, 2, bias=False), 0),
                                            lambda: shared(lambda: batch_norm_2d(3), 1), tanh, lambda: group_norm(3, 3), lambda: shared(lambda: group_norm(3, 3), 6)], 2, "WeightedSum", {"training": True}),
    ("auxiliary head", (2, 8, 8), [lambda: conv(2, 5, 3), relu, flatten, lambda: linear(180, 4), lambda: after(lambda: conv(5, 6, 3, 2), 1), tanh, flatten, lambda: linear(24, 4)], 4, "CrossEntropy",
     {"training": True, "steps": "main", "heads": [(3, 0.3)]}),
    ("outputs within", (6,), [lambda: linear(6, 3), relu, lambda: linear(3, 7), tanh, lambda: linear(7, 3)], 3, "MeanSquaredError", {"training": True, "steps": "main", "heads": [(1, 0.5), (0, 2)]}),
    ("signals", (3, 17), [lambda: conv_1d(3, 8, 5, 2, 2, bias=False), lambda: batch_norm(1, 8), relu, lambda: pool_1d("Max", 3, 2, 1, True), lambda: conv_1d(8, 6, 3, dilation=2, padding=2, groups=2), tanh,
                          lambda: pool_1d("Avg", 2, 2, 1, count_padding=False), flatten, lambda: linear(18, 4)], 4, "CrossEntropy", {"training": True, "steps": "main"}),
    ("signals padded", (2, 9), [lambda: conv_1d(2, 5, 4, 1, 3, mode="reflect"), tanh, lambda: causal_conv_1d(5, 4, 3), lambda: pad_1d(3, 1, 3), lambda: conv_1d(4, 17, 3, 1, 1, mode="circular")], 2, "WeightedSum", {}),
    ("signals made longer", (4, 5), [lambda: conv_transpose_1d(4, 6, 4, 3, 1, 2, 2), tanh, lambda: upsample_1d(2, True), lambda: instance_norm(1, 6, True), lambda: upsample_1d(3, False),
                                     lambda: adaptive_pool_1d("Avg", 7), lambda: adaptive_pool_1d("Max", 3)], 2, "WeightedSum", {}),
    ("signals as a whole", (17, 6), [lambda: conv_1d(17, 20, 1), lambda: global_pool("Avg", 1)], 3, "WeightedSum", {}),
    ("volumes", (2, 5, 6, 7), [lambda: conv_3d(2, 5, 3, padding=1, bias=False), lambda: batch_norm(3, 5), relu, lambda: pool_3d("Max", 2, 2), lambda: conv_3d(5, 6, (1, 2, 3), (2, 1, 1), (0, 1, 0)), tanh,
                               lambda: pool_3d("Avg", (1, 2, 1), (1, 2, 1)), flatten, lambda: linear(12, 3)], 3, "CrossEntropy", {"training": True, "steps": "main"}),
    ("volumes by strides and apart", (4, 6, 7, 5), [lambda: conv_3d(4, 6, (3, 2, 3), (2, 3, 2), (2, 1, 2), (2, 1, 2), 2, False), tanh, lambda: conv_3d(6, 17, 1, bias=False), lambda: instance_norm(3, 17)], 2, "WeightedSum", {}),
    ("volumes padded", (3, 3, 4, 5), [lambda: conv_3d(3, 4, 3, padding=(1, 2, 1), mode="circular"), tanh, lambda: conv_3d(4, 3, (2, 3, 3), 2, (2, 1, 1), mode="replicate")], 2, "WeightedSum", {}),
    ("volumes mirrored", (1, 3, 4, 5), [lambda: conv_3d(1, 3, (3, 3, 5), padding=(1, 2, 3), mode="reflect")], 2, "WeightedSum", {}),
    ("depthwise volumes", (6, 4, 5, 3), [lambda: conv_3d(6, 6, 3, 1, 1, 1, 6), lambda: global_pool("Max", 3)], 2, "WeightedSum", {}),
    ("pools of volumes, rounded up", (3, 5, 6, 4), [lambda: pool_3d("Max", 3, 2, 1, True), tanh, lambda: pool_3d("Avg", 2, (1, 2, 3), 1, True)], 2, "WeightedSum", {}),
    ("pools of volumes, padding not counted", (17, 4, 5, 3), [lambda: pool_3d("Avg", 3, 2, 1, True, False), lambda: pool_3d("Avg", 2, 1, 1)], 2, "WeightedSum", {}),
    ("pools of equal values of volumes", (3, 4, 5, 6), [lambda: pool_3d("Max", (3, 2, 3), (2, 1, 2), (1, 0, 1))], 2, "WeightedSum", {"levels": 1}),
    ("adaptive pools of volumes", (3, 5, 4, 7), [lambda: adaptive_pool_3d("Avg", (3, 4, 5)), tanh, lambda: adaptive_pool_3d("Max", (2, 3, 2))], 2, "WeightedSum", {}),
    ("volumes made larger", (3, 2, 3, 4), [lambda: conv_transpose_3d(3, 6, 2, 2), tanh, lambda: conv_transpose_3d(6, 4, (3, 2, 3), (1, 3, 2), 1, (0, 2, 1), 2, False, (2, 1, 1)), relu,
                                           lambda: conv_transpose_3d(4, 17, 1)], 2, "WeightedSum", {}),
    ("volumes resampled", (3, 2, 3, 4), [lambda: upsample_3d(3, True), lambda: crop_3d((1, 2, 0, 3, 2, 1)), tanh, lambda: upsample_3d(2, False), lambda: subsample_3d(3), lambda: pad_3d((1, 2, 0, 1, 2, 0))], 2,
     "WeightedSum", {}),
    ("volumes padded in every mode", (17, 2, 3, 4), [lambda: pad_3d((1, 2, 2, 0, 1, 0), 1), tanh, lambda: pad_3d((1, 5, 0, 4, 2, 3), 2), lambda: crop_3d((2, 3, 1, 2, 2, 1)), lambda: pad_3d((2, 1, 3, 0, 1, 2), 3)],
     2, "WeightedSum", {}),
    ("layer norm of last dimensions", (3, 4, 5), [lambda: layer_norm_of_last(4, 5), lambda: conv(3, 18, 1), lambda: layer_norm_of_last(5, eps=0.01, affine=False), tanh, lambda: layer_norm_of_last(18, 4, 5),
                                                  lambda: conv(18, 1, 2), lambda: layer_norm_of_last(3, 4)], 3, "WeightedSum", {"training": True}),
    ("layer norm of last dimensions of signals and volumes", (17, 2, 4, 3), [lambda: layer_norm_of_last(4, 3), tanh, lambda: layer_norm_of_last(2, 4, 3, eps=0.01), lambda: reshape(34, 12), lambda: layer_norm_of_last(12)], 3,
     "WeightedSum", {"training": True}),
    ("batch norm with means of all batches", (3, 6, 5), [lambda: conv(3, 6, 3, bias=False), lambda: cumulative_norm(batch_norm_2d, 6), relu, lambda: conv(6, 18, 2, bias=False),
                                                         lambda: cumulative_norm(batch_norm_2d, 18, affine=False), tanh, flatten, lambda: linear(108, 7, bias=False), lambda: cumulative_norm(batch_norm_1d, 7, 0.01),
                                                         lambda: linear(7, 4)], 5, "CrossEntropy", {"training": True, "steps": "main"}),
]

OPTIMIZERS = {
    "main": {
        "sgd momentum": lambda p: torch.optim.SGD(p, lr=0.05, momentum=0.9),
        "adam": lambda p: torch.optim.Adam(p, lr=0.01),
        "adamw": lambda p: torch.optim.AdamW(p, lr=0.01, weight_decay=0.01),
    },
    "all": {
        "sgd": lambda p: torch.optim.SGD(p, lr=0.05),
        "sgd momentum": lambda p: torch.optim.SGD(p, lr=0.05, momentum=0.9),
        "sgd momentum decay": lambda p: torch.optim.SGD(p, lr=0.05, momentum=0.9, weight_decay=0.1),
        "sgd nesterov decay": lambda p: torch.optim.SGD(p, lr=0.05, momentum=0.9, weight_decay=0.1, nesterov=True),
        "adam": lambda p: torch.optim.Adam(p, lr=0.01),
        "adam betas decay": lambda p: torch.optim.Adam(p, lr=0.01, betas=(0.8, 0.95), eps=1e-4, weight_decay=0.1),
        "adamw": lambda p: torch.optim.AdamW(p, lr=0.01, weight_decay=0.01),
        "adamw betas decay": lambda p: torch.optim.AdamW(p, lr=0.01, betas=(0.8, 0.95), eps=1e-4, weight_decay=0.3),
    },
}


def number(value):
    return float("%.12g" % float(value))


def probe(tensor):
    flat = tensor.detach().reshape(-1)
    size = flat.numel()
    places = [j * 7919 % size for j in range(min(size, 8))]
    return {"norm": number(flat.norm()), "sum": number(flat.sum()), "values": [number(flat[i]) for i in places]}


def build(layers):
    """The module and, for each tensor, the name that the reference gives it: kind and number."""
    prefixes = {"Linear": "linear", "Conv2d": "conv", "LocallyConnected2d": "local", "ConvTranspose2d": "convtranspose", "BatchNorm1d": "batchnorm", "BatchNorm2d": "batchnorm",
                "LayerNorm": "layernorm", "GroupNorm": "groupnorm", "InstanceNorm2d": "instancenorm",
                "Conv3d": "conv", "ConvTranspose3d": "convtranspose", "BatchNorm3d": "batchnorm"}
    specs, modules = zip(*(make() for make in layers))
    counts, names = {}, {}
    for place, spec in enumerate(specs):
        prefix = prefixes.get(spec["Image"]["kind"] if spec["kind"] == "AsImage" else spec["kind"])
        if prefix:
            counts[prefix] = counts.get(prefix, 0) + 1
            names[str(place)] = prefix + str(counts[prefix])
    for layer in modules:
        if hasattr(layer, "shared_with"):
            for tensors in ("_parameters", "_buffers"):
                getattr(layer, tensors).update(getattr(modules[layer.shared_with], tensors))
    module = Network(*modules)
    return list(specs), module, lambda name: names[name.split(".")[0]] + "." + name.split(".")[1]


def loss_of(kind, output, seed, step, batch):
    if kind in ("WeightedSum", "MeanSquaredError"):
        target = stream(seed + 92, step * output.numel(), tuple(output.shape))
        return (output * target).sum() if kind == "WeightedSum" else F.mse_loss(output, target)
    labels = torch.from_numpy((bits(seed + 91, step * batch, batch) % np.uint32(output.shape[1])).astype(np.int64))
    return F.cross_entropy(output, labels) if kind == "CrossEntropy" else F.nll_loss(output, labels)


def total_loss(kind, module, output, heads, seed, step, batch):
    return loss_of(kind, output, seed, step, batch) + sum(weight * loss_of(kind, module.outputs[layer], seed, step, batch) for layer, weight in heads)


def inputs_of(seed, step, batch, shape, levels):
    values = stream(seed + 90, step * batch * int(np.prod(shape)), (batch,) + shape)
    return torch.floor(values * levels) / levels if levels else values


def evaluate(number_of_case, name, shape, layers, batch, loss, options):
    seed = 1000 + 100 * number_of_case
    training, levels = options.get("training", False), options.get("levels", 0)
    specs, module, named = build(layers)
    fill(module, seed)
    set_training(module, training)
    inputs = inputs_of(seed, 0, batch, shape, levels).requires_grad_()
    output = module(inputs)
    heads = options.get("heads", [])
    value = total_loss(loss, module, output, heads, seed, 0, batch)
    value.backward()
    case = {
        "name": name, "inputShape": list(shape), "layers": specs, "batch": batch, "seed": seed, "training": training, "inputLevels": levels, "lossKind": loss,
        "output": probe(output), "loss": number(value), "inputGradient": probe(inputs.grad),
        "gradients": {named(n): probe(p.grad) for n, p in module.named_parameters() if p.requires_grad},
        "buffers": {named(n): probe(b) for n, b in [*module.named_buffers(), *((n, p) for n, p in module.named_parameters() if not p.requires_grad)] if "num_batches" not in n},
        "runs": {},
        **({"heads": [{"layer": layer, "weight": weight} for layer, weight in heads]} if heads else {}),
    }
    for optimizer_name, make in OPTIMIZERS.get(options.get("steps"), {}).items():
        specs, module, named = build(layers)
        fill(module, seed)
        set_training(module, True)
        optimizer = make(module.parameters())
        losses = []
        for step in range(3):
            optimizer.zero_grad()
            value = total_loss(loss, module, module(inputs_of(seed, step, batch, shape, levels)), heads, seed, step, batch)
            value.backward()
            optimizer.step()
            losses.append(number(value))
        case["runs"][optimizer_name] = {
            "losses": losses,
            "tensors": {named(n): probe(t) for n, t in module.state_dict().items() if "num_batches" not in n and not is_shared(module, n)},
        }
    return case


def main():
    cases = [evaluate(i, *case) for i, case in enumerate(CASES)]
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "pytorch_expected.json"), "w") as file:
        file.write("[\n" + ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases) + "\n]\n")


if __name__ == "__main__":
    main()
