#!/usr/bin/python3
"""Writes pytorch_optimizers.json beside this file: what PyTorch's optimizers make of a weight [6, 4] and a bias [6] in 100 steps, in double precision.

usage: /usr/bin/python3 pytorch_optimizers.py        (Debian: apt-get install python3-torch; written with PyTorch 1.13)

Values come from the streams v(seed, i) that pytorch_expected.py explains:
    parameters      2 + v(7000, i), the weight's before the bias's
    gradients       v(7000 + t, i) * 10^(i mod 5 - 3) in step t, from 1; every seventh is 0. With "large", 20 times as large.
    learning rates  rate * (1 + (t - 1) mod 3), with "schedule"
Options of a case: clipNorm, clipValue; "groups": the bias has no weight decay and the weight a tenth of the rate.
"""
import json
import os

import numpy as np
import torch

from pytorch_expected import number, stream

STEPS = 100
# optimizer, arguments, options
CASES = [
    ("SGD", {"lr": 0.05}, {}),
    ("SGD", {"lr": 0.05, "momentum": 0.9, "weight_decay": 0.1}, {}),
    ("SGD", {"lr": 0.02, "momentum": 0.9, "dampening": 0.3}, {"schedule": True}),
    ("SGD", {"lr": 0.05, "momentum": 0.9, "weight_decay": 0.1, "nesterov": True}, {}),
    ("SGD", {"lr": 0.05, "momentum": 0.9}, {"clipNorm": 0.5}),
    ("SGD", {"lr": 0.05, "momentum": 0.9}, {"clipNorm": 1.0, "large": True}),
    ("SGD", {"lr": 0.05, "weight_decay": 0.1}, {"clipValue": 0.25, "large": True}),
    ("SGD", {"lr": 0.05, "momentum": 0.9, "weight_decay": 0.1}, {"groups": True}),
    ("Adam", {"lr": 0.01}, {}),
    ("Adam", {"lr": 0.01, "betas": [0.8, 0.95], "eps": 1e-4, "weight_decay": 0.1}, {"schedule": True}),
    ("AdamW", {"lr": 0.01, "weight_decay": 0.01}, {}),
    ("AdamW", {"lr": 0.01, "betas": [0.8, 0.95], "eps": 1e-4, "weight_decay": 0.3}, {"schedule": True}),
    ("AdamW", {"lr": 0.01, "weight_decay": 0.3}, {"groups": True}),
    ("AdamW", {"lr": 0.01, "weight_decay": 0.3}, {"clipNorm": 0.5, "clipValue": 0.3, "large": True}),
    ("RMSprop", {"lr": 0.01}, {}),
    ("RMSprop", {"lr": 0.01, "alpha": 0.9, "eps": 1e-5, "weight_decay": 0.1}, {"schedule": True}),
    ("RMSprop", {"lr": 0.003, "momentum": 0.9, "weight_decay": 0.1}, {"groups": True}),
    ("RMSprop", {"lr": 0.01, "eps": 1e-3, "centered": True}, {}),
    ("RMSprop", {"lr": 0.01, "eps": 1e-3, "momentum": 0.5, "weight_decay": 0.1, "centered": True}, {"clipNorm": 1.0}),
    ("Adagrad", {"lr": 0.05}, {}),
    ("Adagrad", {"lr": 0.05, "lr_decay": 0.1, "weight_decay": 0.1, "initial_accumulator_value": 0.5, "eps": 1e-5}, {"schedule": True}),
    ("Adagrad", {"lr": 0.05, "weight_decay": 0.1}, {"groups": True}),
]


def evaluate(name, arguments, options):
    start = 2 + stream(7000, 0, (30,))
    weight, bias = [part.clone().requires_grad_() for part in (start[:24].reshape(6, 4), start[24:])]
    groups = [{"params": [weight]}, {"params": [bias]}]
    if options.get("groups"):
        groups[0]["lr"] = arguments["lr"] / 10
        groups[1]["weight_decay"] = 0
    optimizer = getattr(torch.optim, name)(groups, **arguments)
    rates = [group["lr"] for group in optimizer.param_groups]
    sizes = 10.0 ** (torch.arange(30) % 5 - 3) * (torch.arange(30) % 7 != 0) * (20 if options.get("large") else 1)
    for step in range(1, STEPS + 1):
        gradient = stream(7000 + step, 0, (30,)) * sizes
        weight.grad, bias.grad = gradient[:24].reshape(6, 4).clone(), gradient[24:].clone()
        if "clipValue" in options:
            torch.nn.utils.clip_grad_value_([weight, bias], options["clipValue"])
        if "clipNorm" in options:
            torch.nn.utils.clip_grad_norm_([weight, bias], options["clipNorm"])
        for group, rate in zip(optimizer.param_groups, rates):
            group["lr"] = rate * (1 + (step - 1) % 3 if options.get("schedule") else 1)
        optimizer.step()
    values = torch.cat([weight.reshape(-1), bias]).detach()
    return {"optimizer": name, "arguments": arguments, **options, "values": [number(value) for value in values]}


cases = [evaluate(*case) for case in CASES]
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "pytorch_optimizers.json"), "w") as file:
    file.write("[\n" + ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases) + "\n]\n")
