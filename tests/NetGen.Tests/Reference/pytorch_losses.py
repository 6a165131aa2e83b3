#!/usr/bin/python3
"""Writes pytorch_losses.json beside this file: losses and their gradients as PyTorch computes them in double precision.

usage: /usr/bin/python3 pytorch_losses.py        (Debian: apt-get install python3-torch; written with PyTorch 1.13)

Values come from the streams v(seed, i) and x(seed, i) that pytorch_expected.py explains. For a case with seed s, n rows of c outputs:
    outputs         scale * v(s, i)
    labels          x(s + 1, i) mod c
    targets         scale * v(s + 2, i); of binary cross-entropy x(s + 2, i) mod 2, with "soft" (v(s + 2, i) + 1) / 2
    class weights   1 + v(s + 3, i) / 2, the last of them 0 with "zero"
    posWeight       2 + v(s + 4, i)
    weight          1 + v(s + 5, i) / 2
    sample weights  1 + v(s + 6, i), with "samples": the loss is then sum(w * loss) / sum(w) over the losses that reduction="none" gives,
                    and of class weights sum(w * weight[label] * loss) / sum(w * weight[label])
With "channels" the outputs of a row are [channels, size / channels]; of PixelCrossEntropy there is a label for each of the last, x(s + 1, i) mod channels.
"ignore" is the label that counts nothing. The focal and the Dice loss are written out here, as their papers have them.
"""
import json
import os

import numpy as np
import torch
import torch.nn.functional as F

from pytorch_expected import bits, number, stream

# loss, size, scale, options
CASES = [
    ("CrossEntropy", 2, 3, {}),
    ("CrossEntropy", 10, 3, {}),
    ("CrossEntropy", 10, 3, {"samples": True}),
    ("CrossEntropy", 10, 3, {"labelSmoothing": 0.1}),
    ("CrossEntropy", 10, 3, {"labelSmoothing": 0.1, "samples": True}),
    ("CrossEntropy", 3, 5, {"classes": True}),
    ("CrossEntropy", 10, 3, {"classes": True}),
    ("CrossEntropy", 10, 3, {"classes": True, "zero": True}),
    ("CrossEntropy", 10, 3, {"classes": True, "labelSmoothing": 0.2}),
    ("CrossEntropy", 16, 3, {"classes": True, "labelSmoothing": 0.2}),
    ("CrossEntropy", 37, 9, {"classes": True, "labelSmoothing": 0.05, "samples": True}),
    ("NegativeLogLikelihood", 10, 3, {}),
    ("NegativeLogLikelihood", 10, 3, {"classes": True}),
    ("NegativeLogLikelihood", 17, 3, {"classes": True, "samples": True}),
    ("MeanSquaredError", 1, 3, {"samples": True}),
    ("MeanSquaredError", 19, 3, {"samples": True}),
    ("L1", 1, 3, {}),
    ("L1", 16, 3, {}),
    ("L1", 19, 3, {"samples": True}),
    ("Huber", 1, 3, {"delta": 1}),
    ("Huber", 16, 3, {"delta": 0.3}),
    ("Huber", 19, 5, {"delta": 2.5, "samples": True}),
    ("BinaryCrossEntropy", 1, 4, {}),
    ("BinaryCrossEntropy", 1, 4, {"pos": True}),
    ("BinaryCrossEntropy", 1, 4, {"samples": True}),
    ("BinaryCrossEntropy", 16, 90, {}),
    ("BinaryCrossEntropy", 19, 4, {"soft": True}),
    ("BinaryCrossEntropy", 19, 4, {"soft": True, "pos": True, "weight": True}),
    ("BinaryCrossEntropy", 19, 20, {"pos": True, "weight": True, "samples": True}),
    ("CrossEntropy", 3, 3, {"ignore": 1}),
    ("CrossEntropy", 17, 3, {"ignore": 4, "classes": True, "labelSmoothing": 0.1, "samples": True}),
    ("PixelCrossEntropy", 24, 3, {"channels": 2}),
    ("PixelCrossEntropy", 35, 3, {"channels": 5, "ignore": 3, "samples": True}),
    ("PixelCrossEntropy", 2 * 66, 3, {"channels": 2, "ignore": 5, "classes": True, "labelSmoothing": 0.1}),
    ("Hinge", 2, 3, {"margin": 1}),
    ("Hinge", 10, 3, {"margin": 0.5, "squared": True}),
    ("Hinge", 19, 2, {"margin": 2, "samples": True}),
    ("Focal", 1, 4, {"alpha": 0.25, "gamma": 2}),
    ("Focal", 19, 4, {"alpha": 0.6, "gamma": 0.5, "samples": True}),
    ("Focal", 16, 60, {"alpha": 0.25, "gamma": 3}),
    ("Dice", 20, 3, {"smooth": 1}),
    ("Dice", 33, 3, {"smooth": 0.1, "channels": 3, "soft": True, "samples": True}),
]
ROWS = 7


