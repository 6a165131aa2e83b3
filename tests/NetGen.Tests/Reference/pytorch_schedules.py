#!/usr/bin/python3
"""Writes pytorch_schedules.json beside this file: the rates of PyTorch's schedulers in 12 epochs of 3 steps, in the order of ScheduleTests.

usage: /usr/bin/python3 pytorch_schedules.py        (Debian: apt-get install python3-torch; written with PyTorch 1.13)
"""
import json
import os

import torch
from torch.optim import lr_scheduler as s

EPOCHS, STEPS = 12, 3
TOTAL = EPOCHS * STEPS
LOSSES = [5, 4, 3.9999, 3.99995, 4.1, 3.5, 3.6, 3.4999, 3.7, 3.7, 3.7, 3.3]
EVERY_EPOCH, EVERY_STEP, EPOCH_PARTS, LOSS = range(4)

# name, rate, scheduler, when it is called
CASES = [
    ("StepDecay", 0.5, lambda o: s.StepLR(o, 5, 0.3), EVERY_EPOCH),
    ("MultiStepDecay", 0.5, lambda o: s.MultiStepLR(o, [2, 3, 9], 0.5), EVERY_EPOCH),
    ("ExponentialDecay", 0.5, lambda o: s.ExponentialLR(o, 0.8), EVERY_EPOCH),
    ("CosineAnnealing", 0.1, lambda o: s.CosineAnnealingLR(o, TOTAL, 0.01), EVERY_STEP),
    ("WarmRestarts", 0.1, lambda o: s.CosineAnnealingWarmRestarts(o, 3, 1, 0.01), EPOCH_PARTS),
    ("WarmRestarts, longer", 0.1, lambda o: s.CosineAnnealingWarmRestarts(o, 2, 2), EPOCH_PARTS),
    ("Linear", 0.5, lambda o: s.LinearLR(o, 0.1, 1.0, TOTAL), EVERY_STEP),
    ("Polynomial", 0.5, lambda o: s.PolynomialLR(o, TOTAL, 2.5), EVERY_STEP),
    ("OneCycle", 0.5, lambda o: s.OneCycleLR(o, 0.5, TOTAL, pct_start=0.25, cycle_momentum=False), EVERY_STEP),
    ("Warmup, CosineAnnealing", 0.2, lambda o: s.SequentialLR(
        o, [s.LinearLR(o, 0.05, 1.0, 4 * STEPS), s.CosineAnnealingLR(o, TOTAL - 4 * STEPS)], [4 * STEPS]), EVERY_STEP),
    ("Warmup", 0.2, lambda o: s.LinearLR(o, 0.05, 1.0, 4 * STEPS), EVERY_STEP),
    ("Linear, Polynomial, StepDecay", 0.2, lambda o: s.SequentialLR(
        o, [s.LinearLR(o, 0.5, 1.0, 2 * STEPS), s.PolynomialLR(o, 3 * STEPS, 2.0), s.StepLR(o, 2 * STEPS, 0.5)], [2 * STEPS, 5 * STEPS]), EVERY_STEP),
    ("ReduceOnPlateau", 0.1, lambda o: s.ReduceLROnPlateau(o, factor=0.5, patience=0), LOSS),
    ("ReduceOnPlateau, patience", 0.1, lambda o: s.ReduceLROnPlateau(o, factor=0.5, patience=1, threshold=1e-2), LOSS),
    ("ReduceOnPlateau, all else", 0.1, lambda o: s.ReduceLROnPlateau(o, factor=0.1, patience=0, threshold=0.01, cooldown=1, min_lr=0.002), LOSS),
    ("ReduceOnPlateau, rising", 0.1, lambda o: s.ReduceLROnPlateau(o, mode="max", factor=0.5, patience=1, threshold=0.05), LOSS),
]


def rates(rate, make, when):
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=rate)
    scheduler, result = make(optimizer), []
    for epoch in range(EPOCHS):
        for step in range(STEPS):
            result.append(optimizer.param_groups[0]["lr"])
            optimizer.step()
            if when == EVERY_STEP:
                if epoch * STEPS + step + 1 < TOTAL:
                    scheduler.step()
            elif when == EPOCH_PARTS:
                scheduler.step(epoch + (step + 1) / STEPS)
        if when == EVERY_EPOCH:
            scheduler.step()
        elif when == LOSS:
            scheduler.step(LOSSES[epoch])
    return [float("%.12g" % value) for value in result]


cases = [{"name": name, "rates": rates(*case)} for name, *case in CASES]
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "pytorch_schedules.json"), "w") as file:
    file.write("[\n" + ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases) + "\n]\n")