def evaluate(place, loss, size, scale, options):
    seed = 5000 + 10 * place
    x = (scale * stream(seed, 0, (ROWS, size))).requires_grad_()
    labels = torch.from_numpy((bits(seed + 1, 0, ROWS) % np.uint32(size)).astype(np.int64))
    values = scale * stream(seed + 2, 0, (ROWS, size))
    yes = torch.from_numpy((bits(seed + 2, 0, ROWS * size) % np.uint32(2)).astype(np.float64)).reshape(ROWS, size)
    probabilities = (stream(seed + 2, 0, (ROWS, size)) + 1) / 2 if options.get("soft") else yes
    classes = 1 + stream(seed + 3, 0, (size,)) / 2 if options.get("classes") else None
    if options.get("zero"):
        classes[-1] = 0
    pos = 2 + stream(seed + 4, 0, (size,)) if options.get("pos") else None
    weight = 1 + stream(seed + 5, 0, (size,)) / 2 if options.get("weight") else None
    samples = 1 + stream(seed + 6, 0, (ROWS,)) if options.get("samples") else None
    channels, ignore = options.get("channels", 1), options.get("ignore", -100)
    grid = (ROWS, channels, size // channels)
    if loss == "PixelCrossEntropy":
        labels = torch.from_numpy((bits(seed + 1, 0, ROWS * grid[2]) % np.uint32(channels)).astype(np.int64)).reshape(ROWS, grid[2])
        classes = classes[:channels] if classes is not None else None

    def focal(how):
        p, gamma = torch.sigmoid(x), options["gamma"]
        yes = options["alpha"] * probabilities * (1 - p) ** gamma * F.softplus(-x)
        no = (1 - options["alpha"]) * (1 - probabilities) * p ** gamma * F.softplus(x)
        return (yes + no).mean() if how == "mean" else yes + no

    def dice(how):
        p, t = torch.sigmoid(x).reshape(grid), probabilities.reshape(grid)
        each = 1 - (2 * (p * t).sum(2) + options["smooth"]) / (p.sum(2) + t.sum(2) + options["smooth"])
        return each.mean() if how == "mean" else each

    functions = {
        "PixelCrossEntropy": lambda how: F.cross_entropy(
            x.reshape(grid), labels, weight=classes, reduction=how, label_smoothing=options.get("labelSmoothing", 0), ignore_index=ignore),
        "Hinge": lambda how: F.multi_margin_loss(x, labels, p=2 if options.get("squared") else 1, margin=options["margin"], reduction=how),
        "Focal": focal,
        "Dice": dice,
        "CrossEntropy": lambda how: F.cross_entropy(x, labels, weight=classes, reduction=how, label_smoothing=options.get("labelSmoothing", 0), ignore_index=ignore),
        "NegativeLogLikelihood": lambda how: F.nll_loss(x, labels, weight=classes, reduction=how),
        "MeanSquaredError": lambda how: F.mse_loss(x, values, reduction=how),
        "L1": lambda how: F.l1_loss(x, values, reduction=how),
        "Huber": lambda how: F.huber_loss(x, values, reduction=how, delta=options["delta"]),
        "BinaryCrossEntropy": lambda how: F.binary_cross_entropy_with_logits(x, probabilities, weight=weight, pos_weight=pos, reduction=how),
    }
    if samples is None:
        value = functions[loss]("mean")
    else:
        each = functions[loss]("none")
        if loss == "PixelCrossEntropy":
            samples = samples.reshape(ROWS, 1)
        else:
            each = each.mean(dim=1) if each.dim() == 2 else each
        counts = (labels != ignore) * (1 if classes is None else classes[labels]) if "CrossEntropy" in loss and loss[0] != "B" else 1 if classes is None else classes[labels]
        value = (samples * each).sum() / (samples * counts).sum()
    value.backward()
    return {
        "loss": loss, "rows": ROWS, "size": size, "scale": scale, "seed": seed, **options,
        "value": number(value), "gradient": [number(g) for g in x.grad.reshape(-1)],
    }


cases = [evaluate(i, *case) for i, case in enumerate(CASES)]
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "pytorch_losses.json"), "w") as file:
    file.write("[\n" + ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases) + "\n]\n")
